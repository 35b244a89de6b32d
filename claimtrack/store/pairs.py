"""The pairs of a store: contradictions, tensions, near misses, the best first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from claimtrack.store.conditions import SILENT, Where, pairs_that
from claimtrack.store.database import Database
from claimtrack.store.queries import EVERY_PAIR, PairQuery

if TYPE_CHECKING:
    from claimtrack.schema import Contradiction, NearMiss


def contradictions(db: Database, query: PairQuery = EVERY_PAIR) -> Iterator[Contradiction]:
    """The pairs that pass a query: contradictions, best first, then tensions, best first."""
    return _parsed(db, contradiction_records(db, query))


def contradiction_records(db: Database, query: PairQuery = EVERY_PAIR) -> Iterator[str]:
    """As `contradictions`, each as its JSON text, unread."""
    where = pairs_that(db, query, "kind")
    return _records(db, f"strength <> 'near' AND {where}", "strength, score DESC, pairs.id", where, query.limit)


def matters(db: Database, query: PairQuery = EVERY_PAIR) -> list[str]:
    """What the pairs of a query clash on: the matter of the best pair first, as many as the query's limit says."""
    where = pairs_that(db, query, "kind")
    best = "max((strength = 'contradiction') * 2 + score)"
    rows = db.rows(
        f"SELECT matter FROM pairs WHERE strength <> 'near' AND {where} GROUP BY 1 ORDER BY {best} DESC, 1 LIMIT ?",
        *where.values,
        -1 if query.limit is None else query.limit,
    )
    return [row[0] for row in rows]


def count_contradictions(db: Database, query: PairQuery = EVERY_PAIR) -> tuple[int, int]:
    """How many contradictions and how many tensions pass a query, whatever its limit."""
    where = pairs_that(db, query, "kind")
    rows = db.rows(f"SELECT strength, count(*) FROM pairs WHERE {where} GROUP BY strength", *where.values)
    counts = dict(rows)
    return counts.get("contradiction", 0), counts.get("tension", 0)


def contradiction(db: Database, pair_id: str) -> Contradiction | None:
    """The contradiction or tension of this id, or None."""
    where = Where(("pairs.id = ?",), (pair_id,))
    return next(_parsed(db, _records(db, str(where), "1", where, 1)), None)


def pair_between(db: Database, a: str, b: str) -> str | None:
    """The id of the contradiction or tension between two claims, or None."""
    rows = db.rows("SELECT id FROM pairs WHERE strength <> 'near' AND (a, b) IN ((?1, ?2), (?2, ?1))", a, b)
    return rows[0][0] if rows else None


def contradictions_of(db: Database, claim_id: str) -> Iterator[Contradiction]:
    """The contradictions and tensions one claim takes part in, best first."""
    where = Where(("strength <> 'near'", "NOT faint", SILENT, "? IN (pairs.a, pairs.b)"), (claim_id,))
    pairs = _records(db, str(where), "strength, score DESC, pairs.id", where, None)
    return _parsed(db, pairs)


def near_misses(db: Database, query: PairQuery = EVERY_PAIR) -> Iterator[NearMiss]:
    """The pairs that look contradictory and are not, by reason; `kind` is the reason, `min_score` says nothing."""
    from claimtrack.schema import NearMiss

    return db.parse(NearMiss, near_records(db, query))


def near_records(db: Database, query: PairQuery = EVERY_PAIR) -> Iterator[str]:
    """As `near_misses`, each as its JSON text, unread."""
    where = pairs_that(db, query, "reason")
    return _records(db, f"strength = 'near' AND {where}", "reason, a, b", where, query.limit)


def count_near(db: Database, query: PairQuery = EVERY_PAIR) -> int:
    """How many near misses pass a query, whatever its limit."""
    where = pairs_that(db, query, "reason")
    rows = db.rows(f"SELECT count(*) FROM pairs WHERE strength = 'near' AND {where}", *where.values)
    return int(rows[0][0])


def _records(db: Database, condition: str, order: str, where: Where, limit: int | None) -> Iterator[str]:
    sql = (
        "SELECT substr(pairs.record, 1, length(pairs.record) - 1) "
        "|| ',\"a\":' || x.record || ',\"b\":' || y.record || '}' "
        "FROM pairs JOIN claims x ON x.id = a JOIN claims y ON y.id = b "
        f"WHERE {condition} ORDER BY {order} LIMIT ?"
    )
    return db.texts(sql, *where.values, -1 if limit is None else limit)


def _parsed(db: Database, texts: Iterable[str]) -> Iterator[Contradiction]:
    from claimtrack.schema import Contradiction

    return db.parse(Contradiction, texts)
