"""Whether two claims speak of one thing: one event, one deed by the same on the same, one source."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, product

from claimtrack import lexicon
from claimtrack.contradiction.participants import (
    actors,
    bare_predicate,
    is_surname,
    objects,
    others,
    patients,
    themes,
)
from claimtrack.contradiction.terms import content_words, says_little, words_of
from claimtrack.schema import Claim

TOLD_ALIKE = 3
"""Content words that two clauses of one document share if they speak of one thing, whoever they say did it."""


def shared_event(a: Claim, b: Claim) -> bool:
    """Tell whether two claims speak of one class of event with at least one party in common."""
    return bool(a.frame.event) and a.frame.event == b.frame.event and bool(set(a.frame.parties) & set(b.frame.parties))


def same_event(a: Claim, b: Claim) -> bool:
    """Tell whether two claims speak of one event, by its class or by who does what."""
    return shared_event(a, b) or (same_predicate(a, b) and same_participants(a, b))


def same_predicate(a: Claim, b: Claim) -> bool:
    """Tell whether the same is said to be done."""
    return a.frame.predicate == b.frame.predicate


def same_participants(a: Claim, b: Claim) -> bool:
    """Tell whether who acts, and on what, is the same as far as both claims say."""
    if not _overlap(actors(a), actors(b)):
        return False
    first, second = patients(a), patients(b)
    if first or second:
        return _overlap(first, objects(b)) or _overlap(second, objects(a))
    return not says_little(a.frame.predicate) and not _told_apart(a, b)


def same_theme(a: Claim, b: Claim) -> bool:
    """Tell whether both tell of one thing, also where one has a passive: "the port is open" / "the port is closed"."""
    if same_participants(a, b):
        return True
    states = all(not (c.frame.agents and c.frame.patients) for c in (a, b))
    return states and _overlap(themes(a), themes(b)) and not _told_apart(a, b)


def same_deed(a: Claim, b: Claim) -> bool:
    """Tell whether it is the same that is done, also where one does not say by whom."""
    if (a.frame.agents and b.frame.agents) or says_little(a.frame.predicate):
        return same_participants(a, b)
    shared = patients(a) & patients(b)
    named = (key for key in shared if ":" in key and (a.document == b.document or not is_surname(key)
                                                      or others(a, key) & others(b, key)))
    return any(named) or bool(shared and alike_told(a, b))


def alike_told(a: Claim, b: Claim) -> bool:
    """Tell whether one document says so much of it in the same words that it is one thing, whoever did it."""
    return a.document == b.document and len(shared_terms(a, b)) >= TOLD_ALIKE


def _told_apart(a: Claim, b: Claim) -> bool:
    """Tell whether both say more than who acts, and nothing of it is shared: "plans to buy it", "plans to sell her"."""
    themes = (c.frame.agents or c.frame.patients for c in (a, b))
    keys = (*chain.from_iterable(themes), a.frame.predicate, b.frame.predicate)
    who = {word for key in keys for word in words_of(key)}
    first, second = content_words(a) - who, content_words(b) - who
    return bool(first and second and not first & second)


def _overlap(first: Iterable[str], second: Iterable[str]) -> bool:
    return bool(set(first) & set(second))


def shared_terms(a: Claim, b: Claim) -> set[str]:
    """Give the content lemmas that both clauses have."""
    return set(a.frame.terms) & set(b.frame.terms)


def matter(a: Claim, b: Claim) -> tuple[str, ...]:
    """Name what two claims speak of, as far as both say: an event with its parties, or who does what to whom."""
    if shared_event(a, b):
        return ("event", a.frame.event or "", *max(a.frame.parties, b.frame.parties, key=len))
    whom = patients(a) & patients(b) or patients(a) & objects(b) or patients(b) & objects(a)
    predicates = sorted({bare_predicate(a), bare_predicate(b)})
    return ("act", *predicates, *sorted({*actors(a)} & {*actors(b)}), "", *sorted(whom))


def same_source(a: Claim, b: Claim) -> bool:
    """Tell whether one source holds both; "experts" and unnamed authors of two documents are not one."""
    named = a.source.kind in {"person", "organization", "state", "media"} or (
        a.source.kind == "author" and not a.source.is_nameless_voice)
    return a.source.id == b.source.id and ((named and not is_surname(a.source.id)) or a.document == b.document)


def days_apart(a: str | None, b: str | None) -> int | None:
    """Give the days two dates are apart for certain: 2021 and 2021-10 may be one day; None where one is unknown."""
    from datetime import date

    if not a or not b:
        return None
    known = min(len(a), len(b))
    first, second = (date.fromisoformat((d[:known] + "-01-01"[known - 4:])[:10]) for d in (a, b))
    return abs((first - second).days)


def same_sentence(a: Claim, b: Claim) -> bool:
    """Tell whether two claims begin so near to one another that they may stand in one sentence."""
    return a.document == b.document and abs(a.spans[0][0] - b.spans[0][0]) < 400


def same_place(a: Claim, b: Claim) -> bool:
    """Tell whether two claims share words of one document: both read the same, each in its way."""
    return a.document == b.document and any(s < f and e < t for (s, t), (e, f) in product(a.spans, b.spans))


def same_half(a: Claim, b: Claim) -> bool:
    """Tell whether both hold it likely, or both unlikely."""
    points = [c.likelihood.point for c in (a, b) if c.likelihood and c.likelihood.point is not None]
    return len(points) == 2 and (points[0] < 0.5) == (points[1] < 0.5)


def restates(a: Claim, b: Claim) -> bool:
    """Tell whether two claims say the same words: a difference found between them is a misreading."""
    first, second = set(words_of(a.text)), set(words_of(b.text))
    alike = len(first & second) >= 0.8 * max(len(first), len(second))
    return alike and not (first ^ second) & lexicon.words("clash_words", "negator")
