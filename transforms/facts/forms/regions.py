"""Where forms stand in a document: rows of its grids, and the lines right above them, cut into one stretch a form.

What the rows say is read by the neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from transforms.documents.model import Cell, Document, Grid, NoteKind, Place, Table, TextBlock
from transforms.facts.amounts import declared_unit
from transforms.facts.forms.labels import column_of, inline_fields, row_of
from transforms.facts.forms.lines import (
    Row,
    has_funds,
    has_indicators,
    heads_amounts,
    heads_goals,
    heads_indicators,
    heads_list,
    names_project,
    projects_of,
)
from transforms.facts.forms.seams import cut_row, mended
from transforms.facts.forms.titles import form_kind, whole_titles

_OF_TABLES = frozenset(
    (
        NoteKind.TABLE_JOINED,
        NoteKind.ROW_JOINED,
        NoteKind.ROW_SHIFTED,
        NoteKind.HEADER_REPEATED,
        NoteKind.HEADER_MERGED,
        NoteKind.JUNK_ROW,
        NoteKind.TRANSPOSED,
    )
)
_MOST_ABOVE = 4
_MOST_LINES = 10  # of text above a form
_LONGEST_TITLE = 60
_LONGEST_CAPTION = 40
_MOST_ROWS = 100  # of a form above its indicators


@dataclass(slots=True)
class Region:
    """The rows of one form, its title among the first. ``sheet``: the name of the sheet, if the medium has sheets."""

    kind: str
    rows: list[Row]
    sheet: str | None = None


def find_regions(document: Document) -> list[Region]:
    """The forms of a document, in order. A form that a page break parts is one region again."""
    regions: list[Region] = []
    chain: list[Row] = []
    titles: set[str] = set()
    last: Grid | None = None
    blocks = document.blocks if document.grids else []
    texts = [(_order(block.place), block) for block in blocks if isinstance(block, TextBlock)]
    for grid in document.grids:
        between = _between(texts, grid, last)
        rows = [*_headed(between), *(Row(cells, grid.number) for cells in grid.rows)]
        if last is not None and _is_next_part(chain, between, grid):
            rows = [*between, *rows]
        elif last is not None and not _continues(last, grid, rows):
            regions += _cut(chain, last, titles)
            chain = []
        whole = mended(last.rows, grid.rows) if chain and last is not None else {}
        if chain and last is not None and (cut := cut_row(last.rows, grid.rows)):
            whole |= cut
            rows = [row for row in rows if row.is_line or row.cells is not grid.rows[0]]
        rows = [_as_wide(row, chain[-1]) for row in rows] if chain else rows
        chain = [*(_with(row, whole) for row in (*chain, *rows))] if whole else [*chain, *rows]
        last = grid
    return [*regions, *_cut(chain, last, titles)] if last is not None else regions


def _as_wide(row: Row, above: Row) -> Row:
    """The row with blank cells behind it where it is narrower than those above: positions count through a form."""
    missing = len(above.cells) - len(row.cells)
    blank = Cell("", "", row.cells[0].place)
    return Row([*row.cells, *[blank] * missing], row.grid, row.is_line) if missing > 0 else row


def _with(row: Row, whole: Mapping[int, Cell]) -> Row:
    """The row with the cells that ``whole`` replaces."""
    if not any(id(cell) in whole for cell in row.cells):
        return row
    return Row([whole.get(id(cell), cell) for cell in row.cells], row.grid, row.is_line)


def places_of(regions: Iterable[Region]) -> set[tuple[int | None, int | None]]:
    """Page and line of everything that the forms take up."""
    return {cell.place[:2] for region in regions for row in region.rows for cell in row.cells}


def without_forms(document: Document, regions: list[Region]) -> Document:
    """The document without the blocks that are its forms, and without what was mended in reading them as tables."""
    if not regions:
        return document
    taken = places_of(regions)

    def is_form(place: Place) -> bool:
        return place[:2] in taken

    blocks = [
        block
        for block in document.blocks
        if not (_is_mostly(block, taken) if isinstance(block, Table) else is_form(block.place))
    ]
    notes = [note for note in document.notes if note.kind not in _OF_TABLES or not is_form(note.place)]
    return replace(document, blocks=blocks, notes=notes)


def _is_mostly(table: Table, taken: set[tuple[int | None, int | None]]) -> bool:
    places = [table.place, *(row.place for row in table.rows)]
    return 2 * sum(place[:2] in taken for place in places) > len(places)


def _between(texts: list[tuple[tuple[int, int], TextBlock]], grid: Grid, last: Grid | None) -> list[Row]:
    """The last lines of text between the grid before and this one; sheets hold theirs."""
    if grid.title is not None:
        return []
    start, stop = _end(last) if last else (0, 0), _order(grid.place)
    blocks = [block for place, block in texts if start < place < stop][-_MOST_LINES:]
    return [row for title in whole_titles(blocks) for row in _lines(title, grid)]


def _headed(rows: list[Row]) -> list[Row]:
    """Lines of text from a form's title or a project's name, or from the unit above it on."""
    starts = [at for at, row in enumerate(rows) if row.only and (form_kind(row.only.text) or projects_of([row]))]
    if not starts:
        return []
    has_unit = starts[0] > 0 and any(declared_unit(cell.text) for _, cell in rows[starts[0] - 1].filled)
    return rows[starts[0] - has_unit :]


def _lines(blocks: Sequence[TextBlock], grid: Grid) -> list[Row]:
    """A row for each block; the first holds the text of all."""
    whole = Cell("".join(block.raw for block in blocks), "".join(block.text for block in blocks), blocks[0].place)
    cells = [whole, *(Cell("", "", block.place) for block in blocks[1:])]
    return [Row([cell] * len(grid.rows[0]), grid.number, is_line=True) for cell in cells]


def _order(place: Place) -> tuple[int, int]:
    return place.page or 0, place.line or 0


def _end(grid: Grid) -> tuple[int, int]:
    return max((_order(cell.place) for cell in grid.rows[-1]), default=_order(grid.place))


def _cut(rows: list[Row], grid: Grid, titles: set[str]) -> list[Region]:
    """The stretches that begin with a form's title or, without titles, with a project's name. A grid without both is
    a form when it holds funds, which are no list, and indicators. ``titles``: those met so far, which grow."""
    starts = _starts(rows)
    if not starts:
        is_form = has_indicators(rows) and has_funds(rows) and not _is_list(rows)
        return [Region("overall_form", rows, grid.title)] if is_form else []
    stops = [*(start for start, _ in starts[1:]), len(rows)]
    cut: list[Region] = []
    for (start, kind), stop in zip(starts, stops, strict=True):
        own = rows[start:stop]
        region = Region("project_form" if _is_of_project(own) else kind, own, grid.title)
        title = _title(region)
        if cut and _goes_on(region, cut[-1], title in titles):
            has_table = not all(row.is_line for row in cut[-1].rows)
            cut[-1].rows += [row for row in region.rows if not (row.is_line and has_table)]
        else:
            cut.append(region)
        titles |= {title} if title else set()
    return [region for region in cut if _is_form(region)]


def _is_form(region: Region) -> bool:
    """Whether a stretch is a form: it has indicators; below a form's title, or on a sheet, funds suffice. A card of a
    project's name and amounts in a report is none, nor is a list of projects."""
    is_titled = region.sheet is not None or _title(region) is not None
    return has_indicators(region.rows) or (is_titled and has_funds(region.rows) and not _is_list(region.rows))


