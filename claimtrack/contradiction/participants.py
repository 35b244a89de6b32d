"""Who acts in a claim, on whom or what it is done, and which of them are known well enough to be met again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from claimtrack.contradiction.terms import tells_time
from claimtrack.reference.nouns import genders
from claimtrack.schema import Claim


def actors(claim: Claim) -> Iterator[str]:
    """Give those by whom claims on one predicate meet.

    A mere noun is the same only in one document ("officials"), or with a thing or place that has a name ("the bridge"
    of Lima); people that share a place are not ("a man in Lima"). Of one surname in two documents, those are one who
    are told of with the same other name.
    """
    yield from _known(claim, claim.frame.agents)


def themes(claim: Claim) -> Iterator[str]:
    """Give what a claim tells of: who acts, or where it says of nobody, what it is done to ("the port is closed")."""
    yield from _known(claim, claim.frame.agents or claim.frame.patients)


def _known(claim: Claim, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if is_surname(name):
            yield f"{claim.document}:{name}"
            yield from (f"{name} with {other}" for other in others(claim, name))
        elif ":" in name:
            yield name
        else:
            yield f"{claim.document}:{name}"
            if name not in genders("human_nouns"):
                yield from (f"{name} at {place}" for place in places(claim))


def is_surname(name: str) -> bool:
    """Tell a person known by one name ("person:chen"), who may be another one in another document."""
    return name.startswith("person:") and "-" not in name


def others(claim: Claim, name: str) -> set[str]:
    """Give the names beside one: who shares one of them with a namesake is taken for the same person."""
    return {e.id for e in claim.entities if e.id != name}


def undergoers(claim: Claim) -> Iterator[str]:
    """Give those to whom it is done, by whom claims meet where one does not say who did it: "she was captured"."""
    for patient in patients(claim):
        if is_surname(patient):
            yield from (f"on {key}" for key in _known(claim, [patient]))
        else:
            yield f"on {patient}" if ":" in patient else f"{claim.document}:on {patient}"


def places(claim: Claim) -> set[str]:
    """Give the named things and places that tell which bridge or earthquake is meant."""
    where = (c.partition(" ") for c in claim.frame.circumstances)
    return {*claim.frame.things, *(entity for preposition, _, entity in where if preposition in {"in", "of", "at"})}


def named_things(claim: Claim) -> frozenset[str]:
    """Give the ids of the places, works, events and organizations that a claim names."""
    return frozenset(e.id for e in claim.entities if e.type in {"place", "work", "event", "organization"})


def patients(claim: Claim) -> set[str]:
    """Give on what or whom it is done; words of time are no such thing."""
    return {p for p in claim.frame.patients if not tells_time(p)}


def objects(claim: Claim) -> set[str]:
    """Give all that a claim's event may be done to: its patients, the words and the named things beside it."""
    beside = {t for t in claim.frame.terms if not tells_time(t)} - {claim.frame.predicate} - set(claim.frame.agents)
    return beside | patients(claim) | named_things(claim)


def bare_predicate(claim: Claim) -> str:
    """Give the predicate without a copula: "open" for "is open"."""
    return claim.frame.predicate.removeprefix("be ")


def is_specific(target_id: str) -> bool:
    """Tell whether two mentions of a target are of one thing: a linked entity, or a phrase of several telling words."""
    return ":" in target_id or " " in target_id
