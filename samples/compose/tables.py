"""Composes project tables and the little tables of figures: header rows, cells as printed, captions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from samples.compose.elements import Element, Paragraph, TableElement
from samples.compose.voice import Voice
from samples.figures import FULL_WIDTH, NumberLook, fraction, money_digits
from samples.model import ProjectTable, Row
from samples.phrases import wording
from samples.style import TableLook

MONEY = ("initial", "budget", "arrived", "spent")
TEXT_COLUMNS = {"goal": "绩效目标", "completion": "完成情况"}
OTHER_UNIT = {"万元": "元", "元": "万元", "千元": "万元"}


def amount_text(yuan: Decimal | None, look: TableLook) -> str:
    """An amount cell as printed; empty for None."""
    if yuan is None:
        return ""
    digits = money_digits(yuan, look.unit, look.number)
    return f"{digits}{look.unit}" if "cell" in look.unit_places else digits


def budget_text(row: Row, look: TableLook) -> str:
    """The budget cell of a row as printed."""
    text = amount_text(row.budget, look) if row.budget_text is None else row.budget_text
    return text.translate(FULL_WIDTH) if row.is_full_width else text


def spent_text(row: Row, look: TableLook) -> str:
    """The spending cell of a row as printed."""
    text = amount_text(row.spent, look) if row.spent_text is None else row.spent_text
    return text.translate(FULL_WIDTH) if row.is_full_width else text


def _clauses(clauses: Sequence[str], is_numbered: bool) -> list[str]:
    if is_numbered and len(clauses) > 1:
        ends = ["；"] * (len(clauses) - 1) + ["。"]
        return [f"{i}、{clause}{end}" for i, (clause, end) in enumerate(zip(clauses, ends, strict=True), 1)]
    return ["，".join(clauses) + "。"] if clauses else []


def _is_numbered(row: Row) -> bool:
    return (len(row.name) + len(row.goal)) % 2 == 0


def goal_lines(row: Row) -> list[str]:
    """The goal of a row, line by line."""
    return _clauses(row.goal, _is_numbered(row))


def completion_lines(row: Row, look: TableLook) -> list[str]:
    """The completion of a row, line by line, with the amounts that it mentions."""
    lines = _clauses(row.completion, _is_numbered(row))
    plain = NumberLook(decimals=look.number.decimals)
    if row.mention is not None:
        lines.append(f"全年共支出{money_digits(row.mention, look.unit, plain)}{look.unit}。")
    return lines


def marked_up(lines: Sequence[str], markup: str | None) -> str:
    """Lines of a cell in one line of text, with the markup that scanning leaves."""
    if markup == "p":
        return " ".join(f"<p>{line}</p>" for line in lines)
    if markup == "li" and len(lines) > 1:
        return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
    return ("<br>" if markup == "br" else "").join(lines)


def _rate_text(row: Row, look: TableLook) -> str:
    if not row.budget or row.spent is None:
        return ""
    text = f"{fraction(row.spent, row.budget, look.rate_decimals) * 100:.{look.rate_decimals}f}"
    return text if "%" in look.headers["rate"] else f"{text}%"


def _cells(voice: Voice, row: Row, key: str, number: int, look: TableLook) -> list[str]:
    makers: dict[str, Callable[[], str]] = {
        "serial": lambda: str(number),
        "name": lambda: voice.mark(f"row:{key}", row.name),
        "office": lambda: voice.report.offices[number % len(voice.report.offices)].name,
        "initial": lambda: amount_text(row.budget, look),
        "budget": lambda: budget_text(row, look),
        "arrived": lambda: amount_text(row.budget, look),
        "spent": lambda: voice.mark(f"spent:{key}", spent_text(row, look)),
        "rate": lambda: _rate_text(row, look),
        "goal": lambda: marked_up(goal_lines(row), look.markup),
        "completion": lambda: marked_up(completion_lines(row, look), look.markup),
        "reason": lambda: "按合同约定节点支付" if row.has_reason and row.spent != row.budget else "无",
    }
    return [makers[column]() for column in look.columns]


def _total(look: TableLook, label: str, rows: Sequence[Row]) -> list[str]:
    def amount(column: str) -> str:
        picked = [row.spent if column == "spent" else row.budget for row in rows]
        return amount_text(sum((yuan for yuan in picked if yuan is not None), Decimal(0)), look)

    return [label if column == "name" else amount(column) if column in MONEY else "" for column in look.columns]


def _with_totals(look: TableLook, rows: Sequence[Row], body: list[list[str]], voice: Voice) -> list[list[str]]:
    pools = wording("headers")
    if look.total is None or len(rows) < 3:
        return body
    label = voice.draw.choice(pools["total"])
    if look.total == "top":
        return [_total(look, label, rows), *body]
    if look.total == "bottom":
        return [*body, _total(look, label, rows)]
    half, small = len(rows) // 2, pools["subtotal"][0]
    return [
        *body[:half], _total(look, small, rows[:half]), *body[half:], _total(look, small, rows[half:]),
        _total(look, label, rows),
    ]  # fmt: skip


def _header_text(column: str, voice: Voice, table: ProjectTable, look: TableLook) -> str:
    text = voice.fill(look.headers[column]) if "{" in look.headers[column] else look.headers[column]
    text = text.replace("本年", "本年度") if voice.report.is_undated else text
    has_unit = "header" in look.unit_places and table.unit_fault != "missing"
    if column in MONEY and table.has_amounts and (has_unit or table.unit_fault == "conflict"):
        unit = OTHER_UNIT[look.unit] if table.unit_fault == "conflict" else look.unit
        return f"{text}（{unit}）"
    return text


def _header(voice: Voice, table: ProjectTable, look: TableLook) -> list[list[str]]:
    texts = [_header_text(column, voice, table, look) for column in look.columns]
    groups = [
        "money" if column in (*MONEY, "rate") else "text" if column in ("goal", "completion") else ""
        for column in look.columns
    ]
    if not look.is_two_line or groups.count("money") < 2:
        return [texts]
    pools, upper = wording("headers"), []
    names = {"money": voice.draw.choice(pools["money_group"]), "text": voice.draw.choice(pools["text_group"])}
    for place, group in enumerate(groups):
        is_first = place == 0 or groups[place - 1] != group
        upper.append(names[group] if group and is_first else "" if group else texts[place])
    return [upper, [text if group else "" for text, group in zip(texts, groups, strict=True)]]


def _transposed(header: list[str], body: list[list[str]]) -> list[list[str]]:
    rows: list[list[str]] = []
    for cells in body:
        rows += [list(pair) for pair in zip(header, cells, strict=True)]
        rows.append([])
    return rows[:-1]


def _captions(voice: Voice, table: ProjectTable, look: TableLook) -> list[str]:
    if not table.has_amounts or table.unit_fault == "missing":
        return []
    if "caption" not in look.unit_places and table.unit_fault != "conflict":
        return []
    return [voice.say(wording("statements")["tables"]["unit_caption"], unit=look.unit)]


def table_look(table: ProjectTable, voice: Voice) -> TableLook:
    """The look of a table: as drawn, but what a fault needs (a unit that is said nowhere cannot stand in cells)."""
    look = {"plan": voice.style.plan, "task": voice.style.task, "key": voice.style.key}[table.listing]
    needs = {row.completion for row in table.rows if row.mention is not None}
    if needs and "completion" not in look.columns:
        look = replace(look, columns=(*look.columns, "completion"), headers={**look.headers, "completion": "完成情况"})
    if table.has_amounts and any(row.needs_texts for row in table.rows):
        absent = {name: title for name, title in TEXT_COLUMNS.items() if name not in look.columns}
        look = replace(look, columns=(*look.columns, *absent), headers={**look.headers, **absent})
    if table.unit_fault is not None:
        look = replace(look, unit_places=("caption",), is_transposed=False)
    if table.says_unit_twice:
        look = replace(look, unit_places=("caption", "header"), is_transposed=False)
    return look


def _element(voice: Voice, table: ProjectTable, prefix: str) -> TableElement:
    look = table_look(table, voice)
    body = [_cells(voice, row, f"{prefix}:{i}", i + 1, look) for i, row in enumerate(table.rows)]
    header = _header(voice, table, look)
    header[0][0] = voice.mark(f"table:{prefix}", header[0][0])
    captions = _captions(voice, table, look)
    if look.is_transposed:
        return TableElement(captions, [], _transposed(header[0], body), look)
    return TableElement(captions, header, _with_totals(look, table.rows, body, voice), look)


def plan_element(voice: Voice, number: int) -> TableElement:
    """The ``number``-th table of the spending plan."""
    return _element(voice, voice.report.plans[number], f"plan{number}")


def _section(voice: Voice, table: ProjectTable | None, prefix: str) -> list[Element]:
    if table is None:
        return []
    texts = wording("statements")["tables"]
    look = table_look(table, voice)
    elements: list[Element] = [Paragraph(voice.say(texts[prefix]))]
    if "section" in look.unit_places and table.unit_fault is None:
        elements.append(Paragraph(voice.say(texts["unit_said"], unit=look.unit)))
    return [*elements, _element(voice, table, prefix)]


def task_table(voice: Voice) -> list[Element]:
    """The table of tasks with what is said above it."""
    return _section(voice, voice.report.tasks, "tasks")


def key_table(voice: Voice) -> list[Element]:
    """The table of key projects with what is said above it."""
    return _section(voice, voice.report.key, "key")


def plain_table(voice: Voice, header: list[str], rows: list[list[str]]) -> TableElement:
    """A little table of figures in the syntax of the report's tables."""
    look = TableLook(voice.style.task.syntax, ("name", "value"), {}, "", (), NumberLook())
    return TableElement([], [header], rows, look)
