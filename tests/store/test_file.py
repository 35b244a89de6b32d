"""Each wrong file or place is named, with what to do."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from claimtrack.errors import StoreError
from claimtrack.store import Store
from tests.conftest import make_claim, make_document
from tests.store.conftest import article


def test_store_refuses_what_is_no_store(tmp_path: Path) -> None:
    """Each wrong place is named, with what to do."""
    (tmp_path / "text.db").write_text("This is no database. " * 100)
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE t (x)")
    other.close()
    for name, message in {
        "": "is a folder. Name a file in it with --db",
        "text.db": "is not an SQLite file. Name another file with --db",
        "other.db": "is an SQLite database of another program",
        "no/where.db": "cannot be made: there is no folder",
    }.items():
        with pytest.raises(StoreError, match=message):
            Store(tmp_path / name)
    assert (tmp_path / "text.db").read_text().startswith("This is no database.")


def test_store_is_not_made_where_it_should_be_read(path: Path) -> None:
    """A command that reads says that there is no store, and makes none."""
    with pytest.raises(StoreError, match=r"No store at .* Make one with `claimtrack extract PATH…`"):
        Store(path, create=False)
    assert not path.exists()


def test_store_is_read_where_it_may_not_be_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store in a read-only place answers, and says so when it should be written."""
    document = article(1)
    with Store(path) as store:
        store.add(document, [make_claim(document)])
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Store(path) as store:
        assert store.count_claims() == 1
        with pytest.raises(StoreError, match="may not be written"):
            store.add(article(2), [])


def test_store_says_when_the_disk_is_full(store: Store) -> None:
    """A full disk is named, and what was stored before stays."""
    document = article(1)
    store.add(document, [make_claim(document)])
    store._db.execute(f"PRAGMA max_page_count = {store.rows('PRAGMA page_count')[0][0]}")
    big = make_document("word " * 100_000, path="big.txt")
    with pytest.raises(StoreError, match=r"the disk is full\. What was stored before is whole"):
        store.add(big, [])
    assert list(store.documents()) == [document]
