"""The store: one SQLite file with documents, their claims, and the pairs of claims that clash.

Every record is kept as its JSON text; what is filtered or sorted by stands beside it in generated columns, and
topics, full-text words and stale blocks follow by trigger. A document comes and goes in one transaction, so that a
kill at any moment leaves the store as it was before or as it is after, never between.

Pairing works on blocks: claims on different sides of one may clash. A block pairs its first members by claim id
(`tracking` says how many), so that the pairs depend on what is stored and not on the order it came in.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

from claimtrack import clock
from claimtrack.errors import StoreError, StoreVersionError

if TYPE_CHECKING:
    from claimtrack.schema import Claim, Contradiction, Decision, Document, NearMiss, Record

__all__ = ["AliasLine", "Block", "Member", "PairQuery", "Query", "SourceCount", "Store", "TopicCount", "singular",
           "words"]

SqlValue = str | float | None
R = TypeVar("R", bound="Record")

APPLICATION_ID = 0x636C6D74  # "clmt": tells our file from any other SQLite database
BUSY_SECONDS = 60.0  # another claimtrack may hold the file while it judges a batch of pairs

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

# Distinct values by leaps along an index: reading all of it would cost a third of a second at 100,000 claims.
_TOPIC_SLUGS = """
WITH RECURSIVE leap(topic) AS (
    SELECT min(topic) FROM topics
    UNION ALL SELECT (SELECT min(topic) FROM topics WHERE topic > leap.topic) FROM leap WHERE topic IS NOT NULL
) SELECT topic FROM leap WHERE topic IS NOT NULL
"""
_SILENT = "NOT EXISTS (SELECT 1 FROM silenced s WHERE s.a = pairs.a AND s.b = pairs.b)"  # a person rejected the pair
_SOURCE_NAMES = """
WITH RECURSIVE leap(id, name) AS (
    SELECT * FROM (SELECT source_id, source FROM claims ORDER BY 1, 2 LIMIT 1)
    UNION ALL SELECT next.source_id, next.source FROM leap JOIN claims next ON next.n = (
        SELECT n FROM claims WHERE (source_id, source) > (leap.id, leap.name) ORDER BY source_id, source LIMIT 1)
) SELECT id, name FROM leap
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

MIGRATIONS: tuple[str, ...] = (_FIRST, _REVIEWS, _TOPICS, _PROPOSITIONS, _MATTERS)
"""The script that leads from version n to n + 1, at place n; never edited once released."""


@dataclass(frozen=True, kw_only=True)
class Query:
    """Which claims; None filters nothing, and a claim must pass every filter given.

    `topic`: every word must be a word of the claim's topic slugs taken together ("iran azerbaijan war" finds a
    claim with the topics "iran", "azerbaijan" and "war"; "zangezur" finds "zangezur-corridor"), singular or plural;
    aliases the user added count as the same words, and a topic that was merged with another one or put under it is
    found by its words, too. `source`: an id, or words of a name. `since`, `until`: ISO 8601 dates of
    publication, inclusive, of any precision. `min_confidence` in [0, 1]. `search`: words, "phrases" and prefix*
    in the claim, its proposition or its source. `added_since`: ISO 8601, when the claim first came into the store.
    `limit`: None for all.
    """

    topic: str | None = None
    source: str | None = None
    kind: str | None = None
    stance: str | None = None
    since: str | None = None
    until: str | None = None
    min_confidence: float | None = None
    search: str | None = None
    added_since: str | None = None
    limit: int | None = None


@dataclass(frozen=True, kw_only=True)
class PairQuery:
    """Which pairs; `topic` and `source` as in `Query`, looked for in both claims together. None filters nothing.

    `added_since`: ISO 8601, when the later one of the two claims first came into the store. `matter`: what they
    clash on, as `matters` gives it.
    """

    topic: str | None = None
    source: str | None = None
    kind: str | None = None
    min_score: float | None = None
    added_since: str | None = None
    matter: str | None = None
    limit: int | None = None


@dataclass(frozen=True)
class TopicCount:
    """A topic slug with how many claims bear it, in how many documents."""

    topic: str
    claims: int
    documents: int


@dataclass(frozen=True)
class SourceCount:
    """A source with how many claims it holds, in how many documents, and the newest of their dates."""

    id: str
    name: str
    kind: str
    claims: int
    documents: int
    newest: str | None


@dataclass(frozen=True)
class AliasLine:
    """Another name the user gave a thing: `alias` is read as `name`."""

    alias: str
    name: str


class Member(NamedTuple):
    """A claim in a block, the side on which it sits there, and whether it has yet to be paired there."""

    claim: str
    side: str
    fresh: bool


