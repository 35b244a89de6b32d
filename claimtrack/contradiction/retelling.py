"""A claim as one line that a model reads: who holds it, how, and what; "Iran denies: It attacked the tankers"."""

from __future__ import annotations

import re

from claimtrack.contradiction.terms import words_of
from claimtrack.reading.paragraphs import function_words
from claimtrack.schema import Claim

SAYS = {
    "affirm": "says", "deny": "denies", "doubt": "doubts", "question": "asks", "hope": "hopes", "fear": "fears"
}  # fmt: skip

LOOSE = frozenset({"he", "it", "she", "they"})
POINTING = frozenset({"that", "these", "this", "those"})
"""First words that stand for what nobody knows; the latter only where no noun follows: not "those letters"."""

VERBS = frozenset(
    {"could", "did", "does", "had", "ll", "may", "means", "might", "must", "re", "s", "should", "ve", "would"}
)
"""What shows, besides function words, that no noun follows."""

FRAGMENT = frozenset({"how", "to", "whether", "where", "which", "who", "whose", "why"})
"""First words of what asserts nothing by itself: an infinitive ("To curb the trade"), an indirect question."""

PLAIN = re.compile(r"\b[a-z]\w+")  # a word that is no name
WEIGHTY = 4  # characters: shorter words are mostly those of grammar


def retold(claim: Claim) -> str:
    """Tell a claim in one line."""
    return _line(claim, "the author")


def retold_both(a: Claim, b: Claim) -> tuple[str, str]:
    """Tell two claims beside each other; the nameless author of another article is another one."""
    return _line(a, "the author"), _line(b, "the author" if a.document == b.document else "another author")


def holder(claim: Claim) -> str:
    """Name who holds a claim; "" for the author of an article."""
    return "" if claim.source.kind == "author" else claim.source.name


def verb(claim: Claim) -> str:
    """Give the verb between holder and statement; "Iran has denied it", as a statement, is told and not denied."""
    return SAYS["affirm" if tells_denial(claim) else claim.stance]


def tells_denial(claim: Claim) -> bool:
    """Tell whether a denial stands in the statement itself, with its verb: "Iran has denied any part in the attack"."""
    cue = (claim.attribution.cue or "").lower()
    return claim.stance == "deny" and bool(cue) and cue in claim.proposition.lower()


def says_something(claim: Claim) -> bool:
    """Tell whether a statement has a word of weight besides the holder's name and the verb of saying.

    "Mara Quist rejected" has none, and nothing can clash with it. What is denied needs two that are no names: "Peru has
    denied any involvement" does not say in what, and would clash with whatever Peru is accused of.
    """
    of_saying = {*words_of(claim.source.name), *words_of(claim.attribution.cue or "")}
    if claim.stance == "deny":
        return len({word for word in PLAIN.findall(claim.proposition) if len(word) >= WEIGHTY} - of_saying) > 1
    return bool(weighty_words(claim) - of_saying)


def weighty_words(claim: Claim) -> set[str]:
    """Give the longer words of a statement, and its numbers."""
    return {word for word in words_of(claim.proposition) if len(word) >= WEIGHTY or word.isdigit()}


def stands_alone(claim: Claim) -> bool:
    """Tell whether a statement can be read without its article: not so "It was involved", where nobody knows what."""
    first, second = (*words_of(claim.proposition), "", "")[:2]
    loose = first in LOOSE or (first in POINTING and (not second or second in VERBS or second in function_words()))
    return bool(first) and not loose and first not in FRAGMENT


def _line(claim: Claim, author: str) -> str:
    return f"{holder(claim) or author} {verb(claim)}: {claim.proposition}"
