"""Files of accepted submissions; receipts of all files stand in quality.received_file.

A file may belong to several versions of a submission, of which core shows one: there it stands once (an audit says so).
"""

from dataclasses import replace

from warehouse.schema import Column, Kind, Table
from warehouse.tables.common import (
    DOCUMENT_KEY,
    DOCUMENT_KINDS,
    LEDGER,
    READER,
    SUBMISSION_KEY,
    TO_SUBMISSION,
    text,
)

TABLE = Table(
    schema="core",
    name="dim_document",
    title="文件",
    title_en="Documents",
    grain="已采纳版本的每个文件一行",
    columns=(
        DOCUMENT_KEY,
        SUBMISSION_KEY,
        text("file_name", "文件名（收件箱内路径）", "File name in the inbox", LEDGER),
        text("media_type", "文件类型", "Media type", READER),
        text("sha256", "文件摘要（SHA-256）", "SHA-256 of the bytes", LEDGER),
        Column("byte_count", Kind.BIGINT, "字节数", "Bytes", minimum=0, unit="字节", source=LEDGER),
        Column("kind", Kind.TEXT, "文件种类", "Kind of document", allowed=DOCUMENT_KINDS, source=READER),
        text("title", "标题（原文）", "Title as printed", READER, nullable=True),
    ),
    primary_key=("submission_key", "document_key"),
    foreign_keys=(replace(TO_SUBMISSION, physical=True),),
)
