"""Tell of a word whether it is a human being, of what gender, and of what type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimtrack.reference.nouns import class_nouns, genders
from claimtrack.schema import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Token

PERSONAL = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}


def is_human(token: Token) -> bool:
    """Tell a word for one human being, linked or not: "the gunman", "someone", "he", a person's name."""
    if token.lower_ in PERSONAL:
        return True
    if token.tag_ in {"NNS", "NNPS"}:
        return False
    return token.ent_type_ == "PERSON" or class_of(token) == "person" or token.lower_ in genders("human_nouns")


def gender_of(token: Token) -> str:
    """Give the gender that a word for a human being tells: "m", "f", or "" for either."""
    word = token.lower_
    noun = class_nouns().get(word)
    forename = genders("forenames").get(token.doc[token.left_edge.i].lower_, "") if token.ent_type_ == "PERSON" else ""
    return PERSONAL.get(word) or genders("human_nouns").get(word) or (noun.gender if noun else None) or forename or ""


def class_of(token: Token) -> EntityType | None:
    """Give the type that a class noun gives to what it heads."""
    noun = class_nouns().get(token.lower_)
    return noun.type if noun is not None else None

