"""The store is whole after whatever befalls it, and brings older files up to date."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from claimtrack.errors import StoreError, StoreVersionError
from claimtrack.store import Query, Store, TopicCount, migrations
from tests.conftest import make_claim
from tests.store.conftest import article

_ENDLESS = """
import sys
from claimtrack.store import Store
from tests.conftest import make_claim, make_document
with Store(sys.argv[1]) as store:
    for number in range(100_000):
        document = make_document(f"Text {number}.", path=f"{number}.txt")
        store.add(document, [make_claim(document, topics=("t",), kind=kind) for kind in ("fact", "opinion", "cause")])
        print(number, flush=True)
"""


def test_store_is_whole_after_a_kill(path: Path) -> None:
    """A writer killed at any moment leaves whole documents only, and all that it said it stored."""
    root = Path(__file__).parent.parent.parent
    environment = os.environ | {"PYTHONPATH": str(root)}
    command = [sys.executable, "-c", _ENDLESS, str(path)]
    with subprocess.Popen(command, env=environment, cwd=root, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for _ in range(30):
            said = writer.stdout.readline()
        time.sleep(0.003)
        writer.send_signal(signal.SIGKILL)
    with Store(path) as store:
        documents = list(store.documents())
        assert len(documents) > int(said)
        for document in documents:
            assert len(list(store.claims_of(document.id))) == 3
        assert store.topics() == [TopicCount("t", 3 * len(documents), len(documents))]
        assert store.count_claims(Query(search="text")) == 3 * len(documents)
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_store_undoes_a_document_that_fails_midway(store: Store) -> None:
    """An exception inside a transaction leaves the store as it was."""
    document = article(1)
    store.add(document, [make_claim(document)])

    def fail() -> None:
        with store.transaction():
            store._db.execute("DELETE FROM claims")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert store.count_claims() == 1


def test_store_upgrades_an_older_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of an older version is migrated step by step, its claims kept; a newer one is refused."""
    document = article(1)
    with Store(path) as store:
        store.add(document, [make_claim(document)])
    more = (*migrations.MIGRATIONS, "CREATE TABLE extra (x);", "INSERT INTO extra VALUES (1);")
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", more)
        with Store(path) as store:
            assert store.rows("SELECT x FROM extra") == [(1,)]
            assert store.count_claims() == 1
    with pytest.raises(StoreVersionError, match="has version 9, this claimtrack reads up to 7: a newer claimtrack"):
        Store(path)


def test_store_brings_a_file_of_the_first_version_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was stored before there were decisions can be listed, and decided on."""
    document = article(1)
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:1])
        store = Store(path)
        store._db.execute("INSERT INTO documents(id, record) VALUES (?, ?)", (document.id, document.model_dump_json()))
        claim = make_claim(document)
        row = (claim.id, document.id, claim.model_dump_json())
        store._db.execute("INSERT INTO claims(id, document, record) VALUES (?, ?, ?)", row)
        store.close()
    with Store(path) as store:
        assert list(store.claims()) == [claim]
        assert store.added(claim.id) is None
        store.rewrite(document.id, [], {claim.id: claim})
        assert list(store.claims()) == []
        assert store.machine_claims(document.id) == [claim]


def test_store_undoes_a_migration_that_fails(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration is run whole or not at all."""
    Store(path).close()
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, "CREATE TABLE extra (x);\nNONSENSE;"))
        with pytest.raises(StoreError, match="syntax error"):
            Store(path)
    with Store(path) as store:
        assert store.rows("SELECT count(*) FROM sqlite_master WHERE name = 'extra'") == [(0,)]
