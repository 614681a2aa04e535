"""Why something went wrong, in Chinese: what pydantic found in a file that people write, and why the system refused.
Which file and line it is says the caller.
"""

from __future__ import annotations

import errno
import os
import re
import socket
import tomllib

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_OF_FIELDS = {
    "missing": "缺少",
    "extra_forbidden": "不是这里的字段",
    "string_type": "须为文本",
    "string_too_short": "不能为空",
    "string_pattern_mismatch": "写法不对",
    "bool_type": "须为 true 或 false",
    "int_type": "须为整数",
    "greater_than_equal": "数值过小",
    "less_than_equal": "数值过大",
    "literal_error": "不在允许的取值之内",
    "decimal_parsing": "不是数字",
    "tuple_type": "须为列表",
    "too_short": "不能为空",
    "date_type": "须写成 2021-10-31 的样子",
    "date_from_datetime_parsing": "须写成 2021-10-31 的样子",
    "date_parsing": "须写成 2021-10-31 的样子",
    "datetime_type": "须写成 2021-10-31T09:00:00+08:00 的样子",
    "datetime_parsing": "须写成 2021-10-31T09:00:00+08:00 的样子",
    "datetime_from_date_parsing": "须写成 2021-10-31T09:00:00+08:00 的样子",
    "timezone_aware": "须写明时区，如 2021-10-31T09:00:00+08:00",
    "model_type": "不是一条记录",
}
_OF_SYSTEM = {
    errno.EACCES: "没有权限",
    errno.EPERM: "系统不允许",
    errno.ENOENT: "不存在",
    errno.EEXIST: "已经存在",
    errno.EISDIR: "是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENXIO: "不是普通文件（管道、套接字或设备）",
    errno.ENAMETOOLONG: "名称过长",
    errno.ELOOP: "链接指来指去",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "超过系统允许的文件大小",
    errno.EROFS: "磁盘只能读",
    errno.EIO: "磁盘没有应答",
    errno.ESTALE: "网络文件夹已失效",
    errno.ETIMEDOUT: "没有应答",
    errno.EBUSY: "正被占用",
    errno.ETXTBSY: "正被占用",
    errno.EMFILE: "打开的文件过多",
    errno.ENFILE: "打开的文件过多",
    errno.EADDRINUSE: "已被占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
    socket.EAI_NONAME: "没有这个主机名",
    socket.EAI_AGAIN: "查不到这个主机名",
}


_PLACE_IN_TOML = re.compile(r" \((?:at line (\d+), column (\d+)|at end of document)\)$")


def reason_of(error: Exception) -> str:
    """What is wrong: each field with its reason, why the system refused, or where a file cannot be understood; any
    other error says it itself."""
    if isinstance(error, tomllib.TOMLDecodeError):
        return _in_toml(str(error))
    if isinstance(error, UnicodeDecodeError):
        line = error.object[: error.start].count(b"\n") + 1
        return f"第 {line} 行不是 UTF-8 编码，请另存为 UTF-8"
    if not isinstance(error, ValidationError):
        return _of_system(error)
    return "；".join(reason_of_field(each) for each in error.errors(include_url=False))


def _of_system(error: Exception) -> str:
    """Why the system refused, also where another library only repeats what the system said."""
    number = error.errno if isinstance(error, OSError) else None
    said = str(error)
    repeated = (reason for known, reason in _OF_SYSTEM.items() if os.strerror(known) in said)
    return _OF_SYSTEM.get(number or 0) or next(repeated, None) or getattr(error, "strerror", None) or said


def _in_toml(said: str) -> str:
    """Where a TOML file is wrong, with what its reader says of it in English."""
    found = _PLACE_IN_TOML.search(said)
    if found is None:
        return said
    place = f"第 {found[1]} 行第 {found[2]} 个字处写错" if found[1] else "文件没有写完"
    return f"{place}（{said[: found.start()]}）"


def reason_of_field(error: ErrorDetails) -> str:
    """The field and what is wrong with it."""
    field = ".".join(str(part) for part in error["loc"])
    said = error["ctx"]["error"] if error["type"] == "value_error" else _OF_FIELDS.get(error["type"], error["msg"])
    return f"{field} {said}".strip()
