"""Whole ids from how they begin."""

from __future__ import annotations

from claimtrack.store.database import Database


def find(db: Database, prefix: str) -> list[str]:
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
    return [row[0] for row in db.rows(f"SELECT DISTINCT id FROM ({select}) ORDER BY id LIMIT 10", prefix)]
