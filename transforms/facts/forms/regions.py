"""Where forms stand in a document: rows of its grids, and the lines right above them, cut into one stretch a form.

What the rows say is read by the neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from transforms.documents.model import Cell, Document, Grid, NoteKind, Place, Table, TextBlock
from transforms.facts.amounts import declared_unit
from transforms.facts.forms.labels import LEVELS, MONEY, column_of, field_of, inline_fields, is_label
from transforms.facts.forms.seams import mended
from transforms.facts.forms.titles import form_kind, whole_titles
from transforms.language.lexicon import load_lexicon

_OF_TABLES = frozenset(
    (
        NoteKind.TABLE_JOINED,
        NoteKind.ROW_JOINED,
        NoteKind.HEADER_REPEATED,
        NoteKind.HEADER_MERGED,
        NoteKind.JUNK_ROW,
        NoteKind.TRANSPOSED,
    )
)
_MOST_ABOVE = 4
_MOST_LINES = 10  # of text above a form
_LONGEST_TITLE = 60
_FEWEST_HEADINGS = 3


@dataclass(slots=True)
class Row:
    """A row of a grid, or a line of text above it (``is_line``, in all positions). ``filled``: its cells that hold
    text, each merged cell once, left to right, with the first position that it takes."""

    cells: list[Cell]
    grid: int
    is_line: bool = False
    filled: list[tuple[int, Cell]] = field(init=False)

    def __post_init__(self) -> None:
        seen: dict[int, tuple[int, Cell]] = {}
        for position, cell in enumerate(self.cells):
            if cell.text:
                seen.setdefault(id(cell), (position, cell))
        self.filled = list(seen.values())

    @property
    def only(self) -> Cell | None:
        """The one cell that holds text, None when there are more or none."""
        return self.filled[0][1] if len(self.filled) == 1 else None


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
    for grid in document.grids:
        rows = [*_above(document, grid, last), *(Row(cells, grid.number) for cells in grid.rows)]
        if last is not None and not _continues(last, grid, rows):
            regions += _cut(chain, last, titles)
            chain = []
        whole = mended(last.rows, grid.rows) if chain and last is not None else {}
        chain = [*(_with(row, whole) for row in (*chain, *rows))] if whole else [*chain, *rows]
        last = grid
    return [*regions, *_cut(chain, last, titles)] if last is not None else regions


def _with(row: Row, whole: Mapping[int, Cell]) -> Row:
    """The row with the cells that ``whole`` replaces."""
    if not any(id(cell) in whole for cell in row.cells):
        return row
    return Row([whole.get(id(cell), cell) for cell in row.cells], row.grid, row.is_line)


def places_of(regions: Iterable[Region]) -> set[tuple[int | None, int | None]]:
    """Page and line of everything that the forms take up."""
    return {(cell.place.page, cell.place.line) for region in regions for row in region.rows for cell in row.cells}


def without_forms(document: Document, regions: list[Region]) -> Document:
    """The document without the blocks that are its forms, and without what was mended in reading them as tables."""
    if not regions:
        return document
    taken = places_of(regions)

    def is_form(place: Place) -> bool:
        return (place.page, place.line) in taken

    blocks = [
        block
        for block in document.blocks
        if not (_is_mostly(block, taken) if isinstance(block, Table) else is_form(block.place))
    ]
    notes = [note for note in document.notes if note.kind not in _OF_TABLES or not is_form(note.place)]
    return replace(document, blocks=blocks, notes=notes)


def _is_mostly(table: Table, taken: set[tuple[int | None, int | None]]) -> bool:
    places = [table.place, *(row.place for row in table.rows)]
    return 2 * sum((place.page, place.line) in taken for place in places) > len(places)


def _above(document: Document, grid: Grid, last: Grid | None) -> list[Row]:
    """The last lines of text between the grid before and this one, from a form's title or a project's name, or from the
    unit above it on; sheets hold theirs."""
    if grid.title is not None:
        return []
    start = _end(last) if last else (0, 0)
    blocks = [
        block
        for block in document.blocks
        if isinstance(block, TextBlock) and start < _order(block.place) < _order(grid.place)
    ][-_MOST_LINES:]
    rows = [row for title in whole_titles(blocks) for row in _lines(title, grid)]
    starts = [at for at, row in enumerate(rows) if row.only and (form_kind(row.only.text) or _projects([row]))]
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
    a form when it holds funds and indicators. ``titles``: those met so far, which grow."""
    starts = _starts(rows)
    if not starts:
        is_form = _has_indicators(rows) and _has_funds(rows)
        return [Region("overall_form", rows, grid.title)] if is_form else []
    stops = [*(start for start, _ in starts[1:]), len(rows)]
    cut: list[Region] = []
    for (start, kind), stop in zip(starts, stops, strict=True):
        own = rows[start:stop]
        region = Region("project_form" if _is_of_project(own) else kind, own, grid.title)
        title = _title(region)
        if cut and _goes_on(region, cut[-1], title in titles):
            cut[-1].rows += [row for row in region.rows if not row.is_line]
        else:
            cut.append(region)
        titles |= {title} if title else set()
    return [region for region in cut if _has_indicators(region.rows) or _has_funds(region.rows)]


