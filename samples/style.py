"""How a report looks, as choices drawn from the seed: structure, numbering, lists, numbers, tables, file.

No content and no printing: writers of every medium take the same style and use what their medium has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from samples.draws import chance, some
from samples.figures import NumberLook
from samples.phrases import wording

MEDIA = {"md": 62, "txt": 38, "docx": 100, "html": 100, "pdf": 100}
"""Media that reports come in, with their weights."""
TEXT_MEDIA = ("md", "txt")
NUMBERINGS = (
    ("一、", "（一）", "1、"), ("一、", "（一）", "1."), ("第一部分", "一、", "（一）"), ("一、", "1、", "（1）"),
    ("1.", "1.1", "1.1.1"), ("1、", "1.1", "1.1.1"), ("第一部分", "（一）", "1、"), ("一、", "（一）", "（1）"),
)  # fmt: skip
"""Numbering of headings, level by level."""
LABELS = ("1、", "1.", "（1）", "①", "-", "一是", "(1)", "第一，")
"""How list items may be labelled; those that the headings use are left to the headings."""
COLLISIONS = {"1、": "1", "1.": "1", "1.1": "1", "1.1.1": "1", "（1）": "（", "(1)": "（"}


@dataclass(frozen=True, slots=True)
class TableLook:
    """How one project table looks. ``columns`` in order (serial, name, office, initial, budget, arrived, spent,
    rate, goal, completion, reason); ``unit_places`` where the unit is said (caption, header, cell, section)."""

    syntax: str
    columns: tuple[str, ...]
    headers: dict[str, str]
    unit: str
    unit_places: tuple[str, ...]
    number: NumberLook
    is_two_line: bool = False
    is_transposed: bool = False
    total: str | None = None
    markup: str | None = None
    rate_decimals: int = 2
    repeats_header: bool = False
    cuts_rows: bool = False
    has_junk: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """All choices about the looks of one report."""

    medium: str
    encoding: str
    newline: str
    structure: int
    numbering: tuple[str, ...]
    heading_markup: str
    bracket: str
    bold_titles: bool
    title: str
    is_cover: bool
    has_contents: bool
    has_date: bool
    synthetic: int
    we: str
    blank_lines: bool
    indent: str
    wrap: int
    paging: str
    page_height: int
    digit_gap: str
    punctuation: str
    full_width: str
    headline_unit: str
    headline_number: NumberLook
    rate_decimals: int
    people: str
    money: str
    units: str
    offices: str
    blocks: str
    goals: str
    achievements: str
    problems: str
    measures: str
    duties: bool
    plan: TableLook
    task: TableLook
    key: TableLook
    section_titles: dict[str, str] = field(default_factory=dict)

    def fingerprint(self) -> tuple[object, ...]:
        """The choices that make two styles different to a reader."""
        tables = (self.plan, self.task, self.key)
        return (
            self.medium, self.encoding, self.structure, self.numbering, self.heading_markup, self.wrap > 0, self.paging,
            self.people, self.units, self.offices, self.goals, self.achievements, self.problems, self.headline_unit,
            tuple((look.syntax, look.columns, look.unit, look.unit_places, look.is_transposed) for look in tables),
        )  # fmt: skip


def draw_number(draw: Random) -> NumberLook:
    """How numbers look in one place."""
    return NumberLook(
        comma=draw.choices(("", ",", ", "), (55, 42, 3))[0],
        decimals=draw.choices((2, 0, 1, 4), (80, 10, 7, 3))[0],
        is_full_width=chance(draw, 0.04),
        gap=draw.choices(("", " "), (75, 25))[0],
    )


def _columns(listing: str, draw: Random) -> tuple[str, ...]:
    if listing == "plan":
        return (*(("serial",) if chance(draw, 0.3) else ()), "name", "goal")
    has_text = draw.choices(("both", "goal", "completion"), (75, 12, 13))[0]
    texts = ("goal", "completion") if has_text == "both" else (has_text,)
    money: list[str] = ["budget", "spent"]
    if chance(draw, 0.1):
        money.insert(0, "initial")
    if chance(draw, 0.12):
        money.insert(1, "arrived")
    if chance(draw, 0.3):
        money.append("rate")
    front = (*(("serial",) if chance(draw, 0.35) else ()), "name", *(("office",) if chance(draw, 0.1) else ()))
    tail = ("reason",) if chance(draw, 0.07) else ()
    if chance(draw, 0.1):
        return (*front, *texts, *money, *tail)
    return (*front, *money, *texts, *tail)


def _headers(listing: str, columns: tuple[str, ...], draw: Random) -> dict[str, str]:
    pools = wording("headers")
    role = "adjusted" if "initial" in columns else draw.choices(("unspecified", "adjusted", "initial"), (60, 28, 12))[0]
    headers = {name: draw.choice(pools[name]) for name in columns if name in pools and isinstance(pools[name], list)}
    headers["budget"] = draw.choice(pools["budget"][role])
    headers["initial"] = draw.choice(pools["budget"]["initial"])
    headers["spent"] = draw.choice(pools["spent"]["any"])
    if listing == "plan":
        headers["goal"] = draw.choice(pools["plan_goal"])
    return headers


def _unit_places(draw: Random, is_transposed: bool) -> tuple[str, ...]:
    if is_transposed:
        return draw.choice((("header",), ("cell",), ("caption",)))
    places = (("caption",), ("header",), ("caption", "header"), ("section",), ("cell",))
    return draw.choices(places, (42, 32, 10, 10, 6))[0]


def draw_table(listing: str, syntax: str, draw: Random) -> TableLook:
    """How one kind of table looks."""
    columns = _columns(listing, draw)
    is_transposed = listing == "key" and chance(draw, 0.09)
    return TableLook(
        syntax=syntax,
        columns=columns,
        headers=_headers(listing, columns, draw),
        unit=draw.choices(("万元", "元", "千元"), (82, 14, 4))[0],
        unit_places=_unit_places(draw, is_transposed),
        number=draw_number(draw),
        is_two_line=listing != "plan" and not is_transposed and chance(draw, 0.12),
        is_transposed=is_transposed,
        total=None if listing == "plan" else draw.choices((None, "bottom", "top", "sub"), (60, 25, 8, 7))[0],
        markup=draw.choices((None, "p", "br", "li"), (70, 12, 12, 6))[0],
        rate_decimals=draw.choice((0, 1, 2, 2)),
        repeats_header=chance(draw, 0.35),
        cuts_rows=chance(draw, 0.4),
        has_junk=chance(draw, 0.08),
    )


def _lists(numbering: tuple[str, ...], draw: Random) -> dict[str, str]:
    """A label style for each list, no two alike where lists share a section, none that headings use."""
    used = {COLLISIONS.get(label, label) for label in numbering}
    free = [label for label in LABELS if COLLISIONS.get(label, label) not in used]
    picked = draw.sample([label for label in free if label not in ("一是", "第一，")], min(3, len(free) - 2))
    forms = {"units": "run_in", "offices": "run_in", "blocks": picked[0], "goals": draw.choice(free)}
    if chance(draw, 0.3):
        forms["units"] = picked[1]
    if chance(draw, 0.3):
        forms["offices"] = picked[-1] if picked[-1] != forms["units"] else "run_in"
    elif chance(draw, 0.35):
        forms["offices"] = "labelled"
    forms["achievements"] = draw.choice([label for label in free if label not in ("第一，",)] + ["heading"])
    for name in ("problems", "measures"):
        forms[name] = draw.choice([*free, "一是", "一是", "heading", "run_in"])
    return forms


def _section_titles(draw: Random) -> dict[str, str]:
    return {name: draw.choice(titles) for name, titles in wording("sections")["titles"].items()}


def _file_choices(draw: Random) -> dict[str, str]:
    encoding = draw.choices(("utf-8", "utf-8-sig", "utf-16", "gb18030"), (66, 10, 8, 16))[0]
    return {"encoding": encoding, "newline": draw.choices(("\n", "\r\n"), (70, 30))[0]}


def _page_choices(medium: str, draw: Random) -> dict[str, object]:
    is_text = medium == "txt"
    paging = ("none", "silent", "number", "header", "formfeed")
    wrap = draw.randint(30, 44) if is_text and chance(draw, 0.3) else 0
    indent = draw.choice(("", "　　", "    ")) if is_text else ""
    return {
        "wrap": wrap,
        "indent": indent,
        "blank_lines": not is_text or (wrap > 0 and not indent) or chance(draw, 0.5),
        "paging": draw.choices(paging, (25, 30, 22, 18, 5) if is_text else (45, 55, 0, 0, 0))[0],
        "page_height": draw.randint(24, 60),
        "has_contents": chance(draw, 0.06 if medium == "md" else 0.25),
    }


def _look_choices(draw: Random) -> dict[str, object]:
    return {
        "heading_markup": draw.choices(("right", "wrong", "flat", "bold", "none"), (50, 20, 10, 12, 8))[0],
        "bracket": draw.choices(("full", "half", "mixed"), (70, 15, 15))[0],
        "bold_titles": chance(draw, 0.6),
        "title": draw.choice(wording("statements")["title"]["lines"]),
        "is_cover": chance(draw, 0.12),
        "has_date": chance(draw, 0.3),
        "synthetic": draw.randrange(3),
        "we": draw.choices(("own", "本部门", "我单位", "short"), (50, 25, 15, 10))[0],
        "digit_gap": draw.choices(("none", "all", "mixed"), (55, 20, 25))[0],
        "punctuation": draw.choices(("full", "mixed"), (80, 20))[0],
        "full_width": draw.choices(("none", "mixed", "all"), (90, 7, 3))[0],
        "headline_unit": draw.choices(("万元", "元", "亿元"), (88, 8, 4))[0],
        "headline_number": draw_number(draw),
        "rate_decimals": draw.choice((0, 1, 2, 2, 2)),
        "people": draw.choices(("prose", "table"), (88, 12))[0],
        "money": draw.choices(("prose", "table"), (88, 12))[0],
        "duties": chance(draw, 0.4),
        "structure": draw.randrange(len(wording("sections")["structure"])),
        "section_titles": _section_titles(draw),
    }


def draw_style(draw: Random, media: Sequence[str] = TEXT_MEDIA) -> Style:
    """A style for one of the ``media``; all its choices come from ``draw``."""
    medium = draw.choices(media, [MEDIA[one] for one in media])[0]
    syntax = some(draw, ("tab", "pipe", "open"), 1, 1)[0]
    numbering = draw.choice(NUMBERINGS)
    choices: dict[str, object] = {
        **_file_choices(draw),
        **_page_choices(medium, draw),
        **_look_choices(draw),
        **_lists(numbering, draw),
        **{listing: draw_table(listing, syntax, draw) for listing in ("plan", "task", "key")},
    }
    return Style(medium=medium, numbering=numbering, **choices)  # type: ignore[arg-type]
