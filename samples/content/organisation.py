"""Budget units, internal offices and people of a synthetic department."""

from __future__ import annotations

from random import Random

from samples.draws import chance, some
from samples.model import Department, Office, Version
from samples.phrases import wording


def budget_units(department: Department, version: Version, draw: Random) -> list[str]:
    """Names of the subordinate budget units."""
    pools = wording("organisation")["units"]
    area = f"{department.city}{department.district}"
    if version.kind == "其他":
        return [text.format(area=area, topic=department.place) for text in some(draw, pools["bureau"], 2, 6)]
    return [text.format(area=area, place=department.place) for text in some(draw, pools["street"], 3, 13)]


def internal_offices(version: Version, draw: Random) -> list[Office]:
    """Internal offices, some with second names or a remark."""
    pool = wording("organisation")["bureau_office" if version.kind == "其他" else "office"]
    return [
        Office(
            one["name"],
            tuple(one.get("also", ())) if chance(draw, 0.7) else (),
            one.get("remark") if chance(draw, 0.7) else None,
        )
        for one in some(draw, pool, 5, len(pool))
    ]


def headcounts(draw: Random, is_complete: bool) -> dict[str, int]:
    """People by kind; the posts approved and the retired only in some reports."""
    administrative = draw.randint(18, 95)
    institution = draw.randint(12, 160)
    established = administrative + institution
    non_established = draw.randint(20, established - 5)
    people = {
        "total": established + non_established,
        "established": established,
        "administrative": administrative,
        "institution": institution,
        "non_established": non_established,
    }
    if is_complete or chance(draw, 0.35):
        people["approved_posts"] = established + draw.randint(1, 20)
    if is_complete or chance(draw, 0.3):
        people["retired"] = draw.randint(8, 140)
    return people
