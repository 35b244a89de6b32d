"""What the steps of linking hand on: mentions, and what the text tells of its persons."""

from __future__ import annotations

from dataclasses import dataclass

from claimtrack.reference.gazetteer import Referent, slug
from claimtrack.reference.verbs import Edit
from claimtrack.schema import LinkVia

_THING = "thing:"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words at characters `[start, end)` that denote `entity`; `root` is the token that heads them.

    `words` are what a pronoun or description stands for, ready to take its place ("Iran's", "the Lapis Corridor"), or
    the full form of a short name; None where the words stay. `edits` are what must change with them: "I am" becomes
    "Ana Banda is".
    """

    start: int
    end: int
    entity: Referent
    via: LinkVia
    root: int
    words: str | None = None
    edits: tuple[Edit, ...] = ()


def thing(document_id: str, words: str) -> Referent:
    """Make the referent of a description that no name is given to; it means nothing outside its document."""
    return Referent(f"{_THING}{document_id}:{slug(words)}", words, "other")


def is_thing(entity: Referent) -> bool:
    """Tell what only a description is known of."""
    return entity.id.startswith(_THING)


@dataclass(frozen=True)
class Cast:
    """The persons of a text by referent id: their titles ("president") and the states they hold them in."""

    titles: dict[str, frozenset[str]]
    states: dict[str, frozenset[str]]
