"""Bytes -> text: UTF-8, UTF-16 and GB18030, told apart by what the bytes hold; refuses what is no readable text.

Lines, blocks and other media do not belong here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.documents.refusals import refusal

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SAMPLE = 20_000  # characters that judge an encoding
_MOJIBAKE_SAMPLE = 500
_PLAUSIBLE_SHARE = 0.8
_BROKEN_SHARE = 0.002
_CONTROL = bytes((*range(0x09), *range(0x0E, 0x1C), 0x7F))
_NO_CHARACTERS = ("\ufffe", "\uffff")
# Each begins with one class, to which the search can skip.
_LATIN = re.compile("[\u0080-\u00ff][\u0080-\u00ff]*")
_HAN = re.compile("[\u4e00-\u9fff][\u4e00-\u9fff]*")


class Decoded(NamedTuple):
    """The text without byte order mark, and the encoding (utf-8, utf-8-sig, utf-16-le, utf-16-be, utf-32-le,
    utf-32-be, gb18030)."""

    text: str
    encoding: str


def decode(content: bytes) -> Decoded:
    """The text of a file. Raises Unreadable when the bytes are empty, blank, binary, in no known encoding, or hold
    text that an earlier wrong decoding has already ruined."""
    if not content.strip(b"\x00 \t\r\n\x0c\x1a"):
        raise refusal("empty", f"{len(content)} bytes")
    decoded = _by_bom(content) or _by_evidence(content)
    text = decoded.text.lstrip("\ufeff").rstrip("\x1a\x00")
    if not text.strip("\ufeff\u200b \t\r\n\x0c\x0b\u3000\xa0\u2028\u2029"):
        raise refusal("empty", "blank text")
    refuse_ruined(text)
    return Decoded(text, decoded.encoding)


def _by_bom(content: bytes) -> Decoded | None:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            text = _strictly(content[len(bom) :], encoding.removesuffix("-sig"))
            if text is None:
                raise refusal("encoding", f"byte order mark of {encoding}, but not {encoding}")
            return Decoded(text, encoding)
    return None


def _by_evidence(content: bytes) -> Decoded:
    candidates: tuple[str, ...]
    if b"\x00" in content.rstrip(b"\x00"):
        candidates = ("utf-16-le", "utf-16-be")
    else:
        text = _strictly(content, "utf-8")
        if text is not None:
            return Decoded(text, "utf-8")
        candidates = ("gb18030", "utf-16-le", "utf-16-be")
    texts = [(name, _strictly(content, name)) for name in candidates]
    judged = [(_plausibility(text), name, text) for name, text in texts if text is not None]
    if not judged:
        raise refusal("binary" if _is_binary(content) else "encoding", f"not in {', '.join(candidates)}")
    share, encoding, best = max(judged, key=lambda candidate: candidate[0])
    if share < _PLAUSIBLE_SHARE:
        raise refusal("binary" if _is_binary(content) else "encoding", f"{encoding} looks like text to {share:.2f}")
    return Decoded(best, encoding)


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _plausibility(text: str) -> float:
    """Share of characters that Chinese reports consist of: GB 2312 and ASCII without control characters. Text read in
    the wrong encoding falls far below, for its characters are spread over all of Unicode."""
    sample = text[:_SAMPLE]
    strange = sample.encode("gb2312", "replace").count(b"?") - sample.count("?") + 3 * _controls(sample)
    return 1 - strange / len(sample) if sample else 0.0


def _is_binary(content: bytes) -> bool:
    sample = content[:_SAMPLE]
    return sum(byte < 32 and byte not in b"\t\n\x0b\x0c\r" for byte in sample) > len(sample) // 50


def refuse_ruined(text: str) -> None:
    """Raises Unreadable for text that is binary after all, or that an earlier wrong decoding has ruined."""
    controls = _controls(text)
    if controls > max(2, len(text) // 1000):
        raise refusal("binary", f"{controls} control characters")
    lost = text.count("\ufffd") + text.count("锟斤拷")
    if lost > max(1, len(text) * _BROKEN_SHARE):
        raise refusal("mojibake", f"{lost} replacement characters")
    sample = text[:_MOJIBAKE_SAMPLE]
    latin, han = _count(_LATIN, sample), _count(_HAN, sample)
    if latin > 20 and latin > 4 * han and latin > len(sample) // 5:
        raise refusal("mojibake", "UTF-8 or GB18030 bytes taken for Latin-1")
    if han > 20 and _is_doubly_encoded(sample):
        raise refusal("mojibake", "UTF-8 bytes taken for GB18030")


def _is_doubly_encoded(sample: str) -> bool:
    """Chinese UTF-8 bytes that were read as GB18030 turn back into sound UTF-8; Chinese text does not."""
    back = sample.encode("gb18030", "ignore").decode("utf-8", "replace")
    return _count(_HAN, back) > back.count("\ufffd")


def _controls(text: str) -> int:
    """How many characters of a text are signs of control, or none at all."""
    plain = text.encode("ascii", "ignore")
    return len(plain) - len(plain.translate(None, _CONTROL)) + sum(map(text.count, _NO_CHARACTERS))


def _count(kind: re.Pattern[str], text: str) -> int:
    return sum(map(len, kind.findall(text)))
