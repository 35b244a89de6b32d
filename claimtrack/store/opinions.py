"""What a judge of the user's own answered, by the content that it was asked about."""

from __future__ import annotations

from claimtrack.store.database import Database


def opinion(db: Database, key: str) -> str | None:
    """The answer kept under a key, as JSON text, or None."""
    rows = db.rows("SELECT record FROM opinions WHERE key = ?", key)
    return rows[0][0] if rows else None


def keep_opinion(db: Database, key: str, record: str) -> None:
    """Keep an answer."""
    with db.transaction():
        db.run("INSERT OR REPLACE INTO opinions(key, record) VALUES (?, ?)", (key, record))