@dataclass(frozen=True)
class Block:
    """The members of a block that take part in pairing, by claim id."""

    key: str
    members: tuple[Member, ...]


_Arrivals = dict[str | tuple[str, str], str]  # when a claim came, by its id and by its words and source


@dataclass(frozen=True)
class _Where:
    """Conditions of a query, joined by AND, and the values they name."""

    conditions: tuple[str, ...]
    values: tuple[SqlValue, ...]

    def __str__(self) -> str:
        return " AND ".join(self.conditions) or "1"


def words(text: str) -> tuple[str, ...]:
    """Split a name, slug or query into its words, without case and accents: "Türkiye's war" is turkiye, s, war."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return tuple(re.findall(r"[^\W_]+", plain))


def singular(word: str) -> str:
    """Take the plural's ending off a word, so that "exports" and "export" meet: a key to compare by, not to read."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _stems(parts: Iterable[str]) -> set[str]:
    return {singular(word) for word in parts}


class Store:
    """A store of claims in one SQLite file; also a context manager that closes it.

    Args:
        path: the file; made where it is missing.
        create: False raises where the file is missing instead of making it.

    Raises:
        StoreError: the path is a folder, is missing or may not be written, or is no store of claimtrack.
        StoreVersionError: a newer claimtrack wrote it.
    """

    def __init__(self, path: str | Path, *, create: bool = True) -> None:
        self.path = Path(path)
        _check_place(self.path, create)
        with self._mapped():
            self._db = _connect(self.path)
            try:
                self._check_owner()
                self._migrate()
            except BaseException:
                self._db.close()
                raise

    def __enter__(self) -> Self:
        """Give the open store."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Close the file; what was not committed is undone."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the store for writing until the block ends; an exception, or a kill, undoes all of it."""
        with self._mapped():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    # ---------------------------------------------------------------------------------------------- documents

    def __contains__(self, document_id: object) -> bool:
        """Whether a document of this id, that is with these bytes, is stored."""
        return isinstance(document_id, str) and bool(self._rows("SELECT 1 FROM documents WHERE id = ?", document_id))

    def add(
        self,
        document: Document,
        claims: Iterable[Claim],
        *,
        machine: Mapping[str, Claim | None] | None = None,
        force: bool = False,
    ) -> bool:
        """Store a document with its claims; its former version at the same path goes, with its claims and pairs.

        Standard input (path "-") names no place, so that what was read from it before stays. A claim that was there
        before, with the same id or the same words by the same source, keeps the time at which it came.

        Args:
            document: the document.
            claims: its claims, as a person's decisions left them.
            machine: what `reviews.fold` says was extracted of those that decisions changed, by id.
            force: replace the document also where its id is known already.

        Returns:
            False where the document's id is known already: nothing is done then, unless `force` replaces it.
        """
        with self.transaction():
            if not force and document.id in self:
                return False
            came = self._arrivals(document)
            self._db.execute(
                "DELETE FROM documents WHERE id = ? OR (path = ? AND path <> '-')", (document.id, document.path)
            )
            self._db.execute(
                "INSERT INTO documents(id, record) VALUES (?, ?)", (document.id, document.model_dump_json())
            )
            self._insert(document.id, claims, machine or {}, came)
        return True

    def rewrite(self, document_id: str, claims: Iterable[Claim], machine: Mapping[str, Claim | None]) -> None:
        """Put the claims of a stored document in the state that decisions give them; what stays the same is untouched.

        Args:
            document_id: the document.
            claims: all its claims from now on.
            machine: as in `add`.
        """
        with self.transaction():
            wanted = {claim.id: claim for claim in claims}
            stored = dict(self._rows("SELECT id, record FROM claims WHERE document = ?", document_id))
            came = self._arrivals_of("document = ?1", document_id)
            same = {id for id, record in stored.items() if id in wanted and wanted[id].model_dump_json() == record}
            self._db.executemany("DELETE FROM claims WHERE id = ?", [(id,) for id in stored.keys() - same])
            self._db.execute("DELETE FROM reviewed WHERE document = ?", (document_id,))
            self._insert(document_id, [claim for claim in wanted.values() if claim.id not in same], machine, came)

    def machine_claims(self, document_id: str) -> list[Claim]:
        """The claims of a document as they were extracted, whatever a person decided since, in their order there."""
        from claimtrack.schema import Claim

        rows = self._rows(
            "SELECT record FROM claims WHERE document = ?1 AND id NOT IN (SELECT id FROM reviewed WHERE document = ?1) "
            "UNION ALL SELECT machine FROM reviewed WHERE document = ?1 AND machine IS NOT NULL",
            document_id,
        )
        return sorted(self._records(Claim, (row[0] for row in rows)), key=lambda claim: (claim.spans, claim.id))

    def set_aside(self, claim_id: str) -> Claim | None:
        """The claim of this id as it was extracted, where a decision took it out of the claims, or None."""
        from claimtrack.schema import Claim

        rows = self._rows("SELECT machine FROM reviewed WHERE id = ? AND machine IS NOT NULL", claim_id)
        return next(self._records(Claim, (row[0] for row in rows)), None)

    def original_records(self) -> Iterator[str]:
        """The claims that decisions changed, as `schema.Original` in JSON text."""
        return self._texts(
            "SELECT json_object('record', 'original', 'id', id, 'document', document, 'claim', json(machine)) "
            "FROM reviewed ORDER BY id"
        )

    def _arrivals(self, document: Document) -> _Arrivals:
        """When the claims came that a document is about to replace."""
        return self._arrivals_of(
            "document IN (SELECT id FROM documents WHERE id = ?1 OR (path = ?2 AND path <> '-'))",
            document.id,
            document.path,
        )

    def _arrivals_of(self, condition: str, *values: str) -> _Arrivals:
        rows = self._rows(
            f"SELECT id, json_extract(record, '$.text'), source_id, added FROM claims WHERE {condition} UNION ALL "
            "SELECT id, json_extract(machine, '$.text'), json_extract(machine, '$.source.id'), added "
            f"FROM reviewed WHERE {condition}",
            *values,
        )
        return {row[0]: row[3] for row in rows} | {(row[1], row[2]): row[3] for row in rows}

    def _insert(
        self, document_id: str, claims: Iterable[Claim], machine: Mapping[str, Claim | None], came: _Arrivals
    ) -> None:
        now = clock.now()

        def added(claim: Claim) -> str:
            return came.get(claim.id) or came.get((claim.text, claim.source.id)) or now

        # One id is one claim: a second one with the same words, source and place would say nothing new.
        self._db.executemany(
            "INSERT OR IGNORE INTO claims(id, document, record, added) VALUES (?, ?, ?, ?)",
            [(claim.id, document_id, claim.model_dump_json(), added(claim)) for claim in claims],
        )
        self._db.executemany(
            "INSERT INTO reviewed(id, document, machine, added) VALUES (?, ?, ?, ?)",
            [(id, document_id, c and c.model_dump_json(), c and added(c)) for id, c in machine.items()],
        )

    def move(self, document_id: str, path: str) -> None:
        """Note that a stored document stands at another path now; where it is not stored, nothing happens.

        Without it, a new document at the former path would push this one out of the store.
        """
        if self._rows("SELECT 1 FROM documents WHERE id = ? AND path <> ?", document_id, path):
            with self.transaction():
                for table, key, field in (("documents", "id", "path"), ("claims", "document", "document_path")):
                    self._db.execute(
                        f"UPDATE {table} SET record = json_set(record, '$.{field}', ?) WHERE {key} = ?",
                        (path, document_id),
                    )

    def documents(self) -> Iterator[Document]:
        """All documents, by path."""
        from claimtrack.schema import Document

        return self._records(Document, self.document_records())

    def document_records(self) -> Iterator[str]:
        """All documents as JSON text, by path."""
        return self._texts("SELECT record FROM documents ORDER BY path, id")

    def document(self, document_id: str) -> Document | None:
        """The document of this id, or None."""
        from claimtrack.schema import Document

        rows = self._rows("SELECT record FROM documents WHERE id = ?", document_id)
        return next(self._records(Document, (row[0] for row in rows)), None)

    # ------------------------------------------------------------------------------------------------- claims

    def claims(self, query: Query = Query()) -> Iterator[Claim]:
        """The claims that pass a query: newest document first, then as they stand in it."""
        from claimtrack.schema import Claim

        return self._records(Claim, self.claim_records(query))

    def claim_records(self, query: Query = Query()) -> Iterator[str]:
        """As `claims`, each as its JSON text, unread."""
        where = self._claim_where(query)
        limit = -1 if query.limit is None else query.limit
        return self._texts(
            "SELECT record FROM claims WHERE n IN (SELECT n FROM claims INDEXED BY claims_list WHERE "
            f"{where} ORDER BY published DESC, document, position, id LIMIT ?) "
            "ORDER BY published DESC, document, position, id",
            *where.values,
            limit,
        )

    def count_claims(self, query: Query = Query()) -> int:
        """How many claims pass a query, whatever its limit."""
        where = self._claim_where(query)
        return int(self._rows(f"SELECT count(*) FROM claims WHERE {where}", *where.values)[0][0])

    def claims_of(self, document_id: str) -> Iterator[str]:
        """The claims of one document as JSON text, in their order there."""
        return self._texts("SELECT record FROM claims WHERE document = ? ORDER BY position, n", document_id)

    def claim(self, claim_id: str) -> Claim | None:
        """The claim of this id, or None."""
        from claimtrack.schema import Claim

        rows = self._rows("SELECT record FROM claims WHERE id = ?", claim_id)
        return next(self._records(Claim, (row[0] for row in rows)), None)

    def topics(self) -> list[TopicCount]:
        """All topics, the most frequent first."""
        rows = self._rows(
            "SELECT topic, count(*) AS claims, count(DISTINCT document) FROM topics "
            "GROUP BY topic ORDER BY claims DESC, topic"
        )
        return [TopicCount(*row) for row in rows]

    def count_topic(self, topics: Iterable[str]) -> tuple[int, int, int]:
        """How many claims bear at least one of these topics, in how many documents, by how many sources."""
        rows = self._rows(
            "SELECT count(DISTINCT n), count(DISTINCT topics.document), count(DISTINCT source_id) "
            "FROM topics JOIN claims USING (n) WHERE topic IN (SELECT value FROM json_each(?))",
            json.dumps(list(topics)),
        )
        claims, documents, sources = rows[0]
        return claims, documents, sources

    def topic_examples(self, topics: Iterable[str], *, aliased: bool = False) -> dict[str, Claim]:
        """A claim that bears each of these topics, to read from it what the topic is called; unknown topics miss.

        Args:
            topics: the topics.
            aliased: leave out a topic whose claim calls nothing by another name.
        """
        from claimtrack.schema import Claim

        rows = self._rows(
            "SELECT value, record FROM json_each(?1) JOIN claims "
            "ON n = (SELECT n FROM topics WHERE topic = value LIMIT 1) "
            "WHERE NOT ?2 OR instr(record, '\"via\":\"alias\"')",
            json.dumps(list(topics)),
            aliased,
        )
        return dict(zip((row[0] for row in rows), self._records(Claim, (row[1] for row in rows)), strict=True))

    def name_topics(self, names: Iterable[tuple[str, str]]) -> None:
        """Let the words of these names, and of no others, find claims on a topic: pairs of topic and name."""
        with self.transaction():
            self._db.execute("DELETE FROM topic_names")
            self._db.executemany("INSERT OR IGNORE INTO topic_names VALUES (?, ?)", names)

    def topic_names(self) -> list[str]:
        """The names by which other topics are found, too, as `name_topics` wrote them, sorted."""
        return [row[0] for row in self._rows("SELECT DISTINCT name FROM topic_names ORDER BY name")]

    def sources(self) -> list[SourceCount]:
        """All sources, the most frequent first; of several spellings of one id's name, the most frequent."""
        rows = self._rows(
            "SELECT source_id, source, source_kind, count(*) AS n FROM claims GROUP BY 1, 2, 3 ORDER BY n DESC, 1, 2"
        )
        spelt = {row[0]: row for row in reversed(rows)}
        totals = self._rows(
            "SELECT source_id, count(*) AS n, count(DISTINCT document), max(published) FROM claims "
            "GROUP BY source_id ORDER BY n DESC, source_id"
        )
        return [SourceCount(row[0], *spelt[row[0]][1:3], *row[1:]) for row in totals]

    def find(self, prefix: str) -> list[str]:
        """The ids of all records and propositions that begin with `prefix`, at most ten, sorted; none if it is empty.

        Propositions are known once claims are seated (`is_paired`).
        """
        if not prefix:
            return []
        tables = (
            "documents", "claims", "pairs", "decisions", "(SELECT id FROM reviewed WHERE machine IS NOT NULL)",
            "(SELECT key AS id FROM blocks WHERE key >= 'prp_' AND key < 'prp`')",
        )  # fmt: skip
        select = " UNION ALL ".join(f"SELECT id FROM {t} WHERE id >= ?1 AND id < ?1 || x'f48fbfbf'" for t in tables)
        return [row[0] for row in self._rows(f"SELECT DISTINCT id FROM ({select}) ORDER BY id LIMIT 10", prefix)]

    # ------------------------------------------------------------------------------------------------- pairs

    def contradictions(self, query: PairQuery = PairQuery()) -> Iterator[Contradiction]:
        """The pairs that pass a query: contradictions, best first, then tensions, best first."""
        from claimtrack.schema import Contradiction

        return self._records(Contradiction, self.contradiction_records(query))

    def contradiction_records(self, query: PairQuery = PairQuery()) -> Iterator[str]:
        """As `contradictions`, each as its JSON text, unread."""
        where = self._pair_where(query, "kind")
        return self._pairs(f"strength <> 'near' AND {where}", "strength, score DESC, pairs.id", where, query.limit)

    def matters(self, query: PairQuery = PairQuery()) -> list[str]:
        """What the pairs of a query clash on: the matter of the best pair first, as many as the query's limit says."""
        where = self._pair_where(query, "kind")
        best = "max((strength = 'contradiction') * 2 + score)"
        rows = self._rows(
            f"SELECT matter FROM pairs WHERE strength <> 'near' AND {where} GROUP BY 1 ORDER BY {best} DESC, 1 LIMIT ?",
            *where.values,
            -1 if query.limit is None else query.limit,
        )
        return [row[0] for row in rows]

    def count_contradictions(self, query: PairQuery = PairQuery()) -> tuple[int, int]:
        """How many contradictions and how many tensions pass a query, whatever its limit."""
        where = self._pair_where(query, "kind")
        rows = self._rows(f"SELECT strength, count(*) FROM pairs WHERE {where} GROUP BY strength", *where.values)
        counts = dict(rows)
        return counts.get("contradiction", 0), counts.get("tension", 0)

    def contradiction(self, pair_id: str) -> Contradiction | None:
        """The contradiction or tension of this id, or None."""
        from claimtrack.schema import Contradiction

        where = _Where(("pairs.id = ?",), (pair_id,))
        return next(self._records(Contradiction, self._pairs(str(where), "1", where, 1)), None)

    def pair_between(self, a: str, b: str) -> str | None:
        """The id of the contradiction or tension between two claims, or None."""
        rows = self._rows("SELECT id FROM pairs WHERE strength <> 'near' AND (a, b) IN ((?1, ?2), (?2, ?1))", a, b)
        return rows[0][0] if rows else None

    def contradictions_of(self, claim_id: str) -> Iterator[Contradiction]:
        """The contradictions and tensions one claim takes part in, best first."""
        from claimtrack.schema import Contradiction

        where = _Where(("strength <> 'near'", _SILENT, "? IN (pairs.a, pairs.b)"), (claim_id,))
        pairs = self._pairs(str(where), "strength, score DESC, pairs.id", where, None)
        return self._records(Contradiction, pairs)

    def near_misses(self, query: PairQuery = PairQuery()) -> Iterator[NearMiss]:
        """The pairs that look contradictory and are not, by reason; `kind` is the reason, `min_score` says nothing."""
        from claimtrack.schema import NearMiss

        return self._records(NearMiss, self.near_records(query))

    def near_records(self, query: PairQuery = PairQuery()) -> Iterator[str]:
        """As `near_misses`, each as its JSON text, unread."""
        where = self._pair_where(query, "reason")
        return self._pairs(f"strength = 'near' AND {where}", "reason, a, b", where, query.limit)

    def count_near(self, query: PairQuery = PairQuery()) -> int:
        """How many near misses pass a query, whatever its limit."""
        where = self._pair_where(query, "reason")
        rows = self._rows(f"SELECT count(*) FROM pairs WHERE strength = 'near' AND {where}", *where.values)
        return int(rows[0][0])

    # ----------------------------------------------------------------------------------------------- pairing

    def unseated(self, limit: int) -> list[Claim]:
        """Up to `limit` claims whose blocks are not yet known."""
        from claimtrack.schema import Claim

        rows = self._rows("SELECT record FROM claims WHERE seated = 0 ORDER BY id LIMIT ?", limit)
        return list(self._records(Claim, (row[0] for row in rows)))

    def seat(self, claim_id: str, seats: Iterable[tuple[str, str]]) -> None:
        """Put a claim into blocks, given by key and side, which become stale; one side a block."""
        rows = [(key, claim_id, side) for key, side in seats]
        self._db.executemany("INSERT OR IGNORE INTO blocks(key, claim, side) VALUES (?, ?, ?)", rows)
        self._db.execute("UPDATE claims SET seated = 1 WHERE id = ?", (claim_id,))

    def seats_of(self, claim_id: str) -> Mapping[str, str]:
        """The side on which a claim sits, by block key."""
        return dict(self._rows("SELECT key, side FROM blocks WHERE claim = ?", claim_id))

    def is_paired(self) -> bool:
        """Whether every claim stored has met its block mates."""
        pending = "SELECT EXISTS (SELECT 1 FROM claims WHERE seated = 0) OR EXISTS (SELECT 1 FROM stale_blocks)"
        return not self._rows(pending)[0][0]

    def forget_lonely_blocks(self) -> None:
        """Take blocks of one side or none off the stale ones: nobody meets there, and most blocks are such."""
        with self.transaction():
            self._db.execute(
                "DELETE FROM stale_blocks WHERE NOT EXISTS "
                "(SELECT 1 FROM blocks WHERE blocks.key = stale_blocks.key GROUP BY key HAVING min(side) < max(side))"
            )

    def stale_keys(self) -> list[str]:
        """The keys of blocks that changed since they were last paired, sorted."""
        return [row[0] for row in self._rows("SELECT key FROM stale_blocks ORDER BY key")]

    def crowded(self, size: int) -> dict[str, str]:
        """The blocks with more members than `size`: their key and the id of the last member that takes part."""
        full = self._rows("SELECT key FROM blocks GROUP BY key HAVING count(*) > ?", size)
        last = "SELECT claim FROM blocks WHERE key = ? ORDER BY claim LIMIT 1 OFFSET ?"
        return {key: self._rows(last, key, size - 1)[0][0] for (key,) in full}

    def block(self, key: str, size: int) -> Block:
        """The first `size` members of a block."""
        rows = self._rows("SELECT claim, side, NOT paired FROM blocks WHERE key = ? ORDER BY claim LIMIT ?", key, size)
        return Block(key, tuple(map(Member._make, rows)))

    def members(self, key: str) -> list[Claim]:
        """All claims of a block or proposition, by publication."""
        from claimtrack.schema import Claim

        rows = self._rows(
            "SELECT record FROM blocks JOIN claims ON id = claim WHERE key = ? ORDER BY published, document, n", key
        )
        return list(self._records(Claim, (row[0] for row in rows)))

    def settle(self, block: Block, found: Iterable[Contradiction | NearMiss]) -> None:
        """Write what a block's fresh pairs came to, and drop pairs whose claims no longer meet in any block."""
        self._db.executemany(
            "INSERT OR REPLACE INTO pairs(a, b, strength, record) VALUES (?, ?, ?, ?)", map(_pair_row, found)
        )
        last = block.members[-1].claim if block.members else ""
        crowded_out = self._rows("SELECT claim FROM blocks WHERE key = ? AND paired AND claim > ?", block.key, last)
        self._db.execute("UPDATE blocks SET paired = claim <= ? WHERE key = ?", (last, block.key))
        self._db.executemany(
            "DELETE FROM pairs WHERE (a = ?1 OR b = ?1) AND NOT EXISTS ("
            "SELECT 1 FROM blocks x JOIN blocks y ON x.key = y.key AND x.side <> y.side "
            "WHERE x.claim = pairs.a AND y.claim = pairs.b AND x.paired AND y.paired)",
            crowded_out,
        )
        self._db.execute("DELETE FROM stale_blocks WHERE key = ?", (block.key,))

    # --------------------------------------------------------------------------------------------- decisions

    def record(self, decision: Decision) -> bool:
        """Add a decision to the log, which only grows.

        Returns:
            False where the very same decision is there already.
        """
        with self.transaction():
            row = (decision.id, decision.model_dump_json())
            return self._db.execute("INSERT OR IGNORE INTO decisions(id, record) VALUES (?, ?)", row).rowcount > 0

    def decisions(self) -> Iterator[Decision]:
        """All decisions, undone ones included: the oldest first."""
        from claimtrack.schema import Decision

        return self._records(Decision, self.decision_records())

    def decision_records(self) -> Iterator[str]:
        """As `decisions`, each as its JSON text, unread."""
        return self._texts("SELECT record FROM decisions ORDER BY at, rowid")

    def silence(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Leave these pairs of claims, and no others, out of every list of pairs."""
        rows = [pair for a, b in pairs for pair in ((a, b), (b, a))]
        with self.transaction():
            self._db.execute("DELETE FROM silenced")
            self._db.executemany("INSERT OR IGNORE INTO silenced VALUES (?, ?)", rows)

    def added(self, claim_id: str) -> str | None:
        """When a claim first came into the store, ISO 8601 in UTC; None where it is unknown."""
        rows = self._rows("SELECT added FROM claims WHERE id = ?", claim_id)
        return rows[0][0] if rows else None

    def documents_at(self, path: str) -> list[str]:
        """The ids of the documents read from a path."""
        return [row[0] for row in self._rows("SELECT id FROM documents WHERE path = ? ORDER BY id", path)]

    def documents_by(self, source_ids: Iterable[str]) -> list[str]:
        """The ids of the documents in which one of these sources, before or after decisions, holds a claim."""
        rows = self._rows(
            "WITH wanted AS (SELECT value AS id FROM json_each(?)) "
            "SELECT document FROM claims WHERE source_id IN (SELECT id FROM wanted) "
            "UNION SELECT document FROM reviewed WHERE json_extract(machine, '$.source.id') IN (SELECT id FROM wanted)",
            json.dumps(sorted(source_ids)),
        )
        return [row[0] for row in rows]

    # ----------------------------------------------------------------------------------------------- aliases

    @property
    def aliases(self) -> list[AliasLine]:
        """The user's own names for things, by alias."""
        return [AliasLine(*row) for row in self._rows("SELECT alias, name FROM aliases ORDER BY alias")]

    def add_alias(self, alias: str, name: str) -> None:
        """Read `alias` as `name` from now on; a former reading of the same alias goes.

        Raises:
            StoreError: one of them holds no word, or both are the same words.
        """
        if not words(alias) or not words(name) or words(alias) == words(name):
            raise StoreError(f"An alias needs two different names, not {alias!r} and {name!r}.")
        with self.transaction():
            self._db.execute("INSERT OR REPLACE INTO aliases VALUES (?, ?)", (alias, name))

    def remove_alias(self, alias: str) -> bool:
        """Forget an alias.

        Returns:
            False where it was not known.
        """
        with self.transaction():
            return self._db.execute("DELETE FROM aliases WHERE alias = ?", (alias,)).rowcount > 0

    # ------------------------------------------------------------------------------------------------ inside

    def _check_owner(self) -> None:
        ours = self._db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        if not ours and self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise StoreError(
                f"{str(self.path)!r} is an SQLite database of another program. Name another file with --db."
            )

    def _migrate(self) -> None:
        version = self._version()
        if version > len(MIGRATIONS):
            raise StoreVersionError(
                f"The store {str(self.path)!r} has version {version}, this claimtrack reads up to {len(MIGRATIONS)}: "
                "a newer claimtrack wrote it. Update claimtrack, or name another file with --db."
            )
        if version == len(MIGRATIONS):
            return
        self._db.execute("PRAGMA journal_mode = WAL")
        while (version := self._version()) < len(MIGRATIONS):
            self._upgrade(version)

    def _version(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    def _upgrade(self, version: int) -> None:
        """Run one migration, unless another process was faster."""
        with self.transaction():
            if self._version() != version:
                return
            for statement in _statements(MIGRATIONS[version]):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self._db.execute(f"PRAGMA user_version = {version + 1}")

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(_explain(self.path, error)) from error

    def _records(self, kind: type[R], texts: Iterable[str]) -> Iterator[R]:
        """Read records from their JSON texts, as they are asked for."""
        for text in texts:
            try:
                yield kind.model_validate_json(text)
            except ValueError as error:
                words = f"The store {str(self.path)!r} holds a record that this claimtrack cannot read"
                raise StoreError(f"{words}: extract its documents into a new store. ({error})") from error

    def _rows(self, sql: str, *values: SqlValue) -> list[tuple[Any, ...]]:
        with self._mapped():
            return self._db.execute(sql, values).fetchall()

    def _texts(self, sql: str, *values: SqlValue) -> Iterator[str]:
        """The first column of each row, read as it is asked for."""
        with self._mapped():
            for row in self._db.execute(sql, values):
                yield row[0]

    def _claim_where(self, query: Query) -> _Where:
        parts = [
            ("kind = ?", query.kind),
            ("stance = ?", query.stance),
            ("confidence >= ?", query.min_confidence),
            # Dates of any precision: 2021-10 is neither before nor after 2021-10-06.
            ("published >= substr(?, 1, length(published))", query.since),
            ("substr(published, 1, length(?)) <= ?", query.until),
            ("added >= ?", query.added_since),
        ]
        conditions = [condition for condition, value in parts if value is not None]
        values: list[SqlValue] = [v for c, v in parts if v is not None for _ in range(c.count("?"))]
        if query.source is not None:
            conditions.append("source_id IN (SELECT value FROM json_each(?))")
            values.append(self._source_ids(query.source))
        if query.topic is not None:
            condition, topics = self._topic_condition(query.topic, ("n",))
            conditions.append(condition)
            values += topics
        if query.search is not None:
            conditions.append("n IN (SELECT rowid FROM claim_words WHERE claim_words MATCH ?)")
            values.append(_full_text(query.search))
        return _Where(tuple(conditions), tuple(values))

    def _pair_where(self, query: PairQuery, kind: str) -> _Where:
        conditions = [_SILENT]
        values: list[SqlValue] = []
        if query.kind is not None:
            conditions.append(f"pairs.{kind} = ?")
            values.append(query.kind)
        if query.min_score is not None and kind == "kind":
            conditions.append("score >= ?")
            values.append(query.min_score)
        if query.source is not None:
            held = "IN (SELECT id FROM claims WHERE source_id IN (SELECT value FROM json_each(?)))"
            conditions.append(f"(a {held} OR b {held})")
            values += [self._source_ids(query.source)] * 2
        if query.added_since is not None:
            conditions.append("EXISTS (SELECT 1 FROM claims WHERE id IN (pairs.a, pairs.b) AND added >= ?)")
            values.append(query.added_since)
        if query.matter is not None:
            conditions.append("matter = ?")
            values.append(query.matter)
        if query.topic is not None:
            sides = [f"(SELECT n FROM claims WHERE id = {side})" for side in "ab"]
            condition, topics = self._topic_condition(query.topic, sides)
            conditions.append(condition)
            values += topics
        return _Where(tuple(conditions), tuple(values))

    def _pairs(self, condition: str, order: str, where: _Where, limit: int | None) -> Iterator[str]:
        sql = (
            "SELECT substr(pairs.record, 1, length(pairs.record) - 1) "
            "|| ',\"a\":' || x.record || ',\"b\":' || y.record || '}' "
            "FROM pairs JOIN claims x ON x.id = a JOIN claims y ON y.id = b "
            f"WHERE {condition} ORDER BY {order} LIMIT ?"
        )
        return self._texts(sql, *where.values, -1 if limit is None else limit)

    def _source_ids(self, wanted: str) -> str:
        """The ids of the sources that are meant, as a JSON array: by id, or by words of the name."""
        variants = [set(variant) for variant in self._variants(wanted)]
        rows = self._rows(_SOURCE_NAMES)
        return json.dumps([
            id for id, name in rows if id == wanted or any(v and v <= set(words(name)) for v in variants)
        ])

    def _topic_condition(self, wanted: str, columns: Sequence[str]) -> tuple[str, list[str]]:
        """A condition that the claims in `columns` together bear each word of a topic, and its values."""
        slugs = {slug: _stems(words(slug)) for (slug,) in self._rows(_TOPIC_SLUGS)}
        for topic, name in self._rows("SELECT topic, name FROM topic_names"):
            slugs[topic] = slugs.get(topic, set()) | _stems(words(name))
        bears = "IN (SELECT n FROM topics WHERE topic IN (SELECT value FROM json_each(?)))"
        one_word = "(" + " OR ".join(f"{column} {bears}" for column in columns) + ")"
        alternatives, values = [], []
        for variant in self._variants(wanted):
            alternatives.append("(" + (" AND ".join(one_word for _ in variant) or "0") + ")")
            for word in map(singular, variant):
                values += [json.dumps([slug for slug, parts in slugs.items() if word in parts])] * len(columns)
        return "(" + " OR ".join(alternatives) + ")", values

    def _variants(self, wanted: str) -> list[tuple[str, ...]]:
        """The words of a query, also with each alias put for its name and the other way round."""
        asked = words(wanted)
        names = [(words(line.alias), words(line.name)) for line in self.aliases]
        swaps = names + [(name, alias) for alias, name in names]
        return list(dict.fromkeys([asked, *(_swap(asked, old, new) for old, new in swaps)]))


def _check_place(path: Path, create: bool) -> None:
    """Say what is wrong with a path in clearer words than SQLite's "unable to open database file"."""
    if path.is_dir():
        raise StoreError(f"The store {str(path)!r} is a folder. Name a file in it with --db, such as claimtrack.db.")
    if path.exists():
        return
    if not create:
        raise StoreError(f"No store at {str(path)!r}. Make one with `claimtrack extract PATH…`, or name one with --db.")
    if not path.parent.is_dir():
        raise StoreError(f"The store {str(path)!r} cannot be made: there is no folder {str(path.parent)!r}.")


def _connect(path: Path) -> sqlite3.Connection:
    """Open the file; one that may not be written is opened for reading only."""
    readonly = path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
    uri = path.absolute().as_uri() + ("?mode=ro&immutable=1" if readonly else "")
    db = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA synchronous = NORMAL")
    return db


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


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would commit before it begins."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _full_text(search: str) -> str:
    """A full-text query in FTS5's syntax from words, "phrases" and prefixes*, none of them able to break it."""
    terms = [phrase or word for phrase, word in re.findall(r'"([^"]+)"|([^\s"]+)', search.replace("\0", " "))]
    return " AND ".join(f'"{term.rstrip("*")}"' + ("*" if term.endswith("*") else "") for term in terms) or '""'


def _swap(asked: tuple[str, ...], old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """The words asked for, with `new` in place of the first run of `old`."""
    for i in range(len(asked) - len(old) + 1):
        if asked[i : i + len(old)] == old:
            return asked[:i] + new + asked[i + len(old) :]
    return asked


def _pair_row(pair: Contradiction | NearMiss) -> tuple[str, str, str, str]:
    strength = "near" if pair.record == "near_miss" else pair.strength
    return pair.a.id, pair.b.id, strength, pair.model_dump_json(exclude={"a", "b"})
