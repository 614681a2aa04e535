"""Automatic numbering of a Word document: its lists, and the labels that they can print.

Which paragraphs are numbered so is the writer's choice.
"""

from __future__ import annotations

from random import Random
from xml.sax.saxutils import quoteattr

from samples.compose.elements import Element, Heading
from samples.compose.outline import heading_label
from samples.compose.voice import list_label
from samples.style import LABELS

CHINESE = ("chineseCounting", "chineseCountingThousand", "japaneseCounting")
HEADINGS = 1
"""numId of the headings' list."""
_MOST_ITEMS = 20
_AUTOMATIC = tuple(form for form in LABELS if form not in ("一是", "第一，", "-"))


def numbers_itself(elements: list[Element], forms: tuple[str, ...]) -> bool:
    """Whether the headings' labels are exactly those that automatic numbering prints."""
    numbers: list[int] = []
    for heading in elements:
        if not isinstance(heading, Heading):
            continue
        del numbers[heading.depth + 1 :]
        numbers += [0] * (heading.depth + 1 - len(numbers))
        numbers[heading.depth] += 1
        if 0 in numbers or heading.label != heading_label(forms[min(heading.depth, 2)], numbers):
            return False
    return True


class Lists:
    """Hands out lists and their definitions. ``forms``: the numbering of the headings, level by level."""

    def __init__(self, forms: tuple[str, ...], draw: Random) -> None:
        self._chinese = draw.choice(CHINESE)
        self._abstracts = [self._abstract(0, [_pattern(form, at) for at, form in enumerate(forms)])]
        self._instances = [_instance(HEADINGS, 0)]
        self._open: dict[str, tuple[int, int]] = {}
        self._known: dict[str, int] = {}

    def place(self, label: str) -> int | None:
        """The numId for a list item labelled so; None where no list can print the label."""
        found = next(
            ((form, at) for form in _AUTOMATIC for at in range(1, _MOST_ITEMS) if list_label(form, at) == label), None
        )
        if found is None:
            return None
        form, number = found
        num_id, last = self._open.get(form, (0, -1))
        if number == 1:
            num_id = self.begin(form)
        elif last != number - 1:
            return None
        self._open[form] = (num_id, number)
        return num_id

    def begin(self, form: str) -> int:
        """A new list labelled 1、 or the like; all lists of a form share their counters but begin anew."""
        if form not in self._known:
            self._known[form] = len(self._abstracts)
            self._abstracts.append(self._abstract(self._known[form], [_pattern(form, 0)]))
        num_id = len(self._instances) + 1
        self._instances.append(_instance(num_id, self._known[form], starts_anew=True))
        return num_id

    def bullets(self) -> int:
        """A list of bullets."""
        if "-" not in self._known:
            self._known["-"] = len(self._abstracts)
            self._abstracts.append(self._abstract(self._known["-"], [("bullet", "\uf06c")]))
            self._instances.append(_instance(len(self._instances) + 1, self._known["-"]))
            self._open["-"] = (len(self._instances), 0)
        return self._open["-"][0]

    def xml(self) -> str:
        """The content of the numbering part."""
        return "".join(self._abstracts) + "".join(self._instances)

    def _abstract(self, number: int, levels: list[tuple[str, str]]) -> str:
        kinds = {"chinese": self._chinese}
        defined = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kinds.get(kind, kind)}"/>'
            f'<w:suff w:val="nothing"/><w:lvlText w:val={quoteattr(text)}/></w:lvl>'
            for at, (kind, text) in enumerate(levels)
        )
        return (
            f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{defined}</w:abstractNum>'
        )


def _pattern(form: str, level: int) -> tuple[str, str]:
    """Number format and level text of a numbering written like ``form``."""
    if form.startswith("1.1"):
        return "decimal", ".".join(f"%{at + 1}" for at in range(level + 1))
    if "一" in form:
        return "chinese", form.replace("一", f"%{level + 1}")
    if form == "①":
        return "decimalEnclosedCircle", f"%{level + 1}"
    return "decimal", form.replace("1", f"%{level + 1}")


def _instance(num_id: int, abstract: int, starts_anew: bool = False) -> str:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if starts_anew else ""
    return f'<w:num w:numId="{num_id}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
