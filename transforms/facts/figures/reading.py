"""Headline figures stated in the text: budget, change on last year, execution, rate, monitoring, score, grade.

Figures of tables are in tables.py, large projects in large_projects.py, people in headcount/reading.py; amounts of
single projects, of three-public spending and of other years are none of these.
"""

from __future__ import annotations

import re
from decimal import Decimal

from transforms.documents.model import TextBlock
from transforms.facts.figures.grades import grades_in
from transforms.facts.figures.labels import (
    PARTS_OF_TOTAL,
    QUICK,
    LabelHit,
    cell_label,
    figure_labels,
    find_labels,
    is_mid_year,
    is_this_year,
)
from transforms.facts.figures.numbers import Figure, figures_in, in_money, money_unit, rate_of, score_of
from transforms.facts.figures.pairs import as_budget, depth, pairs, without_brackets
from transforms.facts.figures.sections import WEAK, fitness, headline_pieces
from transforms.facts.outline.mentions import Aside, FigureBook, Mention, Span, sentences
from transforms.facts.outline.outline import Outline, Piece
from transforms.facts.projects.told import Told, spans_told
from transforms.language.numerals import Number
from transforms.language.units import find_money_unit

_TARGETS = frozenset(("annual_goals", "indicators"))
"""Sections whose rates and amounts are targets; monitoring is told there too."""
_NEVER_TARGETS = ("monitored_yuan", "total_budget_yuan")
_WHOLE = frozenset(("total_budget_yuan", "annual_budget_yuan", "executed_yuan", "stated_execution_rate"))
_CLAUSE_ENDS = "。;:!?"
_FARTHEST_LABEL = 60
_LONGEST_CHANGE = 6
_LONGEST_SCORE = 20
_OF_OTHERS = re.compile(r"\d+[个名户次项张条件家人]")
"""What stands behind words for a score that count other things: 评出10个…，得分95分."""
_WORDS = re.compile("[\u4e00-\u9fff]{2}|满")
_COUNTED = re.compile(r"[年月日项个人次家户%‰倍]")


def add_figures(outline: Outline, year: int | None, told: list[Told], book: FigureBook) -> None:
    """Notes every headline figure in the running text; ``year`` is the fiscal year, figures of others stay out, and
    so do those of the projects ``told`` in prose."""
    of_projects = spans_told(told)
    for piece, sections in headline_pieces(outline):
        assert isinstance(piece.block, TextBlock)
        text = piece.block.text
        if QUICK.search(text) or (len(text) <= _LONGEST_SCORE and "分" in outline.title_at(piece.index)):
            below = Span(0, 0) if piece.index - 1 in of_projects else None
            FigureReading(outline, piece, sections, year, book).read(of_projects.get(piece.index, below))


