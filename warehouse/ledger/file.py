"""The ledger's SQLite file: opened safely, checked, made, set aside when damaged. What stands in it: the ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from os import W_OK, access
from pathlib import Path

from warehouse.errors import LedgerFault
from warehouse.ledger.states import MOVES

SCHEMA_VERSION = 2
PATIENCE_SECONDS = 30
"""How long a statement waits for another process's transaction."""


_LATER = "台账暂时无法打开，请稍后再试。"
_READ_ONLY = "台账所在的目录只能读、不能写，台账无法打开。请改正权限，或检查磁盘。"
_OUT_OF_REACH = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)
"""What stands in the way of a sound file."""


class Damaged(LedgerFault):
    """The file is no sound ledger of this schema version; it can be made again from the archive."""


def connect(path: Path) -> sqlite3.Connection:
    """An open connection to a sound ledger of this schema version, made if absent.

    Damaged when the file is broken; LedgerFault when it is locked, unreachable or of a newer version.
    """
    connection = sqlite3.connect(path, isolation_level=None, timeout=PATIENCE_SECONDS)
    try:
        _prepare(connection)
    except sqlite3.OperationalError as error:
        connection.close()
        raise LedgerFault(_LATER if access(path.parent, W_OK) else _READ_ONLY, f"{path}: {error}") from error
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        connection.close()
        raise Damaged("台账文件已损坏。", f"{path}: {error}") from error
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of the statements inside, or none; LedgerFault when the disk or another process stands in the way."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError):
            raise LedgerFault("台账无法写入，请检查磁盘后再试。", str(error)) from error
        raise


def is_out_of_reach(error: BaseException) -> bool:
    """Whether an error says that the file cannot be read just now, rather than that it is damaged."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _OUT_OF_REACH


def problem_of(path: Path) -> str | None:
    """What is wrong with a ledger, in Chinese, or None; nothing is made, mended or set aside."""
    if not path.exists():
        return "台账不在了，下一次任务会由归档重建。"
    # Even to read, SQLite writes beside the file; where nobody can, nobody changes it meanwhile either.
    is_still = not access(path.parent, W_OK) and not path.with_name(f"{path.name}-wal").is_file()
    how = "mode=ro&immutable=1" if is_still else "mode=rw"
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=PATIENCE_SECONDS)
    try:
        _check(connection)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if is_out_of_reach(error):
            return f"{_LATER}（{error}）"
        return f"台账已损坏，下一次任务会由归档重建（{error}）。"
    finally:
        connection.close()
    return None


def set_aside(path: Path) -> Path | None:
    """Rename a damaged ledger with its companions, so that somebody can look into it; where it is now."""
    if not path.exists():
        return None
    number = 1 + sum(1 for _ in path.parent.glob(f"{path.name}.damaged-*[0-9]"))
    aside = path.with_name(f"{path.name}.damaged-{number}")
    for ending in ("-wal", "-shm", ""):
        companion = path.with_name(path.name + ending)
        if companion.exists():
            companion.replace(aside.with_name(aside.name + ending))
    return aside


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise LedgerFault("台账由更新的程序版本写成，请升级程序。", f"ledger schema {version} > {SCHEMA_VERSION}")
    if 0 < version < SCHEMA_VERSION:
        raise Damaged("台账由较早的程序版本写成，须从归档重建。", f"ledger schema {version} < {SCHEMA_VERSION}")
    if version == 0:
        _create(connection)
    _check(connection)


def _create(connection: sqlite3.Connection) -> None:
    schema = files("warehouse.ledger").joinpath("ledger.sql").read_text("utf-8")
    moves = ", ".join(f"('{before}', '{after}')" for before in MOVES for after in MOVES[before])
    connection.executescript(
        f"BEGIN IMMEDIATE; {schema} INSERT INTO legal_move VALUES {moves};"
        f" PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
    )


def _check(connection: sqlite3.Connection) -> None:
    """Raise sqlite3.DatabaseError when pages are damaged or an intake has lost receipts."""
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(found)
    incomplete = connection.execute(
        "SELECT count(*) FROM intake WHERE receipt_count <>"
        " (SELECT count(*) FROM receipt WHERE receipt.intake_id = intake.intake_id)"
    ).fetchone()[0]
    if incomplete:
        raise sqlite3.DatabaseError(f"{incomplete} intakes have lost receipts")
