"""Sending one letter through one channel. What is sent, and what becomes of a letter, is not decided here.

Apprise does it, loaded at the first letter. Logs that may quote secrets are silenced; what went wrong is told without
them.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from orchestration.alerting.channels import Channel, medium_of, resolved_url
from orchestration.alerting.outbox import Letter
from orchestration.alerting.wording import clipped
from warehouse.errors import JixiaoError
from warehouse.files import write_atomically
from warehouse.home import Home

if TYPE_CHECKING:
    from apprise.plugins.base import NotifyBase

_SECONDS_TO_CONNECT = 5.0
_SECONDS_TO_ANSWER = 10.0
_SHORTEST_SECRET = 3
_FOLDER = "file:"
_TALKATIVE = ("apprise", "urllib3")
"""Logs that quote addresses."""


class NotSent(JixiaoError):  # noqa: N818 - says what became of a letter
    """A letter could not be sent; the message says why, without any secret."""


class Sender:
    """Sends letters of a home; a plugin of Apprise is made once for each channel, and keeps its pace."""

    def __init__(self, home: Home, channels: Mapping[str, Channel], environment: Mapping[str, str]) -> None:
        self._home = home
        self._channels = channels
        self._environment = environment
        self._plugins: dict[str, NotifyBase] = {}

    def send(self, letter: Letter) -> None:
        """Sends it, or raises NotSent."""
        try:
            url = self.prepare(letter.channel)
        except NotSent:
            raise
        except JixiaoError as error:
            raise NotSent(error.message.rstrip("。")) from error
        try:
            self._through(url, letter)
        except NotSent:
            raise
        except Exception as error:  # whatever a library or a server comes up with, the letter waits
            raise NotSent(without_secrets(f"{type(error).__name__}: {error}", url)) from None

    def prepare(self, name: str) -> str:
        """The resolved url of a channel, which makes sense to what sends; NotSent or UsageError when it cannot be
        used. Nothing is sent."""
        channel = self._channels.get(name)
        if channel is None:
            raise NotSent(f"配置中已没有通道“{name}”")
        url = resolved_url(name, channel, self._environment)
        if name not in self._plugins and not url.startswith(_FOLDER):
            try:
                self._plugins[name] = _plugin(url, channel)
            except NotSent as error:
                raise NotSent(f"“channels.{name}.url”{error.message}") from None
        return url

    def _through(self, url: str, letter: Letter) -> None:
        message, medium = letter.message, medium_of(url)
        if url.startswith(_FOLDER):
            _write(self._home, letter, url)
            return
        from apprise import NotifyFormat

        title, body = message.title, clipped(message.body, medium.longest)
        if medium.has_server:
            title, body = "", f"{title}\n{body}"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            is_sent = self._plugins[letter.channel].notify(
                body=body, title=title, body_format=NotifyFormat.TEXT, notify_type=_type_of(message.kind)
            )
        if not is_sent:
            raise NotSent("服务器没有接收，或连接不上")


def without_secrets(text: str, url: str) -> str:
    """The text without any part of the address."""
    parts = {part for part in re.split(r"[/:@?&=#]+", url) if len(part) >= _SHORTEST_SECRET}
    for part in sorted(parts | {unquote(part) for part in parts}, key=len, reverse=True):
        text = text.replace(part, "***")
    return text


def _write(home: Home, letter: Letter, url: str) -> None:
    """A text file a message, below the home; an absolute folder is written with three slashes."""
    folder = home.path / unquote(url.removeprefix("file://" if url.startswith("file:///") else _FOLDER))
    folder.mkdir(parents=True, exist_ok=True)
    text = f"{letter.message.title}\n\n{letter.message.body}\n"
    write_atomically(folder / f"{letter.message.name}.txt", text.encode())


def _plugin(url: str, channel: Channel) -> NotifyBase:
    """What sends to that address; NotSent when the address makes no sense to it."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    kind = _plugin_class(url.partition(":")[0])
    from apprise import AppriseAsset

    told = kind.parse_url(url)
    if not told:
        raise NotSent("地址的写法不对")
    try:
        plugin: NotifyBase = kind(
            asset=AppriseAsset(app_id="Jixiao", app_desc="绩效", app_url=""), **{**told, "format": "text"}
        )
    except Exception as error:
        raise NotSent(f"地址的写法不对（{type(error).__name__}）") from None
    plugin.socket_connect_timeout, plugin.socket_read_timeout = _SECONDS_TO_CONNECT, _SECONDS_TO_ANSWER
    plugin.request_rate_per_sec = 0
    if medium_of(url).has_server:
        from orchestration.alerting.robots import Robot, set_server

        assert isinstance(plugin, Robot), "only robots have servers"
        set_server(plugin, channel.server)
    return plugin


def _plugin_class(scheme: str) -> type[NotifyBase]:
    """Each is imported by itself: asking Apprise for one imports a hundred and forty."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        if scheme.startswith("mailto"):
            from apprise.plugins.email import NotifyEmail

            return NotifyEmail
        if scheme.startswith("json"):
            from apprise.plugins.custom_json import NotifyJSON

            return NotifyJSON
    from orchestration.alerting import robots

    return {"wecombot": robots.WeComRobot, "dingtalk": robots.DingTalkRobot, "feishu": robots.FeishuRobot}[scheme]


def _type_of(kind: str) -> object:
    from apprise import NotifyType

    if kind == "digest":
        return NotifyType.INFO
    return NotifyType.WARNING if kind in ("department", "disk", "stuck") else NotifyType.FAILURE
