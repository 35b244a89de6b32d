"""Rules on what somebody or something is at present: who holds a role, whether a project moves ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Literal

from claimtrack import lexicon
from claimtrack.contradiction.explanation import both_say, names, source_name, the
from claimtrack.contradiction.findings import Apart, Finding, Seat, evidence, rule
from claimtrack.contradiction.participants import bare_predicate
from claimtrack.contradiction.sides import asserts
from claimtrack.contradiction.terms import content_words, words_of
from claimtrack.schema import Claim


class Role(lexicon.Entry):
    """What one alone is at one time, of one country, body or place."""


def _role_seats(claim: Claim) -> Iterator[Seat]:
    if _tells_role(claim):
        for what, anchor in _roles(claim):
            yield Seat(f"role:{what}:{anchor}:{claim.time.relation}", claim.frame.agents[0])


@rule("role", seats=_role_seats)
def role(a: Claim, b: Claim) -> Finding | Apart | None:
    """Find two holders of one role, or two who each struck first: "Ada is the mayor of Lima" / "Bo is the mayor"."""
    first, second = a.frame.agents, b.frame.agents
    if set(first) & set(second) or a.time.relation != b.time.relation or not (_tells_role(a) and _tells_role(b)):
        return None
    shared = sorted(set(_roles(a)) & set(_roles(b)))
    if not shared or _besides_holder(a) != _besides_holder(b):
        return None
    if not all(_is_unique(shared[0][0], claim) for claim in (a, b)):
        several = f"{names(a, first)} and {names(b, second)}"
        return Apart("list-valued", f"Several may be {bare_predicate(a)}: {several}.")
    words = both_say(a, b)
    moved = a.published != b.published  # who is president may change from one day to the next
    return Finding("tension" if moved else "contradiction", 0.6 if moved else 0.75, words, (
        evidence("role", names(a, first), names(b, second), a.frame.span, b.frame.span),), ("role", *shared[0]))


def _tells_role(claim: Claim) -> bool:
    one = len(claim.frame.agents) == 1 and ":" in claim.frame.agents[0]
    return one and claim.stance == "affirm" and claim.polarity == "positive" and asserts(claim)


def _roles(claim: Claim) -> Iterator[tuple[str, str]]:
    """Give what a claim says somebody is, and of what; or whom somebody attacked first."""
    frame, told = claim.frame, set(words_of(claim.text))
    is_one = frame.predicate.startswith("be ") and bare_predicate(claim) in frame.patients
    if is_one and told.isdisjoint(lexicon.words("clash_words", "shared_role")):
        of = {c.partition(" ")[2] for c in frame.circumstances if c.startswith(("of ", "to ", "for "))}
        yield from ((frame.predicate, anchor) for anchor in sorted({*of, *frame.parties} - set(frame.agents)))
    elif "first" in told and set(frame.patients) & set(frame.parties):
        yield f"{frame.predicate} first", " ".join(sorted(frame.parties))


def _is_unique(role: str, claim: Claim) -> bool:
    """Tell whether one alone can be what a claim says somebody is."""
    told = " ".join(words_of(claim.text))
    if role.endswith(" first"):
        return True
    known = any(re.search(rf"\b{phrase}\b", told) for phrase in lexicon.phrases("roles", Role))
    return (known or bool({"only", "sole"} & set(told.split()))) and not {"a", "an", "one"} & set(told.split())


def _besides_holder(claim: Claim) -> set[str]:
    """Give what a claim says besides who it is, to compare: president of what, chairman of which business."""
    named = {*claim.frame.agents, *claim.frame.patients}
    held = {word for e in claim.entities if e.id in named for word in words_of(e.name)}
    return content_words(claim) - held - {word for key in named for word in words_of(key)}


class StatusWord(lexicon.Entry):
    """A word that says whether a project or dispute moves ahead or is stalled."""

    state: Literal["ahead", "stalled"]


def _status_seats(claim: Claim) -> Iterator[Seat]:
    state = _status(claim)
    if state and asserts(claim):
        for kind, _, name in (thing.partition(":") for thing in claim.frame.things):
            for word in name.split("-") if kind == "place" else (name,):
                yield Seat(f"status:{kind}:{word}", state)


@rule("status", seats=_status_seats)
def status(a: Claim, b: Claim) -> Finding | None:
    """Find a thing that moves ahead for one and is stalled for the other; both may stand, so it is a tension."""
    states = _status(a), _status(b)
    things = _shared_things(a, b)
    if not things or set(states) != {"ahead", "stalled"} or not (asserts(a) and asserts(b)):
        return None
    thing = names(a, things)
    ahead, stalled = (a, b) if states[0] == "ahead" else (b, a)
    words = (f"{the(thing)}: {source_name(ahead)} sees it moving ahead (“{bare_predicate(ahead)}”), "
             f"{source_name(stalled)} stalled (“{bare_predicate(stalled)}”).")
    forecast = ahead.likelihood is not None
    return Finding("tension", 0.7 if forecast else 0.6, words, (
        evidence("thing", thing, thing),
        evidence("status", bare_predicate(a), bare_predicate(b), a.frame.span, b.frame.span)), ("status", *things))


def _shared_things(a: Claim, b: Claim) -> set[str]:
    """Give the projects and places both claims are about; "the Atacama dispute" is about the Atacama Corridor too."""
    pairs = product(*([t for t in c.frame.things if not t.startswith("org:")] for c in (a, b)))
    return {max(x, y, key=len) for x, y in pairs if x == y or _is_part(x, y)}


def _is_part(x: str, y: str) -> bool:
    first, second = (set(key.partition(":")[2].split("-")) for key in (x, y))
    return x.startswith("place:") and y.startswith("place:") and (first < second or second < first)


def _status(claim: Claim) -> str | None:
    entry = lexicon.phrases("status", StatusWord).get(bare_predicate(claim))
    if entry is None:
        return None
    opposite = {"ahead": "stalled", "stalled": "ahead"}
    return opposite[entry.state] if claim.polarity == "negative" else entry.state
