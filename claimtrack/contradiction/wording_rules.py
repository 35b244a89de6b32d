"""Rules on wording alone: yes against no, and words that are opposites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product

from claimtrack import lexicon
from claimtrack.contradiction.explanation import both_say
from claimtrack.contradiction.findings import Apart, Finding, Seat, evidence, rule
from claimtrack.contradiction.participants import actors, bare_predicate, themes, undergoers
from claimtrack.contradiction.sameness import (
    matter,
    restates,
    same_deed,
    same_half,
    same_predicate,
    same_theme,
    shared_terms,
)
from claimtrack.contradiction.sides import asserts
from claimtrack.contradiction.terms import limiters, words_of
from claimtrack.schema import Claim


def _negation_seats(claim: Claim) -> Iterator[Seat]:
    if claim.stance == "affirm" and asserts(claim):
        for who in (*actors(claim), *undergoers(claim)):
            yield Seat(f"negation:{claim.frame.predicate}:{claim.time.relation}:{who}", claim.polarity)


@rule("negation", seats=_negation_seats)
def negation(a: Claim, b: Claim) -> Finding | Apart | None:
    """Find one that says yes and one that says no to the same: "Peru will sign it" / "Peru will not sign it"."""
    if not (same_predicate(a, b) and same_deed(a, b)) or a.polarity == b.polarity:
        return None
    if {a.stance, b.stance} != {"affirm"} or a.time.relation != b.time.relation or same_half(a, b):
        return None
    if not (asserts(a) and asserts(b)) or len(shared_terms(a, b)) < 2:
        return None
    if restates(a, b):
        return Apart("restated", "Both say the same in nearly the same words, though they were read as yes and no.")
    if limiters() & {*words_of(a.text), *words_of(b.text)} or {a.factuality[:2], b.factuality[:2]} == {"PS"}:
        return None
    words = both_say(a, b)
    return Finding("contradiction", 0.8, words, (
        evidence("polarity", a.polarity, b.polarity, a.frame.span, b.frame.span),), matter(a, b))


class Antonym(lexicon.Entry):
    """Two words that cannot both hold of one thing at one time."""

    opposite: str


def _antonym_seats(claim: Claim) -> Iterator[Seat]:
    if claim.stance == "affirm" and asserts(claim):
        word = bare_predicate(claim)
        for opposite, who in product(_opposites().get(word, ()), themes(claim)):
            words = ":".join(sorted((word, opposite)))
            yield Seat(f"antonym:{words}:{claim.time.relation}:{claim.polarity}:{who}", word)


@rule("antonym", seats=_antonym_seats)
def antonym(a: Claim, b: Claim) -> Finding | None:
    """Find opposite words for one thing: "the port is open" / "the port is closed"."""
    first, second = map(bare_predicate, (a, b))
    if second not in _opposites().get(first, ()) or a.polarity != b.polarity or a.time.relation != b.time.relation:
        return None
    if not same_theme(a, b) or {a.stance, b.stance} != {"affirm"} or not (asserts(a) and asserts(b)):
        return None
    words = both_say(a, b)
    return Finding("contradiction", 0.75, words, (
        evidence("predicate", first, second, a.frame.span, b.frame.span),), matter(a, b))


@cache
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in lexicon.read("antonyms", Antonym):
        found[entry.phrase].add(entry.opposite)
        found[entry.opposite].add(entry.phrase)
    return {word: frozenset(others) for word, others in found.items()}
