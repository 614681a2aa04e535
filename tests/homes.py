"""Homes for tests of whole nights: made, filled, run and asked; and short sound reports of an invented district."""

from __future__ import annotations

import atexit
import fcntl
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from unittest import mock

import polars as pl

from orchestration.dagster_home import instance_of
from orchestration.jobs import NightResult, run_nightly
from orchestration.night.line import Line
from orchestration.night.log import NightLog, read_night_log
from orchestration.operations.deciding import Deciding
from orchestration.reprocessing.replaying import run_night
from orchestration.settings import load_settings
from tests.one_page import one_page
from warehouse.desk import open_release
from warehouse.home import Home, exclusive

FIRST_NIGHT = datetime(2022, 5, 9, 18, tzinfo=UTC)
REGISTRY = """\
department_id,name,short_name,aliases,kind,division_code,district_code,district_name,valid_from,valid_to
s-song,云陌市清岚区人民政府松溪街道办事处,松溪街道,,街道,999001001,999001,清岚区（模拟）,,
s-bai,云陌市清岚区人民政府白塬街道办事处,白塬街道,,街道,999001002,999001,清岚区（模拟）,,
s-he,云陌市清岚区禾浦镇人民政府,禾浦镇,,镇,999001003,999001,清岚区（模拟）,,
"""
MORE = """\
s-qing,云陌市清岚区人民政府青竹街道办事处,青竹街道,,街道,999001004,999001,清岚区（模拟）,,
s-shi,云陌市清岚区人民政府石桥街道办事处,石桥街道,,街道,999001005,999001,清岚区（模拟）,,
s-gui,云陌市清岚区人民政府桂园街道办事处,桂园街道,,街道,999001006,999001,清岚区（模拟）,,
"""
"""What a registry of more departments has besides."""
SONG, BAI, HE = (line.split(",")[1] for line in REGISTRY.splitlines()[1:])
QING, SHI, GUI = (line.split(",")[1] for line in MORE.splitlines())

_REPORT = """\
# {name}{year}年部门整体支出绩效自评报告

## 一、基本情况

### （一）部门概况

纳入{year}年部门决算编报范围的单位共2个，包括{name}（本级）和下属1个预算单位，下属单位是：{short}综合服务中心。

本部门内设机构2个，分别是：（一）党政综合办公室、（二）城市管理办公室。

总人数共30人，其中在编人员20人，包括行政单位12人、事业单位8人；编外人员10人。

### （二）部门收支情况

{year}年收支总预算{budget}万元，较上年增加50.00万元。其中基本支出200.00万元，项目支出{projects}万元，“三公”经费从严控制。

## 二、综合评价分析

### （一）自评结论

全年预算数{budget}万元，执行数{spent}万元，完成预算的{rate}%。自评得分92分，等级为优。问卷调查200名群众，满意度96%。

### （二）任务完成情况

单位：万元

|项目名称|预算数|支出数|绩效目标|完成情况|
|---|---|---|---|---|
|道路保洁经费|300.00|{cleaning}|清扫道路20条|主次干道22条每日保洁到位|
|文化活动经费|200.50|200.50|举办活动12场|组织文艺演出和展览15场次|
|安全巡查经费|250.00|240.00|巡查600次|上门检查商铺厂房612家次|

### （三）主要工作成效

1、城市管理。清扫道路20条，清运垃圾1500吨。

### （四）年度绩效目标

1、城市管理方面：道路整洁，清扫及时。

2、公共安全方面：隐患及时整改。

## 三、存在的主要问题

一是预算编制不够细。二是绩效指标不够准。

## 四、下一步改进措施

一是细化预算编制。二是完善绩效指标。
"""


def report(
    name: str = SONG,
    year: int = 2021,
    budget: str = "1000.00",
    spent: str = "950.00",
    rate: str = "95.0",
    cleaning: str = "290.00",
) -> bytes:
    """A short sound report; another ``rate`` breaks C22."""
    short = name.removesuffix("办事处").removesuffix("人民政府").split("区")[-1].removeprefix("人民政府")
    text = _REPORT.format(
        name=name,
        short=short,
        year=year,
        budget=budget,
        projects=Decimal(budget) - 200,
        spent=spent,
        rate=rate,
        cleaning=cleaning,
    )
    return text.encode()


def lengthened(content: bytes) -> bytes:
    """A report with so much text that another with the same counts as a copy."""
    told = "".join(
        f"第{number}网格全年入户走访居民、排查安全隐患并督促整改共{number + 200}次。\n\n" for number in range(60)
    )
    return content.decode().replace("### （四）", f"{told}\n### （四）", 1).encode()


def new_home(path: Path, registry: str | None = REGISTRY, **settings: object) -> Home:
    """A home whose registry is ``registry`` (None: the one that the project ships); files need not settle."""
    home = Home(path).create()
    lines = ["settle_seconds = 0", *(f"{name} = {json.dumps(value)}" for name, value in settings.items())]
    if registry is not None:
        (path / "registry.csv").write_text(registry, "utf-8")
        lines.append('registry = "registry.csv"')
    home.config.write_text("\n".join(lines) + "\n", "utf-8")
    return home


def drop(home: Home, name: str, content: bytes) -> Path:
    """Put a file into the inbox."""
    path = home.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def with_dagster(home: Home) -> Home:
    """The home, with the tables that Dagster makes in it at first, which takes as long as a stage of a small night."""
    if not home.dagster.exists() or not any(home.dagster.iterdir()):
        shutil.copytree(_tables_of_dagster(), home.dagster, dirs_exist_ok=True)
    return home


