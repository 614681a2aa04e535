"""Composes goals, achievements, problems and measures in the list forms of the style."""

from __future__ import annotations

from collections.abc import Sequence

from samples.compose.elements import Element, Heading, Paragraph
from samples.compose.voice import Voice
from samples.figures import counted
from samples.model import Achievement, Goal, Sentence, Statement
from samples.phrases import wording


def goal_text(goal: Goal) -> str:
    """The goal as the report prints it."""
    return "，".join(goal.clauses) + "。"


def sentence_text(sentence: Sentence) -> str:
    """A sentence of the achievements, without its end mark."""
    return sentence.text.format(**{slot: metric.text for slot, metric in sentence.metrics.items()})


def _opening(voice: Voice, name: str, count: int) -> Paragraph:
    texts = wording("statements")[name]
    if name not in voice.report.stated:
        return Paragraph(voice.say(texts["opening"]))
    number = counted(voice.report.stated.get(name, count))
    return Paragraph(voice.say(texts["counted"], N=voice.mark(f"count:{name}", number)))


def goals(voice: Voice) -> list[Element]:
    """The annual goals by aspect."""
    form, joint = voice.style.goals, voice.draw.choice(("方面：", "方面：", "：", "方面，"))
    texts = [
        goal.aspect + joint + voice.mark(f"goal:{i}", goal_text(goal)) for i, goal in enumerate(voice.report.goals)
    ]
    if form in ("一是", "第一，"):
        texts = ["在" + text if joint == "方面，" else text for text in texts]
    return [_opening(voice, "goals", len(texts)), *voice.items(form, texts)]


def _passage(voice: Voice, number: int, passage: Achievement) -> str:
    text = ""
    for place, sentence in enumerate(passage.sentences):
        marked = {
            slot: voice.mark(f"achievement:{number}:{place}:{slot}", metric.text)
            for slot, metric in sentence.metrics.items()
        }
        text += voice.mark(f"sentence:{number}:{place}", sentence.text.format(**marked) + "。")
    return text


def achievements(voice: Voice) -> list[Element]:
    """The achievements: titled passages."""
    passages = voice.report.achievements
    texts = [_passage(voice, number, passage) for number, passage in enumerate(passages)]
    titles = [passage.title for passage in passages]
    elements: list[Element] = []
    if voice.draw.random() < 0.5:
        elements.append(Paragraph(voice.say(wording("statements")["achievements"]["opening"])))
    if voice.style.achievements == "heading":
        for title, text in zip(titles, texts, strict=True):
            elements += [Heading("", title, 0), Paragraph(text)]
        return elements
    return [*elements, *_titled(voice, voice.style.achievements, titles, texts)]


def _titled(voice: Voice, form: str, titles: Sequence[str], texts: Sequence[str]) -> list[Paragraph]:
    heads = [f"{title}。" for title in titles]
    joined = [head + text for head, text in zip(heads, texts, strict=True)]
    return voice.items(form, joined, heads)


def _statements(voice: Voice, name: str, statements: Sequence[Statement]) -> list[Element]:
    form = getattr(voice.style, name)
    opening = [_opening(voice, name, len(statements))] if name in voice.report.stated or form == "heading" else []
    titles = [voice.mark(f"{name}:{i}", one.title) for i, one in enumerate(statements)]
    details = [one.detail or "" for one in statements]
    if form == "heading":
        elements: list[Element] = [*opening]
        for title, detail in zip(titles, details, strict=True):
            elements.append(Heading("", title, 0))
            elements += [Paragraph(detail)] if detail else []
        return elements
    if not opening and voice.draw.random() < 0.5:
        opening = [Paragraph(voice.say(wording("statements")[name]["opening"]))]
    return [*opening, *_titled(voice, form, titles, details)]


def problems(voice: Voice) -> list[Element]:
    """The problems."""
    return _statements(voice, "problems", voice.report.problems)


def measures(voice: Voice) -> list[Element]:
    """The measures."""
    return _statements(voice, "measures", voice.report.measures)


def other(voice: Voice) -> list[Element]:
    """Other matters."""
    return [Paragraph(voice.say(wording("statements")["other"]["lines"]))]
