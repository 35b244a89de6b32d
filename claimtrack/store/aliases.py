"""The user's own names for things."""

from __future__ import annotations

from dataclasses import dataclass

from claimtrack.errors import StoreError
from claimtrack.store.database import Database
from claimtrack.store.spelling import words


@dataclass(frozen=True)
class AliasLine:
    """Another name the user gave a thing: `alias` is read as `name`."""

    alias: str
    name: str


def aliases(db: Database) -> list[AliasLine]:
    """The user's own names for things, by alias."""
    return [AliasLine(*row) for row in db.rows("SELECT alias, name FROM aliases ORDER BY alias")]


def add_alias(db: Database, alias: str, name: str) -> None:
    """Read `alias` as `name` from now on; a former reading of the same alias goes.

    Raises:
        StoreError: one of them holds no word, or both are the same words.
    """
    if not words(alias) or not words(name) or words(alias) == words(name):
        raise StoreError(f"An alias needs two different names, not {alias!r} and {name!r}.")
    with db.transaction():
        db.run("INSERT OR REPLACE INTO aliases VALUES (?, ?)", (alias, name))


def remove_alias(db: Database, alias: str) -> bool:
    """Forget an alias.

    Returns:
        False where it was not known.
    """
    with db.transaction():
        return db.run("DELETE FROM aliases WHERE alias = ?", (alias,)) > 0
