"""The composer's voice: fills wordings, prints figures in the report's manner, makes lists. No section is here."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random

from samples.compose.elements import Paragraph
from samples.figures import chinese_numeral, counted, money_text
from samples.marks import Marks
from samples.model import Report
from samples.style import Style

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def list_label(form: str, number: int) -> str:
    """The label of the ``number``-th item (from 1) of a list."""
    if form == "①":
        return CIRCLED[(number - 1) % len(CIRCLED)]
    if form in ("一是", "第一，"):
        return form.replace("一", chinese_numeral(number))
    return form.replace("1", str(number))


class Voice:
    """What composing a section needs: report, style, a stream of draws and the marks."""

    def __init__(self, report: Report, style: Style, draw: Random, marks: Marks) -> None:
        self.report, self.style, self.draw, self.marks = report, style, draw, marks
        own = {"own": report.we, "short": report.version.short_name}
        self.we = "本部门" if report.is_anonymous else own.get(style.we, style.we)
        self.name = "本部门" if report.is_anonymous else report.name
        self.year = "本" if report.is_undated else str(report.year)

    def say(self, choices: Sequence[str], **slots: str) -> str:
        """One of the wordings with its slots filled."""
        return self.fill(self.draw.choice(choices), **slots)

    def fill(self, wording: str, **slots: str) -> str:
        """The wording with its slots filled."""
        report = self.report
        scope = self.year if report.is_undated else str(report.scope_year)
        text = wording.format(
            we=self.we, name=self.name, short=report.version.short_name, year=self.year, scope=scope,
            next=str(report.year + 1), last="上" if report.is_undated else str(report.year - 1), **slots,
        )  # fmt: skip
        return text.replace("（本部门）", "") if report.is_anonymous else text

    def mark(self, key: str, text: str) -> str:
        """The text, marked as the place of a fact."""
        return self.marks.mark(key, text)

    def money(self, key: str, yuan: Decimal, unit: str | None = None) -> str:
        """A headline amount, marked."""
        return self.mark(key, money_text(yuan, unit or self.style.headline_unit, self.style.headline_number))

    def count(self, name: str, default: int, key: str | None = None) -> str:
        """An announced count: what the report states, else ``default``; in Chinese numerals where it likes them."""
        number = self.report.stated.get(name, default)
        text = counted(number) if self.report.counts_in_chinese else str(number)
        return self.mark(key, text) if key else text

    def items(self, form: str, texts: Sequence[str], titles: Sequence[str] = ()) -> list[Paragraph]:
        """A list, a paragraph an item; the run-in forms (一是) stand in one paragraph."""
        if form == "run_in" or (form in ("一是", "第一，") and self.draw.random() < 0.6):
            joined = "".join(
                f"{list_label('一是' if form == 'run_in' else form, i)}{text}" for i, text in enumerate(texts, 1)
            )
            return [Paragraph(joined)]
        heads = list(titles) or [""] * len(texts)
        return [
            Paragraph(text, list_label(form, i), title)
            for i, (text, title) in enumerate(zip(texts, heads, strict=True), 1)
        ]
