"""Receipts: every file that came in, duplicates and unreadable ones too; its content is never judged here."""

from dataclasses import replace

from warehouse.schema import Check, Column, Kind, Table
from warehouse.tables.common import (
    DOCUMENT_KEY,
    LEDGER,
    RECEIVED_AT,
    SUBMISSION_KEY,
    TO_VERSION,
    key,
    nullable,
    text,
)

TABLE = Table(
    schema="quality",
    name="received_file",
    title="收到的文件",
    title_en="Files received",
    grain="每次收件的每个文件一行",
    columns=(
        key("receipt_key", "收件键", "Receipt key"),
        replace(DOCUMENT_KEY, warning="内容相同的文件共用一个文件键。"),
        text("intake_id", "收件批次", "Intake", LEDGER),
        text("file_name", "文件名（收件箱内路径）", "File name in the inbox", LEDGER),
        text("sha256", "文件摘要（SHA-256）", "SHA-256 of the bytes", LEDGER),
        Column("byte_count", Kind.BIGINT, "字节数", "Bytes", minimum=0, unit="字节", source=LEDGER),
        RECEIVED_AT,
        Column(
            "outcome",
            Kind.TEXT,
            "收件结果（已收、重复、无法读取）",
            "Outcome",
            allowed=("taken", "duplicate", "unreadable"),
            source=LEDGER,
        ),
        text("reason", "原因", "Reason", LEDGER, nullable=True),
        nullable(SUBMISSION_KEY),
        Column(
            "member_count",
            Kind.INTEGER,
            "压缩包内文件数",
            "Members of a bundle",
            nullable=True,
            minimum=0,
            unit="份",
            source=LEDGER,
            warning="只有压缩包有值；包内每份文件另有一行，文件名以压缩包名开头。",
        ),
    ),
    primary_key=("receipt_key",),
    foreign_keys=(TO_VERSION,),
    checks=(Check("reason_given", "outcome <> 'unreadable' OR reason IS NOT NULL", "无法读取的文件须写明原因"),),
    volatile=("intake_id", "received_at"),
)
