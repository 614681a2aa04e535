"""Channels as ``jixiao.toml`` names them: what a channel may be, which messages it gets, where its secrets come from.

Nothing is sent here, and no library of sending is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple, Self
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from warehouse.errors import UsageError

Kind = Literal["digest", "department", "failure", "unpublished", "stuck", "disk", "proof"]
KINDS: Mapping[str, str] = {
    "digest": "每晚的摘要",
    "department": "各部门新出现、已了结和待处理的问题",
    "failure": "系统失败",
    "unpublished": "有待处理的材料却没有发布",
    "stuck": "卡住的报送",
    "disk": "磁盘空间不足",
    "proof": "核验不通过",
}
"""Every kind of message, and what a person calls it."""


class Medium(NamedTuple):
    """What a scheme of a url stands for. ``longest``: characters that one message may have."""

    title: str
    longest: int
    has_server: bool = False


MEDIA: Mapping[str, Medium] = {
    "mailto": Medium("电子邮件", 30_000),
    "mailtos": Medium("电子邮件（加密）", 30_000),
    "wecombot": Medium("企业微信", 650, has_server=True),
    "dingtalk": Medium("钉钉", 3_000, has_server=True),
    "feishu": Medium("飞书", 5_000, has_server=True),
    "json": Medium("webhook", 30_000),
    "jsons": Medium("webhook（加密）", 30_000),
    "file": Medium("文件夹", 1_000_000),
}
"""Scheme -> medium. 企业微信 takes 2,048 bytes, 钉钉 and 飞书 20,000, of which a Chinese character may take three or
six."""

_NAME = re.compile(r"[\w-]{1,40}")
_VARIABLE = re.compile(r"\$\{(\w+)\}")


class Channel(BaseModel):
    """One way to people. ``departments`` limits it to messages on these."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    url: str = Field(description="地址，如 mailtos://用户:${口令变量}@主机?to=收件人；口令等写成 ${环境变量}")
    kinds: tuple[Kind, ...] | None = Field(None, description="收哪几类消息，缺省全收")
    departments: tuple[str, ...] = Field((), description="只收这些部门（编号）的消息，缺省不限")
    server: str | None = Field(None, pattern="^https?://", description="机器人的专网服务地址，缺省为公网地址")

    @field_validator("url")
    @classmethod
    def _is_known(cls, url: str) -> str:
        if not (_VARIABLE.fullmatch(url) or url.partition(":")[0] in MEDIA):
            known = "、".join(f"{scheme}（{medium.title}）" for scheme, medium in MEDIA.items())
            raise ValueError(f"不认识这种地址，应以其中之一加“://”开头：{known}，或整个写成一个 ${{环境变量}}")
        return url

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.departments and set(self.kinds or ()) - {"department"}:
            raise ValueError("限定了部门（departments）的通道只能收 department 一类的消息")
        return self

    def wants(self, kind: str, department_id: str | None) -> bool:
        """Whether messages of this kind, on this department, go here."""
        if self.departments:
            return department_id in self.departments
        return self.kinds is None or kind in self.kinds


def check_name(name: str) -> str:
    """The name of a channel, which is also that of a folder; ValueError when it cannot be one."""
    if not _NAME.fullmatch(name):
        raise ValueError("通道名只能用文字、数字、下划线和连字符，最多 40 个字")
    return name


def variables_of(channel: Channel) -> list[str]:
    """The environment variables that its url refers to."""
    return _VARIABLE.findall(channel.url)


def missing_variables(channel: Channel, environment: Mapping[str, str]) -> list[str]:
    """Those of them that are not set, or empty."""
    return [name for name in variables_of(channel) if not environment.get(name)]


def resolved_url(name: str, channel: Channel, environment: Mapping[str, str]) -> str:
    """The url with its secrets; UsageError names the key and the variables that are missing, never a value.

    A variable stands for its text as it is, so it is quoted within a url; one that is the whole url is not.
    """
    if missing := missing_variables(channel, environment):
        raise UsageError(f"“channels.{name}.url”引用的环境变量 {'、'.join(missing)} 没有设置。")
    if whole := _VARIABLE.fullmatch(channel.url):
        url = environment[whole[1]]
        if url.partition(":")[0] not in MEDIA:
            raise UsageError(f"“channels.{name}.url”引用的环境变量 {whole[1]} 不是可用的地址。")
        return url
    return _VARIABLE.sub(lambda found: quote(environment[found[1]], safe=""), channel.url)


def medium_of(url: str) -> Medium:
    """The medium of a resolved url."""
    return MEDIA[url.partition(":")[0]]
