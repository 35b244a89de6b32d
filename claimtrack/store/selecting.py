"""Questions in SQL that read the store and can change nothing: neither it, nor another file."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from claimtrack.errors import UsageError
from claimtrack.store.file import connect, explained

__all__ = ["Answer", "select", "views"]

READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE})


@dataclass(frozen=True)
class Answer:
    """The rows that a question gave, by the names of their columns; `is_cut`: there are more than were asked for."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, object], ...]
    is_cut: bool


def select(path: Path, sql: str, limit: int | None = None) -> Answer:
    """Ask a store one question in SQL; at most `limit` rows, None for all.

    The file is opened for reading only, and a guard refuses all that does not read, before it runs.

    Raises:
        UsageError: it is no SQL, more than one statement, or would do anything but read.
        StoreError: the file cannot be read.
    """
    with explained(path):
        db = connect(path, readonly=True)
    try:
        db.set_authorizer(_allow)
        cursor = db.execute(sql)
        rows = cursor.fetchall() if limit is None else cursor.fetchmany(limit + 1)
    except sqlite3.Error as error:
        raise UsageError(_explain(str(error))) from error
    finally:
        db.close()
    columns = _named([column[0] for column in cursor.description or ()])
    found = tuple(dict(zip(columns, map(_plain, row), strict=True)) for row in rows[:limit])
    return Answer(columns, found, limit is not None and len(rows) > limit)


def views(path: Path) -> Answer:
    """The flat views of a store, and their columns."""
    names = select(path, "SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name").rows
    found = [(str(row["name"]), select(path, f'SELECT * FROM "{row["name"]}" LIMIT 0').columns) for row in names]
    rows: tuple[dict[str, object], ...] = tuple({"view": name, "columns": ", ".join(cols)} for name, cols in found)
    return Answer(("view", "columns"), rows, is_cut=False)


def _allow(action: int, _: str | None, second: str | None, *__: str | None) -> int:
    """Allow what reads; functions too, but those that reach outside."""
    reads = action in READING or (action == sqlite3.SQLITE_FUNCTION and second != "load_extension")
    return sqlite3.SQLITE_OK if reads else sqlite3.SQLITE_DENY


def _explain(said: str) -> str:
    if "not authorized" in said or "readonly" in said or "prohibited" in said:
        return f"sql only reads: one SELECT, or WITH … SELECT. ({said})"
    how = "`claimtrack sql` without a question lists the views and their columns."
    return f"SQLite cannot answer: {said.rstrip('.')}. {how}"


def _named(columns: list[str]) -> tuple[str, ...]:
    """Column names, each once: a second "id" becomes "id_2"."""
    seen: dict[str, int] = {}
    named = []
    for column in columns:
        seen[column] = seen.get(column, 0) + 1
        named.append(column if seen[column] == 1 else f"{column}_{seen[column]}")
    return tuple(named)


def _plain(value: object) -> object:
    """Bytes as hexadecimal digits: no format of text holds them."""
    return value.hex() if isinstance(value, bytes) else value