def _title(region: Region) -> str | None:
    return next((cell.text for row in region.rows if (cell := row.only) and form_kind(cell.text)), None)


def _goes_on(region: Region, before: Region, is_printed_again: bool) -> bool:
    """Whether what reads like the beginning of a form is a title printed again on a further page, that of the form
    before or of the first: it names no other project, and one of both holds no funds."""
    is_same = is_printed_again or region.kind == before.kind
    names_no_other = _projects(region.rows) <= _projects(before.rows)
    return is_same and names_no_other and _has_funds(region.rows) != _has_funds(before.rows)


def _starts(rows: list[Row]) -> list[tuple[int, str]]:
    """Where forms begin, and their kinds. Of two titles on top of each other, as below a running header of the pages,
    the lower counts."""
    found: list[tuple[int, str]] = []
    has_title = has_project = is_done = False
    floor = title_at = 0
    for index, row in enumerate(rows):
        kind = form_kind(row.only.text) if row.only else None
        if kind is not None and found and title_at == index - 1 and has_title and not has_project:
            found[-1] = (found[-1][0], kind)
        elif kind is not None or (
            _names_project(row, _below(rows, index)) and (has_project or is_done or not has_title)
        ):
            found.append((max(floor, index - _lines_above(rows, index)), kind or "project_form"))
            has_title, has_project, is_done, floor = True, kind is None, False, index + 1
        elif _names_project(row, _below(rows, index)):
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


def _names_project(row: Row, below: Row | None) -> bool:
    """Whether the row gives a project's name beside its label, rather than heading a column of names."""
    return _project_named(row, below) is not None


def _project_named(row: Row, below: Row | None) -> str | None:
    """The name of a project that the row gives beside its label, or in one cell with it; None for a heading of a
    column of names."""
    for _, cell in row.filled:
        for name, start, stop in inline_fields(cell):
            if name == "project":
                return cell.text[start:stop]
    for (at, label), (beside, value) in zip(row.filled, row.filled[1:], strict=False):
        if field_of(label.text) == "project":
            reaches_down = below is not None and below.cells[at] is label
            is_upper = below is not None and (below.cells[beside] is not value or _heads_amounts(below))
            is_heading = (reaches_down and is_upper) or _heads_amounts(row) or is_label(value.text)
            return None if is_heading else value.text
    return None


def _is_of_project(rows: list[Row]) -> bool:
    """Whether the rows name a project above funds and indicators: whatever title the page bears, the form is its."""
    head = list(takewhile(lambda row: not (heads_indicators(row) or _heads_amounts(row)), rows))
    return bool(_projects(head))


def _projects(rows: list[Row]) -> set[str]:
    """The projects that the rows name."""
    pairs = zip(rows, [*rows[1:], None], strict=True)
    return {name for row, below in pairs if (name := _project_named(row, below)) is not None}


def _heads_amounts(row: Row) -> bool:
    """Whether the row names two columns of amounts and holds no figure itself."""
    texts = [cell.text for _, cell in row.filled]
    has_figure = any(text[0].isdigit() for text in texts)
    return not has_figure and sum(column_of(text) in MONEY for text in texts) >= 2


def _has_indicators(rows: list[Row]) -> bool:
    return any(heads_indicators(row) for row in rows)


def heads_indicators(row: Row) -> bool:
    """Whether the row heads a block of indicators."""
    roles = {column_of(cell.text) for _, cell in row.filled}
    return not roles.isdisjoint(LEVELS) and len(roles - {None, "ignored"}) >= _FEWEST_HEADINGS


def _has_funds(rows: list[Row]) -> bool:
    return any(sum(column_of(cell.text) in MONEY for _, cell in row.filled) >= 2 for row in rows)


def _continues(last: Grid, grid: Grid, rows: list[Row]) -> bool:
    """Whether a grid may go on with the form that the one before ended with: as wide, no sheet of its own, no list."""
    is_as_wide = len(grid.rows[0]) == len(last.rows[0])
    return grid.title is None and is_as_wide and not any(_heads_list(row) for row in rows[:2])


def _heads_list(row: Row) -> bool:
    """Whether the row heads a table of projects: their names in a column of their own."""
    texts = [cell.text for _, cell in row.filled]
    names = load_lexicon("columns")
    has_names = any(field_of(text) == "project" or names.group_of(text) == "name" for text in texts)
    return has_names and any(column_of(text) in MONEY for text in texts)
