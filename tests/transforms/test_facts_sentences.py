"""Sentences as fingerprints: the same words give the same, however they are printed."""

from __future__ import annotations

import pytest

from transforms.documents.reader import read_document
from transforms.facts.corpus import Corpus
from transforms.facts.model import Facts
from transforms.facts.outline.outline import build_outline
from transforms.facts.signs.sentences import add_sentences

pytestmark = pytest.mark.unit

LONG = "全年组织开展河道巡查一百余次"


def fingerprints(*lines: str) -> list[int]:
    document, facts = read_document("\n".join(lines).encode(), "report.md"), Facts()
    add_sentences(Corpus(document, build_outline(document), facts), facts)
    return [row.fingerprint for row in facts.sentences]


def test_a_sentence_counts_once_and_only_if_it_is_long_enough() -> None:
    assert len(fingerprints(f"{LONG}。完成全部任务。{LONG}！")) == 1
    assert fingerprints("完成全部任务。", "十分圆满。") == []


def test_blanks_widths_and_marks_around_do_not_matter_but_words_do() -> None:
    (one,) = fingerprints(f"{LONG}１２次。")
    assert fingerprints(f"　　 {LONG}12次；") == [one]
    assert fingerprints(f"{LONG}13次。") != [one]


def test_cells_count_as_text_does() -> None:
    (one,) = fingerprints(f"{LONG}。")
    assert one in fingerprints("|项目名称|完成情况|", "|---|---|", f"|保洁|{LONG}|")