@cache
def _tables_of_dagster() -> Path:
    place = Path(mkdtemp())
    atexit.register(shutil.rmtree, place)
    with instance_of(Home(place / "home")):
        return place / "home" / "dagster"


def copy_of(home: Home, path: Path) -> Home:
    """A home of its own with the same content."""
    shutil.copytree(home.path, path, symlinks=True)
    return Home(path)


class Echo:
    """Stands in for Great Expectations where a test is about something else: seconds a night."""

    def __init__(self, database: Path, docs: Path) -> None:
        self.counted = database.parent / "violations"
        docs.mkdir(parents=True, exist_ok=True)
        (docs / "index.html").write_text("<html></html>")

    def violations(self) -> dict[str, int]:
        return dict(pl.read_parquet(sorted(self.counted.rglob("*.parquet"))).iter_rows())

    def counts(self) -> dict[str, int]:
        return self.violations()


@contextmanager
def one_engine() -> Iterator[None]:
    """Nights without Great Expectations and without the board."""
    with (
        mock.patch("expectations.second_opinion.ask", lambda catalogue, database, docs: Echo(database, docs)),
        mock.patch("expectations.second_opinion.warm_up"),
        mock.patch("warehouse.release.build.write_board", one_page),
    ):
        yield


def try_night(home: Home, day: float = 0, inbox: Path | None = None) -> NightResult:
    """The nightly job, in process; ``day`` counts from the first night."""
    with one_engine():
        return run_nightly(with_dagster(home), inbox, FIRST_NIGHT + timedelta(days=day))


def night(home: Home, day: float = 0, inbox: Path | None = None) -> NightLog:
    """A night that must succeed; its log."""
    result = try_night(home, day, inbox)
    assert result.success, f"{result.message}\n{result.detail}"
    assert result.log is not None
    return result.log


def ask(home: Home, query: str, release_id: str | None = None) -> list[tuple[object, ...]]:
    """Rows of a query of the current release, or of another."""
    with open_release(home, release_id) as release:
        return release.sql(query).fetchall()


def statement_of(home: Home, day: float, reason: str = "报错年度") -> Deciding:
    """A person who decides at the home, on a day counted from the first night."""
    return Deciding(home, "张三", reason, FIRST_NIGHT + timedelta(days=day))


def bare_night(home: Home, day: float = 0, inbox: Path | None = None) -> NightLog:
    """The stages of a night without Dagster, slips, alerts and board, which take longer than all else; its log."""
    now = FIRST_NIGHT + timedelta(days=day)
    with exclusive(home.create()), mock.patch("warehouse.release.build.write_board", one_page):
        run_night(Line(home, load_settings(home), f"night-{day}", now, inbox, is_asked_twice=False))
    log = read_night_log(home, f"night-{day}")
    assert log is not None
    return log


def two_published(common: Path) -> Home:
    """A home with one release of two departments, which nobody may change: copy it before a night."""

    def make(folder: Path) -> None:
        home = new_home(folder)
        drop(home, "松溪.md", report(SONG))
        drop(home, "白塬/2021.txt", report(BAI).replace(b"|\n", b"|\r\n"))
        bare_night(home)

    return Home(made_once(common, "two-published", make))


def lived(common: Path) -> Home:
    """A home after three nights, which nobody may change: sound and refused reports, a zip with a form, an unreadable
    file, the same bytes twice, corrected versions, a waiver; 松溪 2021 and the second of 禾浦 2021 are withdrawn, and
    a report of no known department."""
    from tests.orchestration.test_together import form
    from tests.pipeline.test_submissions_of_files import zipped

    def make(folder: Path) -> None:
        home = new_home(folder)
        drop(home, "松溪2021.md", report(SONG, cleaning="280.00"))
        drop(home, "松溪2022.md", report(SONG, 2022, budget="1050.00", spent="997.50"))
        drop(home, "白塬.zip", zipped(报告=report(BAI), 保洁=form(unit=BAI)))
        drop(home, "禾浦.md", report(HE))
        drop(home, "空.md", b"")
        drop(home, "杂/无此单位.md", report("云陌市清岚区人民政府乌有街道办事处"))
        bare_night(home, 0)
        drop(home, "松溪2021（更正）.md", report(SONG))
        drop(home, "禾浦（更正）.md", report(HE, rate="90.0"))
        drop(home, "白塬2022.md", report(BAI, 2022, rate="90.0"))
        drop(home, "白塬（再报）.md", report(BAI))
        bare_night(home, 1)
        decider = statement_of(home, 1.5)
        decider.withdraw("松溪街道", 2021)
        decider.withdraw("禾浦镇", 2021, version=2)
        decider.withdraw_file("无此单位.md")
        decider.waive("C22", "白塬街道", 2022, date(2099, 12, 31))
        night(home, 2)

    return Home(made_once(common, "lived", make))


def statuses(home: Home, release_id: str | None = None) -> dict[tuple[object, ...], object]:
    """(department, year, version) -> status of every version that the current release, or another, knows."""
    rows = ask(home, "SELECT department_id, fiscal_year, version, status FROM quality.submission_version", release_id)
    return {row[:3]: row[3] for row in rows}


def made_once(root: Path, name: str, make: Callable[[Path], object]) -> Path:
    """A folder made once for all workers of a test run; nobody may change it."""
    place, lock = root / name, root / f"{name}.lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not place.exists():
            draft = root / f"{name}.draft"
            shutil.rmtree(draft, ignore_errors=True)
            make(draft)
            draft.rename(place)
    return place
