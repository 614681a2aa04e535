"""Slips for tests: made by hand, and read back out of the files that the writers make of them."""

import zipfile
from datetime import date, datetime
from io import BytesIO

from lxml import etree, html

from expectations.slips.model import Entry, Group, Received, Slip
from warehouse.release.releases import BEIJING

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AT = datetime(2022, 5, 10, 2, 0, tzinfo=BEIJING)
HOSTILE = '=HYPERLINK("http://x","y")<script>alert(1)</script>&amp;]]>{{ 7*7 }}{0}'


def entry(place="第13行", quote="共30人", message="相差 1 人。", expected="30", file="自评.md", subject=""):
    return Entry(file, place, quote, subject, message, expected)


def group(rule_id="C17", title="在编人数不平", entries=None):
    found = [entry()] if entries is None else entries
    return Group(rule_id, title, f"审核要求：{title}。", f"核对{title}。", tuple(found))


def slip(**changes):
    """A refused report with one blocking rule, one warning and one hint."""
    values = {
        "key": 7,
        "fingerprint": "f" * 64,
        "outcome": "quarantined",
        "sender": "清岚区财政局",
        "recipient": "云陌市清岚区人民政府松溪街道办事处",
        "short_name": "松溪街道",
        "department_id": "s-song",
        "fiscal_year": 2021,
        "version": 1,
        "received": (Received("自评.md", AT),),
        "judged_at": AT,
        "answer_by": date(2022, 6, 30),
        "reason": "",
        "blocking": (group(),),
        "warning": (group("C40", "目标未量化", [entry("第20行", "做好工作", "没有数值。", "至少 1 个数值")]),),
        "information": (group("C51", "疑似错字", [entry("第30行", "帐号", "应为账号。", "账号")]),),
        "bureau_count": 0,
        "is_synthetic": False,
    }
    return Slip(**{**values, **changes})


def parts_of(docx):
    """Name -> bytes of a Word file's parts."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def body_of(docx):
    return etree.fromstring(parts_of(docx)["word/document.xml"]).find(f"{W}body")


def paragraphs_of(docx):
    """The text of every paragraph in order, those in tables too."""
    return ["".join(each.itertext(f"{W}t")) for each in body_of(docx).iter(f"{W}p")]


def tables_of(docx):
    """Every table as rows of cells."""
    return [
        [["\n".join("".join(p.itertext(f"{W}t")) for p in cell.iter(f"{W}p")) for cell in row.iter(f"{W}tc")]
         for row in table.iter(f"{W}tr")]
        for table in body_of(docx).iter(f"{W}tbl")
    ]  # fmt: skip


def texts_of(page):
    """The texts of a page in order."""
    root = html.fromstring(page)
    return [each.strip("\n ") for each in root.find("body").itertext() if each.strip()]
