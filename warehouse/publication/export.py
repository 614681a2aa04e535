"""Tables and views of a release as files that people and other programs open: Parquet, CSV, workbooks.

CSV and workbooks have Chinese headings and never hold what a spreadsheet would run or round; Parquet keeps the names
and types of the warehouse. What a table says of itself comes from the release, so that old ones export as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

import duckdb
import polars as pl

from warehouse.connection import damage
from warehouse.desk import Row, rows_of
from warehouse.errors import SystemFault, UsageError
from warehouse.files import temporary_in
from warehouse.publication.spreadsheet import write_frame
from warehouse.query_faults import unknown_table
from warehouse.reasons import reason_of
from warehouse.registry import quote_name, quote_text
from warehouse.tables.common import RATE_UNIT

DEFAULT_SCHEMAS = ("core", "mart")
NOTES = "说明"
"""The file, or sheet, that says what the others hold; how the names of such files begin."""
_RUNS = r"^[=+\-@\t\r\n＝＋－＠]"
"""Beginnings at which a spreadsheet takes a text for a formula."""
_IS_TEXT = "'"
"""Stands before what a spreadsheet must leave as it is."""
_KEYS = ("_key", "键")
"""How the names of key columns end, in English and in the views under Chinese names."""
_NOTE_HEADS = ("数据表", "名称", "列", "标题", "类型", "单位", "来源", "可取值", "提示")


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the release's dictionary has it; ``heading`` is unique in its table."""

    name: str
    heading: str
    note: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Exportable:
    """A table or view: ``about`` is its title, grain and warning in one sentence."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written and its number of rows."""

    path: Path
    rows: int


@dataclass(frozen=True, slots=True)
class Source:
    """The release that is exported."""

    connection: duckdb.DuckDBPyConnection
    release_id: str
    published_at: datetime
    is_synthetic: bool


def exportables(connection: duckdb.DuckDBPyConnection) -> dict[str, Exportable]:
    """Every table and view of the release by ``schema.name``."""
    groups = groupby(rows_of(connection, "export_columns"), key=lambda row: str(row["name"]))
    return {name: _exportable(name, list(rows)) for name, rows in groups}


def chosen(known: Mapping[str, Exportable], names: Sequence[str]) -> list[Exportable]:
    """What the names (with or without schema) say, all of ``core`` and ``mart`` by default; UsageError for others."""
    if not names:
        return [each for name, each in known.items() if name.partition(".")[0] in DEFAULT_SCHEMAS]
    short = {name.partition(".")[2]: each for name, each in known.items()}
    found = []
    for name in dict.fromkeys(names):
        each = known.get(name) or short.get(name)
        if each is None:
            raise unknown_table(name, known)
        found.append(each)
    return found


