"""All groups together: determinism, notes, and documents that hardly say anything."""

from dataclasses import replace
from decimal import Decimal

import pytest
from report_cases import REGISTRY, TITLE, facts_of, real_facts, table

from transforms.documents.model import BlockKind, Document, Place, TextBlock
from transforms.facts.extract import extract
from transforms.facts.frames import fact_frames
from transforms.facts.model import Facts, OfficeRow
from transforms.language.text import normalise

pytestmark = pytest.mark.unit


def document(*texts: str) -> Document:
    blocks = [
        TextBlock(BlockKind.PARAGRAPH, text, normalise(text), Place(line=line)) for line, text in enumerate(texts, 1)
    ]
    return Document("text/plain", "utf-8", len(texts), blocks, [])


def test_the_same_document_gives_the_same_facts(shared):
    assert real_facts(shared) == real_facts(shared)


def test_lists_stay_with_their_rows_in_a_frame():
    names = [["党办", "文明办"], [], ["党办", "文明办"], ["统计站"]]
    first, second = Facts(), Facts()
    first.offices += [OfficeRow(at, f"科室{at}", list(also), None, at + 1, None) for at, also in enumerate(names)]
    second.offices.append(OfficeRow(0, "科室", [], None, 1, None))
    offices = fact_frames([(1, first), (2, second)])["offices"]
    assert offices["also_named"].to_list() == [*names, []]
    assert offices["document_key"].to_list() == [1, 1, 1, 1, 2]


def test_the_facts_make_frames(shared):
    frames = fact_frames([(1, real_facts(shared)), (2, facts_of("一、概况\n\n收支总预算500万元。\n"))])
    assert set(frames["documents"]["document_key"]) == {1, 2}
    for group in ("figures", "headings", "units", "offices", "enumerations"):
        ordinals = frames[group].filter(frames[group]["document_key"] == 1)["ordinal"].to_list()
        assert ordinals == list(range(len(ordinals)))


def test_frames_hold_what_the_rows_say_to_the_last_digit(shared):
    facts = real_facts(shared)
    figures = [facts.figures[0]._replace(value=Decimal(text)) for text in ("-24957.99", "1E+3", "0.00000001", "1E+35")]
    facts = replace(facts, figures=figures)
    frames = fact_frames([(7, facts)])
    for group, frame in frames.items():
        rows = [(7, *row) for row in getattr(facts, group)]
        if group == "figures":
            rows[-1] = (*rows[-1][:3], None, *rows[-1][4:])  # more digits than a frame has room for
        assert frame.rows() == rows


def test_notes_are_copied(shared):
    facts = real_facts(shared)
    lines = [row.line for row in facts.notes if row.kind == "paragraph_joined"]
    assert lines == [11, 94, 162, 170, 178]
    assert [row.ordinal for row in facts.notes] == list(range(len(facts.notes)))


@pytest.mark.parametrize("texts", [(), ("",), ("一、",), ("：",), ("(" * 50,), ("2021年",)])
def test_documents_that_hardly_say_anything(texts):
    facts = extract(document(*texts), REGISTRY)
    assert [(row.department_id, row.kind) for row in facts.documents] == [(None, "unknown")]
    assert not facts.units


def test_a_document_of_one_table():
    facts = facts_of(table("指标|金额（万元）", "收支总预算|500"))
    assert [row.name for row in facts.figures if not row.name.startswith("year:")] == ["total_budget_yuan"]


def test_a_measure_answers_no_endless_problems():
    problem, measure = "预算编制不细，支出12万元；", "细化预算编制；"
    facts = extract(document(TITLE.strip(), "一、存在问题", problem * 9_000, "二、改进措施", measure * 8_000), REGISTRY)
    assert min(len(facts.problems), len(facts.measures)) > 5_000
    assert not any(row.answers for row in facts.measures)
