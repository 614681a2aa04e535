"""Bundles: what is taken out of a zip, what of it is refused and why, and what a hostile one cannot do."""

import io
import struct
import zipfile
from datetime import UTC, datetime

import pytest

from warehouse.archive.archive import Archive
from warehouse.home import Home
from warehouse.intake.bundles import MEBIBYTE, BundleLimits, BundleRefused, is_bundle, member_names, unpack
from warehouse.intake.intake import Limits, take_in
from warehouse.ledger.ledger import Ledger

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


def zipped(*members: tuple[object, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of (name or ZipInfo, content)."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as bundle:
        for name, content in members:
            bundle.writestr(name, content)  # type: ignore[arg-type]
    return target.getvalue()


def unpacked(content: bytes, **limits: int) -> dict[str, object]:
    """Name -> content, or why it was not expanded."""
    members = unpack(io.BytesIO(content), BundleLimits(**limits))
    return {member.name: member.problem or member.content for member in members}


def named(name: bytes, *, is_utf8: bool) -> bytes:
    """A zip whose only member bears these bytes as its name."""
    plain = b"n" * len(name)
    content = zipped((plain.decode(), b"x")).replace(plain, name)
    if is_utf8:
        content = content.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x00\x08")
        content = content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x00\x08")
    return content


@pytest.mark.parametrize(
    ("name", "is_utf8", "shown"),
    [
        ("松溪/报告.docx".encode(), True, "松溪/报告.docx"),
        ("松溪/报告.docx".encode(), False, "松溪/报告.docx"),
        ("松溪/报告.docx".encode("gb18030"), False, "松溪/报告.docx"),
        ("松溪\\報.txt".encode("gb18030"), False, "松溪/報.txt"),
        (b"a\\b\\c.txt", False, "a/b/c.txt"),
        (b"./a//b.txt", False, "a/b.txt"),
        (b"a\nb.txt", False, "a\\nb.txt"),
    ],
)
def test_names_are_read_as_they_were_written(name, is_utf8, shown) -> None:
    assert unpacked(named(name, is_utf8=is_utf8)) == {shown: b"x"}


@pytest.mark.parametrize("name", ["/etc/passwd", "../../x.txt", "a/../../x.txt", "C:\\x.txt", "c:/x.txt", "..\\x.txt"])
def test_paths_out_of_the_bundle_are_refused_alone(name) -> None:
    found = unpacked(zipped((name, b"x"), ("报告.txt", b"y")))
    assert found.pop("报告.txt") == b"y"
    ((shown, problem),) = found.items()
    assert ".." not in shown
    assert "路径不合规" in str(problem)


def test_what_systems_leave_behind_is_passed_over() -> None:
    rubbish = ("__MACOSX/._报告.txt", "Thumbs.db", "a/.DS_Store", "~$报告.docx", "a/desktop.ini", "文件夹/")
    assert unpacked(zipped(*((name, b"x") for name in rubbish), ("报告.txt", b"y"))) == {"报告.txt": b"y"}
    with pytest.raises(BundleRefused, match="空的"):
        unpacked(zipped(*((name, b"x") for name in rubbish)))


@pytest.mark.parametrize("name", ["说明.txt", "甲/材料清单.txt", "README.md", "报送说明（必读）.txt"])
def test_a_note_on_the_other_files_is_passed_over_beside_them_alone(name) -> None:
    assert unpacked(zipped((name, b"x"), ("报告.txt", b"y"))) == {"报告.txt": b"y"}
    assert unpacked(zipped((name, b"x"))) == {name: b"x"}
    assert name in unpacked(zipped((name, b"x" * 5000), ("报告.txt", b"y")))


@pytest.mark.parametrize(
    "name", ["绩效自评情况说明.txt", "情况说明.txt", "项目清单.txt", "说明.docx", "项目清单.xlsx", "报告说明.md"]
)
def test_what_may_be_submitted_is_no_note(name) -> None:
    assert name in unpacked(zipped((name, b"x"), ("报告.txt", b"y")))


def test_links_and_strange_methods_are_refused_alone() -> None:
    link = zipfile.ZipInfo("链接.txt")
    link.external_attr = 0o120777 << 16
    found = unpacked(zipped((link, b"/etc/passwd"), ("a.txt", b"y")))
    assert "链接" in str(found["链接.txt"])
    assert "压缩方式" in str(unpacked(zipped(("a.txt", b"y" * 99), method=zipfile.ZIP_LZMA))["a.txt"])


def with_flag(content: bytes, flag: int) -> bytes:
    """The zip with a flag set for its first member, in both of its places."""
    local = content.index(b"PK\x03\x04") + 6
    central = content.index(b"PK\x01\x02") + 8
    changed = bytearray(content)
    for at in (local, central):
        changed[at : at + 2] = struct.pack("<H", struct.unpack_from("<H", changed, at)[0] | flag)
    return bytes(changed)


def test_an_encrypted_member_is_refused_alone() -> None:
    found = unpacked(with_flag(zipped(("a.txt", b"x"), ("b.txt", b"y")), 1))
    assert "密码" in str(found["a.txt"])
    assert found["b.txt"] == b"y"


def test_a_damaged_member_is_refused_alone_and_a_damaged_bundle_as_a_whole() -> None:
    content = zipped(("a.txt", b"one"), ("b.txt", b"two"), method=zipfile.ZIP_STORED)
    found = unpacked(content.replace(b"one", b"0ne"))
    assert "已损坏" in str(found["a.txt"])
    assert found["b.txt"] == b"two"
    assert not is_bundle(io.BytesIO(content[:-30]))
    with pytest.raises(BundleRefused, match="已损坏"):
        unpacked(content[:-30])


def test_a_bundle_in_a_bundle_is_unpacked_and_no_deeper() -> None:
    inner = zipped(("甲.txt", b"x"))
    middle = zipped(("里.zip", inner), ("乙.txt", b"y"))
    found = unpacked(zipped(("中.zip", middle), ("丙.txt", b"z")))
    assert "层层嵌套" in str(found.pop("中.zip/里.zip"))
    assert found == {"中.zip/乙.txt": b"y", "丙.txt": b"z"}


@pytest.mark.parametrize(
    "parts",
    [("[Content_Types].xml", "word/document.xml"), ("[Content_Types].xml", "xl/workbook.xml"), ("OFD.xml",)],
)
def test_a_document_that_is_a_zip_is_no_bundle(parts) -> None:
    document = zipped(*((part, b"<x/>") for part in parts))
    assert not is_bundle(io.BytesIO(document))
    assert unpacked(zipped(("报告.docx", document))) == {"报告.docx": document}
    assert member_names(io.BytesIO(document)) == list(parts)


def test_a_bundle_of_documents_under_office_names_is_a_bundle() -> None:
    assert is_bundle(io.BytesIO(zipped(("word/报告.docx", b"x"), ("xl/表.xlsx", b"x"))))
    assert not is_bundle(io.BytesIO(b"PK is how this text begins"))
    assert not is_bundle(io.BytesIO(b""))


# --- limits


def test_limits_are_held_before_and_while_expanding() -> None:
    many = zipped(*((f"{number}.txt", b"x") for number in range(30)))
    with pytest.raises(BundleRefused, match="过多"):
        unpacked(many, members=29)
    with pytest.raises(BundleRefused, match="过多"):
        unpacked(zipped(*((f"{number}.zip", many) for number in range(3))), members=80)
    with pytest.raises(BundleRefused, match="过大"):
        unpacked(zipped(*((f"{number}.txt", b"x" * 1000) for number in range(9))), bytes=8000)
    assert "过大" in str(unpacked(zipped(("a.txt", b"x" * 1000)), member_bytes=999)["a.txt"])


def test_a_bomb_is_refused_before_it_is_expanded() -> None:
    bomb = zipped(*((f"{number}.txt", bytes(20 * MEBIBYTE)) for number in range(2)))
    assert len(bomb) < MEBIBYTE
    with pytest.raises(BundleRefused, match="压缩比异常"):
        unpacked(bomb)


def test_a_bomb_whose_list_lies_is_cut_off() -> None:
    content = zipped(("a.txt", bytes(MEBIBYTE)), ("b.txt", b"y"))
    lying = content.replace(struct.pack("<I", MEBIBYTE), struct.pack("<I", 10))
    found = unpacked(lying, bytes=2000)
    assert "已损坏" in str(found["a.txt"])
    assert found["b.txt"] == b"y"


def test_a_list_of_members_beyond_measure_is_not_even_read() -> None:
    content = bytearray(zipped(("a.txt", b"x")))
    at = content.rindex(b"PK\x05\x06")
    content[at + 12 : at + 16] = struct.pack("<I", 100 * MEBIBYTE)
    assert is_bundle(io.BytesIO(bytes(content)))
    with pytest.raises(BundleRefused, match="过多"):
        unpacked(bytes(content))


# --- in the inbox


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path / "home").create()


def take(home: Home, **limits):
    return take_in(home, home.inbox, NOW, Limits(**({"quiet_seconds": 0} | limits)))


def test_a_bundle_and_each_member_are_kept_with_receipts(home) -> None:
    content = zipped(("松溪/报告.txt", "报告".encode()), ("松溪/表.txt", "表".encode()))
    (home.inbox / "松溪.zip").write_bytes(content)
    taken = take(home)
    assert [(each.file_name, each.outcome, each.member_count) for each in taken.receipts] == [
        ("松溪.zip", "taken", 2),
        ("松溪.zip/松溪/报告.txt", "taken", None),
        ("松溪.zip/松溪/表.txt", "taken", None),
    ]
    assert [each.file_name for each in taken.files] == ["松溪.zip/松溪/报告.txt", "松溪.zip/松溪/表.txt"]
    archive = Archive(home.archive)
    assert [archive.read(each.sha256) for each in taken.receipts] == [content, "报告".encode(), "表".encode()]
    with Ledger.open(home.ledger, archive) as ledger:
        assert ledger.receipts() == taken.receipts == list(archive.receipts())
    assert take(home).receipts == []


def test_the_same_bytes_twice_change_nothing(home) -> None:
    report, form = ("报告.txt", b"report"), ("表.txt", b"form")
    (home.inbox / "a.zip").write_bytes(zipped(report, form))
    (home.inbox / "b.zip").write_bytes(zipped(report, form))
    (home.inbox / "c.zip").write_bytes(zipped(form, ("另一份.txt", b"report"), ("新.txt", b"new")))
    assert [(each.file_name, each.outcome) for each in take(home).receipts] == [
        ("a.zip", "taken"), ("a.zip/报告.txt", "taken"), ("a.zip/表.txt", "taken"), ("b.zip", "duplicate"),
        ("c.zip", "taken"), ("c.zip/表.txt", "duplicate"), ("c.zip/另一份.txt", "duplicate"), ("c.zip/新.txt", "taken"),
    ]  # fmt: skip
    (home.inbox / "a.zip").write_bytes(zipped(report, ("表.txt", b"form, mended")))
    assert [(each.file_name, each.outcome) for each in take(home).receipts] == [
        ("a.zip", "taken"),
        ("a.zip/表.txt", "taken"),
    ]


def test_what_is_refused_is_told_member_by_member_or_as_a_whole(home) -> None:
    (home.inbox / "a.zip").write_bytes(zipped(("../x.txt", b"x"), ("空.txt", b""), ("b.txt", b"y")))
    (home.inbox / "bomb.zip").write_bytes(zipped(("a.txt", bytes(40 * MEBIBYTE))))
    outcomes = {each.file_name: (each.outcome, each.reason) for each in take(home).receipts}
    assert outcomes["a.zip/b.txt"] == ("taken", None)
    assert outcomes["a.zip/x.txt"][0] == outcomes["a.zip/空.txt"][0] == outcomes["bomb.zip"][0] == "unreadable"
    assert "路径不合规" in outcomes["a.zip/x.txt"][1]
    assert "空的" in outcomes["a.zip/空.txt"][1]
    assert "压缩比异常" in outcomes["bomb.zip"][1]
    assert len(outcomes) == 5


def test_a_full_disk_leaves_a_bundle_for_the_next_time(home, monkeypatch) -> None:
    (home.inbox / "a.zip").write_bytes(zipped(("a.txt", bytes(3 * MEBIBYTE))))
    free = iter([10**9, 256 * MEBIBYTE])
    monkeypatch.setattr("warehouse.archive.archive.ArchiveBatch.free_bytes", lambda _: next(free))
    taken = take(home)
    assert taken.receipts == []
    assert [(each.file_name, each.reason) for each in taken.postponed] == [
        ("a.zip", "磁盘空间不足，无法存档，留待下次。")
    ]
    monkeypatch.undo()
    assert [each.outcome for each in take(home).receipts] == ["taken", "taken"]
