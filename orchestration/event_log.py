"""Dagster's event log in one SQLite file, over an engine that lasts as long as the instance.

Dagster's own storages build an engine, a connection and every statement anew for each event, 9 ms of it, look up the
columns of a table, and commit up to three times; with this one an event costs a tenth of that, and a night writes some
five hundred. A thread writes them, in their order, while the night goes on: what waits together, in one transaction,
and what happened to partitions of one asset, in one statement. Nothing of the project's data lies here.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from itertools import groupby, islice
from sqlite3 import Connection as SqliteConnection
from typing import Any

from dagster import AssetKey, DagsterEventType, EventLogEntry
from dagster._core.storage.event_log import AssetRecord, ConsolidatedSqliteEventLogStorage
from dagster._core.storage.event_log.schema import AssetKeyTable, SqlEventLogStorageTable
from dagster._serdes import ConfigurableClassData, serialize_value
from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.dialects.sqlite import insert

BUSY_SECONDS = 20
"""How long a statement waits for another process that is writing (the run, the daemon and the pages share a file)."""
_AT_ONCE = 1_000
"""Events of one transaction: others that write wait for no more."""
_OF_PARTITIONS = (DagsterEventType.ASSET_MATERIALIZATION.value, DagsterEventType.ASSET_OBSERVATION.value)


class LastingEventLog(ConsolidatedSqliteEventLogStorage):
    """The consolidated storage with one pooled engine; the same tables, so that it can be exchanged at any time.

    Whoever asks it waits for what was to be stored before; a stage that asks for the assets before it, for what tells
    of these alone. An event that could not be stored is an error of the next, or of whoever asks, at the latest at the
    end.
    """

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._begun = threading.local()
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="event-log")
        self._turn = threading.Condition()
        self._told: deque[tuple[AssetKey | None, EventLogEntry]] = deque()
        self._is_storing = False
        self._done = 0
        self._errors: deque[Exception] = deque()
        self._at_once = _AT_ONCE
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> LastingEventLog:
        """Dagster's way of making what dagster.yaml names."""
        return cls(inst_data=inst_data, **config_value)

    @cached_property
    def _engine(self) -> Engine:
        engine = create_engine(self._conn_string, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _spare_the_disk)
        return engine

    @contextmanager
    def _connect(self) -> Iterator[Connection]:
        """A connection in a transaction: the one that this thread has begun, else one of its own, which sees what was
        stored."""
        begun: Connection | None = getattr(self._begun, "connection", None)
        if begun is not None:
            yield begun
        else:
            self._settle(getattr(self._begun, "asked", None))
            with self._engine.begin() as connection:
                yield connection

    def store_event(self, event: EventLogEntry) -> None:
        """All that an event changes, in one transaction with others, soon."""
        asset_key = event.dagster_event.asset_key if event.dagster_event else None
        with self._turn:
            self._raise_error()
            if not self._is_storing:
                self._writer.submit(self._store)
                self._is_storing = True
            self._told.append((asset_key, event))  # last: whoever is interrupted before has nothing to wait for

    def get_asset_records(self, asset_keys: Sequence[AssetKey] | None = None) -> Sequence[AssetRecord]:
        """As Dagster's own."""
        self._begun.asked = None if asset_keys is None else frozenset(asset_keys)
        try:
            return super().get_asset_records(asset_keys)
        finally:
            self._begun.asked = None

    def _settle(self, asset_keys: Set[AssetKey] | None) -> None:
        """Waits until everything is stored that tells of these assets (None: everything); the first error is raised."""
        with self._turn:
            later = (
                place for place, (key, _) in enumerate(reversed(self._told)) if asset_keys is None or key in asset_keys
            )
            wanted = self._done + len(self._told) - next(later, len(self._told))
            self._turn.wait_for(lambda: self._done >= wanted)
            self._raise_error()

    def _raise_error(self) -> None:
        if self._errors:
            raise self._errors.popleft()

    def _store(self) -> None:
        """What was told, and is told meanwhile. Where some cannot be stored together, each is from then on stored by
        itself, so that one alone is lost."""
        while events := self._next():
            try:
                self._store_together(events)
            except Exception as error:
                if len(events) > 1:
                    self._at_once = 1
                    continue
                self._errors.append(error)
            with self._turn:
                for _ in events:
                    self._told.popleft()
                self._done += len(events)
                self._turn.notify_all()

    def _next(self) -> list[EventLogEntry]:
        with self._turn:
            events = [event for _, event in islice(self._told, self._at_once)]
            self._is_storing = bool(events)
            return events

    def _store_together(self, events: Sequence[EventLogEntry]) -> None:
        with self._engine.begin() as connection:
            self._begun.connection = connection
            try:
                for partitioned, alike in groupby(events, _partitioned):
                    if partitioned:
                        self._store_partitions(connection, list(alike))
                    else:
                        for event in alike:
                            super().store_event(event)
            finally:
                self._begun.connection = None

    def _store_partitions(self, connection: Connection, events: Sequence[EventLogEntry]) -> None:
        """What happened to partitions of one asset: of the asset itself the last event tells."""
        table = SqlEventLogStorageTable
        statement = table.insert().returning(table.c.id, sort_by_parameter_order=True)
        ids = connection.execute(statement, self._rows(events)).scalars().all()
        self.store_asset_event_tags(events, ids)
        self.store_asset_event(events[-1], ids[-1])

    def _rows(self, entries: Sequence[EventLogEntry]) -> list[dict[str, Any]]:
        """The rows that Dagster would make of them, which takes it longer than to store them; what they have in common
        is made once."""
        told = [entry.get_dagster_event() for entry in entries]
        texts = [serialize_value(event.event_specific_data) for event in told]
        common = self._event_to_row(entries[0])
        before, after = common["event"].split(texts[0])
        return [
            {**common, "event": before + text + after, "partition": event.partition}
            for event, text in zip(told, texts, strict=True)
        ]

    def _store_asset_event(self, conn: Connection, event: EventLogEntry, event_id: int) -> None:
        """As Dagster's own, which would insert first, and fail, what is known since the first night."""
        asset_key = event.dagster_event.asset_key if event.dagster_event else None
        has_columns = self._has_asset_key_index_cols_on_connection(conn)
        if asset_key and (values := self._get_asset_entry_values(event, event_id, has_columns)):
            row = insert(AssetKeyTable).values(asset_key=asset_key.to_string(), **values)
            conn.execute(row.on_conflict_do_update(index_elements=[AssetKeyTable.c.asset_key], set_=values))

    @cached_property
    def _asset_columns(self) -> frozenset[str]:
        return frozenset(column["name"] for column in inspect(self._engine).get_columns(AssetKeyTable.name))

    def _has_asset_key_col_on_connection(self, conn: Connection, column_name: str) -> bool:
        """Asked at every event of an asset."""
        return column_name in self._asset_columns

    @cached_property
    def _tables(self) -> frozenset[str]:
        return frozenset(inspect(self._engine).get_table_names())

    def has_table(self, table_name: str) -> bool:
        """Asked at most events; the storage makes all its tables before the first."""
        return table_name in self._tables

    def dispose(self) -> None:
        """Closes the engine's connections too, when everything is stored."""
        self._writer.shutdown()
        super().dispose()  # type: ignore[no-untyped-call]
        self._engine.dispose()
        self._settle(None)


def _partitioned(entry: EventLogEntry) -> tuple[AssetKey, EventLogEntry] | None:
    """What an event has in common with others of partitions of the same asset; None for all other events."""
    told = entry.dagster_event
    if told is None or told.event_type_value not in _OF_PARTITIONS or told.asset_key is None or told.partition is None:
        return None
    return told.asset_key, entry._replace(dagster_event=told._replace(event_specific_data=None))


def _spare_the_disk(connection: SqliteConnection, _: object) -> None:
    """No flush an event: a power cut may lose the last lines of this log, never damage it (it is in WAL mode)."""
    connection.execute("PRAGMA synchronous = NORMAL")
