"""One night with all that must not harm it: each hostile file ends by itself, the sound report is published."""

import io
import struct
import zipfile
from hashlib import sha256

import pytest
from homes import SONG, ask, drop, made_once, new_home, night, report, statuses

from samples.write import make_sample
from warehouse.home import Home

pytestmark = pytest.mark.pipeline

FAR = "far.xlsx"
"""Says that it fills the largest sheet there can be; its one cell stands at the far end of it."""
LONG_NAME = "报" * 66 + "告" * 15 + ".md"
ENTITY = '<!DOCTYPE x [<!ENTITY a "a"><!ENTITY b "&a;&a;">]><x>&b;</x>'
WORKBOOK = '<workbook xmlns:r="r"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>'
SHEET = "<worksheet><dimension ref='A1:XFD1048576'/><sheetData>{}</sheetData></worksheet>"
RELATION = '<Relationships><Relationship Id="r1" Type="x/{}" Target="{}"/></Relationships>'


def zipped(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def workbook(rows: str) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": RELATION.format("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": WORKBOOK,
            "xl/_rels/workbook.xml.rels": RELATION.format("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": SHEET.format(rows),
        }
    )


def lying_zip() -> bytes:
    """A member that says it unpacks to ten bytes and holds five megabytes."""
    content = bytearray(zipped({"报告.md": "0" * 5_000_000}))
    place = content.index(b"PK\x01\x02")
    struct.pack_into("<I", content, place + 24, 10)
    struct.pack_into("<I", content, 22, 10)
    return bytes(content)


def document(body: str | None = None) -> bytes:
    """A Word file, with another body where one is given."""
    content = make_sample(media=["docx"]).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return content if body is None else zipped(parts | {"word/document.xml": body})


UNREADABLE = {
    "bomb.docx": (lambda: document("0" * 90_000_000), "解压"),
    "entities.docx": (lambda: document(ENTITY), "DTD"),
    "cut.docx": (lambda: document()[:-40], "损坏"),
    "scan.pdf": (lambda: b"%PDF-1.7\n" + b"\x00" * 4000, "损坏"),
    "image.md": (lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 500, "图片"),
    "nothing.txt": (lambda: b"", "空的"),
    "zeros.txt": (lambda: b"\x00" * 100_000, "。"),
    "program.docx": (lambda: b"MZ" + bytes(range(256)) * 40, "。"),
    "bomb.zip": (lambda: zipped({f"{n}.md": "0" * 40_000_000 for n in range(8)}), "解"),
    "lying.zip/报告.md": (lying_zip, "损坏"),
    "out.md": (None, "链接"),
    "line.md": (lambda: report(SONG) + "\n数".encode() + "字".encode() * 3_400_000, "（段）的文字超过 20 万字"),
    "lines.md": (lambda: report(SONG) + "一行。\n".encode() * 70_000, "万行"),
}
"""What is refused, and a word of the sentence that says why."""


@pytest.fixture(scope="module")
def home(common) -> Home:
    def make(folder) -> None:
        home = new_home(folder)
        drop(home, LONG_NAME, report(SONG))
        drop(home, "a\nb‮c.txt", report(SONG) + "\n数".encode() + "字".encode() * 190_000)
        for name, (content, _) in UNREADABLE.items():
            content is None or drop(home, name.partition("/")[0], content())
        drop(home, "up.zip", zipped({"../../../up.md": report(SONG) + b"\n\n", "/abs.md": report(SONG) + b"\n\n\n"}))
        drop(home, FAR, workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' * 2))
        (home.inbox / "out.md").symlink_to("/etc/passwd")
        night(home)

    return Home(made_once(common, "hostile", make))


def test_the_night_goes_on_and_publishes_what_is_sound(home: Home) -> None:
    """The long line adds no fact, so that the two reports are one version; the far cell is no report."""
    assert {key[0]: value for key, value in statuses(home).items()}.keys() == {"s-song", None}
    assert ask(home, "SELECT department_id, version FROM core.dim_submission") == [("s-song", 1)]
    assert ask(home, f"SELECT outcome FROM quality.received_file WHERE file_name = '{FAR}'") == [("taken",)]


@pytest.mark.parametrize("name", UNREADABLE)
def test_each_hostile_file_is_told_by_a_reason_of_its_own(home: Home, name: str) -> None:
    rows = ask(home, f"SELECT outcome, reason FROM quality.received_file WHERE file_name = '{name}'")
    assert [row[0] for row in rows] == ["unreadable"]
    assert UNREADABLE[name][1] in str(rows[0][1])


def test_nothing_is_lost_and_nothing_leaves_its_place(home: Home) -> None:
    names = {str(row[0]) for row in ask(home, "SELECT file_name FROM quality.received_file")}
    assert {LONG_NAME, "up.zip/up.md", "up.zip/abs.md"} <= names
    assert not any(part in name for name in names for part in ("..", "\n", "\u202e"))
    assert not list(home.path.parent.glob("up.md"))
    archived = {path.name for path in home.archive.rglob("*") if path.is_file()}
    files = [path for path in home.inbox.iterdir() if not path.is_symlink()]
    assert all(any(sha256(path.read_bytes()).hexdigest() in name for name in archived) for path in files)
