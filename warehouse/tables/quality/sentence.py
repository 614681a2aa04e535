"""The sentences of reports as fingerprints, by which a text copied from another report is told; no text."""

from warehouse.schema import Table
from warehouse.tables.common import DOCUMENT_KEY, READER, SUBMISSION_KEY, TO_VERSION, count, key

TABLE = Table(
    schema="quality",
    name="sentence",
    title="语句指纹",
    title_en="Fingerprints of sentences",
    grain="每个报送版本的报告中每个不同的长句一行",
    columns=(
        SUBMISSION_KEY,
        DOCUMENT_KEY,
        key("fingerprint", "指纹", "Fingerprint"),
        count("characters", "字数", "Characters", READER, unit="字"),
    ),
    primary_key=("submission_key", "document_key", "fingerprint"),
    foreign_keys=(TO_VERSION,),
    is_large=True,
)
