"""The tables of a store, version by version, and how an older file is brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from claimtrack.errors import StoreError, StoreVersionError
from claimtrack.store.file import transaction
from claimtrack.store.flat_views import VIEWS

APPLICATION_ID = 0x636C6D74  # "clmt": tells our file from any other SQLite database

_FIRST = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    path TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.path')) STORED,
    record TEXT NOT NULL
);
CREATE INDEX documents_path ON documents(path);

CREATE TABLE claims (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    seated INTEGER NOT NULL DEFAULT 0,
    source_id TEXT GENERATED ALWAYS AS (json_extract(record, '$.source.id')) STORED,
    source TEXT GENERATED ALWAYS AS (json_extract(record, '$.source.name')) STORED,
    source_kind TEXT GENERATED ALWAYS AS (json_extract(record, '$.source.kind')) STORED,
    kind TEXT GENERATED ALWAYS AS (json_extract(record, '$.kind')) STORED,
    stance TEXT GENERATED ALWAYS AS (json_extract(record, '$.stance')) STORED,
    published TEXT GENERATED ALWAYS AS (json_extract(record, '$.published')) STORED,
    time_start TEXT GENERATED ALWAYS AS (json_extract(record, '$.time.start')) STORED,
    confidence REAL GENERATED ALWAYS AS (json_extract(record, '$.confidence')) STORED,
    point REAL GENERATED ALWAYS AS (json_extract(record, '$.likelihood.point')) STORED,
    position INTEGER GENERATED ALWAYS AS (json_extract(record, '$.spans[0][0]')) STORED,
    record TEXT NOT NULL
);
-- One index answers every filter and gives the order: newest first, then as in the document.
CREATE INDEX claims_list ON claims(
    published DESC, document, position, id, source_id, source, source_kind, kind, stance, confidence, point, time_start
);
CREATE INDEX claims_document ON claims(document, position);
CREATE INDEX claims_source ON claims(source_id, source, source_kind, document, published);
CREATE INDEX claims_unseated ON claims(id) WHERE seated = 0;

CREATE TABLE topics (
    topic TEXT NOT NULL,
    document TEXT NOT NULL,
    n INTEGER NOT NULL REFERENCES claims(n) ON DELETE CASCADE,
    PRIMARY KEY (topic, document, n)
) WITHOUT ROWID;
CREATE INDEX topics_claim ON topics(n);

CREATE VIRTUAL TABLE claim_words USING fts5(
    text, proposition, source, content='', tokenize='porter unicode61 remove_diacritics 2'
);

CREATE TABLE blocks (
    key TEXT NOT NULL,
    claim TEXT NOT NULL REFERENCES claims(id) ON DELETE CASCADE,
    side TEXT NOT NULL,
    paired INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (key, claim)
) WITHOUT ROWID;
CREATE INDEX blocks_claim ON blocks(claim);
CREATE TABLE stale_blocks (key TEXT PRIMARY KEY) WITHOUT ROWID;

-- record: a contradiction or near miss without its two claims, which stand in claims.
CREATE TABLE pairs (
    a TEXT NOT NULL REFERENCES claims(id) ON DELETE CASCADE,
    b TEXT NOT NULL REFERENCES claims(id) ON DELETE CASCADE,
    strength TEXT NOT NULL,
    id TEXT GENERATED ALWAYS AS (json_extract(record, '$.id')) STORED,
    kind TEXT GENERATED ALWAYS AS (json_extract(record, '$.kind')) STORED,
    reason TEXT GENERATED ALWAYS AS (json_extract(record, '$.reason')) STORED,
    score REAL GENERATED ALWAYS AS (json_extract(record, '$.score')) STORED,
    record TEXT NOT NULL,
    PRIMARY KEY (a, b)
);
CREATE INDEX pairs_b ON pairs(b);
CREATE INDEX pairs_id ON pairs(id);
CREATE INDEX pairs_best ON pairs(strength, score DESC, id);

CREATE TABLE aliases (alias TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;

CREATE TRIGGER claim_comes AFTER INSERT ON claims BEGIN
    INSERT INTO claim_words(rowid, text, proposition, source) VALUES (
        new.n, json_extract(new.record, '$.text'), json_extract(new.record, '$.proposition'),
        json_extract(new.record, '$.source.name'));
    INSERT OR IGNORE INTO topics SELECT value, new.document, new.n FROM json_each(new.record, '$.topics');
END;
CREATE TRIGGER claim_goes AFTER DELETE ON claims BEGIN
    INSERT INTO claim_words(claim_words, rowid, text, proposition, source) VALUES (
        'delete', old.n, json_extract(old.record, '$.text'), json_extract(old.record, '$.proposition'),
        json_extract(old.record, '$.source.name'));
END;
CREATE TRIGGER block_grows AFTER INSERT ON blocks BEGIN INSERT OR IGNORE INTO stale_blocks VALUES (new.key); END;
CREATE TRIGGER block_shrinks AFTER DELETE ON blocks BEGIN INSERT OR IGNORE INTO stale_blocks VALUES (old.key); END;
"""

