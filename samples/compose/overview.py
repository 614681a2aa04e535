"""Composes the overview: duties, units, offices, people, work blocks and the spending plan."""

from __future__ import annotations

from collections.abc import Sequence

from samples.compose.elements import Element, Paragraph
from samples.compose.tables import plain_table, plan_element
from samples.compose.voice import Voice, list_label
from samples.figures import chinese_numeral, counted
from samples.model import HEADCOUNTS, Office
from samples.phrases import wording


def _duties(voice: Voice) -> list[Element]:
    texts = wording("statements")["duties"]
    items = [f"{item}{'。' if item is texts['items'][-1] else '；'}" for item in texts["items"]]
    return [Paragraph(voice.say(texts["intro"]) + "".join(items))]


def _units(voice: Voice) -> list[Element]:
    texts, names = wording("statements")["units"], voice.report.units
    head = voice.fill(texts["head"]).replace(voice.name, voice.mark("unit:0", voice.name))
    marked = [voice.mark(f"unit:{i}", name) for i, name in enumerate(names, 1)]
    slots = {"N": voice.count("units", len(names) + 1, "figure:units"), "K": str(len(names))}
    if voice.report.counts_in_chinese:
        slots["K"] = counted(len(names))
    if voice.style.units == "run_in":
        sentence = voice.say(texts["run_in"], LIST="、".join(marked), **slots)
        return [Paragraph(sentence.replace(voice.fill(texts["head"]), head))]
    return [Paragraph(voice.say(texts["itemised"], **slots)), *_listed(voice, voice.style.units, [head, *marked])]


def _listed(voice: Voice, form: str, names: Sequence[str]) -> list[Paragraph]:
    marks = [*(["；"] * (len(names) - 1)), "。"]
    return voice.items(form, [name + mark for name, mark in zip(names, marks, strict=True)])


def _office(office: Office, voice: Voice, key: str) -> str:
    text = voice.mark(key, office.name)
    if office.also_named:
        text += f"（{'、'.join(office.also_named)}）"
    return text + (f"（{office.remark}）" if office.remark else "")


def _offices(voice: Voice) -> list[Element]:
    texts, offices = wording("statements")["offices"], voice.report.offices
    named = [_office(office, voice, f"office:{i}") for i, office in enumerate(offices, 1)]
    count = voice.count("offices", len(offices), "figure:offices")
    form = voice.style.offices
    if form in ("run_in", "labelled"):
        if form == "labelled":
            named = [f"（{chinese_numeral(i)}）{name}" for i, name in enumerate(named, 1)]
        return [Paragraph(voice.say(texts["run_in"], N=count, LIST="、".join(named)))]
    return [Paragraph(voice.say(texts["itemised"], N=count)), *_listed(voice, form, named)]


def _people(voice: Voice) -> list[Element]:
    texts, people = wording("statements")["people"], voice.report.people
    in_chinese = voice.report.counts_in_chinese
    printed = {
        kind: voice.mark(f"people:{kind}", chinese_numeral(count) if in_chinese else str(count))
        for kind, count in people.items()
    }
    if voice.style.people == "table":
        rows = [[voice.draw.choice(texts["rows"][kind]), printed[kind]] for kind in HEADCOUNTS if kind in people]
        return [Paragraph(voice.say(texts["table_intro"])), plain_table(voice, ["人员类别", "人数（人）"], rows)]
    sentence = voice.say(texts["prose"], **{kind.upper(): text for kind, text in printed.items()})
    if "approved_posts" in people:
        sentence = voice.say(texts["approved"], APPROVED_POSTS=printed["approved_posts"]) + sentence
    if "retired" in people:
        sentence += voice.say(texts["retired"], RETIRED=printed["retired"])
    return [Paragraph(sentence)]


def overview(voice: Voice) -> list[Element]:
    """Duties where the style has them, budget units, internal offices, people."""
    duties = _duties(voice) if voice.style.duties else []
    return [*duties, *_units(voice), *_offices(voice), *_people(voice)]


def _blocks(voice: Voice) -> list[Element]:
    blocks = voice.report.blocks
    if not blocks:
        return []
    texts = wording("statements")["tasks"]
    count = counted(voice.report.stated.get("blocks", len(blocks)))
    announcement = voice.say(texts["blocks"], N=voice.mark("count:blocks", count))
    return [Paragraph(announcement), *voice.items(voice.style.blocks, [f"{name}。{text}" for name, text in blocks])]


def _plans(voice: Voice) -> list[Element]:
    plans = voice.report.plans
    if not plans:
        return []
    texts = wording("statements")["tasks"]
    count = counted(voice.report.stated.get("plans", len(plans)))
    announcement = voice.say(texts["plans"], N=voice.mark("count:plans", count))
    elements: list[Element] = [Paragraph(announcement if len(plans) > 1 else voice.say(texts["plan_table"]))]
    form = "①" if voice.style.blocks != "①" else "（1）"
    for number, plan in enumerate(plans):
        label = list_label(form, number + 1) if len(plans) > 1 else ""
        elements.append(Paragraph(f"{plan.theme}。", label))
        elements.append(plan_element(voice, number))
    return elements


def tasks(voice: Voice) -> list[Element]:
    """The year's work: an opening, the blocks announced and listed, the plan's tables."""
    opening: list[Element] = [Paragraph(voice.say(wording("statements")["tasks"]["opening"]))]
    return [*opening, *_blocks(voice), *_plans(voice)]
