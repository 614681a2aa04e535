"""The only door to Great Expectations: one suite a phase over the batch's evidence, its counts, its Data Docs.

Great Expectations takes seconds to import, so it is imported when a suite is run, never when this module is; a night
runs it in a process of its own (``expectations.second_opinion``). What violates is told by DuckDB
(``expectations.judging``).
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from threading import RLock
from types import ModuleType
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from expectations.catalogue import Catalogue, Phase, Rule
from expectations.data_docs import make_self_contained
from expectations.judging import phase_table, violation_query
from expectations.kept_evidence import show
from warehouse.connection import sqlalchemy_url
from warehouse.deferral import deferred
from warehouse.errors import SystemFault

Untyped = Any
"""An object of Great Expectations; its own types are left out, since loading them loads the library."""

_UNASKED = ("altair", "scipy.stats")
"""A third of what the library loads: charts and distributions, of which no rule knows."""
_SOURCE = "evidence"
_SEVERITY = {"blocking": "critical", "warning": "warning", "information": "info"}
_FAULT = "规则评判引擎出错，本次不作评判。"


class _DuckDb(str):
    """A dialect's name in the form in which Great Expectations lists its own."""

    __slots__ = ()
    value = "duckdb"


class _CompiledOnce(BytecodeCache):
    """Templates by name and text: Great Expectations makes an environment a kind of page, each of which would compile
    them."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was compiled before."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled."""
        self._codes[bucket.key, bucket.checksum] = bucket.code


def run_suites(catalogue: Catalogue, database: Path, docs: Path | None = None) -> dict[str, int]:
    """Validate a judged batch once by every suite: rule id to its number of violations.

    ``database``: the evidence as ``expectations.judging.run_rules`` left it. ``docs``: a folder (absent or empty) for
    the Data Docs, readable without any network. Raises SystemFault when the engine fails on a rule: an error is never
    a verdict.
    """
    gx = load_library()
    show(database)
    with _quiet():
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False}
        source = context.data_sources.add_sql(_SOURCE, connection_string=sqlalchemy_url(database))
        try:
            results = _validate(gx, context, source, catalogue, docs)
        finally:
            source.get_execution_engine().close()
    counts = dict(_counts(results))
    if docs is not None:
        make_self_contained(docs, catalogue, counts)
    return counts


@cache
def load_library() -> ModuleType:
    """Great Expectations, imported and made fit for DuckDB."""
    with _quiet(), deferred(_UNASKED):
        os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
        import great_expectations as gx
        from great_expectations.execution_engine import sqlalchemy_execution_engine
        from great_expectations.render.view import view
        from tqdm import tqdm

        tqdm.set_lock(RLock())  # its own holds a semaphore, which a process that is ended early leaves behind
        keep_connections(sqlalchemy_execution_engine)
        compile_once(view)
        return gx


def keep_connections(engine_module: ModuleType) -> None:
    """Make Great Expectations hold its DuckDB connection open while it fetches.

    Without this it closes the connection before it reads the result, and every expectation ends in an error. The
    list is private: a version without it needs another look, hence a SystemFault and a test.
    """
    dialects = getattr(engine_module, "_PERSISTED_CONNECTION_DIALECTS", None)
    if dialects is None:
        raise SystemFault(_FAULT, "great_expectations has no _PERSISTED_CONNECTION_DIALECTS")
    if not any(dialect.value == _DuckDb.value for dialect in dialects):
        engine_module._PERSISTED_CONNECTION_DIALECTS = (*dialects, _DuckDb(_DuckDb.value))  # type: ignore[attr-defined]


def compile_once(view_module: ModuleType) -> None:
    """Make Great Expectations compile the templates of its Data Docs once."""
    view_module.Environment = partial(Environment, bytecode_cache=_CompiledOnce())  # type: ignore[attr-defined]


def compile_ahead() -> None:
    """Compile those templates now, for a process that has nothing else to do before it is asked."""
    load_library()
    from great_expectations.render.view.view import DefaultJinjaPageView

    templates = DefaultJinjaPageView().env
    for name in templates.list_templates(["j2"]):
        templates.get_template(name)


@contextmanager
def _quiet() -> Iterator[None]:
    """Deprecations inside Great Expectations and its remarks are of no use to an operator."""
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _validate(
    gx: ModuleType, context: Untyped, source: Untyped, catalogue: Catalogue, docs: Path | None
) -> list[Untyped]:
    """The results of the suites. No checkpoint runs them: it would store and compare everything once more."""
    definitions = [_definition(gx, context, source, phase) for phase in catalogue.phases]
    if docs is not None:
        context.add_data_docs_site("release", _site(docs))
    run_id = gx.RunIdentifier(run_name=f"catalogue-{catalogue.version}")
    results = [definition.run(run_id=run_id, result_format="SUMMARY") for definition in definitions]
    if docs is not None:
        context.build_data_docs()
    return results


def _definition(gx: ModuleType, context: Untyped, source: Untyped, phase: Phase) -> Untyped:
    name = phase_table(phase.number)
    batch = source.add_table_asset(name, table_name=name).add_batch_definition_whole_table("whole")
    suite = gx.ExpectationSuite(name=name, expectations=[_expectation(gx, rule) for rule in phase.rules])
    suite = context.suites.add(suite)
    return context.validation_definitions.add(gx.ValidationDefinition(name=name, data=batch, suite=suite))


def _expectation(gx: ModuleType, rule: Rule) -> Untyped:
    query = violation_query(rule, admitted="{batch}")
    notes = [f"依据：{rule.basis}", f"处理：{rule.remedy}", f"判断：{' '.join(query.split())}"]
    return gx.expectations.UnexpectedRowsExpectation(
        unexpected_rows_query=query,
        description=f"{rule.id} {rule.title}",
        notes=notes,
        meta={"rule_id": rule.id},
        severity=_SEVERITY[rule.level],
    )


def _site(docs: Path) -> dict[str, Any]:
    return {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(docs)},
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
    }


def _counts(suite_results: list[Untyped]) -> Iterator[tuple[str, int]]:
    for suite_result in suite_results:
        for result in suite_result.results:
            rule_id = result.expectation_config.meta["rule_id"]
            if _raised(result.exception_info):
                raise SystemFault(_FAULT, f"{rule_id}: {result.exception_info}")
            yield rule_id, int(result.result["observed_value"])


def _raised(info: object) -> bool:
    """Whether an expectation ended in an error; the information is one dict, or one a metric."""
    if not isinstance(info, dict):
        return False
    return bool(info.get("raised_exception")) or any(_raised(each) for each in info.values())
