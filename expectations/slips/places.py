"""Where a finding stands, in the words of a clerk who has the file open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from expectations.slips.wording import Places, wording


def place_of(row: Mapping[str, object], file_name: str | None, *, is_one_of_several: bool) -> str:
    """“第3页，表4，数据第3行，第5列” from the place columns of a finding, led by the file where there are several."""
    parts = list(_parts(row, wording().places_of(file_name or "")))
    if file_name and is_one_of_several:
        parts.insert(0, f"《{file_name}》")
    return "，".join(parts)


def _parts(row: Mapping[str, object], media: Places) -> Iterator[str]:
    in_table = media.row is not None and row["row_number"] is not None
    line = media.line if media.numbers_lines or not in_table else None
    forms = ("page", media.page), ("line", line), ("table_number", media.table), ("row_number", media.row)
    for column, form in (*forms, ("column_number", media.column)):
        number = row[column]
        if form is not None and number is not None:
            is_head = column == "row_number" and number == 0
            yield wording().findings.head_row if is_head else form.format(number)
