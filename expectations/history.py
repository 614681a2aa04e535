"""What earlier nights published, as far as rules across years ask for it. Reading a release does not belong here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import polars as pl

MONEY = pl.Decimal(38, 8)
UNIT = ("department_id", "fiscal_year")
TOTALS = pl.Schema(
    {"department_id": pl.String(), "fiscal_year": pl.Int32(), "total_yuan": MONEY, "total_quantum": MONEY}
)
AMOUNTS = pl.Schema(
    {"department_id": pl.String(), "fiscal_year": pl.Int32(), "project_key": pl.Int64(), "amount_yuan": MONEY}
)
EARLIEST = 20
"""How many of those that have a sentence are compared, the first that came: a copy has its original among them, and a
phrase that everybody uses costs no more than another."""
SENTENCES = pl.Schema(
    {
        "submission_key": pl.Int64(),
        "fingerprint": pl.Int64(),
        "department_id": pl.String(),
        "fiscal_year": pl.Int32(),
        "received_at": pl.Datetime("us", "UTC"),
    }
)


@dataclass(frozen=True, slots=True)
class History:
    """What is known of departments and years: figures of the versions in force, sentences of all that were received.

    ``totals``: department_id, fiscal_year, total_yuan (收支总预算), total_quantum (the last printed digit, in 元);
    ``amounts``: department_id, fiscal_year, project_key, amount_yuan (of the primary row: the budget, else what was
    spent). ``sentences``: submission_key, fingerprint, department_id, fiscal_year, received_at of sentences that the
    batch has as well, of the EARLIEST that have each.
    """

    totals: pl.DataFrame
    amounts: pl.DataFrame
    sentences: pl.DataFrame = field(default_factory=SENTENCES.to_frame)

    @staticmethod
    def none() -> History:
        """Nothing was published: a file on its own, or the first night."""
        return History(pl.DataFrame(schema=TOTALS), pl.DataFrame(schema=AMOUNTS))

    def beside(self, others: pl.DataFrame, sentences: pl.DataFrame) -> History:
        """The history with what ``others`` (columns as in ``sentences``) says of these sentences (fingerprint)."""
        same = others.join(sentences, on="fingerprint", how="semi", maintain_order="left")
        return replace(self, sentences=pl.concat([self.sentences, same]))

    def without(self, units: pl.DataFrame) -> History:
        """The history once nothing stands of these departments and years."""
        return self.with_newer(History.none(), units)

    def with_newer(self, newer: History, units: pl.DataFrame) -> History:
        """The history once the figures of ``newer`` stand in place of what was published of these departments and
        years."""
        totals, amounts = (
            pl.concat([old.join(units, on=UNIT, how="anti", maintain_order="left"), new.select(old.columns)])
            for old, new in ((self.totals, newer.totals), (self.amounts, newer.amounts))
        )
        return replace(self, totals=totals, amounts=amounts)


def shared_sentences(sentences: pl.LazyFrame, submissions: pl.DataFrame) -> pl.DataFrame:
    """Who wrote what several have written, as History has it: of each sentence (submission_key, fingerprint) the
    EARLIEST, of submissions (with received_at) whose department and year are known."""
    columns = [name for name in SENTENCES if name != "fingerprint"]
    known = (
        submissions.select(columns).unique().drop_nulls().sort("received_at", "submission_key").with_row_index("turn")
    )
    turns = known.lazy().select("submission_key", "turn")
    wrote = sentences.select("submission_key", "fingerprint").unique().join(turns, on="submission_key")
    several = wrote.group_by("fingerprint").agg(pl.col("turn").sort()).filter(pl.col("turn").list.len() > 1)
    earliest = several.with_columns(pl.col("turn").list.head(EARLIEST)).explode("turn").collect()
    return earliest.join(known, on="turn").sort("fingerprint", "turn").select(SENTENCES.names()).cast(SENTENCES)
