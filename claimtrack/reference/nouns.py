"""Know the nouns by which a text says what somebody or something is: corridors, ministers, women, towns.

The words come from class_nouns.toml, metonymy.toml, human_nouns.toml and forenames.toml.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from claimtrack import lexicon
from claimtrack.schema import EntityType


class ClassNoun(lexicon.Entry):
    """A noun that says what a thing is: "corridor" is a place, makes names, and may be taken up by "the project"."""

    type: EntityType
    under: tuple[str, ...] = ()
    names: bool = False
    title: bool = False
    speaks: bool = False
    media: bool = False
    document: bool = False
    view: bool = False
    gender: Literal["m", "f"] | None = None


class Metonym(lexicon.Entry):
    """A word beside which a capital is a town (object, motion, urban) or surely the state (state, abstract)."""

    role: Literal["object", "motion", "urban", "state", "abstract"]


class Gendered(lexicon.Entry):
    """A word for a human being ("gunman", "Angela"), with the gender that it tells, if any."""

    gender: Literal["m", "f"] | None = None


def class_nouns() -> dict[str, ClassNoun]:
    """Index the class nouns by their words, in lower case."""
    return lexicon.phrases("class_nouns", ClassNoun)


@cache
def metonymy(role: str) -> frozenset[str]:
    """Give the lemmas of one role of metonymy.toml."""
    return frozenset(m.phrase for m in lexicon.read("metonymy", Metonym) if m.role == role)


@cache
def genders(name: Literal["human_nouns", "forenames"]) -> dict[str, str]:
    """Give the genders that the words of a lexicon tell: "m", "f", or "" where a word tells none."""
    return {word: entry.gender or "" for word, entry in lexicon.phrases(name, Gendered).items()}
