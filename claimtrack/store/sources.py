"""Who holds the claims of a store, and how many each."""

from __future__ import annotations

from dataclasses import dataclass

from claimtrack.store.database import Database


@dataclass(frozen=True)
class SourceCount:
    """A source with how many claims it holds, in how many documents, and the newest of their dates."""

    id: str
    name: str
    kind: str
    claims: int
    documents: int
    newest: str | None


def sources(db: Database) -> list[SourceCount]:
    """All sources, the most frequent first; of several spellings of one id's name, the most frequent."""
    rows = db.rows(
        "SELECT source_id, source, source_kind, count(*) AS n FROM claims GROUP BY 1, 2, 3 ORDER BY n DESC, 1, 2"
    )
    spelt = {row[0]: row for row in reversed(rows)}
    totals = db.rows(
        "SELECT source_id, count(*) AS n, count(DISTINCT document), max(published) FROM claims "
        "GROUP BY source_id ORDER BY n DESC, source_id"
    )
    return [SourceCount(row[0], *spelt[row[0]][1:3], *row[1:]) for row in totals]