def _is_list(rows: list[Row]) -> bool:
    """Whether the first amounts are columns beside one of names, and none stand elsewhere."""
    funds = [at for at, row in enumerate(rows) if has_funds([row])]
    return all(heads_list(rows[at]) and not names_project(rows[at], _below(rows, at)) for at in funds)


def _title(region: Region) -> str | None:
    return next((cell.text for row in region.rows if (cell := row.only) and form_kind(cell.text)), None)


def _goes_on(region: Region, before: Region, is_printed_again: bool) -> bool:
    """Whether what reads like the beginning of a form is a title printed again on a further page, that of the form
    before or of the first: it names no other project, and one of both holds no funds."""
    is_same = is_printed_again or region.kind == before.kind
    names_no_other = projects_of(region.rows) <= projects_of(before.rows)
    return is_same and names_no_other and has_funds(region.rows) != has_funds(before.rows)


def _starts(rows: list[Row]) -> list[tuple[int, str]]:
    """Where forms begin, and their kinds. Of two titles on top of each other, as below a running header of the pages,
    the lower counts."""
    found: list[tuple[int, str]] = []
    has_title = has_project = is_done = False
    floor = title_at = 0
    for index, row in enumerate(rows):
        kind = form_kind(row.only.text) if row.only else None
        is_named = kind is None and names_project(row, _below(rows, index))
        if kind is not None and found and title_at == index - 1 and has_title and not has_project:
            found[-1] = (found[-1][0], kind)
        elif kind is not None or (is_named and (has_project or is_done or not has_title)):
            found.append((max(floor, index - _lines_above(rows, index)), kind or "project_form"))
            has_title, has_project, is_done, floor = True, kind is None, False, index + 1
        elif is_named:
            has_project = True
        is_done = is_done or heads_indicators(row)
        title_at = index if kind else title_at
    return found


