"""The sentences of a document as fingerprints, by which a text copied from another report is told.

Which texts are alike is found where reports stand beside each other; nothing is compared here.
"""

from __future__ import annotations

import re
from functools import partial
from hashlib import blake2b
from itertools import count

from transforms.facts.corpus import Corpus
from transforms.facts.model import Facts
from transforms.facts.text_rows import Fingerprint, SentenceRow

_END = re.compile(r"[。;!?\n]")
_SHORTEST = 12
"""Shorter ones are headings, names and phrases of the trade, which are alike everywhere."""
_EMPTY = blake2b(digest_size=8)
_row = partial(tuple.__new__, SentenceRow)
"""A row of its values, made without a step of Python's own: they are many."""
_POSITIVE = (1 << 63) - 1


def add_sentences(corpus: Corpus, facts: Facts) -> None:
    """Appends ``sentences``: each that is long enough, once, in reading order."""
    texts = dict.fromkeys(text for text in map(str.strip, _END.split(corpus.text)) if len(text) >= _SHORTEST)
    facts.sentences += map(_row, zip(count(), map(_fingerprint, texts), map(len, texts), strict=False))


def _fingerprint(text: str) -> Fingerprint:
    digest = _EMPTY.copy()
    digest.update(text.encode())
    return Fingerprint(int.from_bytes(digest.digest(), "big") & _POSITIVE)
