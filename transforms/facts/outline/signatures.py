"""What stands below the last lines of a report and is no part of them: who signed it and when, seals, attachments."""

from __future__ import annotations

import re

LONGEST_SIGNATURE = 50
_SIGNED = re.compile(
    r"[。\s]*(?:[^。:]{0,8}(?:时间|日期|单位|人|电话)[(（]?[^:。]{0,6}:.*|(?:\d{4}|[二〇零○一]{4})年.{1,3}月(?:.{1,3}日)?"
    r"|20\d\d(?P<mark>[./-])\d{1,2}(?:(?P=mark)\d{1,2})?"
    r"|[(（]?(?:公章|盖章|附件|附表|抄送|抄报|(?:此|本)页无正文).*|[^。,;:]{2,30}(?:办事处|人民政府|委员会|局)(?:[(（].*|(?:20\d\d|[二〇零○一]{4})年.{1,3}月(?:.{1,3}日)?)?"
    r"|[^,。;:]{0,8}自评[^,。;:\d]{0,6}:?[\d.]{2,6}分?(?:[,(][^。]{0,12})?)[。\s]*"
)


def is_signature(text: str) -> bool:
    """Whether a normalised text without a number is no more than that."""
    return len(text) <= LONGEST_SIGNATURE and bool(_SIGNED.fullmatch(text))
