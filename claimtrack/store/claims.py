"""The claims of a store: how they come in, and how they are found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from claimtrack import clock
from claimtrack.store.conditions import claims_that
from claimtrack.store.database import Database, SqlValue
from claimtrack.store.queries import EVERY_CLAIM, Query

if TYPE_CHECKING:
    from claimtrack.schema import Claim

Arrivals = dict[str | tuple[str, str], str]
"""When a claim came, by its id and by its words and source."""


def select(db: Database, sql: str, *values: SqlValue) -> list[Claim]:
    """The claims whose records a query gives in its first column."""
    return list(_parsed(db, [row[0] for row in db.rows(sql, *values)]))


def _parsed(db: Database, texts: Iterable[str]) -> Iterator[Claim]:
    from claimtrack.schema import Claim

    return db.parse(Claim, texts)


def claims(db: Database, query: Query = EVERY_CLAIM) -> Iterator[Claim]:
    """The claims that pass a query: newest document first, then as they stand in it."""
    return _parsed(db, claim_records(db, query))


def claim_records(db: Database, query: Query = EVERY_CLAIM) -> Iterator[str]:
    """As `claims`, each as its JSON text, unread."""
    where = claims_that(db, query)
    limit = -1 if query.limit is None else query.limit
    return db.texts(
        "SELECT record FROM claims WHERE n IN (SELECT n FROM claims INDEXED BY claims_list WHERE "
        f"{where} ORDER BY published DESC, document, position, id LIMIT ?) "
        "ORDER BY published DESC, document, position, id",
        *where.values,
        limit,
    )


def claims_among(db: Database, ids: Iterable[str]) -> Iterator[Claim]:
    """Those of some claims, by id, that are stored; in the order of `claims`."""
    return _parsed(db, db.texts(
        "SELECT record FROM claims WHERE id IN (SELECT value FROM json_each(?)) "
        "ORDER BY published DESC, document, position, id",
        json.dumps(sorted(ids)),
    ))


def count_claims(db: Database, query: Query = EVERY_CLAIM) -> int:
    """How many claims pass a query, whatever its limit."""
    where = claims_that(db, query)
    return int(db.rows(f"SELECT count(*) FROM claims WHERE {where}", *where.values)[0][0])


def has_claim(db: Database, query: Query = EVERY_CLAIM) -> bool:
    """Tell whether a claim passes a query."""
    where = claims_that(db, query)
    return bool(db.rows(f"SELECT EXISTS (SELECT 1 FROM claims WHERE {where})", *where.values)[0][0])


def claims_of(db: Database, document_id: str) -> Iterator[str]:
    """The claims of one document as JSON text, in their order there."""
    return db.texts("SELECT record FROM claims WHERE document = ? ORDER BY position, n", document_id)


def claim(db: Database, claim_id: str) -> Claim | None:
    """The claim of this id, or None."""
    return next(iter(select(db, "SELECT record FROM claims WHERE id = ?", claim_id)), None)


def added(db: Database, claim_id: str) -> str | None:
    """When a claim first came into the store, ISO 8601 in UTC; None where it is unknown."""
    rows = db.rows("SELECT added FROM claims WHERE id = ?", claim_id)
    return rows[0][0] if rows else None


def arrivals(db: Database, condition: str, *values: str) -> Arrivals:
    """When the claims came that a condition names, those included that decisions took out."""
    rows = db.rows(
        f"SELECT id, json_extract(record, '$.text'), source_id, added FROM claims WHERE {condition} UNION ALL "
        "SELECT id, json_extract(machine, '$.text'), json_extract(machine, '$.source.id'), added "
        f"FROM reviewed WHERE {condition}",
        *values,
    )
    return {row[0]: row[3] for row in rows} | {(row[1], row[2]): row[3] for row in rows}


def insert(
    db: Database, document_id: str, claims: Iterable[Claim], machine: Mapping[str, Claim | None], came: Arrivals
) -> None:
    """Write claims of a document, and what was extracted of those that decisions changed; `came` dates former ones."""
    # Never before what came last: a clock that was set back would hide a new claim from all who ask since when.
    now = max(clock.now(), db.rows("SELECT coalesce(max(added), '') FROM claims")[0][0])

    def added(claim: Claim) -> str:
        return came.get(claim.id) or came.get((claim.text, claim.source.id)) or now

    # One id is one claim: a second one with the same words, source and place would say nothing new.
    db.run_many(
        "INSERT OR IGNORE INTO claims(id, document, record, added) VALUES (?, ?, ?, ?)",
        [(claim.id, document_id, claim.model_dump_json(), added(claim)) for claim in claims],
    )
    db.run_many(
        "INSERT INTO reviewed(id, document, machine, added) VALUES (?, ?, ?, ?)",
        [(id, document_id, *((c.model_dump_json(), added(c)) if c else (None, None))) for id, c in machine.items()],
    )
