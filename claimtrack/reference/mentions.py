"""What the steps of linking hand on: mentions, and what the text tells of its persons."""

from __future__ import annotations

from dataclasses import dataclass

from claimtrack.reference.gazetteer import Referent
from claimtrack.schema import LinkVia


@dataclass(frozen=True, slots=True)
class Mention:
    """Words at characters `[start, end)` that denote `entity`; `root` is the token that heads them.

    `words` are what a pronoun or description stands for, ready to take its place ("Iran's", "the Lapis Corridor");
    None for a name, which stands for itself.
    """

    start: int
    end: int
    entity: Referent
    via: LinkVia
    root: int
    words: str | None = None


@dataclass(frozen=True)
class Cast:
    """The persons of a text by referent id: their titles ("president") and the states they hold them in."""

    titles: dict[str, frozenset[str]]
    states: dict[str, frozenset[str]]
