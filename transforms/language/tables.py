"""Tables of a data file, checked as they load: word lists, patterns, and words that stand for other words.

What the words are for is known to whoever loads them; grouped terms are lexicon.py's.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from transforms.language.lexicon import LexiconError, load_data


def strings(name: str, table: str, keys: Collection[str] | None = None) -> dict[str, str]:
    """The table ``table`` of ``<name>.toml``: key -> text. Raises LexiconError unless the keys are exactly ``keys``
    (when given) and every value is a text that is not empty."""
    entries = load_data(name).get(table)
    if not isinstance(entries, dict) or not entries:
        raise LexiconError(f"词表 {name}.toml 缺少 [{table}]")
    for key, entry in entries.items():
        if not isinstance(entry, str) or not entry.strip():
            raise LexiconError(f"词表 {name}.toml 的 [{table}] {key} 应是文字，且不能为空")
    if keys is not None and set(entries) != set(keys):
        wrong = "、".join(sorted(set(entries) ^ set(keys)))
        raise LexiconError(f"词表 {name}.toml 的 [{table}] 缺少或多出：{wrong}")
    return dict(entries)


def word_lists(name: str, table: str, keys: Collection[str] | None = None) -> dict[str, tuple[str, ...]]:
    """Like ``strings``, each text cut at its blanks."""
    return {key: tuple(entry.split()) for key, entry in strings(name, table, keys).items()}


def patterns(name: str, table: str, keys: Collection[str] | None = None) -> dict[str, re.Pattern[str]]:
    """Like ``strings``, each text a regular expression."""
    return {key: compiled(name, key, entry) for key, entry in strings(name, table, keys).items()}


def compiled(name: str, key: str, pattern: str) -> re.Pattern[str]:
    """The pattern ``key`` of ``<name>.toml``. Raises LexiconError when it is none."""
    try:
        return re.compile(pattern)
    except re.error as error:
        raise LexiconError(f"词表 {name}.toml 的 {key} 不是有效的表达式：{error}") from error


def either(words: Collection[str]) -> str:
    """A pattern that matches any of ``words``, of several the longest."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
