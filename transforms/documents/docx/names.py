"""Names of WordprocessingML's elements and attributes, and the ways to look at a property. No reading here."""

from __future__ import annotations

from transforms.documents.package import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def w(name: str) -> str:
    """The full name of a WordprocessingML element or attribute."""
    return _W + name


ALTERNATE, _CHOICE, FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"
VAL = w("val")
PARAGRAPH, RUN, TEXT, TABLE = w("p"), w("r"), w("t"), w("tbl")
PARAGRAPH_PROPERTIES, RUN_PROPERTIES = w("pPr"), w("rPr")
CONTROL, _CONTROL_CONTENT = w("sdt"), w("sdtContent")
_PLACEHOLDER = f"{w('sdtPr')}/{w('showingPlcHdr')}"
TEXT_BOX = w("txbxContent")
DELETED = frozenset((w("del"), w("moveFrom")))
_WRAPPERS = frozenset(
    w(name) for name in ("ins", "moveTo", "sdtContent", "customXml", "smartTag", "hyperlink", "dir", "bdo")
)
"""Elements around content that are nothing by themselves, at any level."""
_OFF = frozenset(("0", "false", "off", "none"))


def first(parent: Element, name: str) -> Element | None:
    """The first child of that full name; ``find`` looks for a path, which takes twice as long."""
    return next(parent.iterchildren(name), None)


def value(parent: Element | None, name: str) -> str | None:
    """``w:val`` of the child ``name`` (a full name); None without such a child or value."""
    child = None if parent is None else first(parent, name)
    return None if child is None else child.get(VAL)


def number(parent: Element | None, name: str) -> int | None:
    """``w:val`` of the child ``name`` as a whole number; None when there is none."""
    return whole(value(parent, name))


def whole(text: str | None) -> int | None:
    """A short whole number in an attribute; None for anything else."""
    return int(text) if text is not None and len(text) < 9 and text.lstrip("-").isdecimal() else None


def is_on(property_: Element) -> bool:
    """Whether a switch such as w:b is on: w:val absent or not 0."""
    return property_.get(VAL) not in _OFF


def contained(element: Element) -> Element | None:
    """What stands for a wrapper: the content of a content control that is filled in, the one alternative of
    mc:AlternateContent to read (the first choice, else the fallback), the element itself where it only wraps; None
    for anything else."""
    tag = element.tag
    if tag in _WRAPPERS:
        return element
    if tag == CONTROL:
        return None if element.find(_PLACEHOLDER) is not None else element.find(_CONTROL_CONTENT)
    if tag == ALTERNATE:
        choice = element.find(_CHOICE)
        return element.find(FALLBACK) if choice is None else choice
    return None
