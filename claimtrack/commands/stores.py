"""The store that a command works on: where it is, how it is opened, and what is looked up in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import typer

from claimtrack.commands.output import progress
from claimtrack.errors import StoreError, UsageError

if TYPE_CHECKING:
    from claimtrack.screens.view import View
    from claimtrack.store import Store
    from claimtrack.tracking.standing import Standing

DEFAULT_STORE = Path("claimtrack.db")
RECORDS = ("clm", "ctr", "doc", "dec", "prp")
"""What ids begin with, as far as the store finds them: of claims, pairs, documents, decisions and propositions."""


def store_path(ctx: typer.Context, db: Path | None) -> Path:
    """The store that the command, or one that it stands under, was told to use."""
    above = ctx.parent
    while db is None and above is not None:
        db, above = above.params.get("db"), above.parent
    return Path(db or os.environ.get("CLAIMTRACK_DB") or DEFAULT_STORE)


def called(path: Path) -> str:
    """How to call the program on a store: "claimtrack --db FILE", where it would not find this one by itself."""
    itself = Path(os.environ.get("CLAIMTRACK_DB") or DEFAULT_STORE)
    return "claimtrack" if path == itself else f"claimtrack --db {quote(str(path))}"


def open_store(ctx: typer.Context, db: Path | None, *, create: bool = False) -> Store:
    """Open the store the command was told to use; the caller closes it."""
    from claimtrack.store import Store

    return Store(store_path(ctx, db), create=create)


def pair_up(store: Store) -> None:
    """Bring the pairs up to date."""
    if store.is_paired() and store.is_met():
        return
    from claimtrack.tracking.pairing import update_pairs

    with progress("comparing") as advance:
        update_pairs(store, lambda done, total: advance(done, total, "blocks"))


def whole_id(store: Store, prefix: str) -> str:
    """The one id that begins so, "clm_" and the like left out or not.

    Raises:
        StoreError: none does.
        UsageError: several do.
    """
    found = store.find(prefix) or [id for kind in RECORDS for id in store.find(f"{kind}_{prefix}")]
    if not found:
        raise StoreError(f"No record's id begins with {prefix!r}. `claimtrack list` shows the ids of claims.")
    if len(found) > 1 and prefix not in found:
        raise UsageError(f"Several ids begin with {prefix!r}: {', '.join(found)}. Give more of it.")
    return prefix if prefix in found else found[0]


def view_of(store: Store, scale: str | None = None) -> View:
    """A view that quotes from the store's documents."""
    from claimtrack.screens.view import View

    @cache
    def decided() -> Mapping[str, Standing]:
        from claimtrack.tracking.standing import standing

        return standing(store)

    def reviews(id: str) -> str:
        return found.words if (found := decided().get(id)) else ""

    return View(lru_cache(256)(store.document), scale, reviews)