def _below(rows: list[Row], index: int) -> Row | None:
    return rows[index + 1] if index + 1 < len(rows) else None


def _lines_above(rows: list[Row], index: int) -> int:
    """How many rows of a single text stand right above: the number of an annex, the department, the unit. Above a line
    of text only lines count."""
    count = 0
    while count < index and count < _MOST_ABOVE and (cell := rows[index - count - 1].only):
        if rows[index].is_line and not rows[index - count - 1].is_line:
            break
        if len(cell.text) > _LONGEST_TITLE or column_of(cell.text) or cell.text[-1] in "。;":
            break
        count += 1
    return count


def _is_of_project(rows: list[Row]) -> bool:
    """Whether the rows name a project above funds and indicators: whatever title the page bears, the form is its."""
    head = list(takewhile(lambda row: not (heads_indicators(row) or heads_amounts(row)), rows))
    return bool(projects_of(head))


def _continues(last: Grid, grid: Grid, rows: list[Row]) -> bool:
    """Whether a grid may go on with the form that the one before ended with: as wide, or nothing but its total; no
    sheet of its own, no list."""
    is_total = len(rows) == 1 and row_of(grid.rows[0][0].text) == "total"
    is_as_wide = len(grid.rows[0]) == len(last.rows[0]) or is_total
    return grid.title is None and is_as_wide and not any(heads_list(row) for row in rows[:2])


def _is_next_part(chain: list[Row], between: list[Row], grid: Grid) -> bool:
    """Whether a table is a further part of a form that has tables for its parts: the form still lacks its indicators,
    the table begins with headings of funds, goals or indicators, and nothing but their titles stands above it."""
    if not _is_open(chain) or grid.title is not None or len(between) > _MOST_ABOVE:
        return False
    rows = [Row(cells, grid.number) for cells in grid.rows[:2]]
    return (
        not _headed(between)
        and all(_is_caption(row) for row in between)
        and not any(heads_list(row) for row in rows)
        and any(heads_indicators(row) or heads_amounts(row) or heads_goals(row) for row in rows)
    )


def _is_open(chain: list[Row]) -> bool:
    """Whether the last form of the chain has begun not far above, and not come to its indicators."""
    tail = chain[-_MOST_ROWS:]
    for index in range(len(tail) - 1, -1, -1):
        if heads_indicators(tail[index]):
            return False
        only = tail[index].only
        if (only and form_kind(only.text)) or names_project(tail[index], _below(tail, index)):
            return True
    return False


def _is_caption(row: Row) -> bool:
    """Whether a line only says what stands below, or is a field with its label."""
    text = row.only.text if row.only else ""
    return (len(text) <= _LONGEST_CAPTION and text[-1:] not in "。;") or any(inline_fields(cell) for cell in row.cells)
