"""The order of a report: title, cover, sections with their numbered headings, date. What sections say is elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from samples.compose.elements import Contents, Element, Heading, Paragraph, Title
from samples.compose.narrative import achievements, goals, measures, other, problems
from samples.compose.overview import overview, tasks
from samples.compose.results import conclusion, finance, management, monitoring
from samples.compose.tables import key_table, task_table
from samples.compose.voice import Voice
from samples.figures import chinese_numeral
from samples.marks import Marks
from samples.model import Report
from samples.phrases import wording
from samples.style import Style

SECTIONS: dict[str, Callable[[Voice], list[Element]]] = {
    "overview": overview, "tasks": tasks, "finance": finance, "management": management, "goals": goals,
    "monitoring": monitoring, "conclusion": conclusion, "task_table": task_table, "key_table": key_table,
    "achievements": achievements, "problems": problems, "measures": measures, "other": other,
}  # fmt: skip


@dataclass(slots=True)
class Composition:
    """The elements of a report, and the marks in their texts."""

    elements: list[Element]
    marks: Marks


def heading_label(form: str, numbers: list[int]) -> str:
    """The numbering of a heading: ``form`` filled with the last of ``numbers`` (all of them for 1.1)."""
    if form.startswith("1.1"):
        return ".".join(str(number) for number in numbers)
    if "1" in form:
        return form.replace("1", str(numbers[-1]))
    return form.replace("一", chinese_numeral(numbers[-1]))


def _bracketed(label: str, bracket: str, draw: Random) -> str:
    is_half = bracket == "half" or (bracket == "mixed" and draw.random() < 0.5)
    return label.replace("（", "(").replace("）", ")") if is_half else label


class _Outline:
    """Numbers headings as they come; repeats one number where the report is to do so."""

    def __init__(self, voice: Voice) -> None:
        self.voice, self.numbers, self.has_repeated = voice, [0], False

    def open(self, key: str, depth: int) -> Heading:
        voice = self.voice
        del self.numbers[depth + 1 :]
        while len(self.numbers) <= depth:
            self.numbers.append(0)
        repeats = voice.report.repeats_heading and not self.has_repeated and self.numbers[depth] >= 2
        self.has_repeated |= repeats
        self.numbers[depth] += 0 if repeats else 1
        bracket = "mixed" if voice.report.mixes_brackets else voice.style.bracket
        label = _bracketed(heading_label(voice.style.numbering[depth], self.numbers), bracket, voice.draw)
        text = voice.style.section_titles.get(key, key)
        return Heading(label, voice.mark("heading:fault", text) if repeats else text, depth)

    def nested(self, elements: list[Element], depth: int) -> list[Element]:
        """Numbers the headings that a section brings along, one level below ``depth``."""
        count = 0
        for element in elements:
            if isinstance(element, Heading):
                count += 1
                form = self.voice.style.numbering[min(depth + 1, 2)]
                element.label = heading_label(form, [*self.numbers[: depth + 1], count])
                element.depth = depth + 1
        return elements


def _is_present(key: str, report: Report) -> bool:
    absent = {
        "key_table": report.key is None,
        "task_table": report.tasks is None,
    }
    return not absent.get(key, False)


def _sections(voice: Voice) -> list[Element]:
    outline = _Outline(voice)
    elements: list[Element] = []
    for key, children in wording("sections")["structure"][voice.style.structure]["tree"]:
        present = [child for child in children if _is_present(child, voice.report)]
        if not _is_present(key, voice.report) or (children and not present):
            continue
        elements.append(outline.open(key, 0))
        if key in SECTIONS and not present:
            elements += outline.nested(SECTIONS[key](voice), 0)
        for child in present:
            elements.append(outline.open(child, 1))
            elements += outline.nested(SECTIONS[child](voice), 1)
    return elements


def _front(voice: Voice) -> list[Element]:
    texts = wording("statements")["title"]
    report, style = voice.report, voice.style
    is_bare = style.is_cover or report.is_anonymous
    title = voice.say(texts["bare"]) if is_bare else voice.fill(style.title.replace("{name}", report.title_name))
    if report.is_undated:
        title = title.replace("本年度", "").replace("本年", "").replace("（）", "")
    front: list[Element] = [Title(title), Paragraph(texts["synthetic"][style.synthetic])]
    if style.is_cover and not report.is_anonymous:
        front.append(Paragraph(voice.say(texts["cover"]).replace(voice.name, report.title_name)))
    if style.has_contents:
        front.append(Contents())
    return front


def compose(report: Report, style: Style, draw: Random) -> Composition:
    """The elements of the report in that style; ``draw`` chooses among wordings."""
    marks = Marks()
    voice = Voice(report, style, draw, marks)
    elements = [*_front(voice), *_sections(voice)]
    if report.date is not None:
        elements.append(Paragraph(report.date))
    elif style.has_date and not report.is_undated:
        elements.append(Paragraph(voice.say(wording("statements")["title"]["dated"])))
    return Composition(elements, marks)