def export(source: Source, wanted: Sequence[Exportable], form: str, folder: Path) -> Iterator[Written]:
    """Write each of ``wanted`` to ``folder/schema.name.<form>``, after the notes, which workbooks have inside; the
    files as they are complete.

    UsageError, before anything is written, when one of the files is there already; SystemFault when one cannot be
    written. Beside the notes of an earlier export, those of a further one are named after what they note. The same
    release gives the same bytes.
    """
    paths = [folder / f"{each.name}.{form}" for each in wanted]
    notes = [] if form == "xlsx" else [_notes_in(folder, wanted)]
    there = [path.name for path in (*paths, *notes) if path.exists()]
    if there:
        raise UsageError(
            f"“{folder}”中已有 {'、'.join(there[:3])}{' 等' if len(there) > 3 else ''}，不覆盖。请换一个目录。"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in notes:
            yield _placed(path, lambda draft: _write_notes(source, wanted, form, draft))
        for each, path in zip(wanted, paths, strict=True):
            yield _placed(path, lambda draft, each=each: _WRITERS[form](source, each, draft))  # type: ignore[misc]
    except (OSError, duckdb.Error) as error:
        fault = damage(error) or SystemFault(f"无法写入“{folder}”：{reason_of(error)}。", str(error))
        raise fault from error


def _notes_in(folder: Path, wanted: Sequence[Exportable]) -> Path:
    path = folder / f"{NOTES}.csv"
    if not wanted or not path.exists():
        return path
    more = f" 等{len(wanted)}项" if len(wanted) > 1 else ""
    return folder / f"{NOTES} {wanted[0].name}{more}.csv"


def _placed(path: Path, write: Callable[[Path], int]) -> Written:
    """A file under its own name only when it is complete."""
    draft = temporary_in(path.parent)
    try:
        rows = write(draft)
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    return Written(path, rows)


def _exportable(name: str, rows: Sequence[Row]) -> Exportable:
    titles = [str(row["title"]) for row in rows]
    columns = tuple(_column(row, is_unique=titles.count(str(row["title"])) == 1) for row in rows)
    return Exportable(name, str(rows[0]["table_title"]), str(rows[0]["about"] or ""), columns)


def _column(row: Row, *, is_unique: bool) -> Column:
    unit = f"（{row['unit']}）" if row["unit"] not in (None, RATE_UNIT) else ""
    name = str(row["column_name"])
    heading = f"{row['title']}{unit}" if is_unique else f"{row['title']}{unit} {name}"
    note = (row[key] for key in ("title", "data_type", "unit", "source", "allowed", "warning"))
    return Column(name, heading, tuple(str(value) if value else None for value in note))


def _about(source: Source, form: str) -> Iterator[str]:
    if source.is_synthetic:
        yield "演示数据：本发布中的单位和数字都是虚构的。"
    yield f"取自发布 {source.release_id}。金额单位为元，精确到分；比例 1 即 100%；文件没有写的内容为空。"
    if form == "csv":
        yield f"键和可能被表格软件当作公式的文字以 {_IS_TEXT} 开头，是为了原样显示；时间为北京时间。"
    if form == "xlsx":
        yield "键是文字，不会被表格软件改成近似的数；时间为北京时间。"


def _note_rows(wanted: Sequence[Exportable]) -> Iterator[tuple[str | None, ...]]:
    yield _NOTE_HEADS
    for each in wanted:
        yield (each.name, each.title, *[None] * 6, each.about)
        for column in each.columns:
            yield (each.name, each.title, column.name, *column.note)


def _write_notes(source: Source, wanted: Sequence[Exportable], form: str, path: Path) -> int:
    rows = [*((line, *[None] * (len(_NOTE_HEADS) - 1)) for line in _about(source, form)), *_note_rows(wanted)]
    frame = pl.DataFrame(rows, orient="row", schema=dict.fromkeys(_NOTE_HEADS, pl.String))
    _csv(frame.select(_safe(pl.all())), path, has_head=False)
    return frame.height


def _frame(source: Source, each: Exportable) -> pl.DataFrame:
    """Its rows in a fixed order."""
    columns = ", ".join(quote_name(column.name) for column in each.columns)
    return source.connection.execute(f"SELECT {columns} FROM {quote_name(each.name)} ORDER BY ALL").pl()


def _write_parquet(source: Source, each: Exportable, path: Path) -> int:
    query = f"FROM {quote_name(each.name)} ORDER BY ALL"
    source.connection.execute(f"COPY ({query}) TO {quote_text(str(path))} (FORMAT parquet, COMPRESSION zstd)")
    counted = source.connection.execute(f"SELECT count(*) FROM {quote_name(each.name)}").fetchone()
    return int(counted[0]) if counted else 0


def _write_csv(source: Source, each: Exportable, path: Path) -> int:
    frame = _frame(source, each)
    shown = frame.select(_printable(frame, column.name, is_marked=True) for column in each.columns)
    _csv(shown.rename({column.name: column.heading for column in each.columns}), path)
    return frame.height


def _write_xlsx(source: Source, each: Exportable, path: Path) -> int:
    frame = _frame(source, each)
    shown = frame.select(_printable(frame, column.name, is_marked=False) for column in each.columns)
    lines = ((line,) for line in (*_about(source, "xlsx"), each.about))
    notes: list[Sequence[str | None]] = [*lines, *_note_rows([each])]
    headings = [column.heading for column in each.columns]
    write_frame(
        path, each.title, shown.rename(dict(zip(shown.columns, headings, strict=True))), notes, source.published_at
    )
    return frame.height


_WRITERS: Mapping[str, Callable[[Source, Exportable, Path], int]] = {
    "parquet": _write_parquet,
    "csv": _write_csv,
    "xlsx": _write_xlsx,
}


def _csv(frame: pl.DataFrame, path: Path, *, has_head: bool = True) -> None:
    """With the mark by which spreadsheets know UTF-8."""
    frame.write_csv(path, include_bom=True, include_header=has_head, line_terminator="\r\n")


def _printable(frame: pl.DataFrame, name: str, *, is_marked: bool) -> pl.Expr:
    """A column as spreadsheets show it; ``is_marked`` where only a mark keeps text and keys as they are."""
    dtype, column = frame.schema[name], pl.col(name)
    if name.endswith(_KEYS) and dtype.is_integer():
        text = column.cast(pl.String)
        return (pl.lit(_IS_TEXT) + text if is_marked else text).alias(name)
    if isinstance(dtype, pl.List):
        column = column.cast(pl.List(pl.String)).list.join("、")
    elif isinstance(dtype, pl.Datetime):
        return column.dt.offset_by("8h").dt.strftime("%Y-%m-%d %H:%M:%S")
    elif dtype == pl.Boolean:
        return pl.when(column).then(pl.lit("是")).when(~column).then(pl.lit("否")).alias(name)
    elif dtype != pl.String:
        return column
    return _safe(column).alias(name) if is_marked else column


def _safe(column: pl.Expr) -> pl.Expr:
    """Text that no spreadsheet takes for a formula."""
    return pl.when(~column.str.contains(_RUNS)).then(column).otherwise(pl.lit(_IS_TEXT) + column)
