"""The words that likelihood phrases are built of, and what is found of a phrase at one layer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from claimtrack import lexicon
from claimtrack.meaning import probability

if TYPE_CHECKING:
    from spacy.tokens import Token

Basis = Literal["phrase", "number", "modal", "tense", "cue", "rank"]


class Term(lexicon.Entry):
    """A word that likelihood phrases are built of; `value` is its base, degree or quality."""

    role: Literal["term", "noun", "rank", "degree", "quality", "compare"]
    value: str


@dataclass(frozen=True, slots=True)
class Found:
    """A likelihood phrase at a layer: its parts and the words it consists of."""

    base: str
    degree: str
    negation: int
    words: tuple[Token, ...]
    basis: Basis = "phrase"
    value: probability.Numbers | None = None


@cache
def terms(role: str) -> dict[str, str]:
    """Give the words of one role with what they stand for: base, degree or quality."""
    return {w.phrase: w.value for w in lexicon.read("likelihood_terms", Term) if w.role == role}


def degree_of(term: Token) -> tuple[str, list[Token]]:
    """Give the degree before a term or quality and its word: "highly" likely, a "very" good chance."""
    degrees = terms("degree")
    for child in term.lefts:
        if child.lower_ in degrees:
            return degrees[child.lower_], [child]
    before = term.doc[max(term.i - 2, 0):term.i]
    if before.text.lower() in degrees:  # "all but certain"
        return degrees[before.text.lower()], list(before)
    return "", []
