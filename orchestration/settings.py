"""The configuration of a home (``jixiao.toml``): checked when it loads; what is not said has a default."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails

from orchestration.alerting.channels import Channel, check_name
from transforms.departments.registry import Registry, RegistryError, default_registry
from warehouse.errors import UsageError
from warehouse.files import read_file
from warehouse.home import Home
from warehouse.reasons import reason_of


class Settings(BaseModel):
    """What a bureau may configure. ``registry`` is a path, relative ones from the home folder."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    registry: Path | None = Field(None, description="部门名录（CSV），缺省用系统自带的名录")
    deadline: str = Field("06-30", description="次年报送截止日（月-日）")
    keep_releases: int = Field(30, ge=2, le=10_000, description="保留的发布版本数")
    settle_seconds: float = Field(2.0, ge=0, le=86400, description="文件静置多少秒后才收取")
    largest_file_mib: int = Field(50, ge=1, le=1024, description="单个文件上限（MiB）")
    bureau: str | None = Field(
        None, min_length=1, max_length=60, description="退回单的落款单位，缺省为名录中的区县名加“财政局”"
    )
    reply_days: int = Field(10, ge=1, le=365, description="收到退回单后几日内答复")
    workers: int | None = Field(None, ge=1, le=64, description="读取进程数，缺省为处理器核数")
    postgres: str | None = Field(
        None, pattern=r"^\$\{\w+\}$", description="Dagster 的记录存入 PostgreSQL：写成 ${存有地址的环境变量}"
    )
    fresh_nights: int = Field(2, ge=1, le=366, description="几天之内没有成功的夜间任务就告警")
    least_free_gib: float = Field(2.0, ge=0, le=1e9, description="磁盘剩余少于多少 GiB 时告警")
    channels: dict[str, Channel] = Field(default_factory=dict, description="告警通道，每个一节 [channels.名称]")
    alert_attempts: int = Field(3, ge=1, le=10, description="一个告警通道每次任务最多失败几次")

    @field_validator("deadline")
    @classmethod
    def _is_month_and_day(cls, value: str) -> str:
        try:
            date.fromisoformat(f"2023-{value}")
        except ValueError as error:
            raise ValueError("应为“月-日”，如 06-30") from error
        return value

    @field_validator("channels")
    @classmethod
    def _have_names(cls, value: dict[str, Channel]) -> dict[str, Channel]:
        for name in value:
            check_name(name)
        return value

    @property
    def postgres_variable(self) -> str | None:
        """The environment variable with the address of Dagster's database; None when it keeps its own files."""
        return self.postgres[2:-1] if self.postgres else None

    @property
    def month_and_day(self) -> tuple[int, int]:
        """The deadline in the year after the fiscal year."""
        month, day = self.deadline.split("-")
        return int(month), int(day)


def load_settings(home: Home) -> Settings:
    """The home's settings; UsageError names the key, the value and what is allowed."""
    try:
        return Settings.model_validate(tomllib.loads(read_file(home.config).decode("utf-8-sig")))
    except (FileNotFoundError, NotADirectoryError):
        return Settings.model_validate({})
    except OSError as error:
        raise UsageError(f"配置文件 {home.config} 不能读取：{reason_of(error)}。", str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"配置文件 {home.config} 不是有效的 TOML：{reason_of(error)}。", str(error)) from error
    except ValidationError as error:
        problems = "；".join(_problem_text(problem) for problem in error.errors())
        raise UsageError(f"配置文件 {home.config} 有误：{problems}", str(error)) from error


_EXPECTED = {
    "extra_forbidden": "没有这一项，可用的有 {known}",
    "missing": "缺少这一项",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "literal_error": "只能是 {expected} 之一",
    "value_error": "{error}",
    "int": "应为整数",
    "float": "应为数字",
    "string_pattern_mismatch": "{pattern_said}",
    "string_too_short": "不能为空",
    "string_too_long": "不能多于 {max_length} 个字",
    "string": "应为带引号的文字",
    "path": "应为带引号的路径",
    "tuple": "应为方括号中的列表",
    "model": "应为一节，写成 [{key}]",
    "dict": "应为若干节，写成 [{key}.名称]",
}
"""Kind of a problem that pydantic finds (or how its kind begins) -> what to say of it."""
_PATTERNS = {
    "server": "应以 http:// 或 https:// 开头",
    "postgres": "应写成 ${环境变量}，地址和口令放在那个环境变量里",
}
"""Key whose text has a form -> what that is."""
_SECRET = ("postgres",)
_CHANNELS = "channels"


def _problem_text(problem: ErrorDetails) -> str:
    """One wrong key or value, and what is allowed; of a channel's values only those that can hold no secret."""
    kind, place = problem["type"], problem["loc"]
    key = ".".join(map(str, place))
    form = next((form for start, form in _EXPECTED.items() if kind.startswith(start)), problem["msg"])
    known = "、".join((Channel if place[0] == _CHANNELS else Settings).model_fields)
    context = {name: str(value).replace(" or ", ", ") for name, value in problem.get("ctx", {}).items()}
    said = form.format(key=key, known=known, pattern_said=_PATTERNS.get(str(place[-1])), **context)
    is_shown = kind != "missing" and place[0] not in _SECRET and (place[0] != _CHANNELS or place[2:3] == ("kinds",))
    return f"“{key} = {problem['input']!r}”：{said}" if is_shown else f"“{key}”：{said}"


def load_registry(home: Home, settings: Settings) -> Registry:
    """The registry that the settings name, or the one the project ships; UsageError when it cannot be used."""
    if settings.registry is None:
        return default_registry()
    path = home.path / settings.registry
    try:
        return Registry.load(path)
    except FileNotFoundError as error:
        raise UsageError(f"找不到部门名录 {path}，请检查配置文件 {home.config}。") from error
    except OSError as error:
        raise UsageError(f"部门名录 {path} 不能读取：{reason_of(error)}。请检查配置文件 {home.config}。") from error
    except RegistryError as error:
        raise UsageError(f"部门名录不能使用：{error}", str(error)) from error
