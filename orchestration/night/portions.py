"""How many documents are divided so that memory does not grow with their number. What is done with them is not here."""

from __future__ import annotations

import polars as pl


def portions_of(documents: pl.DataFrame, about: int) -> pl.DataFrame:
    """document_key, portion (0, 1, …) of documents (document_key, department_id): as near to ``about`` documents a
    portion as equal portions come, for a small one costs nearly what a large one does; those of a department together,
    however many they are; those of none may stand anywhere."""
    owned = documents.select(
        "document_key",
        owner=pl.coalesce("department_id", pl.concat_str(pl.lit("/"), pl.col("document_key"))),
    )
    owners = owned.group_by("owner").len().sort("owner")
    count = max(1, (documents.height + about // 2) // about)
    begun = (pl.col("len").cum_sum() - pl.col("len")) * count // documents.height
    numbered = owners.select("owner", portion=(begun.rank("dense") - 1).cast(pl.Int64))
    return owned.join(numbered, on="owner", maintain_order="left").select("document_key", "portion")
