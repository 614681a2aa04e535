"""Commands whose help and errors are Chinese throughout: click's own words are English. No command stands here."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Mapping, Sequence
from gettext import gettext
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import click

from warehouse.intake.file_names import readable_name
from warehouse.reasons import reason_of

_SAID: Mapping[str, str] = {
    r"No such command '(.+?)'\.?": "没有“{0}”这个命令",
    r"Missing command\.?": "没有说明要做什么",
    r"No such option:? '?(.+?)'?\.?(?: Did you mean .*)?": "没有“{0}”这个选项",
    r"Missing argument '(.+?)'\.?": "缺少 {0}",
    r"Missing option '(.+?)'\.?": "缺少选项 {0}",
    r"Got unexpected extra arguments? \((.+)\)": "多了“{0}”",
    r"Option '(.+?)' requires an argument\.?": "选项 {0} 后面缺少内容",
    r"Option '(.+?)' does not take a value\.?": "选项 {0} 后面不带内容",
    r"'(.*)' is not a valid integer(?: range)?\.?": "“{0}”不是整数",
    r"'?(.+?)'? is not in the range (.+?)\.?": "{0} 不在允许的范围内（{1}）",
    r"'(.*)' does not match the format '%Y-%m-%d'\.?": "“{0}”不是日期，应写成 2021-10-31 的样子",
    r"'(.*)' is not one of (.+?)\.?": "“{0}”不是可选的值（可选 {1}）",
    r"(?:File|Directory|Path) '(.*)' does not exist\.?": "“{0}”不存在",
    r"File '(.*)' is a directory\.?": "“{0}”是目录，不是文件",
    r"Directory '(.*)' is a file\.?": "“{0}”是文件，不是目录",
    r"(?:File|Directory|Path) '(.*)' is not (?:readable|writable)\.?": "“{0}”没有读写权限",
}
"""What click says of wrong use, as patterns, and how it is said here."""


_WORDS = {
    "INTEGER RANGE": "整数",
    "INTEGER": "整数",
    "TEXT": "文字",
    "DIRECTORY": "目录",
    "[default: ": "[缺省 ",
    "[required]": "[必填]",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 …",
}
"""Click's own words in help, and ours; longer ones first."""

_NO_FILE = reason_of(OSError(errno.ENXIO, ""))
_BETWEEN = re.compile(r"(\d+)<=x<=(\d+)")
_AT_LEAST = re.compile(r"x>=(\d+)")


class Place(click.Path):
    """A path; an empty one would stand for the folder in which the command runs, which nobody means."""

    def __init__(self, *, exists: bool = False, file_okay: bool = True, dir_okay: bool = True) -> None:
        super().__init__(exists, file_okay, dir_okay, path_type=Path)

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path."""
        if not os.fspath(value):
            self.fail("不能为空", param, ctx)
        return Path(os.fsdecode(super().convert(value, param, ctx)))


class ReadableFile(Place):
    """A file that is there; no pipe, socket or device, which could be waited for without end."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False)

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path of the file."""
        path = super().convert(value, param, ctx)
        if not path.is_file():
            self.fail(f"“{readable_name(os.fsencode(path))}”{_NO_FILE}", param, ctx)
        return path


class ChineseHelp(click.Command):
    """Help in Chinese, for commands and groups of commands."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        formatter.write_usage(ctx.command_path, _translated(" ".join(self.collect_usage_pieces(ctx))), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of options."""
        options = (each for each in self.get_params(ctx) if isinstance(each, click.Option))
        records = [record for each in options if (record := each.get_help_record(ctx)) is not None]
        write_list(formatter, "选项", [(_translated(left), _translated(right)) for left, right in records])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that asks for help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这段说明"
        return option


def command(name: str, text: str) -> Callable[[Callable[..., Any]], click.Command]:
    """The decorator of a command; ``text`` is its help."""
    return click.command(name, cls=ChineseHelp, help=text)


def sentence(error: click.ClickException) -> str:
    """What click has to say of wrong use, in one Chinese sentence with a way on."""
    said = error.message.strip() or gettext(error.format_message())
    if isinstance(error, click.MissingParameter) and error.param is not None:
        said = f"Missing argument '{_name_of(error.param)}'"
    said = _translated(next((form.format(*found.groups()) for form, found in _matches(said)), said).rstrip("。."))
    param = error.param if isinstance(error, click.BadParameter) else None
    if param is not None and not isinstance(error, click.MissingParameter):
        said = f"{_name_of(param)} 不对：{said}"
    context = getattr(error, "ctx", None)
    return f"{said}。用 {context.command_path} --help 看用法。" if context is not None else f"{said}。"


def _name_of(param: click.Parameter) -> str:
    return param.opts[-1] if isinstance(param, click.Option) else param.human_readable_name


def _matches(said: str) -> list[tuple[str, re.Match[str]]]:
    found = ((form, re.fullmatch(pattern, said, re.DOTALL)) for pattern, form in _SAID.items())
    return [(form, match) for form, match in found if match]


def write_list(formatter: click.HelpFormatter, title: str, rows: Sequence[tuple[str, str]]) -> None:
    """A list of names and what they mean, aligned as terminals show Chinese characters: two columns wide."""
    widest = max((_width(name) for name, _ in rows), default=0)
    formatter.write(f"\n{title}：\n")
    for name, meaning in rows:
        formatter.write(f"  {name}{' ' * (widest - _width(name))}  {meaning}\n")


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _translated(text: str) -> str:
    for english, chinese in _WORDS.items():
        text = text.replace(english, chinese)
    return _AT_LEAST.sub(r"至少 \1", _BETWEEN.sub(r"\1 至 \2", text))
