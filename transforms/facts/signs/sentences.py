"""The sentences of a document as fingerprints, by which a text copied from another report is told.

Which texts are alike is found where reports stand beside each other; nothing is compared here.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from hashlib import blake2b
from itertools import count
from struct import unpack
from typing import cast

from transforms.facts.corpus import SEAM, Corpus
from transforms.facts.model import Facts
from transforms.facts.text_rows import Fingerprint, SentenceRow

_ENDS = "。;!?"
_SHORTEST = 12
"""Shorter ones are headings, names and phrases of the trade, which are alike everywhere."""
_EMPTY = blake2b(digest_size=8)
_row = partial(tuple.__new__, SentenceRow)
"""A row of its values, made without a step of Python's own: they are many."""
_POSITIVE = (1 << 63) - 1


def add_sentences(corpus: Corpus, facts: Facts) -> None:
    """Appends ``sentences``: each that is long enough, once, in reading order."""
    whole = corpus.text
    for end in _ENDS:
        whole = whole.replace(end, SEAM)
    pieces = [text for text in whole.split(SEAM) if len(text) >= _SHORTEST]
    texts = dict.fromkeys([text for piece in pieces if len(text := piece.strip()) >= _SHORTEST])
    facts.sentences += map(_row, zip(count(), _fingerprints(texts), map(len, texts), strict=False))


def _fingerprints(texts: Collection[str]) -> list[Fingerprint]:
    """A number of 63 bits each."""
    digests = []
    for text in texts:
        digest = _EMPTY.copy()
        digest.update(text.encode())
        digests.append(digest.digest())
    numbers = unpack(f">{len(digests)}Q", b"".join(digests))
    return cast(list[Fingerprint], [number & _POSITIVE for number in numbers])
