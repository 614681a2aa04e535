"""What words tell by themselves, wherever they stand: other years, dates, claims, plans for results, misspellings.

Which words tell what is kept in ``signs.toml`` and ``misspellings.toml``; whether that is wrong is for the rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from transforms.departments.registry import Registry
from transforms.facts.corpus import Corpus, Found, Passage
from transforms.facts.excess import refuse_excess
from transforms.facts.identity.department_names import DISTRICT
from transforms.facts.model import Facts
from transforms.facts.outline.mentions import source
from transforms.facts.signs.reasons import add_reasons
from transforms.facts.signs.row_texts import RowText
from transforms.facts.text_rows import SignRow
from transforms.facts.years import named_years
from transforms.language.expressions import needed_words
from transforms.language.lexicon import LexiconError, load_data
from transforms.language.numerals import chinese_integer, parse_number
from transforms.language.scanning import Scanner, WordFinder
from transforms.language.tables import compiled, patterns
from transforms.language.text import normalise

_FILE = "signs"
_SCANNED = ("asks_execution", "says_adjusted", "reason", "plan_wording", "template_hint", "unaccepted")
"""Words that are looked for in many short texts."""
_SEARCHED = ("three_public", "satisfaction_survey", "satisfaction", "evaluated_projects")
"""Words that are looked for in all texts."""
_WORDS = (*_SCANNED, *_SEARCHED, "survey")
EVALUATED = "自评"
"""Stands in all that ``evaluated_projects`` counts."""
_TARGETS = frozenset(("annual_goals", "spending_plan", "indicators", "performance_management"))
_OF_REPLIES = re.compile("(?:建议|提案|议案)[^。;]{0,40}?(?:答复|办复|回复|办理|办结|代表|委员)[^。;,:]{0,8}$")
_TITLED = re.compile(r"《[^《》\n]{0,80}$")
_ENDS = 6
_DATE = ("year", "month", "day", "month_between", "day_behind")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


class SignBook:
    """Writes down signs and their places."""

    def __init__(self, corpus: Corpus, facts: Facts) -> None:
        self.corpus, self.facts = corpus, facts

    def note(self, kind: str, found: Found, value: str | None = None, context: list[str] | None = None) -> None:
        """A sign where a match stands."""
        self.note_at(kind, found.passage, found.start, found.stop, value, context)

    def note_at(
        self,
        kind: str,
        passage: Passage,
        start: int,
        stop: int,
        value: str | None = None,
        context: list[str] | None = None,
    ) -> None:
        """A sign at a stretch of a passage."""
        text = self.corpus.printed(passage, start, stop)
        sentence = self.corpus.printed(passage, *self.corpus.sentence(passage, start, stop))
        ordinal, place = len(self.facts.signs), self.corpus.place(passage, start)
        self.facts.signs.append(
            SignRow(ordinal, kind, text, value, sentence, passage.column, None, context or [], place.line)
        )
        self.facts.sources.append(source("signs", ordinal, "text", place, text))
        refuse_excess(self.facts.signs, self.facts.sources)


def add_signs(corpus: Corpus, row_texts: list[RowText], registry: Registry, facts: Facts) -> None:
    """Appends ``signs`` and their places; projects (with their ``row_texts``), problems and measures come first."""
    book = SignBook(corpus, facts)
    standing = corpus.look_for(_telling())
    _add_years(corpus, book)
    for kind in ("three_public", "satisfaction_survey"):
        for found in corpus.find(_scanned()[kind]):
            book.note(kind, found)
    _add_satisfaction(corpus, book)
    _add_counts(corpus, book)
    edges = _edges(corpus)
    _add_authors(corpus, edges, registry, book)
    _add_dates(corpus, edges, book)
    _add_misspellings(corpus, standing, book)
    add_reasons(corpus, _scanned()["reason"], facts)
    _add_of_rows(row_texts, facts)
    _add_of_forms(facts)


def _add_years(corpus: Corpus, book: SignBook) -> None:
    """Fiscal years other than the report's own, those compared with too; those in the names of documents are none."""
    own = book.facts.documents[0].fiscal_year if book.facts.documents else None
    if own is None:
        return
    for year in named_years(corpus.text):
        if year.value != own and not _TITLED.search(corpus.text, max(0, year.start - 80), year.start):
            passage = corpus.passage_at(year.start)
            book.note_at("year", passage, year.start - passage.start, year.stop - passage.start, str(year.value))


