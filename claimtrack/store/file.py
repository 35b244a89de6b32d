"""The file of a store: where it may stand, how it is opened and held, and what SQLite's complaints mean."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claimtrack.errors import StoreError

BUSY_SECONDS = 60.0  # another claimtrack may hold the file while it judges a batch of pairs


def check_place(path: Path, create: bool) -> None:
    """Say what is wrong with a path in clearer words than SQLite's "unable to open database file".

    Raises:
        StoreError: it is a folder, has no folder, or, unless it is to be made, is not there.
    """
    if path.is_dir():
        raise StoreError(f"The store {str(path)!r} is a folder. Name a file in it with --db, such as claimtrack.db.")
    if path.exists():
        return
    if not create:
        raise StoreError(f"No store at {str(path)!r}. Make one with `claimtrack extract PATH…`, or name one with --db.")
    if not path.parent.is_dir():
        raise StoreError(f"The store {str(path)!r} cannot be made: there is no folder {str(path.parent)!r}.")


def connect(path: Path, *, readonly: bool = False) -> sqlite3.Connection:
    """Open the file; one that may not be written is opened for reading only, others where that is asked for."""
    locked = path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
    uri = path.absolute().as_uri() + (_reading(path) if locked else "?mode=ro" if readonly else "")
    db = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA synchronous = NORMAL")
    return db


def _reading(path: Path) -> str:
    """How to open a file that may not be written: as one that nobody changes, unless a writer left a journal beside it.

    SQLite would not look at the journal then, and not see the last documents.
    """
    journal = path.with_name(f"{path.name}-wal")
    left = journal.exists() and journal.stat().st_size > 0
    return "?mode=ro" if left else "?mode=ro&immutable=1"


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Hold the file for writing until the block ends; an exception, or a kill, undoes all of it."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Tell SQLite's errors about a file so that they name it and the next step.

    Raises:
        StoreError: in place of an error of SQLite's.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(_explain(path, error)) from error


def _explain(path: Path, error: sqlite3.Error) -> str:
    """What an SQLite error means for the user, and what to do."""
    said = str(error)
    reasons = {
        "not a database": "is not an SQLite file. Name another file with --db.",
        "malformed": "is damaged. Restore a copy, or extract the documents into a new store.",
        "disk is full": "cannot grow: the disk is full. What was stored before is whole; make room and run it again.",
        "readonly": "may not be written. Copy it to a folder of yours, or name another file with --db.",
        "unable to open": "cannot be opened or made: its folder may not be written. Name another file with --db.",
        "disk I/O error": "cannot be read or written: the disk or its folder fails. What was stored before is whole.",
        "locked": "is in use by another program that does not let go. Try again when it is done.",
    }
    reason = next((text for sign, text in reasons.items() if sign in said), f"failed: {said}")
    return f"The store {str(path)!r} {reason}"
