"""Dagster as a service: units that come back after a reboot, runs that a power cut ended, records in PostgreSQL."""

import configparser
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import dagster as dg
import pytest

from orchestration.dagster_home import instance_of, prepare
from orchestration.definitions import defs
from orchestration.service import main, tidy
from warehouse.errors import UsageError
from warehouse.home import Home, exclusive

pytestmark = pytest.mark.pipeline

ROOT = Path(__file__).parents[2]
UNITS = ROOT / "docs" / "systemd"
POSTGRES = Path("/usr/lib/postgresql/15/bin")


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home").create()


def unit(name):
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(UNITS / name, "utf-8")
    return parser


@pytest.mark.parametrize("name", ["jixiao-daemon.service", "jixiao-pages.service"])
def test_services_come_back(name):
    told = unit(name)
    assert told["Install"]["WantedBy"] == "multi-user.target"
    assert told["Service"]["Restart"] == "on-failure"
    assert told["Service"]["User"] == "jixiao"
    assert told["Service"]["ExecStart"].split()[-3:-1] == ["-m", "orchestration.service"]


def test_the_timer_starts_a_night_that_was_missed_and_takes_refusals_for_success():
    assert unit("jixiao-nightly.timer")["Timer"]["Persistent"] == "true"
    assert unit("jixiao-nightly.timer")["Install"]["WantedBy"] == "timers.target"
    assert unit("jixiao-nightly.service")["Service"]["SuccessExitStatus"] == "3"
    assert unit("jixiao-nightly.service")["Service"]["RestartPreventExitStatus"] == "2"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_understands_the_units(tmp_path):
    for path in UNITS.iterdir():
        text = path.read_text("utf-8").replace("User=jixiao", "User=root").replace("/opt/jixiao\n", "/tmp\n")
        lines = ("ExecStart=/bin/true" if line.startswith("ExecStart=") else line for line in text.splitlines())
        (tmp_path / path.name).write_text("\n".join(lines), "utf-8")
    said = subprocess.run(
        ["systemd-analyze", "verify", *sorted(map(str, tmp_path.iterdir()))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (said.returncode, said.stderr) == (0, "")


def started_run(instance):
    return instance.create_run_for_job(defs.resolve_job_def("nightly"), status=dg.DagsterRunStatus.STARTED)


def test_the_daemon_closes_runs_that_a_power_cut_ended_but_none_that_lives(home):
    with instance_of(home) as instance:
        run = started_run(instance)
    with exclusive(home):
        tidy(home)
    with instance_of(home) as instance:
        assert instance.get_run_by_id(run.run_id).status is dg.DagsterRunStatus.STARTED
    tidy(home)
    with instance_of(home) as instance:
        assert instance.get_run_by_id(run.run_id).status is dg.DagsterRunStatus.FAILURE


@pytest.mark.parametrize("arguments", [[], ["nix"], ["daemon", "pages"]])
def test_wrong_use_is_told(arguments, capsys):
    assert main(arguments) == 2
    assert "daemon | pages | dev" in capsys.readouterr().err


def test_only_where_the_workspace_is(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["daemon"]) == 2
    assert "workspace.yaml" in capsys.readouterr().err


@pytest.mark.parametrize("value", ["postgresql://jixiao:hush@db/dagster", "JIXIAO_POSTGRES"])
def test_an_address_with_its_password_is_not_taken_from_the_settings(home, value):
    home.config.write_text(f'postgres = "{value}"\n', "utf-8")
    with pytest.raises(UsageError) as error:
        prepare(home)
    assert "“postgres”：应写成 ${环境变量}" in error.value.message
    assert "hush" not in str(error.value)


def test_a_variable_that_is_missing_is_named(home, monkeypatch):
    monkeypatch.delenv("JIXIAO_POSTGRES", raising=False)
    pytest.importorskip("dagster_postgres")
    home.config.write_text('postgres = "${JIXIAO_POSTGRES}"\n', "utf-8")
    with pytest.raises(UsageError, match="环境变量 JIXIAO_POSTGRES 没有设置"):
        prepare(home)


@pytest.fixture
def postgres():
    """The address of a PostgreSQL of its own, on a socket in a folder; it refuses to run as root."""
    if not (POSTGRES / "initdb").exists():
        pytest.skip("PostgreSQL 15 is not here")
    pytest.importorskip("dagster_postgres", reason="the extra “postgres” is not installed")
    folder = Path(tempfile.mkdtemp(prefix="jixiao-postgres-"))
    as_whom = {"user": "postgres", "group": "postgres"} if os.getuid() == 0 else {}
    if as_whom:
        shutil.chown(folder, **as_whom)
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **as_whom}
    data, options = folder / "data", f"-k {folder} -c listen_addresses= -c fsync=off"
    control = [POSTGRES / "pg_ctl", "-D", data, "-w"]
    try:
        subprocess.run([POSTGRES / "initdb", "-D", data, "-U", "jixiao", "-A", "trust", "--no-sync"], **quiet)
        subprocess.run([*control, "-l", folder / "log", "-o", options, "start"], **quiet)
        yield f"postgresql://jixiao@/postgres?host={folder}"
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_dagster_keeps_its_records_in_postgresql_when_told_to(home, postgres, monkeypatch):
    monkeypatch.setenv("JIXIAO_POSTGRES", postgres)
    home.config.write_text('postgres = "${JIXIAO_POSTGRES}"\n', "utf-8")
    config = {
        "resources": {"night": {"config": {"home": str(home.path)}}},
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    }
    with instance_of(home) as instance:
        result = defs.resolve_job_def("watch").execute_in_process(run_config=config, instance=instance)
    with instance_of(home) as instance:
        assert type(instance.run_storage).__name__ == "PostgresRunStorage"
        assert instance.get_run_by_id(result.run_id).status is dg.DagsterRunStatus.SUCCESS
        assert instance.get_latest_asset_check_evaluation_record(dg.AssetCheckKey(dg.AssetKey("release"), "fresh"))
    assert not list(home.dagster.rglob("*.db"))
    assert postgres not in (home.dagster / "dagster.yaml").read_text("utf-8")


BEGUN = """
import signal, sys
from pathlib import Path
from orchestration import service
from warehouse.home import Home
signal.signal(signal.SIGINT, signal.SIG_IGN)
say = "import signal; print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)"
service._COMMANDS = {"pages": ("-c", say)}
service.start(Home(Path(sys.argv[1])), "pages")
"""


def test_what_is_started_in_the_background_can_be_interrupted(home):
    """Dagster takes SIGTERM for an interruption, which a shell has its background work ignore."""
    told = subprocess.run([sys.executable, "-c", BEGUN, home.path], capture_output=True, text=True, check=True)
    assert told.stdout == "True\n"
