"""Headcounts of a submission by kind, as stated."""

from warehouse.schema import Column, Kind, Table
from warehouse.tables.common import FACT_COLUMNS, FACT_KEYS, REPORT, count, key

TABLE = Table(
    schema="core",
    name="fact_headcount",
    title="人员数",
    title_en="Headcounts",
    grain="每个报送版本的每种人员口径一行",
    columns=(
        key("headcount_key", "人员数键", "Headcount key"),
        *FACT_COLUMNS,
        Column(
            "headcount_kind",
            Kind.TEXT,
            "人员口径",
            "Kind of headcount",
            allowed=(
                "total",
                "established",
                "administrative",
                "institution",
                "non_established",
                "approved_posts",
                "retired",
            ),
            source=REPORT,
            warning="各口径互相包含：total 含 established 与 non_established，前者又含行政与事业。",
        ),
        count("people", "人数", "People", REPORT, unit="人"),
    ),
    primary_key=("headcount_key",),
    unique=(("submission_key", "headcount_kind"),),
    foreign_keys=FACT_KEYS,
    is_large=True,
    warning="各口径互相包含，不可把所有行相加；取一种 headcount_kind 使用。",
)
