"""The head of a report: a title in words, and who is for and who against what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from claimtrack.contradiction import contrasts
from claimtrack.contradiction.explanation import the
from claimtrack.screens.report_parts import Camp, Member
from claimtrack.store import singular, words

if TYPE_CHECKING:
    from claimtrack.schema import Claim, Contrast, Side
    from claimtrack.store import Store

__all__ = ["camps", "title"]

CAMPS_SHOWN = 5
SIDES = ("for", "against")


def title(store: Store, topic: str | None) -> str:
    """What a report is called: of "zangezur", what its articles call the matter, the Zangezur Corridor."""
    return f"What is claimed on {the(_name(store, topic))}" if topic else "What is claimed, and who contradicts whom"


def _name(store: Store, topic: str) -> str:
    """The name of the topic that most claims bear of those with all these words; else the words."""
    asked = {singular(word) for word in words(topic)}
    for count in store.topics():
        if asked <= {singular(word) for word in words(count.topic)}:
            example = store.topic_examples([count.topic]).get(count.topic)
            named = [entity.name for entity in example.entities] if example else []
            slug = words(count.topic)
            return next((name for name in named if words(name) == slug), " ".join(slug))
    return topic


def camps(claims: Iterable[Claim], who: Callable[[str, str], str]) -> tuple[Camp, ...]:
    """Who is for and who against what, those with most voices first; `who` names a source by its id and name."""
    found = [one for one in contrasts.contrast(claims) if any(side.name in SIDES for side in one.sides)]
    return tuple(_camp(one, who) for one in found[:CAMPS_SHOWN])


def _camp(contrast: Contrast, who: Callable[[str, str], str]) -> Camp:
    sides = {side.name: _members(side, who) for side in contrast.sides}
    return Camp(contrast.proposition, sides.get("for", ()), sides.get("against", ()))


def _members(side: Side, who: Callable[[str, str], str]) -> tuple[Member, ...]:
    return tuple(Member(who(voice.source.id, voice.source.name), voice.claims[0]) for voice in side.voices)
