"""What several figures are that stand one behind the other, where words say it place by place: 第一个数为预算，第二个
数为支出; 前为预算，后为支出.

Which figures are meant is for the modules that ask.
"""

from __future__ import annotations

import re
from functools import cache

from transforms.language.tables import patterns

_PLACES = dict(zip("前一1后二2三3四4", (1, 1, 1, 2, 2, 2, 3, 3, 4, 4), strict=True))


def words_by_place(text: str, start: int = 0) -> tuple[str, ...]:
    """The words for each place, from the first on, () where a place is missing or out of order."""
    told = list(_nth().finditer(text, start))
    places = [_PLACES[one["nth"][-1]] for one in told]
    return tuple(one["words"] for one in told) if places == list(range(1, len(told) + 1)) else ()


@cache
def _nth() -> re.Pattern[str]:
    return patterns("project_words", "places", ("nth",))["nth"]
