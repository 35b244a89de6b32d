"""What a topic or source that the user typed means in a store; where nothing is called so, the nearest is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimtrack.commands.output import say
from claimtrack.errors import StoreError

if TYPE_CHECKING:
    from claimtrack.store import Store


def sought(store: Store, topic: str | None = None, source: str | None = None) -> str | None:
    """Give the source to ask the store for, and say where no claim bears the topic, or has such a source.

    Another name of a source that the lexicons know gives its id: Tehran is country:iran. A store without claims knows
    no names, and nothing is said of it.
    """
    from claimtrack.store import Query

    if not store.has_claim(Query()):
        return source
    if topic is not None and not store.has_claim(Query(topic=topic)):
        say(f"note: {_no_topic(store, topic)}")
    if source is None or store.has_claim(Query(source=source)):
        return source
    from claimtrack.tracking import suggestions

    known = suggestions.linked(source)
    if known is not None and store.has_claim(Query(source=known.id)):
        return known.id
    hint = suggestions.offer(suggestions.sources(store, source))
    say(f"note: no source is called {source!r}. {hint}`claimtrack sources --limit 0` shows them.")
    return source


def check_topic(store: Store, topic: str | None) -> None:
    """Raise StoreError where no claim of a store that holds some bears a topic."""
    from claimtrack.store import Query

    if topic is not None and store.has_claim(Query()) and not store.has_claim(Query(topic=topic)):
        message = _no_topic(store, topic)
        raise StoreError(message[0].upper() + message[1:])


def _no_topic(store: Store, topic: str) -> str:
    from claimtrack.tracking import suggestions

    hint = suggestions.offer(suggestions.topics(store, topic))
    return f"no claim is on the topic {topic!r}. {hint}`claimtrack topics --all` shows them."