_REVIEWS = """
ALTER TABLE claims ADD COLUMN added TEXT;
CREATE INDEX claims_added ON claims(added);

-- What a person's decisions changed. machine: the claim as it was extracted, where the one in claims is edited or none
-- is there any more; NULL where a person made the claim (the parts of a split one). added: as in claims.
CREATE TABLE reviewed (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    machine TEXT,
    added TEXT
) WITHOUT ROWID;
CREATE INDEX reviewed_document ON reviewed(document);
CREATE TABLE silenced (a TEXT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;

CREATE TABLE decisions (
    id TEXT PRIMARY KEY,
    at TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.at')) STORED,
    record TEXT NOT NULL
);
CREATE INDEX decisions_at ON decisions(at);
CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;
CREATE TRIGGER decisions_hold BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;
"""

_TOPICS = """
-- The words of name find claims on topic, too: a person reads both as one, or put topic under name.
CREATE TABLE topic_names (topic TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (topic, name)) WITHOUT ROWID;
-- Who holds a claim, without reading its row: to count the sources of a topic.
CREATE INDEX claims_voice ON claims(n, source_id);
"""

_PROPOSITIONS = """
-- Claims sit under the ids of their propositions as well, and the rules judge anew.
UPDATE claims SET seated = 0;
DELETE FROM pairs;
DELETE FROM blocks;
DELETE FROM stale_blocks;
"""

_MATTERS = """
ALTER TABLE pairs ADD COLUMN matter TEXT GENERATED ALWAYS AS (
    coalesce(nullif(json_extract(record, '$.group'), ''), json_extract(record, '$.id'))) VIRTUAL;
CREATE INDEX pairs_matter ON pairs(matter, strength, score DESC, id);
"""

_NEIGHBOURS = """
-- Where a claim lies in meaning, 384 signed bytes, and whether it has met those that lie near.
CREATE TABLE vectors (
    claim TEXT PRIMARY KEY REFERENCES claims(id) ON DELETE CASCADE,
    vector BLOB NOT NULL,
    met INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX vectors_lonely ON vectors(claim) WHERE met = 0;
ALTER TABLE pairs ADD COLUMN faint INTEGER GENERATED ALWAYS AS (
    coalesce(json_extract(record, '$.faint'), 0)) VIRTUAL;
ALTER TABLE pairs ADD COLUMN basis TEXT GENERATED ALWAYS AS (
    coalesce(json_extract(record, '$.basis'), 'rule')) VIRTUAL;
"""

_SCHEDULES = """
-- Claims that name a day sit in blocks of their own as well.
UPDATE claims SET seated = 0 WHERE json_extract(record, '$.time.text') IS NOT NULL;
"""

_OPINIONS = """
-- What a judge of the user's own answered, by a digest of model, prompt and claims.
CREATE TABLE opinions (key TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
"""

MIGRATIONS: tuple[str, ...] = (
    _FIRST, _REVIEWS, _TOPICS, _PROPOSITIONS, _MATTERS, _NEIGHBOURS, _SCHEDULES + _OPINIONS + VIEWS,
)  # fmt: skip
"""The script that leads from version n to n + 1, at place n; never edited once released."""


def bring_up_to_date(db: sqlite3.Connection, path: Path) -> None:
    """Run the migrations that a file lacks; a new file gets them all.

    Raises:
        StoreError: the file is the database of another program.
        StoreVersionError: a newer claimtrack wrote it.
    """
    _check_owner(db, path)
    _migrate(db, path)


def _check_owner(db: sqlite3.Connection, path: Path) -> None:
    ours = db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    if not ours and db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise StoreError(f"{str(path)!r} is an SQLite database of another program. Name another file with --db.")


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    version = _version(db)
    if version > len(MIGRATIONS):
        raise StoreVersionError(
            f"The store {str(path)!r} has version {version}, this claimtrack reads up to {len(MIGRATIONS)}: "
            "a newer claimtrack wrote it. Update claimtrack, or name another file with --db."
        )
    if version == len(MIGRATIONS):
        return
    db.execute("PRAGMA journal_mode = WAL")
    while (version := _version(db)) < len(MIGRATIONS):
        _upgrade(db, version)


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _upgrade(db: sqlite3.Connection, version: int) -> None:
    """Run one migration, unless another process was faster."""
    with transaction(db):
        if _version(db) != version:
            return
        for statement in _statements(MIGRATIONS[version]):
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {version + 1}")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would commit before it begins."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
