"""Which files make which version of a submission: newest of each kind, carried over, repeated, conflicting."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from tests.transforms.star_cases import document, figure, goal, project, registry, source
from transforms.facts.forms.rows import FormRow, FundingRow
from transforms.facts.frames import fact_frames
from transforms.facts.model import Facts
from transforms.star.conform import REPEATED, SUBMISSIONS, conform_batch
from transforms.star.frames import Past, StarFrames
from transforms.star.versions import received_files
from warehouse.keys import key_expression

pytestmark = pytest.mark.unit

DOCX, PDF, XLSX = "application/wordprocessingml", "application/pdf", "application/spreadsheetml"


def report(total: str = "5", words: str = "目标", media: str = DOCX) -> Facts:
    facts = Facts(documents=[document()._replace(media_type=media)])
    facts.figures.append(figure(0, "total_budget_yuan", total))
    facts.goals.append(goal(0, words))
    facts.sources += [source("figures", 0, "total_budget_yuan", total), source("goals", 0, "goal", words)]
    facts.projects.append(project(0, "甲经费", "5", "4"))
    return facts


def forms(*named: tuple[str | None, str], media: str = XLSX) -> Facts:
    """A workbook of forms: (project or None for the overall form, amount) each."""
    kind = "project_form" if any(name for name, _ in named) else "overall_form"
    facts = Facts(documents=[document(title="表")._replace(kind=kind, media_type=media)])
    for ordinal, (name, amount) in enumerate(named):
        form = "project_form" if name else "overall_form"
        facts.forms.append(FormRow(ordinal, ordinal + 1, form, "表", None, "d-1", 2021, name, *(None,) * 8))
        amounts = (Decimal(amount),) * 3
        facts.form_funding.append(
            FundingRow(ordinal, ordinal, "合计", "合计", "元", *amounts, *(None,) * 4, line=1)  # type: ignore[arg-type]
        )
        facts.sources.append(source("form_funding", ordinal, "adjusted_yuan", amount))
        if name:
            row = project(len(facts.projects), name, amount, amount)._replace(listing="form", amount_role="adjusted")
            facts.sources.append(source("projects", row.ordinal, "budget_yuan", amount))
            facts.projects.append(row)
        else:
            facts.figures.append(figure(len(facts.figures), "total_budget_yuan", amount))
            facts.sources.append(source("figures", len(facts.figures) - 1, "total_budget_yuan", amount))
    return facts


FORM = forms(("甲经费", "5"))


def conformed(
    folder: Path,
    *arrivals: dict[str, Facts],
    new: int = 0,
    past: Past | None = None,
    again: dict[str, int] | None = None,
    is_clock_set_back: bool = False,
) -> StarFrames:
    """Star frames of files that came in several intakes; only those from the ``new``-th on are new. ``again``: names of
    the files that came for a version that is judged again, and its key. ``is_clock_set_back`` before each intake."""
    rows, batch, again_keys = [], [], again or {}
    for place, arrival in enumerate(arrivals):
        for name, facts in arrival.items():
            key = len(batch) + 1
            batch.append((key, facts))
            at = datetime(2022, 5, 1, 23 - place if is_clock_set_back else place, tzinfo=UTC)
            rows.append((key, name, f"{key:064x}", 100, at, f"intake-{place}", place >= new, again_keys.get(name)))
    schema = ("document_key", "file_name", "sha256", "byte_count", "received_at", "intake_id", "is_new", "again_key")
    receipts = pl.DataFrame(rows, schema=schema, schema_overrides={"again_key": pl.Int64}, orient="row")
    return conform_batch(fact_frames(batch), receipts, registry(folder), past or Past.none())


def members(star: StarFrames) -> dict[int, list[str]]:
    """Version -> the files in it."""
    rows = star[SUBMISSIONS].group_by("version", maintain_order=True).agg("file_name").sort("version")
    return dict(rows.rows())


def known(*versions: tuple[int, str]) -> Past:
    rows = [(100 + number, "d-1", 2021, number, status, None) for number, status in versions]
    return Past(pl.DataFrame(rows, schema=Past.none().versions.schema, orient="row"), Past.none().aliases)


@pytest.mark.parametrize("is_clock_set_back", [False, True])
def test_what_came_later_is_the_newer_whatever_the_clock_said(tmp_path: Path, is_clock_set_back: bool) -> None:
    first = {"报告.docx": report("5"), "表.xlsx": FORM}
    second = {"更正.docx": report("6")}
    past = known((1, "accepted"))
    star = conformed(tmp_path, first, second, new=1, past=past, is_clock_set_back=is_clock_set_back)
    assert members(star) == {2: ["更正.docx", "表.xlsx"]}


def test_files_that_come_together_are_one_version_the_report_first(tmp_path) -> None:
    star = conformed(
        tmp_path, {"表.xlsx": forms(("甲经费", "5")), "整体.xlsx": forms((None, "5")), "报告.docx": report()}
    )
    assert members(star) == {1: ["报告.docx", "整体.xlsx", "表.xlsx"]}
    assert star["core.dim_document"].height == 3
    assert star["core.fact_department_budget"].height == 1
    assert star["core.fact_form"].height == 2
    assert star[SUBMISSIONS]["conflict"].null_count() == 3


def test_forms_may_come_without_their_report(tmp_path) -> None:
    star = conformed(tmp_path, {"表.xlsx": forms(("甲经费", "5"), ("乙经费", "6"))})
    assert members(star) == {1: ["表.xlsx"]}
    assert star["core.fact_form"]["project_key"].n_unique() == 2


def test_a_later_file_makes_the_next_version_with_what_still_counts(tmp_path) -> None:
    first = {"报告.docx": report(), "甲.xlsx": forms(("甲经费", "5"))}
    star = conformed(tmp_path, first, {"乙.xlsx": forms(("乙经费", "6"))}, new=1, past=known((1, "accepted")))
    assert members(star) == {2: ["报告.docx", "乙.xlsx", "甲.xlsx"]}
    rows = star[SUBMISSIONS].rows(named=True)
    assert {row["supersedes_key"] for row in rows} == {101}
    assert {row["received_at"] for row in rows} == {datetime(2022, 5, 1, 1, tzinfo=UTC)}
    assert {row["file_name"]: row["is_new"] for row in rows} == {"报告.docx": False, "甲.xlsx": False, "乙.xlsx": True}
    assert star["core.fact_project_spending"]["reported_name"].to_list() == ["甲经费", "乙经费", "甲经费"]


def test_the_newest_report_overall_form_and_form_of_each_project_count(tmp_path) -> None:
    first = {"报告.docx": report(), "整体.xlsx": forms((None, "5")), "表.xlsx": forms(("甲经费", "5"), ("乙经费", "6"))}
    second = {"报告2.docx": report("7"), "整体2.xlsx": forms((None, "7")), "甲2.xlsx": forms(("甲经费", "8"))}
    star = conformed(tmp_path, first, second, new=1, past=known((1, "accepted")))
    assert members(star) == {2: ["报告2.docx", "整体2.xlsx", "甲2.xlsx", "表.xlsx"]}
    forms_of = star["core.fact_project_spending"].filter(pl.col("listing") == "form")
    assert sorted(forms_of.select("reported_name", "budget_yuan").rows()) == [("乙经费", 6), ("甲经费", 8)]
    assert star["core.fact_form"].height == star["core.fact_form_funding"].height == 3
    assert star["core.fact_department_budget"]["total_budget_yuan"].to_list() == [7]
    named = set(star["core.provenance"]["row_key"])
    assert named <= {key for name, key in KEYS.items() for key in star[f"core.{name}"][key]}
    assert star["core.provenance"].filter(pl.col("raw_text") == "5").is_empty()


KEYS = {
    "fact_department_budget": "submission_key",
    "fact_project_spending": "project_spending_key",
    "fact_form_funding": "form_funding_key",
    "fact_goal": "goal_key",
}


def test_several_intakes_of_one_night_make_a_version_each(tmp_path) -> None:
    star = conformed(tmp_path, {"报告.docx": report()}, {"甲.xlsx": FORM}, {"报告2.docx": report("6")})
    assert members(star) == {1: ["报告.docx"], 2: ["报告.docx", "甲.xlsx"], 3: ["报告2.docx", "甲.xlsx"]}
    assert star["core.fact_project_spending"].height == 1 + 2 + 2
    assert star["core.fact_project_spending"]["project_spending_key"].n_unique() == 5


def test_a_figure_in_report_and_form_is_one_fact_with_two_sources(tmp_path) -> None:
    star = conformed(tmp_path, {"报告.docx": report("5"), "整体.xlsx": forms((None, "5"))})
    assert star["core.fact_department_budget"]["total_budget_yuan"].to_list() == [5]
    traced = star["core.provenance"].filter(pl.col("column_name") == "total_budget_yuan")
    assert traced["document_key"].n_unique() == 2
    star = conformed(tmp_path, {"报告.docx": report("5"), "整体.xlsx": forms((None, "6"))})
    assert star["core.provenance"].filter(pl.col("column_name") == "total_budget_yuan").height == 1


# --- the same twice


def test_the_same_content_in_two_media_counts_once(tmp_path) -> None:
    star = conformed(tmp_path, {"a.pdf": report(media=PDF), "b.docx": report()})
    assert members(star) == {1: ["b.docx"]}
    (repeated,) = star[REPEATED].rows(named=True)
    assert repeated["reason"] == "与“b.docx”内容相同（另一种格式），只计一份。"
    assert repeated["submission_key"] == star[SUBMISSIONS]["submission_key"].item()


def test_media_that_came_together_may_differ_by_a_word_but_not_by_a_figure(tmp_path) -> None:
    star = conformed(tmp_path, {"a.pdf": report(words="目　标", media=PDF), "b.docx": report(words="目标。又")})
    assert members(star) == {1: ["b.docx"]}
    star = conformed(tmp_path, {"a.pdf": report("6", media=PDF), "b.docx": report("5")})
    assert len(members(star)) == 2


def test_files_of_one_medium_that_came_together_are_one_only_where_every_figure_is_told_alike(tmp_path) -> None:
    def told_twice(second: str) -> Facts:
        facts = report()
        facts.figures.append(figure(1, "total_budget_yuan", second)._replace(is_primary=False))
        return facts

    assert len(members(conformed(tmp_path, {"a.docx": told_twice("5"), "b.docx": told_twice("5")}))) == 1
    assert len(members(conformed(tmp_path, {"a.docx": told_twice("5"), "b.docx": told_twice("6")}))) == 2


def test_the_same_content_again_in_another_medium_changes_nothing_later(tmp_path) -> None:
    arrivals = ({"a.docx": report()}, {"a.pdf": report(media=PDF)})
    star = conformed(tmp_path, *arrivals, new=1, past=known((1, "accepted")))
    assert star[SUBMISSIONS].is_empty()
    assert star[REPEATED]["submission_key"].to_list() == [101]
    other_words = ({"a.docx": report()}, {"a.pdf": report(words="改过的目标", media=PDF)})
    assert members(conformed(tmp_path, *other_words, new=1, past=known((1, "accepted")))) == {2: ["a.pdf"]}


def test_a_corrected_file_of_the_same_medium_is_a_new_version_whatever_was_read_of_it(tmp_path) -> None:
    arrivals = ({"a.docx": report()}, {"b.docx": report()})
    assert members(conformed(tmp_path, *arrivals, new=1, past=known((1, "accepted")))) == {2: ["b.docx"]}


def test_going_back_to_an_earlier_content_counts(tmp_path) -> None:
    arrivals = ({"a.docx": report("5")}, {"b.docx": report("6")}, {"c.pdf": report("5", media=PDF)})
    star = conformed(tmp_path, *arrivals, new=2, past=known((1, "superseded"), (2, "accepted")))
    assert members(star) == {3: ["c.pdf"]}


def test_a_workbook_that_repeats_one_form_and_changes_another_counts(tmp_path) -> None:
    first, second = forms(("甲经费", "5"), ("乙经费", "6")), forms(("甲经费", "5"), ("乙经费", "7"), media=DOCX)
    star = conformed(tmp_path, {"a.xlsx": first}, {"b.docx": second}, new=1, past=known((1, "accepted")))
    assert members(star) == {2: ["a.xlsx", "b.docx"]}
    rows = star["core.fact_project_spending"].select("reported_name", "budget_yuan").rows()
    assert sorted(rows) == [("乙经费", 7), ("甲经费", 5)]


# --- conflicts and strangers


def test_different_reports_of_one_intake_are_versions_of_their_own_that_name_both(tmp_path) -> None:
    star = conformed(tmp_path, {"a.docx": report("5"), "b.docx": report("6"), "甲.xlsx": forms(("甲经费", "5"))})
    assert members(star) == {1: ["a.docx", "甲.xlsx"], 2: ["b.docx", "甲.xlsx"]}
    (conflict,) = star[SUBMISSIONS]["conflict"].unique()
    assert "2 份不同的报告“a.docx”与“b.docx”" in conflict


def test_a_conflict_lasts_until_a_newer_report_comes(tmp_path) -> None:
    both = {"a.docx": report("5"), "b.docx": report("6")}
    past = known((1, "quarantined"), (2, "quarantined"))
    star = conformed(tmp_path, both, {"甲.xlsx": forms(("甲经费", "5"))}, new=1, past=past)
    assert members(star) == {3: ["a.docx", "甲.xlsx"], 4: ["b.docx", "甲.xlsx"]}
    assert star[SUBMISSIONS]["conflict"].null_count() == 0
    star = conformed(tmp_path, both, {"c.docx": report("7")}, new=1, past=past)
    assert members(star) == {3: ["c.docx"]}
    assert star[SUBMISSIONS]["conflict"].null_count() == 1


def test_a_file_of_unknown_kind_is_a_version_by_itself_and_never_carried_over(tmp_path) -> None:
    stranger = Facts(documents=[document(title="通知")._replace(kind="unknown")])
    star = conformed(tmp_path, {"报告.docx": report(), "通知.docx": stranger})
    assert sorted(members(star).values()) == [["报告.docx"], ["通知.docx"]]
    later = conformed(tmp_path, {"通知.docx": stranger}, {"报告.docx": report()}, new=1, past=known((1, "quarantined")))
    assert members(later) == {2: ["报告.docx"]}


def test_forms_of_no_known_department_keep_their_facts(tmp_path) -> None:
    stranger = forms(("甲经费", "5"))
    stranger.documents[0] = stranger.documents[0]._replace(department_id=None)
    star = conformed(tmp_path, {"甲.xlsx": stranger})
    assert star["core.fact_form"].height == 1
    assert star["core.fact_project_spending"]["reported_name"].to_list() == ["甲经费"]


def test_files_received_know_the_version_that_they_came_with(tmp_path) -> None:
    star = conformed(
        tmp_path, {"报告.docx": report(), "报告.pdf": report(media=PDF), "甲.xlsx": forms(("甲经费", "5"))}
    )
    receipts = pl.DataFrame({"document_key": [1, 2, 3]}).with_columns(
        receipt_key="document_key", outcome=pl.lit("taken"), reason=pl.lit(None, pl.String)
    )
    unreadable = pl.DataFrame(schema={"document_key": pl.Int64, "message": pl.String})
    rows = received_files(receipts, star[SUBMISSIONS], unreadable, star[REPEATED])
    assert rows["submission_key"].n_unique() == 1
    assert rows["submission_key"].null_count() == 0
    assert rows.filter(pl.col("reason").is_not_null())["document_key"].to_list() == [2]


def test_goals_of_an_overall_form_count_beside_the_report_s_but_none_twice(tmp_path: Path) -> None:
    overall = forms((None, "5"))
    overall.goals += [goal(0, "建强支部"), goal(1, "化解纠纷")]
    overall.sources += [source("goals", 0, "goal", "建强支部"), source("goals", 1, "goal", "化解纠纷")]
    star = conformed(tmp_path, {"报告.docx": report(words="建强支部；服务居民。"), "自评表.xlsx": overall})
    goals = star["core.fact_goal"].sort("position")
    assert goals.select("position", "goal").rows() == [(1, "建强支部；服务居民。"), (2, "化解纠纷")]
    traced = star["core.provenance"].filter(table_name="fact_goal")["row_key"]
    assert set(traced) == set(goals["goal_key"])


def key_of(version: int) -> int:
    return int(pl.select(key_expression("submission", pl.lit("d-1"), pl.lit(2021), pl.lit(version))).item())


def test_a_version_that_is_judged_again_keeps_its_key_its_number_and_what_it_superseded(tmp_path) -> None:
    first, second = key_of(1), key_of(2)
    rows = [
        (first, "d-1", 2021, 1, "superseded", None),
        (second, "d-1", 2021, 2, "accepted", first),
        (key_of(3), "d-1", 2021, 3, "quarantined", None),
    ]
    past = Past(pl.DataFrame(rows, schema=Past.none().versions.schema, orient="row"), Past.none().aliases)
    star = conformed(
        tmp_path,
        {"报告.docx": report("5")},
        {"甲.xlsx": FORM},
        {"报告2.docx": report("6"), "甲2.xlsx": forms(("甲经费", "6"))},
        {"报告4.docx": report("7")},
        new=3,
        past=past,
        again={"甲.xlsx": second, "报告2.docx": key_of(3), "甲2.xlsx": key_of(3)},
    )
    assert members(star) == {
        2: ["报告.docx", "甲.xlsx"],
        3: ["报告2.docx", "甲2.xlsx"],
        4: ["报告4.docx", "甲2.xlsx"],
    }
    keys = star[SUBMISSIONS].select("version", "submission_key", "supersedes_key").unique().sort("version").rows()
    assert keys == [(2, second, first), (3, key_of(3), second), (4, key_of(4), second)]
