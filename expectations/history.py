"""What earlier nights published, as far as rules across years ask for it. Reading a release does not belong here."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

MONEY = pl.Decimal(38, 8)
UNIT = ("department_id", "fiscal_year")
TOTALS = pl.Schema(
    {"department_id": pl.String(), "fiscal_year": pl.Int32(), "total_yuan": MONEY, "total_quantum": MONEY}
)
AMOUNTS = pl.Schema(
    {"department_id": pl.String(), "fiscal_year": pl.Int32(), "project_key": pl.Int64(), "amount_yuan": MONEY}
)


@dataclass(frozen=True, slots=True)
class History:
    """Published figures of departments and years in force.

    ``totals``: department_id, fiscal_year, total_yuan (收支总预算), total_quantum (the last printed digit, in 元);
    ``amounts``: department_id, fiscal_year, project_key, amount_yuan (of the primary row: the budget, else what was
    spent).
    """

    totals: pl.DataFrame
    amounts: pl.DataFrame

    @staticmethod
    def none() -> History:
        """Nothing was published: a file on its own, or the first night."""
        return History(pl.DataFrame(schema=TOTALS), pl.DataFrame(schema=AMOUNTS))

    def with_newer(self, newer: History, units: pl.DataFrame) -> History:
        """The history once ``newer`` stands in place of what was published of these departments and years."""
        return History(
            *(
                pl.concat([old.join(units, on=UNIT, how="anti", maintain_order="left"), new.select(old.columns)])
                for old, new in ((self.totals, newer.totals), (self.amounts, newer.amounts))
            )
        )
