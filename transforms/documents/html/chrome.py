"""What of a web page is not the report: navigation, toolbars, copyright lines. Found by links, structure and words.

A piece goes only where something speaks against it; what nothing is known of stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from transforms.documents.html.tree import Element, measure
from transforms.documents.layout import layout
from transforms.documents.lines import Line
from transforms.language.lexicon import LexiconError, load_data
from transforms.language.text import normalise

_MOST_LINKED = 2
"""A piece whose links hold more than one in so many of its characters is navigation."""
_RICH = 200
"""Characters outside links from which a piece is never navigation as a whole."""
_SMALL = 5
"""A piece marked as furniture goes when it holds less than one in so many of the page's characters."""
_LONGEST_FURNITURE = 120
_LONG_TEXT = 60
_SHORTEST_NAME = 4
_LONGEST_NAME = 40
_SHORTEST_TITLE = 10
_MARK = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_BLOCKS = frozenset((
    "article", "center", "dd", "div", "dl", "dt", "fieldset", "form", "header", "h1", "h2", "h3", "h4", "h5", "h6",
    "li", "main", "ol", "p", "section", "span", "table", "tbody", "td", "th", "tr", "ul",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Words:
    marks: frozenset[str]
    line: re.Pattern[str]


@cache
def _words() -> _Words:
    data = load_data("web_pages")
    try:
        return _Words(frozenset(data["marks"]["words"]), re.compile("|".join(data["lines"]["any"]), re.I))
    except (KeyError, TypeError, re.error) as error:
        raise LexiconError(f"词表 web_pages.toml 有误：{error}") from error


def without_chrome(body: Element) -> Element:
    """The body without the elements that only lead elsewhere or are marked as the page's furniture; sizes renewed."""
    whole = body.text_size
    waiting = [body]
    while waiting:
        element = waiting.pop()
        element.children = [child for child in element.children if not _is_chrome(child, whole)]
        waiting += [child for child in element.children if isinstance(child, Element)]
    measure(body)
    return body


def without_furniture(lines: list[Line], page_title: str) -> list[Line]:
    """The lines from the report's title on, without set phrases of web pages before and after its text."""
    lines = lines[_start(lines, normalise(page_title)) :]
    first = next((at for at, line in enumerate(lines) if _is_text(line)), len(lines))
    last = next((at for at in range(len(lines) - 1, -1, -1) if _is_text(lines[at])), -1)
    return [line for at, line in enumerate(lines) if first <= at <= last or not _is_furniture(line)]


def _is_chrome(child: Element | str, whole: int) -> bool:
    if isinstance(child, str) or child.tag not in _BLOCKS or not child.text_size:
        return False
    own = child.text_size - child.link_size
    is_navigation = child.link_size * _MOST_LINKED > child.text_size and own < _RICH
    is_marked = child.text_size * _SMALL < whole and (child.tag == "header" or _is_marked(child))
    return (is_navigation or is_marked) and not _holds_title(child)


def _is_marked(element: Element) -> bool:
    names = f"{element.attributes.get('class', '')} {element.attributes.get('id', '')}"
    return any(word.lower() in _words().marks for word in _MARK.findall(names))


def _holds_title(element: Element) -> bool:
    """Whether a heading of a report stands in it; a list of links to reports holds none."""
    return any(
        each.tag in ("h1", "h2") and not each.link_size and layout().title_word.search(each.text())
        for each in element.elements()
    )


def _start(lines: list[Line], page_title: str) -> int:
    """Where the title begins: the first line that names a report and is what the page is called, whatever lists and
    calendars stand above it; else such a line or a top heading before all text; with the lines right above that belong
    to it."""
    plain = next((at for at, line in enumerate(lines) if _is_text(line)), len(lines))
    sizes = [len(line.raw) for line in lines]
    half = sum(sizes) / 2
    for (at, line), above in zip(enumerate(lines), accumulate(sizes, initial=0), strict=False):
        text = normalise(line.raw) if line.cells is None else ""
        is_called = bool(text) and text in page_title
        if not layout().title_word.search(text) or not (is_called or line.level == 1):
            continue
        if at < plain or (is_called and len(text) >= _SHORTEST_TITLE and above < half):
            return _with_lines_above(lines, at, page_title)
    return 0


def _with_lines_above(lines: list[Line], at: int, page_title: str) -> int:
    start, title = at, normalise(lines[at].raw)
    while at and not _is_text(lines[at - 1]):
        at -= 1
        text = normalise(lines[at].raw)
        if not text:
            continue
        belongs = lines[at].level == 1 or (len(text) >= _SHORTEST_NAME and text in page_title and text not in title)
        if not belongs and not _is_broken(lines, at, start) and not layout().annex.match(text):
            break
        start = at
    return start


def _is_broken(lines: list[Line], at: int, start: int) -> bool:
    """Whether the title is broken between the two lines: they stand in one block and look alike."""
    is_beside = at + 1 == start and lines[at].level == lines[start].level
    return is_beside and len(lines[at].raw) <= _LONGEST_NAME and not _is_furniture(lines[at])


def _is_text(line: Line) -> bool:
    """Whether a line is plainly the report's: a row of a table, a long text that is no set phrase."""
    if line.cells is not None:
        return True
    return len(line.raw) >= _LONG_TEXT and not _is_furniture(line)


def _is_furniture(line: Line) -> bool:
    if line.cells is not None or len(line.raw) > _LONGEST_FURNITURE:
        return False
    return _words().line.match(normalise(line.raw)) is not None