def _add_satisfaction(corpus: Corpus, book: SignBook) -> None:
    """Satisfaction reached, as a figure; targets are none, and that of delegates with replies to their motions, which
    each of them states. ``context``: what the same passage says of a survey."""
    surveys: dict[int, list[str]] = {}
    for found in corpus.find(_scanned()["satisfaction"]):
        passage = found.passage
        is_target = passage.column == "goal" or (passage.cell is None and not _TARGETS.isdisjoint(passage.meanings))
        is_of_replies = _OF_REPLIES.search(passage.text, max(0, found.start - 60), found.start) is not None
        if not is_target and not is_of_replies and (passage.cell is None or passage.column == "completion"):
            value = found.match["value"] or found.match["before"] or _percent(found.match["words"])
            if passage.start not in surveys:
                surveys[passage.start] = _words()["survey"].findall(passage.text)
            book.note("satisfaction", found, value, surveys[passage.start])


def _add_counts(corpus: Corpus, book: SignBook) -> None:
    """How many projects the running text says were evaluated; a part of them that was chosen is none."""
    for found in corpus.find(_scanned()["evaluated_projects"], EVALUATED):
        count = next(filter(None, found.match.groups()), None)
        if count is not None and found.passage.cell is None:
            book.note("evaluated_projects", found, count)


def _add_authors(corpus: Corpus, edges: list[Passage], registry: Registry, book: SignBook) -> None:
    """Departments of the registry that words name as the report's author: 我部门（…）, a sentence's own subject, a line
    of a cover or at the end that is a name and nothing else. ``value``: the department's id."""
    for pattern in _author().values():
        for found in corpus.find(pattern):
            group = found.match.lastgroup or ""
            name = found.match[group]
            match = registry.find(name)
            if match is not None and match.stop == len(name) and DISTRICT.fullmatch(name, 0, match.start):
                start = found.match.start(group)
                book.note_at("author", found.passage, start, start + len(name), match.department_id)
    for passage in edges:
        start = passage.text.rfind(":") + 1
        name = passage.text[start:].rstrip("。")
        match = registry.find(name) if 2 < len(name) <= 40 else None
        if match is not None and match.stop == len(name) and (match.start == 0 or start == 0):
            book.note_at("author", passage, start, start + len(name), match.department_id)


def _edges(corpus: Corpus) -> list[Passage]:
    """The lines of text before the first heading, the title left out, and the last ones."""
    title = corpus.outline.title
    of_title = range(title.start, title.stop) if title else range(0)
    blocks = {heading.block for heading in corpus.outline.headings}
    first = min(blocks.difference(of_title), default=0)
    lines = [at for at, cell in enumerate(corpus.cells) if cell is None]
    front = [at for at in lines[:-_ENDS] if corpus.blocks[at] < first and corpus.blocks[at] not in of_title]
    return [corpus.passage(at) for at in (*front, *lines[-_ENDS:])]


def _add_dates(corpus: Corpus, edges: list[Passage], book: SignBook) -> None:
    """Dates that the report bears itself, on its cover or at its end. ``value``: 2022-03-18, or 2022-03."""
    for passage in edges:
        match = _date().search(passage.text)
        numbers = [_number(match[name]) for name in _DATE if match[name]] if match else []
        if match and None not in numbers:
            value = "-".join(f"{number:02d}" for number in numbers if number is not None)
            book.note_at("report_date", passage, *match.span(), value)


def _percent(words: str) -> str | None:
    number = parse_number(words)
    return f"{number.value:f}" if number else None


