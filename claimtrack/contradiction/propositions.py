"""What claims are about, whether they affirm it or not, so that all voices on one proposition meet.

The key of a proposition is who does what to whom, where and when, without polarity, likelihood and numbers, so that
opposites meet. It is made of one claim alone, so that ids hold in every store. A claim that says too little to be
recognised elsewhere ("he accepted it") keeps a proposition of its own: a wrong gathering is worse than a missing one.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from claimtrack import lexicon
from claimtrack.contradiction.participants import is_specific
from claimtrack.contradiction.terms import content_words, limiters, says_little, tells_time, words_of
from claimtrack.schema import Claim

__all__ = ["Key", "completed", "keys"]

TELLING = 4
"""Content words from which a clause is recognised elsewhere by its words alone."""


@dataclass(frozen=True)
class Key:
    """What a claim is about, apart from what it says of it.

    Attributes:
        sort: an event that takes place, a position for or against something, an act, a clause known by its words, or
            one claim alone.
        what: the event, the target, the predicate, the clause's content words, or the claim's id.
        who: who acts, or the parties of an event: sorted ids.
        whom: on what or whom, sorted.
        where: linked names by preposition, and words that narrow the claim ("only"), sorted.
        when: "future" where it is to come, and the year, where the claim names one.
    """

    sort: Literal["event", "position", "act", "words", "claim"]
    what: str
    who: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    when: str = ""

    @property
    def id(self) -> str:
        """The id of the proposition: "prp_" and 16 hex."""
        parts = (self.sort, self.what, *self.who, "", *self.whom, "", *self.where, "", self.when)
        return "prp_" + hashlib.sha256("\x1f".join(parts).encode("utf8", "surrogatepass")).hexdigest()[:16]


def keys(claim: Claim) -> tuple[Key, ...]:
    """Give the propositions a claim speaks of: one, or one for each thing it tells a position on."""
    targets = dict.fromkeys(p.target_id for p in claim.positions if is_specific(p.target_id))
    if targets:
        return tuple(Key("position", target) for target in targets)
    return (_event_key(claim) or _act_key(claim) or _words_key(claim),)


def _event_key(claim: Claim) -> Key | None:
    """An event that takes place, named by a noun: "a war between Peru and Chile", "a recession in Ghana"."""
    frame = claim.frame
    if not frame.event or not frame.parties or frame.agents or _only_supposes(claim):
        return None
    directed = frame.event in lexicon.words("clash_words", "directed") and len(frame.parties) > 1
    where = tuple(sorted(c for c in frame.circumstances if c.partition(" ")[2] in frame.parties)) if directed else ()
    return Key("event", frame.event, who=tuple(sorted(frame.parties)), where=where, when=_when(claim))


def _only_supposes(claim: Claim) -> bool:
    """Tell whether an event is only thought of: "a war would be costly" does not say that it comes."""
    return claim.kind == "scenario" and claim.condition is None and claim.likelihood is None


def _act_key(claim: Claim) -> Key | None:
    """Who does what to whom, where those who act are known by name or by a named thing: "the Lima bridge"."""
    frame = claim.frame
    whom = sorted(p for p in frame.patients if not tells_time(p))
    anchors = sorted({*frame.things, *(c.partition(" ")[2] for c in frame.circumstances)})
    named = all(":" in agent for agent in frame.agents)
    said_all = not _residue(claim)
    if not frame.agents or not (named or (anchors and said_all)):
        return None
    if not whom and (not said_all or says_little(frame.predicate)):
        return None  # "Peru plans", with the plan left out of the frame
    who = sorted(frame.agents if named else [*frame.agents, *anchors])
    where = sorted([*frame.circumstances, *(limiters() & set(words_of(claim.text)))])
    return Key("act", frame.predicate, tuple(who), tuple(whom), tuple(where), _when(claim))


def _residue(claim: Claim) -> set[str]:
    """Give the content words of a clause that its frame does not hold; numbers and words of time aside."""
    frame = claim.frame
    keys = (*frame.agents, *frame.patients, *frame.parties, *frame.things, *frame.circumstances, frame.predicate)
    held = {word for key in keys for word in words_of(key)}
    held |= {word for entity in claim.entities for word in words_of(entity.name)}
    held |= {word for entity in claim.entities for start, end in entity.spans
             for word in words_of(claim.context[start - claim.context_span[0]:end - claim.context_span[0]])}
    return {term for term in content_words(claim) if term not in held and not tells_time(term)}


def _words_key(claim: Claim) -> Key:
    """The words themselves where they tell enough, else this one claim."""
    told = content_words(claim)
    if len(told) < TELLING:
        return Key("claim", claim.id)
    return Key("words", claim.frame.predicate, whom=tuple(sorted(told)), when=_when(claim))


def _when(claim: Claim) -> str:
    coming = "future" if claim.time.relation == "future" else ""
    year = (claim.time.start or claim.time.end or "")[:4] if claim.time.text else ""
    return f"{coming} {year}".strip()


def completed(acts: Iterable[Key]) -> dict[Key, Key]:
    """Lead acts that leave something out to the one act of the same document that says it.

    "Israel denies having bases" speaks of the bases in Peru of which the sentence before it spoke; where several acts
    would do, none is taken.
    """
    alike: dict[tuple[str, tuple[str, ...], bool], list[Key]] = defaultdict(list)
    for key in acts:
        alike[key.what, key.who, "future" in key.when].append(key)
    found = {}
    for among in alike.values():
        for key in among:
            fuller = [other for other in among if key.whom and _is_fuller(other, key)]
            fullest = [other for other in fuller if not any(_is_fuller(another, other) for another in fuller)]
            if len(fullest) == 1:
                found[key] = fullest[0]
    return found


def _is_fuller(other: Key, key: Key) -> bool:
    """Tell whether another key says all that a key says, and more."""
    same_time = key.when in {other.when, other.when.partition(" ")[0], ""}
    return other != key and same_time and set(key.whom) <= set(other.whom) and set(key.where) <= set(other.where)
