"""The vectors of claims, by which they find their neighbours; rebuilt where they are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from claimtrack.store.blocks import pair_row
from claimtrack.store.claims import select
from claimtrack.store.database import Database

if TYPE_CHECKING:
    from claimtrack.schema import Claim, Contradiction, NearMiss


def unplaced(db: Database, limit: int) -> list[Claim]:
    """Up to `limit` claims that have no vector yet."""
    missing = "NOT EXISTS (SELECT 1 FROM vectors WHERE vectors.claim = claims.id)"
    return select(db, f"SELECT record FROM claims WHERE {missing} ORDER BY id LIMIT ?", limit)


def place(db: Database, rows: Iterable[tuple[str, bytes]]) -> None:
    """Keep the vectors of claims, given by id."""
    db.run_many("INSERT OR REPLACE INTO vectors(claim, vector) VALUES (?, ?)", rows)


def vectors(db: Database) -> Iterator[tuple[str, bytes]]:
    """All claims that have a vector, by id, each with it; read as they are asked for."""
    return db.stream("SELECT claim, vector FROM vectors ORDER BY claim")


def lonely(db: Database) -> list[str]:
    """The claims that have yet to meet their neighbours, by id."""
    return [row[0] for row in db.rows("SELECT claim FROM vectors WHERE met = 0 ORDER BY claim")]


def is_met(db: Database) -> bool:
    """Whether every claim stored has met its neighbours."""
    met = "SELECT 1 FROM vectors WHERE vectors.claim = claims.id AND met"
    return not db.rows(f"SELECT EXISTS (SELECT 1 FROM claims WHERE NOT EXISTS ({met}))")[0][0]


def meet(db: Database, claims: Sequence[str], found: Iterable[Contradiction | NearMiss]) -> None:
    """Write what claims and their neighbours came to; what a rule found of the same two stays."""
    db.run_many(
        "INSERT OR IGNORE INTO pairs(a, b, strength, record) SELECT ?1, ?2, ?3, ?4 "
        "WHERE EXISTS (SELECT 1 FROM claims WHERE id = ?1) AND EXISTS (SELECT 1 FROM claims WHERE id = ?2)",
        map(pair_row, found),
    )
    db.run_many("UPDATE vectors SET met = 1 WHERE claim = ?", ((claim,) for claim in claims))
