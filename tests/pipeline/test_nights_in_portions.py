"""A night in portions publishes what a night in one piece does, row by row."""

from datetime import timedelta
from unittest import mock

import pytest
from homes import BAI, FIRST_NIGHT, HE, SONG, copy_of, drop, lengthened, lived, report

from orchestration.night.line import Line
from orchestration.reprocessing.replaying import run_night
from orchestration.settings import load_settings
from tests.one_page import one_page
from warehouse.connection import open_reader
from warehouse.home import exclusive
from warehouse.registry import TABLES, quote_name
from warehouse.release.releases import Releases

pytestmark = pytest.mark.pipeline


def rows_after(home, portion_size):
    """Every row of every table after one more night, and in how many portions it went."""
    drop(home, "白塬2023.md", lengthened(report(BAI, 2023)))
    drop(home, "禾浦2023.md", lengthened(report(HE, 2023, spent="949.00", rate="94.9")))
    drop(home, "松溪2023.md", report(SONG, 2023, rate="90.0"))
    drop(home, "松溪2022（更正）.md", report(SONG, 2022, cleaning="285.00"))
    drop(home, "无名.md", report("云陌市清岚区人民政府子虚街道办事处"))
    with exclusive(home), mock.patch("warehouse.release.build.write_board", one_page):
        line = Line(
            home,
            load_settings(home),
            "portions",
            FIRST_NIGHT + timedelta(days=9),
            is_asked_twice=False,
            portion_size=portion_size,
        )
        run_night(line)
        portions = line.work.read("portions")["portion"].n_unique()
    with open_reader(Releases(home).newest().database) as release:
        # Seconds differ each time.
        query = "SELECT COLUMNS(name -> name NOT LIKE '%_seconds') FROM {} ORDER BY ALL"
        names = [table.qualified_name for table in TABLES]
        return {name: release.sql(query.format(quote_name(name))).fetchall() for name in names}, portions


def test_portions_do_not_show(common, tmp_path):
    whole, count = rows_after(copy_of(lived(common), tmp_path / "whole"), 1000)
    divided, portions = rows_after(copy_of(lived(common), tmp_path / "divided"), 1)
    assert (count, portions) == (1, 4), "a department each, and one document of none"
    assert {name: rows for name, rows in divided.items() if rows != whole[name]} == {}
    assert [row for row in divided["quality.finding"] if "C50" in row], "one copied another's text"
