"""The text of a web page -> a light tree of its visible elements. Scripts, styles and what is hidden never enter it.

What of the page is the report is not decided here. Depth and size are checked before anything is parsed: unclosed
elements make a parser's work grow with their square.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.documents.refusals import refusal

LARGEST_TEXT = 24 * 1024 * 1024
MOST_DEEP = 1_000
MOST_ELEMENTS = 600_000

_INVISIBLE = frozenset((
    "script", "style", "noscript", "template", "head", "title", "meta", "link", "iframe", "frame", "object",
    "embed", "applet", "svg", "canvas", "audio", "video", "map", "select", "button", "textarea", "input",
    "datalist", "noframes", "del", "rt", "rp", "nav", "footer", "aside", "xml",
))  # fmt: skip
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "toolbar"))
_MARGINS = frozenset(("header", "footer"))
"""What LibreOffice calls the blocks into which it writes the heads and feet of a document's pages."""
_NOTE = re.compile(r"(?:ftn|edn|sd(?:foot|end)note)\d+")
_NOTE_MARK = re.compile(r"#(?:_(?:ftn|edn)\d+|sd(?:foot|end)note\d+sym)")
"""By which Word and LibreOffice name a document's notes, and lead to them from the text."""
_GONE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.I)
_HIDING = re.compile(rf"{_GONE.pattern}|visibility\s*:\s*hidden", re.I)
_REVEALED = 2
"""Times as much text is in what a page's own script will show (visibility: hidden until it has loaded) as in the rest,
at least, where that is the page: nobody writes a text to hide most of it."""
_KEPT = ("id", "class", "href", "rowspan", "colspan", "style", "start", "role")
_EMBEDDED = re.compile(r"data:[a-z]+/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=\s]+", re.I)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_FORMATTING = frozenset((
    "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
))  # fmt: skip
_CLOSE_THEMSELVES = frozenset((
    "a", "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup",
    "caption", "rt", "rp", "html", "head", "body",
))  # fmt: skip


@dataclass(slots=True)
class Element:
    """A visible element. ``children``: elements and runs of text in order; ``text_size``: characters in it, blanks
    left out; ``link_size``: those of them that lead to other pages."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    text_size: int = 0
    link_size: int = 0

    def elements(self) -> Iterator[Element]:
        """The element and all below it, in order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [child for child in reversed(element.children) if isinstance(child, Element)]

    def text(self) -> str:
        """All its text."""
        pieces: list[str] = []
        waiting: list[Element | str] = [self]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                pieces.append(node)
            else:
                waiting += reversed(node.children)
        return "".join(pieces)


class Page(NamedTuple):
    """A page: what it is called, blanks unified, and its body."""

    title: str
    body: Element


def parse(text: str) -> Page:
    """The page. Raises Unreadable for a page too large or too deeply nested to be a report."""
    if len(text) > LARGEST_TEXT:
        text = _EMBEDDED.sub("", text)
    if len(text) > LARGEST_TEXT:
        raise refusal("too_large", f"{len(text)} characters of html", limit=LARGEST_TEXT // 1024 // 1024)
    _refuse_bombs(text)
    tree = LexborHTMLParser(text)
    title = tree.css_first("title")
    body = Element("body") if tree.body is None else _body(tree.body, "visibility" in text)
    return Page(" ".join((title.text() if title else "").split()), body)


def _body(node: LexborNode, may_hide: bool) -> Element:
    body = _visible(node, _HIDING)
    measure(body)
    if not may_hide:
        return body
    revealed = _visible(node, _GONE)
    measure(revealed)
    return revealed if revealed.text_size > _REVEALED * body.text_size else body


def measure(root: Element) -> None:
    """Works out text_size and link_size of the element and all below it."""
    order = list(root.elements())
    for element in reversed(order):
        element.text_size = element.link_size = 0
        for child in element.children:
            if isinstance(child, str):
                element.text_size += len("".join(child.split()))
            else:
                element.text_size += child.text_size
                element.link_size += child.link_size
        if element.tag == "a" and _leads_away(element.attributes.get("href")):
            element.link_size = element.text_size


def _leads_away(href: str | None) -> bool:
    """Whether a link leads to other pages, or nowhere, as those do that scripts follow: not to a place in this one."""
    return href is not None and (href.strip() == "#" or not href.lstrip().startswith("#"))


def _refuse_bombs(text: str) -> None:
    """Counts roughly what a parser would build. Formatting that is never closed is opened again in every block."""
    depth = deepest = elements = 0
    open_formatting: dict[str, int] = {}
    reopened = 0
    for match in _TAG.finditer(text):
        name = match[2].lower()
        is_close = bool(match[1])
        if name in _FORMATTING:
            count = open_formatting.get(name, 0)
            change = -1 if is_close and count else int(not is_close)
            open_formatting[name], reopened = count + change, reopened + change
        elif name not in _CLOSE_THEMSELVES:
            depth = max(0, depth + (-1 if is_close else 1))
        deepest = max(deepest, depth + reopened)
        elements += 0 if is_close else 1 + (0 if name in _FORMATTING else reopened)
        if deepest > MOST_DEEP:
            raise refusal("html_depth", f"more than {MOST_DEEP} levels", limit=MOST_DEEP)
        if elements > MOST_ELEMENTS:
            raise refusal("html_size", f"more than {MOST_ELEMENTS} elements")


def _visible(body: LexborNode, hiding: re.Pattern[str]) -> Element:
    root = Element("body")
    waiting: list[tuple[LexborNode, Element]] = [(body, root)]
    while waiting:
        node, element = waiting.pop()
        child = node.first_child
        while child is not None:
            if child.is_text_node:
                element.children.append(child.text_content or "")
            elif child.is_element_node and (below := _element(child, hiding)) is not None:
                element.children.append(below)
                waiting.append((child, below))
            child = child.next
    return root


def _element(node: LexborNode, hiding: re.Pattern[str]) -> Element | None:
    """The element of a node, None when nobody sees it."""
    tag = node.tag or ""
    if tag in _INVISIBLE:
        return None
    attributes = node.attributes
    if not attributes:
        return Element(tag)
    if "hidden" in attributes or attributes.get("aria-hidden") == "true" or attributes.get("role") in _ROLES:
        return None
    if hiding.search(attributes.get("style") or "") or _is_beside_text(tag, attributes):
        return None
    return Element(tag, {name: attributes[name] or "" for name in _KEPT if name in attributes})


def _is_beside_text(tag: str, attributes: Mapping[str, str | None]) -> bool:
    """Whether an office program wrote an element for what stands on pages beside the text: their heads and feet, notes
    and the marks of these, which no other medium gives either."""
    if tag == "a":
        return _NOTE_MARK.fullmatch(attributes.get("href") or "") is not None
    is_note = _NOTE.fullmatch(attributes.get("id") or "") is not None
    return tag == "div" and (is_note or attributes.get("title") in _MARGINS)
