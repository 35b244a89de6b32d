"""The rule on numbers of one thing, which may be the same, rounded, or those of a part or of another time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from math import inf

from claimtrack.contradiction.explanation import names, says
from claimtrack.contradiction.findings import Apart, Finding, Seat, evidence, rule
from claimtrack.contradiction.participants import actors
from claimtrack.contradiction.sameness import days_apart, matter, same_participants, same_predicate, same_source
from claimtrack.contradiction.sides import asserts
from claimtrack.contradiction.terms import words_of
from claimtrack.schema import Claim, Quantity

ABOUT = 1.33
"""How many times as much or as little a number after "about" may be."""


def _numeric_seats(claim: Claim) -> Iterator[Seat]:
    quantities = _single_quantities(claim) if asserts(claim) else []
    shared = f"{claim.frame.predicate}:{claim.time.relation}:{claim.polarity}"
    for quantity, who in product(quantities, actors(claim)):
        yield Seat(f"numeric:{quantity.unit}:{shared}:{who}", str(_range(quantity)))


@rule("numeric", seats=_numeric_seats)
def numeric(a: Claim, b: Claim) -> Finding | Apart | None:
    """Find two numbers for one thing: "Peru has four bases in the north" / "Peru has six bases in the north"."""
    if not (same_predicate(a, b) and same_participants(a, b)) or a.time.relation != b.time.relation:
        return None
    if not (asserts(a) and asserts(b)) or a.polarity != b.polarity:
        return None
    both = ((p, q) for p, q in product(_single_quantities(a), _single_quantities(b)) if p.unit == q.unit)
    p, q = next(((p, q) for p, q in both if _range(p) != _range(q)), (None, None))
    if p is None or q is None:
        return None
    words = f"{says(a)} {_number(p)}, {says(b, a)} {_number(q)}."
    if apart := _other_period(a, b) or _finer(a, b, p, q) or _updated(a, b, words):
        return apart
    return Finding("contradiction", 0.7 if p.modifier or q.modifier else 0.8, words, (
        evidence("quantity", _number(p), _number(q), p.span, q.span),), matter(a, b))


def _other_period(a: Claim, b: Claim) -> Apart | None:
    """Tell of numbers for different times, of which one may hold the other: in the first quarter, by December."""
    first, second = a.time.text, b.time.text
    if not first or not second or words_of(first) == words_of(second):
        return None
    return Apart("other time", f"One counts “{first}”, the other “{second}”.")


def _range(quantity: Quantity) -> tuple[float, float]:
    """Give the least and the greatest number that a quantity's words allow: "at least four" is [4, inf]."""
    value, high = quantity.value, quantity.high or quantity.value
    return {
        "about": (value / ABOUT, high * ABOUT), "at least": (value, inf), "more than": (value, inf),
        "at most": (-inf, high), "less than": (-inf, high),
    }.get(quantity.modifier or "", (value, high))


def _finer(a: Claim, b: Claim, p: Quantity, q: Quantity) -> Apart | None:
    """Tell of a number within the other, rounded to it, or of a part of it: "at least four", six; four in Lima, six."""
    (low, high), (least, most) = _range(p), _range(q)
    if (low <= most and least <= high) or _rounds_to(p.value, q.value) or _rounds_to(q.value, p.value):
        return Apart("refinement", f"{_number(p)} and {_number(q)} may be one number, told more or less exactly.")
    first, second = set(a.frame.circumstances), set(b.frame.circumstances)
    part, whole = ((a, p), (b, q)) if second < first else ((b, q), (a, p))
    fits = part[1].value < whole[1].value or p.unit in {"%", "share"}
    if first != second and (first < second or second < first) and fits:
        only = names(part[0], {c.partition(" ")[2] for c in first ^ second})
        return Apart("refinement", f"{_number(part[1])} are those of {only} alone, {_number(whole[1])} may be all.")
    return None


def _rounds_to(exact: float, rough: float) -> bool:
    """Tell whether a round number is another one rounded: 19,800 is 20,000, and 4.2 million 4 million; 9 is not 10."""
    places = len(f"{rough:.0f}") - len(f"{rough:.0f}".rstrip("0"))
    return rough == int(rough) and (places >= 2 or exact != int(exact)) and round(exact, -places) == rough


def _updated(a: Claim, b: Claim, words: str) -> Apart | None:
    """Tell of a later number by the same source, which replaces the former one."""
    if not same_source(a, b) or not days_apart(a.published, b.published):
        return None
    return Apart("superseded", f"{words} It was published later and replaces the former.")


def _number(quantity: Quantity) -> str:
    upper = f" to {quantity.high:,.10g}" if quantity.high else ""
    modifier = f"{quantity.modifier} " if quantity.modifier not in {None, "between"} else ""
    return f"{modifier}{quantity.value:,.10g}{upper} {quantity.unit}"


def _single_quantities(claim: Claim) -> list[Quantity]:
    """Give the quantities whose unit stands once in the claim: of two prices it is unsure which one is meant."""
    units = Counter(q.unit for q in claim.quantities)
    return [q for q in claim.quantities if q.unit and units[q.unit] == 1]