class FigureReading:
    """Reading one piece: sentence by sentence, each label with the number behind it."""

    def __init__(
        self, outline: Outline, piece: Piece, sections: tuple[str, ...], year: int | None, book: FigureBook
    ) -> None:
        assert isinstance(piece.block, TextBlock)
        self.outline, self.piece, self.sections, self.year, self.book = outline, piece, sections, year, book
        self.text = piece.block.text
        self.subject: str | None = None
        self.stated: set[str] = set()

    def read(self, of_project: Span | None) -> None:
        """Notes the figures of all sentences but those in the stretch that tells of projects, empty where the block
        above does, and those behind it that sum these up."""
        of_these = figure_labels().words["of_these"]
        for number, sentence in enumerate(sentences(self.piece)):
            if of_project and of_project.start <= sentence.start < of_project.end:
                continue
            if number == 0:
                self._titled_score(sentence)
            words = self.text[slice(*sentence)]
            is_sum = of_project and of_project.end <= sentence.start and of_these.match(words)
            if not is_sum and (self.subject or QUICK.search(words)):
                self._sentence(sentence, words)
            elif "元" in words:
                self._beside(sentence, figures_in(self.text, sentence))

    def _titled_score(self, sentence: Span) -> None:
        """Notes the score that a text begins with under a heading that says no more than 自评得分, or than 自评 where
        nothing else but 分 stands behind the number."""
        title = self.outline.title_at(self.piece.index).lstrip("0123456789")
        numbers = figures_in(self.text, sentence) if "分" in title or "评" in title else []
        if not numbers or _WORDS.search(self.text, sentence.start, numbers[0].start):
            return
        label, words = cell_label(title), figure_labels().words
        is_said = words["evaluation"].fullmatch(title) and words["stands_alone"].match(self.text, numbers[0].tail)
        if not is_said and (label is None or label.name != "self_score"):
            return
        if score := score_of(self.text, numbers[0]):
            self._note("self_score", score, numbers[0], sentence)

    def _sentence(self, sentence: Span, words: str) -> None:
        if "评" in words or "等" in words or "分" in words:
            self._grade(sentence)
        numbers = figures_in(self.text, sentence)
        if not numbers:
            return
        reach = max(sentence.start, numbers[0].start - _FARTHEST_LABEL)
        labels = as_budget(self.text, find_labels(self.text, reach, numbers[-1].start + 1, self.sections), self.subject)
        changes = list(figure_labels().words["change"].finditer(self.text, reach, numbers[-1].start))
        taken = self._labelled(sentence, pairs(self.text, labels, numbers))
        self._monitored(sentence, [number for number in numbers if number.start not in taken])
        for change in changes:
            before = [label.name for label in labels if self._precedes(label, change)]
            subject = before[-1] if before else self.subject
            if subject in ("total_budget_yuan", "annual_budget_yuan"):
                self._change(change, [number for number in numbers if number.start not in taken], sentence)
        wholes = [label.name for label in labels if label.name not in PARTS_OF_TOTAL]
        self.subject = wholes[-1] if wholes else labels[-1].name if labels else self.subject
        self._beside(sentence, [number for number in numbers if number.start not in taken])

    def _beside(self, sentence: Span, numbers: list[Number]) -> None:
        """Notes amounts and shares that no label explains; of them, those taken later are figures all the same."""
        for number in numbers:
            figure = rate_of(self.text, number)
            kind = "share" if figure else "money"
            if figure is None and money_unit(self.text, number)[0] is not None:
                figure = self._money(number, None)
            if figure:
                span = Span(number.start, number.end)
                self.book.add(Aside(kind, figure.value, figure.unit, self.piece.index, span, sentence, figure.stop))

    def _labelled(self, sentence: Span, found: list[tuple[LabelHit, Number]]) -> set[int]:
        """Notes the figures with a label in front; where their numbers start."""
        taken: set[int] = set()
        is_monitored = figure_labels().behind["monitored_yuan"].match
        above, is_headline, is_of_part = None, False, False
        for label, number in found:
            figure = self._figure(label, number)
            if figure and label.name in PARTS_OF_TOTAL and is_monitored(self.text, figure.stop):
                continue  # 对项目支出5万元进行了监控 tells of no expenditure
            is_of_above = above is not None and self._goes_on(above, label)
            is_headline = self._is_headline(sentence, label) and (is_headline or not (is_of_above or label.is_loose))
            is_of_part = is_of_above and above is not None and (is_of_part or above.name in PARTS_OF_TOTAL)
            if figure and is_headline:
                taken.add(number.start)
                number, figure = self._exact(number, figure, sentence)
                taken.add(number.start)
                is_weak = label.is_weak or (is_of_part and not self._begins("yearly", label))
                self._note(label.name, figure, number, sentence, self._weakness(label) if is_weak else 0)
                self._share(label, figure, sentence)
            above = label
        return taken

    def _exact(self, number: Number, figure: Figure, sentence: Span) -> tuple[Number, Figure]:
        """The amount right behind that is the same one, less rounded: 约1.2亿元（12,345.67万元）; 1.2亿元，即…."""
        opened = figure_labels().words["exactly"].match(self.text, figure.stop, sentence.end)
        inner = next(iter(figures_in(self.text, Span(opened.end(), sentence.end))), None) if opened else None
        exact = self._money(inner, None) if opened and inner and inner.start == opened.end() else None
        if opened is None or inner is None or exact is None:
            return number, figure
        if opened["opened"] and not self.text.startswith(")", exact.stop):
            return number, figure
        is_same = exact.quantum < figure.quantum and abs(exact.value - figure.value) < figure.quantum
        return (inner, exact) if is_same else (number, figure)

    def _share(self, label: LabelHit, budget: Figure, sentence: Span) -> None:
        """Notes the rate in 占全年预算甲万元的98%."""
        words, text = figure_labels().words, self.text
        if words["share_of"].search(text, sentence.start, label.start) and text.startswith("的", budget.stop):
            number = next(iter(figures_in(text, Span(budget.stop + 1, sentence.end))), None)
            if number and number.start == budget.stop + 1 and (rate := rate_of(text, number)):
                self._note("stated_execution_rate", rate, number, sentence)

    def _goes_on(self, above: LabelHit, label: LabelHit) -> bool:
        """Whether the label, right behind a comma, speaks of what the one above speaks of."""
        is_bare = self.text[label.start - 1] == "," and label.name not in PARTS_OF_TOTAL
        is_anew = above.unit == "rate" and label.unit == "money" and self._begins("yearly", label)
        return is_bare and label.name != above.name and not is_anew and not self._begins("whole", label)

    def _begins(self, words: str, label: LabelHit) -> bool:
        return figure_labels().words[words].match(self.text, label.start) is not None

    def _within(self, words: str, label: LabelHit) -> bool:
        return figure_labels().words[words].search(self.text, label.start, label.end) is not None

    def _monitored(self, sentence: Span, numbers: list[Number]) -> None:
        """Notes the figures with words right behind that say what they are."""
        for name, behind in figure_labels().behind.items():
            for number in numbers:
                figure = self._money(number, None) if name not in self.stated else None
                if figure and behind.match(self.text, figure.stop):
                    self._note(name, figure, number, sentence)

    def _precedes(self, label: LabelHit, change: re.Match[str]) -> bool:
        """Whether the label stands before the change, and not in a bracket closed by then."""
        return label.end <= change.start() and depth(self.text, label.end, change.start()) >= 0

    def _is_headline(self, sentence: Span, label: LabelHit) -> bool:
        """Whether the label speaks of the department as a whole and of the fiscal year."""
        words, scanned, text = figure_labels().words, figure_labels().scanned, self.text
        clause = max([text.rfind(mark, sentence.start, label.start) for mark in _CLAUSE_ENDS]) + 1 or sentence.start
        is_target = bool(self.sections) and _TARGETS.issuperset(self.sections) and label.name not in _NEVER_TARGETS
        if is_target or scanned["sentence"].search(text, sentence.start, label.start):
            return False
        is_whole = self._begins("of_year", label)
        before = text[clause : label.start]
        last = before.rpartition(",")[2]
        since = max(sentence.start, text.rfind(";", sentence.start, label.start))
        if not is_whole and label.name in self.stated and scanned["part"].search(text, since, label.start):
            return False
        lead = text[sentence.start : clause].rpartition(",")[2] if text[clause - 1 : clause] == ":" else ""
        is_monitored = label.name == "monitored_yuan"
        is_of_projects = words["of_projects"].search(text, since, label.start) and not is_monitored
        if is_of_projects and not self._within("of_department", label):
            return False
        of_part = words["before_monitored" if is_monitored else "before"]
        is_part = of_part.search(last) or of_part.search(lead)
        if is_part and not is_whole and label.name not in PARTS_OF_TOTAL:
            return False
        if label.unit == "score" and words["full_marks_of_part"].search(before):
            return False
        is_of_year = label.unit == "rate" or label.name == "executed_yuan"
        if is_of_year and is_mid_year(before, text[clause : label.end]):
            return False
        if label.unit == "rate" and words["monitored"].search(text, sentence.start, label.start):
            return False
        return is_this_year(before, text[clause : label.end], self.year) and not self._within("last_year", label)

    def _figure(self, label: LabelHit, number: Number) -> Figure | None:
        between = self.text[label.end : number.start]
        if figure_labels().words["between"].search(without_brackets(between)):
            return None
        if label.unit == "rate":
            return rate_of(self.text, number)
        if label.unit == "score":
            return None if _OF_OTHERS.match(between) else score_of(self.text, number)
        figure = self._money(number, find_money_unit(self.text[label.start : number.start]))
        return None if figure and figure_labels().words["bound"].match(self.text, figure.stop) else figure

    def _money(self, number: Number, named: str | None) -> Figure | None:
        unit, stop = money_unit(self.text, number)
        if (
            unit is None
            and not number.is_percent
            and not _COUNTED.match(self.text, number.tail)
            and not number.is_chinese
        ):
            unit = named or self.book.units.at(self.piece.index)
        if unit is None or number.is_percent:
            return None
        return in_money(number, unit, stop)

    def _change(self, change: re.Match[str], numbers: list[Number], sentence: Span) -> None:
        """The change on last year, each signed by the word before it, in money and as a share where printed, in either
        order."""
        following = [number for number in numbers if number.start >= change.end()][:2]
        if not following or following[0].start - change.end() > _LONGEST_CHANGE:
            return
        first, *second = following
        between = (
            figure_labels().words["change_again"].fullmatch(self.text, first.tail, second[0].start) if second else None
        )
        if not between:
            second = [number for number in second if number.is_percent]
        for number in (first, *second):
            figure, name = self._money(number, None), "prior_year_change_yuan"
            if number.is_percent:
                figure, name = rate_of(self.text, number), "prior_year_change_rate"
            if figure and (number is first or number.is_percent or first.is_percent):
                is_up = bool(between["up"] if between and number is not first else change["up"])
                value = figure.value if is_up else -abs(figure.value)
                self._note(name, figure._replace(value=value), number, sentence)

    def _grade(self, sentence: Span) -> None:
        if "task_completion" not in self.sections and not _TARGETS.intersection(self.sections):
            for span in grades_in(self.text, sentence, self.year):
                self.book.add(
                    Mention(
                        "grade", Decimal(0), Decimal(1), None, self.piece.index, span, sentence,
                        fitness("grade", self.sections), span.end,
                    )
                )  # fmt: skip

    def _weakness(self, label: LabelHit) -> int:
        """本年支出 is what was spent before 支出总计 is, which holds what is carried over too."""
        return WEAK // 2 if self._begins("of_year", label) else WEAK

    def _note(self, name: str, figure: Figure, number: Number, sentence: Span, weakness: int = 0) -> None:
        self.stated.add(name)
        fit = fitness(name, self.sections)
        if name in _WHOLE and not fit and "task_completion" in self.sections:
            weakness = weakness or WEAK
        self.book.add(
            Mention(
                name, figure.value, figure.quantum, figure.unit, self.piece.index,
                Span(number.start, number.end), sentence, fit - weakness, figure.stop,
            )
        )  # fmt: skip
