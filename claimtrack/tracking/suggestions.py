"""Names of a store that somebody may have meant who wrote one that it does not have."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from claimtrack.reference import gazetteer
from claimtrack.store import words

if TYPE_CHECKING:
    from claimtrack.store import Store

__all__ = ["linked", "nearest", "offer", "sources", "topics"]

OFFERED = 3  # more names than these are a list, not a hint
ALIKE = 0.75  # of a single word: "zangezr" is "zangezur", and "moon" is neither "mood" nor "common"


def topics(store: Store, wanted: str) -> list[str]:
    """The topics, and other names of topics, that are written most like the one wanted."""
    slugs = [count.topic for count in store.topics()]
    return nearest(wanted, [*slugs, *(line.alias for line in store.aliases), *store.topic_names()])


def sources(store: Store, wanted: str) -> list[str]:
    """The names of sources that are written most like the one wanted."""
    names = dict.fromkeys(source.name for source in store.sources())
    return nearest(wanted, [*names, *(line.alias for line in store.aliases)])


def linked(name: str) -> gazetteer.Referent | None:
    """The thing that a name of the lexicons denotes, in whatever capitals it is written; None where none does."""
    return gazetteer.known(name) or gazetteer.known(" ".join(word[:1].upper() + word[1:] for word in name.split()))


def nearest(wanted: str, names: Iterable[str]) -> list[str]:
    """Up to `OFFERED` names that resemble what was written, as a whole, else word by word; none where none does.

    Of names that have all the words meant, those with the fewest others come first: for "zangezr", "zangezur-corridor"
    before "zangezur-corridor-opening". Where no one name has them all, the corrected words themselves are offered.
    """
    spelt: dict[str, str] = {}
    for name in names:
        spelt.setdefault(" ".join(words(name)), name)
    asked = words(wanted)
    whole = get_close_matches(" ".join(asked), spelt, n=OFFERED, cutoff=ALIKE)
    if whole:
        return [spelt[name] for name in whole]
    vocabulary = list(dict.fromkeys(word for name in spelt for word in name.split()))
    meant = {word: get_close_matches(word, vocabulary, n=1, cutoff=ALIKE) for word in asked}
    corrected = [found for near in meant.values() for found in near]
    if set(corrected) <= set(asked):
        return []
    holding = [name for name in spelt if set(corrected) <= set(name.split())]
    found = [spelt[name] for name in sorted(holding, key=lambda name: len(name.split()))[:OFFERED]]
    return found or ([" ".join(corrected)] if len(corrected) == len(asked) else [])


def offer(names: Iterable[str]) -> str:
    """The names as a question, with a blank behind it; empty where there are none."""
    offered = ", ".join(names)
    return f"Do you mean {offered}? " if offered else ""
