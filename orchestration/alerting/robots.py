"""Group robots of 企业微信, 钉钉 and 飞书, whose servers answer 200 even when they refuse a message.

Addresses are parsed and checked by Apprise; what is added is that the answer is read, and that a bureau's own server
(a private deployment) may stand in for the public one. Imported only when a robot is written to.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

import requests
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.wecombot import NotifyWeComBot

_SECONDS_BETWEEN = 3.1
"""The services take twenty messages a minute."""
_SAID_AT_MOST = 200


class Refused(Exception):  # noqa: N818 - the answer of a server, not an error of ours
    """What the server said instead of taking the message."""


class WeComRobot(NotifyWeComBot):
    """A robot of a 企业微信 or 政务微信 group."""

    def send(self, body: str, title: str = "", *_: object, **__: object) -> bool:
        """Posts text; Refused with what the server says against it."""
        content = {"msgtype": "text", "text": {"content": body}}
        return _post(self, self.notify_url.format(key=self.key), content, "errcode")


class DingTalkRobot(NotifyDingTalk):
    """A robot of a 钉钉 group; nobody is mentioned but the telephone numbers of the address."""

    def send(self, body: str, title: str = "", *_: object, **__: object) -> bool:
        """Posts text, signed where the address has a secret; Refused with what the server says against it."""
        url = self.notify_url.format(token=self.token)
        if self.secret:
            url += "&timestamp={}&sign={}".format(*self.get_signature())  # type: ignore[no-untyped-call]
        content = {
            "msgtype": "text",
            "text": {"content": body},
            "at": {"atMobiles": self.targets, "isAtAll": False},
        }
        return _post(self, url, content, "errcode")


class FeishuRobot(NotifyFeishu):
    """A robot of a 飞书 group."""

    def send(self, body: str, title: str = "", *_: object, **__: object) -> bool:
        """Posts text; Refused with what the server says against it."""
        content = {"msg_type": "text", "content": {"text": body}}
        return _post(self, self.notify_url.format(token=self.token).rstrip("/"), content, "code")


Robot = WeComRobot | DingTalkRobot | FeishuRobot


def set_server(robot: Robot, server: str | None) -> None:
    """Lets a robot write to another server than the public one, by the same paths."""
    robot.request_rate_per_sec = _SECONDS_BETWEEN
    if server:
        public = urlsplit(robot.notify_url)
        path = f"{public.path}?{public.query}" if public.query else public.path
        robot.notify_url = server.rstrip("/") + path


def _post(robot: Robot, url: str, content: Mapping[str, object], status: str) -> bool:
    """Posts JSON; ``status`` is the field of the answer that is 0 when the message was taken."""
    robot.throttle()  # type: ignore[no-untyped-call]
    answer = requests.post(
        url,
        data=json.dumps(content, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8"},
        verify=robot.verify_certificate,
        timeout=robot.request_timeout,
        allow_redirects=False,
    )
    said = answer.text[:_SAID_AT_MOST]
    try:
        is_taken = answer.status_code == requests.codes.ok and answer.json().get(status) == 0
    except (ValueError, AttributeError):
        is_taken = False
    if not is_taken:
        raise Refused(f"{answer.status_code} {said}")
    return True
