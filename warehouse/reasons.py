"""What pydantic found wrong in a file that people write, in Chinese. Which file and line it is says the caller."""

from __future__ import annotations

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_REASONS = {
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


def reason_of(error: ValueError) -> str:
    """What is wrong, each field with its reason; an error that is no pydantic one says it itself."""
    if not isinstance(error, ValidationError):
        return str(error)
    return "；".join(reason_of_field(each) for each in error.errors(include_url=False))


def reason_of_field(error: ErrorDetails) -> str:
    """The field and what is wrong with it."""
    field = ".".join(str(part) for part in error["loc"])
    said = error["ctx"]["error"] if error["type"] == "value_error" else _REASONS.get(error["type"], error["msg"])
    return f"{field} {said}".strip()
