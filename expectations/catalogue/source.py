"""A TOML file of rules as people write it, and where in it a rule and its fields stand. What a rule is, is not here."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from warehouse.errors import UsageError
from warehouse.reasons import reason_of, reason_of_field

_RULE = re.compile(r"^\s*\[\[\s*rule\s*\]\]")
_LINE_IN_ERROR = re.compile(r"\(at line (\d+), column \d+\)")


class CatalogueError(UsageError):
    """A file of the catalogue breaks its schema; the message names file, line and reason."""


class Source(NamedTuple):
    """A file by its name."""

    name: str
    content: bytes

    def read(self) -> dict[str, Any]:
        """What the file says; CatalogueError when it is no TOML, or no list of rules."""
        try:
            content = tomllib.loads(self.content.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise self.error(self.content[: error.start].count(b"\n") + 1, "不是 UTF-8 编码") from error
        except tomllib.TOMLDecodeError as error:
            found = _LINE_IN_ERROR.search(str(error))
            line = int(found[1]) if found else len(self._lines)
            raise self.error(line, f"不是有效的 TOML：{reason_of(error)}") from error
        if unknown := sorted(content.keys() - {"phase", "title", "rule"}):
            raise self.error(self._line_of_key(unknown[0]), f"有不认识的项：{'、'.join(unknown)}")
        rules = content.get("rule")
        if not isinstance(rules, list) or not rules or not all(isinstance(rule, dict) for rule in rules):
            raise self.error(1, "至少要有一条 [[rule]]")
        return content

    def error(self, line: int, reason: str) -> CatalogueError:
        """An error at a line."""
        return CatalogueError(f"规则文件 {self.name} 第 {line} 行{reason}", f"{self.name}:{line}")

    def error_of_rule(self, position: int, rule: dict[str, Any], error: ValidationError) -> CatalogueError:
        """What is wrong with the rule at that position (from 0), each field with its line."""
        reasons = "；".join(
            f"第 {self.line_of(position, each['loc'])} 行 {reason_of_field(each)}"
            for each in error.errors(include_url=False)
        )
        rule_id = rule.get("id", "（没有编号）")
        return CatalogueError(f"规则文件 {self.name} 的规则 {rule_id} 有误：{reasons}", f"{self.name}: {error}")

    def line_of(self, position: int, place: Sequence[int | str] = ()) -> int:
        """The line of a rule, or of a field in it: of the nearest that stands there."""
        lines, (first, end) = self._lines, self._span(position)
        found = first
        names = [each for each in place if isinstance(each, str)]
        numbers = [each for each in place if isinstance(each, int)]
        header = re.compile(rf"^\s*\[\[\s*rule\.{re.escape(names[0])}\s*\]\]") if names else None
        tables = [line for line in range(first, end) if header and header.match(lines[line - 1])]
        if tables and numbers and numbers[0] < len(tables):
            found, names = tables[numbers[0]], names[1:]
        for name in names[:1]:
            key = re.compile(rf"^\s*{re.escape(name)}\s*=")
            found = next((line for line in range(found, end) if key.match(lines[line - 1])), found)
        return found

    @property
    def _lines(self) -> list[str]:
        return self.content.decode("utf-8", "replace").splitlines()

    def _span(self, position: int) -> tuple[int, int]:
        """The first line of a rule, and the one after its last."""
        starts = [*self._starts(), len(self._lines) + 1]
        return (starts[position], starts[position + 1]) if position + 1 < len(starts) else (1, starts[-1])

    def _starts(self) -> Iterator[int]:
        return (number for number, line in enumerate(self._lines, 1) if _RULE.match(line))

    def _line_of_key(self, name: str) -> int:
        key = re.compile(rf"^\s*(?:\[+\s*)?{re.escape(name)}\b")
        return next((number for number, line in enumerate(self._lines, 1) if key.match(line)), 1)
