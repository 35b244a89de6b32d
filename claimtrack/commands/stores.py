"""The store that a command works on: where it is, how it is opened, and what is looked up in it."""

from __future__ import annotations

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

RECORDS = ("clm", "ctr", "doc", "dec", "prp")
"""What ids begin with, as far as the store finds them: of claims, pairs, documents, decisions and propositions."""
SHOWN_BY = {
    "clm": "`claimtrack list` shows the ids of claims",
    "ctr": "`claimtrack contradict` shows the ids of pairs",
    "doc": "`claimtrack list --format csv --fields document` shows the ids of documents",
    "dec": "`claimtrack reviews` shows the ids of decisions",
    "prp": "`claimtrack contrast` shows the ids of propositions",
}


def store_path(ctx: typer.Context, db: Path | None) -> Path:
    """The store that the command, or one that it stands under, was told to use."""
    above = ctx.parent
    while db is None and above is not None:
        db, above = above.params.get("db"), above.parent
    from claimtrack.commands import settings

    return db or settings.store(ctx.find_root().params.get("profile"))


def called(path: Path) -> str:
    """How to call the program on a store: "claimtrack --db FILE", where it would not find this one by itself."""
    from claimtrack.commands import settings

    return "claimtrack" if path == settings.store() else f"claimtrack --db {quote(str(path))}"


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


def whole_id(store: Store, prefix: str, kind: str = "clm") -> str:
    """The one id that begins so, "clm_" and the like left out or not.

    Args:
        store: the store.
        prefix: how it begins.
        kind: what it most likely is, where its beginning does not tell: where to look is said when there is none.

    Raises:
        StoreError: none does.
        UsageError: several do.
    """
    found = store.find(prefix) or [id for kind in RECORDS for id in store.find(f"{kind}_{prefix}")]
    if not found:
        where = SHOWN_BY.get(prefix[:3]) or SHOWN_BY[kind]
        raise StoreError(f"No record's id begins with {prefix!r}. {where}.")
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
