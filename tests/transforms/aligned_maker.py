"""Tables aligned by blanks, their cells wrapped within their columns, as clerks and their programs lay them out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from transforms.documents.lines import display_width

GAP = 3
_NEVER_FIRST = "，。、；：）》”"


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a cell; figures stay whole, signs that may not begin a line stand beyond the edge."""
    done: list[str] = []
    for part in text.split("\n"):
        done.append("")
        for token in _tokens(part):
            if display_width(done[-1] + token) > width and token not in _NEVER_FIRST and done[-1]:
                done.append("")
            done[-1] += token
    return done


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    for sign in text:
        is_word = sign.isascii() and not sign.isspace()
        if is_word and tokens and tokens[-1].isascii():
            tokens[-1] += sign
        else:
            tokens.append(sign)
    return tokens


def laid_out(
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    *,
    align: str = "top",
    between: str = "",
    indent: int = 0,
    centred: Sequence[int] = (),
) -> str:
    """The table; ``align``: where in its row a shorter cell stands (top, middle, bottom), ``between``: the line between
    two rows ("" for none, "\\n" for a blank one), ``centred``: columns whose lines stand in the middle of the column.
    Cells of figures and blanks stand to the right."""
    done = []
    for row in rows:
        cells = [wrapped(text, width) for text, width in zip(row, widths, strict=True)]
        height = max(map(len, cells))
        placed = [_placed(cell, height, align) for cell in cells]
        done.append("".join(_line(list(line), widths, indent, centred) for line in zip_longest(*placed, fillvalue="")))
    return between.join(done)


RULES = {"|": ("+-++", "+-++", "+-++"), "│": ("┌─┬┐", "├─┼┤", "└─┴┘")}


def drawn(rows: Sequence[Sequence[str]], widths: Sequence[int], *, align: str = "top", pipe: str = "|") -> str:
    """The table with pipes between its columns, and rules on top, below its header and at its end."""
    lines = [_rule(RULES[pipe][0], widths)]
    for row in rows:
        cells = [wrapped(text, width) for text, width in zip(row, widths, strict=True)]
        placed = [_placed(cell, max(map(len, cells)), align) for cell in cells]
        for line in zip_longest(*placed, fillvalue=""):
            padded = [piece + " " * (width - display_width(piece)) for piece, width in zip(line, widths, strict=True)]
            lines.append(f"{pipe} " + f" {pipe} ".join(padded) + f" {pipe}\n")
        if row is rows[0]:
            lines.append(_rule(RULES[pipe][1], widths))
    return "".join(lines) + _rule(RULES[pipe][2], widths)


def _rule(signs: str, widths: Sequence[int]) -> str:
    begin, dash, cross, end = signs
    return begin + cross.join(dash * (width + 2) for width in widths) + end + "\n"


def _placed(cell: list[str], height: int, align: str) -> list[str]:
    above = {"top": 0, "middle": (height - len(cell)) // 2, "bottom": height - len(cell)}[align]
    return [*[""] * above, *cell]


def _line(pieces: list[str], widths: Sequence[int], indent: int, centred: Sequence[int]) -> str:
    line = ""
    for column, (piece, width) in enumerate(zip(pieces, widths, strict=True)):
        left = indent + sum(widths[:column]) + GAP * column
        room = max(width - display_width(piece), 0)
        is_figure = column and piece.replace(",", "").replace(".", "").isdigit()
        left += room if is_figure else room // 2 if column in centred else 0
        if piece:
            line += " " * max(left - display_width(line), 2 if line else 0) + piece
    return line.rstrip() + "\n"
