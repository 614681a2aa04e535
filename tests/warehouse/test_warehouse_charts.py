"""Charts as data: their numbers are the release's, the library's own classes know them, and nothing is lost unsaid."""

import json
from decimal import Decimal
from itertools import pairwise

import altair
import pytest
from board_samples import HOSTILE
from pydantic import ValidationError

from warehouse.connection import open_reader
from warehouse.publication.board.charts import chart_of
from warehouse.publication.board.figures import Mark, drawing_of
from warehouse.publication.board.library import script_name
from warehouse.publication.board.markup import json_of
from warehouse.publication.board.material import Material
from warehouse.publication.board.parts import Part, parts_of
from warehouse.publication.board.specs import ChartSpec, first_page, pages

pytestmark = pytest.mark.pipeline

SHARES = {"view": "mart.function_mix", "part": "function_name", "value": "budget_yuan", "manner": "shares"}
YEARS = ChartSpec(label="fiscal_year", **SHARES)
SPECS = [chart for page in (first_page(), *pages()) for chart in page.charts]


@pytest.fixture(scope="module")
def material(release):
    with open_reader(release.database) as connection:
        material = Material(connection)
        yield material
        material.close()


def _numbers(chart) -> list[list[str | None]]:
    return [[cell.exact for cell in row.cells[1:]] for row in chart.table.rows]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: f"{spec.view}-{spec.label}")
def test_the_library_knows_every_chart_and_the_table_has_its_numbers(spec, material):
    chart = chart_of(spec, material)
    altair.Chart.from_dict(json.loads(json_of(chart.figure)))
    marks = chart.figure["data"]["values"]
    parts = len(chart.legend)
    cells = [cell for row in chart.table.rows for cell in row.cells[1 : parts + 1] if cell.exact is not None]
    assert len(marks) == len(cells) > 0
    assert {cell.text for cell in cells} == {
        mark["words"].partition("：")[2].split()[0].split("（")[0] for mark in marks
    }
    assert [name for name, _ in chart.legend] == chart.figure["encoding"]["color"]["scale"]["domain"]


def test_sums_are_those_of_the_view(release, material):
    with open_reader(release.database) as connection:
        query = "SELECT fiscal_year, sum(budget_yuan) FROM mart.function_mix GROUP BY ALL ORDER BY ALL DESC"
        sums = connection.sql(query).fetchall()
        levels = connection.sql(
            "SELECT count(*) FROM quality.finding JOIN quality.submission_version AS v USING (submission_key)"
            " WHERE v.status NOT IN ('superseded', 'withdrawn')"
        ).fetchone()
        budget = connection.sql("SELECT sum(base_yuan) FROM mart.department_execution").fetchone()
    chart = chart_of(YEARS, material)
    assert [row.cells[0].text for row in chart.table.rows] == [f"{year} 年" for year, _ in sums]
    assert [mark["value"] for mark in chart.figure["data"]["values"]] == [
        float(round(total / 10_000, 2)) for _, total in sums
    ]
    budgets, findings = (chart_of(spec, material) for spec in first_page().charts)
    assert sum(Decimal(row[0]) for row in _numbers(budgets)) == budget[0]
    assert sum(int(row[-1]) for row in _numbers(findings)) == levels[0]
    assert budgets.legend[0][0] == "预算总额"


def test_labels_that_are_left_out_are_counted(material):
    spec = ChartSpec(label="short_name", most=1, **SHARES)
    table = chart_of(spec, material).table
    assert (len(table.rows), table.total, table.is_cut) == (1, 2, True)
    assert table.rows[0].cells[0].text == "D1"
    assert table.rows[0].cells[0].href.startswith("departments/")


def test_departments_of_one_name_are_told_apart(material):
    material.connection.execute(
        "CREATE TEMP TABLE same AS SELECT * REPLACE ('城关镇' AS short_name) FROM mart.function_mix"
    )
    material._made.add("same")
    chart = chart_of(ChartSpec(label="short_name", query="same", **SHARES), material)
    assert {row.cells[0].text for row in chart.table.rows} == {"城关镇（D1）", "城关镇（D2）"}


def test_parts_beyond_the_colours_are_one_part_and_years_of_rates_are_left_out(material):
    source = "(SELECT 'k' || i AS category, i AS problem_count, 2000 + i AS fiscal_year FROM range(1, 21) AS t (i))"
    kinds = ChartSpec(view="mart.problem_topics", label="fiscal_year", part="category", value="problem_count")
    years = ChartSpec(view="mart.problem_topics", label="category", part="fiscal_year", value="problem_count")
    parts = parts_of(kinds, material, source, {f"k{i}" for i in range(1, 21)} | {"None"})
    assert list(parts)[:2] == ["k20", "k19"]
    assert parts["k1"] == parts["None"]
    assert parts["k1"].name == "其余"
    seen = {str(year) for year in range(2001, 2021)}
    assert parts_of(years, material, source, seen)["2001"].name == "更早"
    dots = years.model_copy(update={"shape": "dots"})
    assert list(parts_of(dots, material, source, seen)) == ["2020", "2019", "2018", "2017"]


def test_colours_next_to_each_other_differ_in_lightness(material):
    source = "(SELECT 'k' || i AS category, i AS problem_count FROM range(1, 13) AS t (i))"
    spec = ChartSpec(view="mart.problem_topics", label="category", part="category", value="problem_count")
    colours = [part.colour for part in parts_of(spec, material, source, {f"k{i}" for i in range(2, 13)}).values()]
    lightness = [sum(int(colour[i : i + 2], 16) * w for i, w in ((1, 0.3), (3, 0.59), (5, 0.11))) for colour in colours]
    assert len(set(colours)) == 11
    assert all(abs(one - next_one) > 50 for one, next_one in pairwise(lightness))


def test_a_hostile_text_cannot_end_the_element_that_holds_it():
    part = Part(HOSTILE, "#1f4e8c")
    figure, _ = drawing_of(YEARS, [Mark(HOSTILE, part, Decimal(1), Decimal(2))], [part], None)
    text = json_of(figure)
    assert not {"<", ">", "&"} & set(text)
    assert json.loads(text)["data"]["values"][0]["label"] == HOSTILE
    assert "hacked" not in json.dumps([figure["layer"], figure["encoding"]["x"]])


@pytest.mark.parametrize(
    "wrong", [{"part": None}, {"parts": ("budget_yuan",)}, {"value": None}, {"shape": "dots"}], ids=str
)
def test_a_chart_that_is_told_apart_in_no_way_or_two_is_refused(wrong):
    with pytest.raises(ValidationError):
        ChartSpec(**{"label": "fiscal_year", **SHARES, **wrong})


def test_the_script_is_one_file_and_its_licences_stand_beside_it(release):
    script = release.path / "board" / script_name()
    assert "vegaEmbed" in script.read_text("utf-8")
    licences = script.with_name("licences.txt").read_text("utf-8")
    assert all(name in licences for name in ("BSD 3-Clause", "Vega-Lite", "D3", "MIT License"))
    assert {path.name for path in script.parent.iterdir()} == {script.name, "licences.txt"}