def _number(text: str) -> int | None:
    if text.isascii():
        return int(text)
    return int(text.translate(_DIGITS)) if len(text) == 4 else chinese_integer(text)


def _add_misspellings(corpus: Corpus, standing: frozenset[str], book: SignBook) -> None:
    known = _misspellings()
    for _, word, right in sorted(known[word] for word in known.keys() & standing):
        for found in corpus.find(re.compile(re.escape(word))):
            book.note("misspelling", found, right)
    for pattern, right in _slips():
        for found in corpus.find(pattern):
            book.note("misspelling", found, right)


def _add_of_rows(row_texts: list[RowText], facts: Facts) -> None:
    """Signs in the texts of other facts: plans and hints in completions, execution in problems and measures."""
    for row in row_texts:
        if row.column == "completion":
            _add_in(facts, ("plan_wording", "template_hint"), row)
    for column, kinds in (("problems", ("asks_execution", "says_adjusted")), ("measures", ("asks_execution",))):
        for statement in getattr(facts, column):
            printed = f"{statement.title}。{statement.detail or ''}"
            _add_in(facts, kinds, _text_of(printed, column, statement.ordinal, statement.line))


def _add_of_forms(facts: Facts) -> None:
    """Signs in the texts of forms (column ``form``) and of their indicators: what is not accepted, why money was not
    spent."""
    for form in facts.forms:
        _add_in(facts, ("reason", "unaccepted"), _text_of(form.completion, "form", form.ordinal, form.line))
    for indicator in facts.indicators:
        for column in ("actual_text", "reason"):
            text = _text_of(getattr(indicator, column), column, indicator.ordinal, indicator.line)
            _add_in(facts, ("unaccepted",), text)


def _text_of(printed: str | None, column: str, owner: int, line: int | None) -> RowText:
    return RowText(owner, column, printed or "", normalise(printed or ""), line)


def _add_in(facts: Facts, kinds: Sequence[str], row: RowText) -> None:
    for kind in kinds:
        for match in _scanned()[kind].finditer(row.text):
            if match.lastgroup or not match.re.groups:  # what a pattern matches beside its groups tells the opposite
                facts.signs.append(
                    SignRow(len(facts.signs), kind, match[0], None, row.printed, row.column, row.owner, [], row.line)
                )


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return patterns(_FILE, "words", _WORDS)


@cache
def _scanned() -> dict[str, Scanner]:
    return {kind: Scanner(_words()[kind].pattern) for kind in (*_SCANNED, *_SEARCHED)}


@cache
def _telling() -> WordFinder:
    """All misspellings, and the words without which nothing else is found that is looked for in all texts."""
    searched = [*(_words()[kind] for kind in _SEARCHED), *_author().values(), *(pattern for pattern, _ in _slips())]
    needed = [needed_words(pattern.pattern) for pattern in searched]
    words = (word for sets in needed if sets for word in sets[0])
    return WordFinder((*words, *_misspellings()))


@cache
def _author() -> dict[str, re.Pattern[str]]:
    return patterns(_FILE, "author")


@cache
def _date() -> re.Pattern[str]:
    return patterns(_FILE, "date", ("report",))["report"]


@cache
def _misspellings() -> dict[str, tuple[int, str, str]]:
    """Misspelling -> its number in the order of the file, itself, what is right."""
    words = load_data("misspellings").get("words")
    if not isinstance(words, dict) or not all(isinstance(text, str) and text.split() for text in words.values()):
        raise LexiconError("词表 misspellings.toml 的 [words] 应是 正确写法 = 误写")
    wrong = [(normalise(word), right) for right, text in words.items() for word in text.split()]
    return {word: (number, word, right) for number, (word, right) in enumerate(wrong)}


@cache
def _slips() -> tuple[tuple[re.Pattern[str], str], ...]:
    entries = load_data("misspellings").get("patterns", {})
    return tuple((compiled("misspellings", right, normalise(wrong)), right) for wrong, right in entries.items())
