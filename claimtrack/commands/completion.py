"""What the shell's completion offers: names from the store, values from the schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, get_args

import typer

from claimtrack.commands.stores import open_store
from claimtrack.errors import ClaimtrackError

if TYPE_CHECKING:
    from claimtrack.store import Store


def complete_from(names: Callable[[Store], Iterable[str]]) -> Callable[[typer.Context, str], list[str]]:
    """Completion from the store; a store that cannot be read completes nothing."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        try:
            with open_store(ctx, ctx.params.get("db")) as store:
                return [name for name in names(store) if name.casefold().startswith(incomplete.casefold())]
        except ClaimtrackError:
            return []

    return complete


def schema_names(name: str) -> tuple[str, ...]:
    """The values of one of the schema's Literal types."""
    from claimtrack import schema

    return get_args(getattr(schema, name))


def complete_literal(name: str) -> Callable[[str], list[str]]:
    """Completion from the values of one of the schema's Literal types."""
    return lambda incomplete: [value for value in schema_names(name) if value.startswith(incomplete)]


def _topics(store: Store) -> Iterable[str]:
    """All that topics are called: slugs, the user's aliases, and headings that people put them under."""
    aliases = [line.alias for line in store.aliases]
    return dict.fromkeys([*(topic.topic for topic in store.topics()), *aliases, *store.topic_names()])


def complete_kind(kind: str) -> Callable[[typer.Context, str], list[str]]:
    """Completion of ids, ten at a time, from their first letters on; where nothing is typed, of one kind: "clm"."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        try:
            with open_store(ctx, ctx.params.get("db")) as store:
                return store.find(incomplete or f"{kind}_")
        except ClaimtrackError:
            return []

    return complete


complete_ids = complete_kind("clm")
complete_decisions = complete_kind("dec")
complete_topics = complete_from(_topics)
complete_sources = complete_from(lambda store: [source.name for source in store.sources()])
