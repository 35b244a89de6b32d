"""Which claims cannot both stand: pairing by what they speak of, then typed rules on the records.

Claims meet only in a block, on different sides of it: for and against one target, "will" and "will not" of one actor
and predicate. A rule looks for one kind of clash in two claims that met; what it finds is dropped, with the reason,
where other parties, another time, a condition or a concession let both stand. A clash that lies in the wording alone
has to convince the pair model too, which also tells how probable it is.

To add a rule: one function under `@rule("kind")`, from two claims to a `Finding`, to what keeps them `Apart`, or None,
and one in `_SEATING` that says by what the claims meet which it could set against each other.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, combinations, pairwise, product
from math import exp, inf, log
from typing import Literal, NamedTuple

from claimtrack import lexicon
from claimtrack.contradiction import nli
from claimtrack.contradiction.propositions import (
    EMPTY_PREDICATES,
    LIKELY,
    LIMITERS,
    MONTHS,
    UNLIKELY,
    WEEKDAYS,
    bare,
    content_words,
    is_specific,
    joined,
    names,
    ordered,
    tells_time,
    the,
    words_of,
)
from claimtrack.reference.gazetteer import genders
from claimtrack.schema import (
    Claim,
    Contradiction,
    ContradictionKind,
    Evidence,
    Likelihood,
    NearMiss,
    NearReason,
    PairRelation,
    Position,
    Quantity,
    Span,
    Strength,
)

BUCKET_LIMIT = 400
"""Claims of one block that are paired with one another; a fuller block speaks of nothing in particular."""

VERBATIM = 10  # words that a denial does not repeat: "it denied the report in a statement: …" quotes the denier

TOLD_ALIKE = 3
"""Content words that two clauses of one document share if they speak of one thing, whoever they say did it."""

FAR_APART_DAYS = 365
"""Two claims published further apart than this speak of different situations unless they name the same dates."""


class Antonym(lexicon.Entry):
    """Two words that cannot both hold of one thing at one time."""

    opposite: str


class StatusWord(lexicon.Entry):
    """A word that says whether a project or dispute moves ahead or is stalled."""

    state: Literal["ahead", "stalled"]


@dataclass(frozen=True)
class Finding:
    """What a rule found: the clash, how sure the rule is in [0, 1], and the sentence that explains it.

    `matter` is what the two clash on; pairs on one matter are shown together. `one_voice` says whether one source is
    against itself, where that does not follow from who holds the two claims: an article may tell of two holders.
    """

    strength: Strength
    score: float
    explanation: str
    evidence: tuple[Evidence, ...]
    matter: tuple[str, ...]
    one_voice: bool | None = None
    kind: ContradictionKind = "negation"


class Apart(NamedTuple):
    """Why two claims that a rule compared do not clash, although it seems so."""

    reason: NearReason
    explanation: str


Rule = Callable[[Claim, Claim], Finding | Apart | None]
_RULES: dict[ContradictionKind, Rule] = {}


def rule(kind: ContradictionKind) -> Callable[[Rule], Rule]:
    """Register a rule for one kind of clash; rules are tried in the order they stand here, the first finding counts."""

    def register(function: Rule) -> Rule:
        _RULES[kind] = function
        return function

    return register


# --- blocking ----------------------------------------------------------------------------------------------------


class Seat(NamedTuple):
    """Where a claim takes part in pairing: it meets those that sit on another side of the same block."""

    block: str
    side: str


def seats(claim: Claim) -> frozenset[Seat]:
    """Give the seats of a claim, one a block at most; claims that meet in no block are never compared.

    For each rule a block is what two claims must share for it, and the side what must set them apart, so that hardly
    a pair meets in vain. A claim on several sides of one block ("Peru favors the dam, Chile opposes it") meets all.
    """
    sides: dict[str, set[str]] = defaultdict(set)
    for seat in chain.from_iterable(place(claim) for place in _SEATING):
        sides[seat.block].add(seat.side)
    return frozenset(Seat(block, min(of) if len(of) == 1 else claim.id) for block, of in sides.items())


def _stance_seats(claim: Claim) -> Iterator[Seat]:
    for position in claim.positions:
        if is_specific(position.target_id):
            yield Seat(f"stance:{position.target_id}", position.value)


def _denial_seats(claim: Claim) -> Iterator[Seat]:
    if claim.stance in {"deny", "doubt"}:
        side = "denies" if _denies(claim) else ""
    else:
        side = "affirms" if claim.stance == "affirm" and _asserts(claim) and claim.polarity == "positive" else ""
    if side:
        for who in (*_actors(claim), *_undergoers(claim), claim.document):  # in one document, shared terms are enough
            yield Seat(f"denial:{claim.frame.predicate}:{who}", side)


def _likelihood_seats(claim: Claim) -> Iterator[Seat]:
    odds = claim.likelihood
    if odds is None or not _is_sided(odds):
        return
    side = str(odds.point)  # likely and unlikely clash; unlikely and ruled out are shown as near
    events = [f"{claim.frame.event}:{party}" for party in claim.frame.parties] if claim.frame.event else []
    for event in (*events, *(f"{claim.frame.predicate}:{who}" for who in _actors(claim))):
        yield Seat(f"likelihood:{event}", side)


def _cause_seats(claim: Claim) -> Iterator[Seat]:
    for term in claim.frame.cause:
        yield Seat(f"cause:{term}", "excuse" if claim.frame.pretext else "cause")


def _numeric_seats(claim: Claim) -> Iterator[Seat]:
    quantities = _single_quantities(claim) if _asserts(claim) else []
    shared = f"{claim.frame.predicate}:{claim.time.relation}:{claim.polarity}"
    for quantity, who in product(quantities, _actors(claim)):
        yield Seat(f"numeric:{quantity.unit}:{shared}:{who}", str(_range(quantity)))


def _negation_seats(claim: Claim) -> Iterator[Seat]:
    if claim.stance == "affirm" and _asserts(claim):
        for who in (*_actors(claim), *_undergoers(claim)):
            yield Seat(f"negation:{claim.frame.predicate}:{claim.time.relation}:{who}", claim.polarity)


def _antonym_seats(claim: Claim) -> Iterator[Seat]:
    if claim.stance == "affirm" and _asserts(claim):
        word = _bare_predicate(claim)
        for opposite, who in product(_opposites().get(word, ()), _themes(claim)):
            words = ":".join(sorted((word, opposite)))
            yield Seat(f"antonym:{words}:{claim.time.relation}:{claim.polarity}:{who}", word)


def _status_seats(claim: Claim) -> Iterator[Seat]:
    state = _status(claim)
    if state and _asserts(claim):
        for kind, _, name in (thing.partition(":") for thing in claim.frame.things):
            for word in name.split("-") if kind == "place" else (name,):
                yield Seat(f"status:{kind}:{word}", state)


def _role_seats(claim: Claim) -> Iterator[Seat]:
    if _tells_role(claim):
        for what, anchor in _roles(claim):
            yield Seat(f"role:{what}:{anchor}:{claim.time.relation}", claim.frame.agents[0])


_SEATING = (
    _stance_seats, _denial_seats, _likelihood_seats, _cause_seats, _numeric_seats, _negation_seats, _antonym_seats,
    _role_seats, _status_seats,
)


def _actors(claim: Claim) -> Iterator[str]:
    """Give those by whom claims on one predicate meet.

    A mere noun is the same only in one document ("officials"), or with a thing or place that has a name ("the bridge"
    of Lima); people that share a place are not ("a man in Lima"). Of one surname in two documents, those are one who
    are told of with the same other name.
    """
    yield from _known(claim, claim.frame.agents)


def _themes(claim: Claim) -> Iterator[str]:
    """Give what a claim tells of: who acts, or where it says of nobody, what it is done to ("the port is closed")."""
    yield from _known(claim, claim.frame.agents or claim.frame.patients)


def _known(claim: Claim, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if _is_surname(name):
            yield f"{claim.document}:{name}"
            yield from (f"{name} with {other}" for other in _others(claim, name))
        elif ":" in name:
            yield name
        else:
            yield f"{claim.document}:{name}"
            if name not in genders("human_nouns"):
                yield from (f"{name} at {place}" for place in _places(claim))


def _is_surname(name: str) -> bool:
    """Tell a person known by one name ("person:chen"), who may be another one in another document."""
    return name.startswith("person:") and "-" not in name


def _others(claim: Claim, name: str) -> set[str]:
    """Give the names beside one: who shares one of them with a namesake is taken for the same person."""
    return {e.id for e in claim.entities if e.id != name}


def _undergoers(claim: Claim) -> Iterator[str]:
    """Give those to whom it is done, by whom claims meet where one does not say who did it: "she was captured"."""
    for patient in _patients(claim):
        if _is_surname(patient):
            yield from (f"on {key}" for key in _known(claim, [patient]))
        else:
            yield f"on {patient}" if ":" in patient else f"{claim.document}:on {patient}"


def _places(claim: Claim) -> set[str]:
    """Give the named things and places that tell which bridge or earthquake is meant."""
    where = (c.partition(" ") for c in claim.frame.circumstances)
    return {*claim.frame.things, *(entity for preposition, _, entity in where if preposition in {"in", "of", "at"})}


def _named_things(claim: Claim) -> frozenset[str]:
    return frozenset(e.id for e in claim.entities if e.type in {"place", "work", "event", "organization"})


def candidates(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Give each pair of claims that meet in a block once; over-full blocks are cut to their first members."""
    blocks: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for i, claim in enumerate(claims):
        for block, side in seats(claim):
            if len(blocks[block]) < BUCKET_LIMIT:
                blocks[block].append((i, side))
    pairs = {(i, j) for members in blocks.values() for (i, x), (j, y) in combinations(members, 2) if x != y}
    for i, j in sorted(pairs):
        yield claims[i], claims[j]


# --- judging -----------------------------------------------------------------------------------------------------


def contradictions(claims: Iterable[Claim]) -> list[Contradiction]:
    """List the contradictory pairs among claims: contradictions before tensions, surest first, each clash once.

    Raises:
        ModelError: the pair model's weights are broken; without any, the rules judge alone.
    """
    judged = (judge(a, b) for a, b in candidates(ordered(claims)))
    return select(pair for pair in judged if isinstance(pair, Contradiction))


def near_misses(claims: Iterable[Claim]) -> list[NearMiss]:
    """List the pairs that look contradictory and are not, in text order, each with the reason that ruled it out.

    Raises:
        ModelError: as `contradictions`.
    """
    judged = (judge(a, b) for a, b in candidates(ordered(claims)))
    return [pair for pair in judged if isinstance(pair, NearMiss)]


def select(pairs: Iterable[Contradiction]) -> list[Contradiction]:
    """Order pairs for reading and keep the surest of those that show one clash again."""
    return list(distinct(sorted(pairs, key=_rank)))


def distinct(pairs: Iterable[Contradiction]) -> Iterator[Contradiction]:
    """Give the first of the pairs that show one clash, as they come.

    That is one of the same voices in the same documents, or in the same words: a reprint repeats its article's clashes.
    """
    seen: set[object] = set()
    for pair in pairs:
        clash = _clash_key(pair)
        if clash not in seen:
            seen.add(clash)
            words = pair.kind, frozenset((c.source.name, *words_of(c.text)) for c in (pair.a, pair.b))
            if words not in seen:
                seen.add(words)
                yield pair


def blocks(pairs: Iterable[Contradiction]) -> list[list[Contradiction]]:
    """Gather pairs that clash on one matter and hang together by their claims; all in the order given."""
    return joined(pairs, lambda pair: [(pair.group or pair.id, claim.id) for claim in (pair.a, pair.b)])


class Camps(NamedTuple):
    """Who stands where in a block besides the claims of its first pair: with A, with B, or against both."""

    a: tuple[Claim, ...]
    b: tuple[Claim, ...]
    neither: tuple[Claim, ...]


def camps(block: Sequence[Contradiction]) -> Camps:
    """Tell on which side the other claims of a block stand: who clashes with A is with B, and so on.

    A claim that clashes with A and with B, as a third number does, is with neither.
    """
    first = block[0]
    known = {claim.id: claim for pair in block for claim in (pair.a, pair.b)}
    foes: dict[str, dict[str, None]] = defaultdict(dict)
    for pair in block:
        foes[pair.a.id][pair.b.id] = foes[pair.b.id][pair.a.id] = None
    camp = {first.a.id: "a", first.b.id: "b"}
    waiting = list(camp)
    for at in waiting:  # grows on the way
        for other in sorted(foes[at].keys() - camp.keys()):
            neither = {first.a.id, first.b.id} <= foes[other].keys() or camp[at] == "neither"
            camp[other] = "neither" if neither else {"a": "b", "b": "a"}[camp[at]]
            waiting.append(other)
    others = [claim for id, claim in known.items() if id not in {first.a.id, first.b.id}]
    return Camps(*(tuple(c for c in others if camp[c.id] == name) for name in Camps._fields))


def _rank(pair: Contradiction) -> tuple[bool, float, str]:
    return pair.strength != "contradiction", -pair.score, pair.id


CLASH_FIELDS = frozenset({"target", "event", "thing", "likelihood"})


def _clash_key(pair: Contradiction) -> object:
    about = tuple(sorted({e.field + e.a + e.b for e in pair.evidence if e.field in CLASH_FIELDS}))
    if pair.kind == "stance":
        return pair.kind, about, frozenset((pair.a.document, pair.b.document))
    sides = frozenset((c.document, c.source.id, c.frame.predicate if not about else "") for c in (pair.a, pair.b))
    return pair.kind, about, sides


def judge(a: Claim, b: Claim) -> Contradiction | NearMiss | None:
    """Say how two claims clash, why they only seem to, or None where they have nothing against each other.

    Raises:
        ModelError: as `contradictions`.
    """
    if _same_place(a, b):
        return None
    a, b = ordered((a, b))
    apart = None
    for kind, find in _RULES.items():
        found = find(a, b)
        if isinstance(found, Finding):
            finding = _temporal(a, b, replace(found, kind=kind))
            apart = _ruled_out(a, b, finding)
            read = apart or (_read_by_model(a, b, finding) if kind in READ_BY_MODEL else finding)
            return _near_miss(a, b, read) if isinstance(read, Apart) else _contradiction(a, b, read)
        apart = apart or found
    apart = apart or _degree_only(a, b)
    return _near_miss(a, b, apart) if apart else None


READ_BY_MODEL = frozenset({"negation", "antonym"})
"""Kinds that rest on wording alone, which the pair model reads better than a rule does; it is bad at numbers."""

UNCONFIRMED = 0.4
"""What the pair model reads, in [0, 1], below which it overrules a rule; ``benchmarks/clashes.py`` tells the cost."""


def _read_by_model(a: Claim, b: Claim, finding: Finding) -> Finding | Apart:
    """Let the pair model confirm a clash of wording and say how probable it is; without its weights, trust the rule."""
    model = nli.shipped()
    if model is None:
        return finding
    read = reading(a, b, model)
    if read < UNCONFIRMED:
        words = f"The words differ as in a contradiction, but read whole it hardly is one (pair model: {read:.0%})."
        return Apart("unconfirmed", words)
    return replace(finding, score=round(calibrated(read), 3))


def reading(a: Claim, b: Claim, model: nli.PairModel) -> float:
    """Give the probability of a contradiction that the pair model reads, the mean of both directions, in [0, 1]."""
    first, second = model.judge([(a.proposition, b.proposition), (b.proposition, a.proposition)])
    return (first.contradiction + second.contradiction) / 2


def log_odds(read: float) -> float:
    """Give ln(p / (1 - p)) of a probability p, kept within [0.005, 0.995]; so the result lies in [-5.3, 5.3]."""
    kept = min(max(read, 0.005), 0.995)
    return log(kept / (1 - kept))


def calibrated(read: float) -> float:
    """Give the probability that a clash of wording is one, from the pair model's reading of it; both in [0, 1].

    Platt 1999, Probabilistic outputs for support vector machines; fitted by ``benchmarks/clashes.py``.
    """
    return 1 / (1 + exp(-(SLOPE * log_odds(read) + OFFSET)))


SLOPE, OFFSET = 1.03, 1.09


def _degree_only(a: Claim, b: Claim) -> Apart | None:
    """Tell of two likelihoods of one event on the same side of one half, such as "unlikely" beside "ruled out"."""
    p, q = a.likelihood, b.likelihood
    if p is None or q is None or p.point == q.point or not _same_half(a, b) or not (_is_sided(p) and _is_sided(q)):
        return None
    if not _same_event(a, b) or _other_parties(a, b) or (a.condition is None) != (b.condition is None):
        return None
    return Apart("degree only", f"“{p.phrase}” and “{q.phrase}” differ in degree only.")


def _is_sided(odds: Likelihood) -> bool:
    """Tell whether a likelihood speaks for or against an event; "may" (0.4) and a rank do neither."""
    return odds.point is not None and not UNLIKELY < odds.point < LIKELY


def _same_place(a: Claim, b: Claim) -> bool:
    return a.document == b.document and any(s < f and e < t for (s, t), (e, f) in product(a.spans, b.spans))


def _contradiction(a: Claim, b: Claim, finding: Finding) -> Contradiction:
    digest = hashlib.sha256(f"{a.id}{b.id}{finding.kind}".encode()).hexdigest()[:16]
    matter = hashlib.sha256("\x1f".join(finding.matter).encode("utf8", "surrogatepass")).hexdigest()[:16]
    sure = (a.confidence * b.confidence) ** 0.25  # a doubtful attribution weakens a clash, it does not undo it
    return Contradiction(
        id=f"ctr_{digest}", kind=finding.kind, strength=finding.strength, score=round(finding.score * sure, 3),
        explanation=_sentence(finding.explanation), evidence=finding.evidence, same_source=_same_source(a, b),
        same_document=a.document == b.document, relation=_relation(a, b, finding), group=f"grp_{matter}",
        topics=tuple(t for t in a.topics if t in b.topics), a=a, b=b,
    )


def _near_miss(a: Claim, b: Claim, apart: Apart) -> NearMiss:
    shared = tuple(t for t in a.topics if t in b.topics)
    return NearMiss(reason=apart.reason, explanation=_sentence(apart.explanation), topics=shared, a=a, b=b)


def _relation(a: Claim, b: Claim, finding: Finding) -> PairRelation:
    """Tell whether two sources disagree, or one reverses itself over time or is inconsistent at one time."""
    if not _one_voice(a, b, finding):
        return "disagreement"
    return "reversal" if _days_apart(a.published, b.published) else "inconsistency"


def _one_voice(a: Claim, b: Claim, finding: Finding) -> bool:
    return _same_source(a, b) if finding.one_voice is None else finding.one_voice


def _temporal(a: Claim, b: Claim, finding: Finding) -> Finding:
    """Call it a change over time where one source says the opposite at a later date."""
    if _relation(a, b, finding) != "reversal":
        return finding
    who = _who(a) if finding.one_voice is None else finding.explanation.partition(" is told")[0]
    words = f"{who} changed position between {a.published} and {b.published}. {_sentence(finding.explanation)}"
    return replace(finding, kind="temporal", strength="tension", explanation=words)


def _days_apart(a: str | None, b: str | None) -> int | None:
    """Give the days two dates are apart for certain: 2021 and 2021-10 may be one day; None where one is unknown."""
    from datetime import date

    if not a or not b:
        return None
    known = min(len(a), len(b))
    first, second = (date.fromisoformat((d[:known] + "-01-01"[known - 4:])[:10]) for d in (a, b))
    return abs((first - second).days)


# --- what lets both stand ----------------------------------------------------------------------------------------


def _ruled_out(a: Claim, b: Claim, finding: Finding) -> Apart | None:
    """Give the first reason for which both claims may stand."""
    wide = finding.kind in {"stance", "cause", "role"}  # these say themselves what they are about
    apart = None if wide else _other_parties(a, b) or _other_circumstances(a, b)
    apart = apart or (None if finding.kind == "cause" else _other_dates(a, b))
    apart = apart or (None if wide else _other_aspect(a, b) or _condition(a, b))
    apart = apart or (None if finding.kind == "stance" or _one_voice(a, b, finding) else _long_after(a, b))
    return apart or ((_same_breath(a, b) or _only_reported(a, b)) if _same_source(a, b) else None)


def _condition(a: Claim, b: Claim) -> Apart | None:
    if (a.condition is None) == (b.condition is None):
        return None
    bound, free = (a, b) if a.condition else (b, a)
    return Apart("conditional", f"{_who(bound)} says it only under a condition, {_again(bound, free)} without one.")


def _long_after(a: Claim, b: Claim) -> Apart | None:
    if (_days_apart(a.published, b.published) or 0) <= FAR_APART_DAYS:
        return None
    return Apart("other time", f"One was published {a.published}, the other {b.published}.")


def _same_breath(a: Claim, b: Claim) -> Apart | None:
    if not _same_sentence(a, b) or not (a.concession or b.concession):
        return None
    return Apart("concession", f"{_who(a)} concedes the one and maintains the other in the same breath.")


def _only_reported(a: Claim, b: Claim) -> Apart | None:
    """Tell of what a source passes on without holding it: "the port is reportedly closed", "is said to be closed"."""
    for claim in (a, b):
        said = claim.attribution
        if claim.source.kind in {"author", "voice"} and said.cue_kind == "speech" and not said.source_span:
            return Apart("reported not held", f"{_who(claim)} only passes one of them on (“{said.cue}”).")
    return None


def _other_parties(a: Claim, b: Claim) -> Apart | None:
    first, second = set(a.frame.parties), set(b.frame.parties)
    if not first or not second or first <= second or second <= first:
        return None
    return Apart("other parties", f"One speaks of {names(a, first)}, the other of {names(b, second)}.")


def _other_circumstances(a: Claim, b: Claim) -> Apart | None:
    """Tell of different linked names under one preposition: troops to Mali, troops to Chad."""
    first, second = (_by_preposition(c) for c in (a, b))
    for preposition in sorted(first.keys() & second.keys()):
        x, y = first[preposition], second[preposition]
        if not x & y:
            says = f"One says “{preposition} {names(a, x)}”, the other “{preposition} {names(b, y)}”."
            return Apart("other parties", says)
    return None


def _by_preposition(claim: Claim) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for circumstance in claim.frame.circumstances:
        preposition, _, entity = circumstance.partition(" ")
        found[preposition].add(entity)
    return found


ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "last", "next", "latest", "other", "another"})
PREPOSITIONS = frozenset({
    "in", "on", "at", "to", "for", "with", "against", "from", "of", "by", "about", "over", "under", "into", "towards",
})
STOPS = frozenset({"and", "or", "but", "that", "which", "who", "when", "while", "if", "as", "than", "because", "will",
                   "is", "are", "was", "were", "be", "has", "have", "had", "not"})
DETERMINERS = frozenset({"the", "a", "an", "its", "his", "her", "their", "our", "my", "your", "this", "that", "these",
                         "those", "all", "any", "some"})


def _other_aspect(a: Claim, b: Claim) -> Apart | None:
    """Tell of different words under one preposition, or of another one in a row: a tax on beer, one on bread."""
    counted = tuple(ORDINALS & {*words_of(c.text)} for c in (a, b))
    if all(counted) and not counted[0] & counted[1]:
        return Apart("other aspect", f"One speaks of the {min(counted[0])}, the other of the {min(counted[1])}.")
    if a.frame.event and a.frame.event == b.frame.event:
        return None
    for noun in sorted(_patients(a) & _patients(b)):
        kinds = _kind_of(noun, a), _kind_of(noun, b)
        if all(kinds) and kinds[0] != kinds[1]:
            return Apart("other aspect", f"One speaks of the {kinds[0]} {noun}, the other of the {kinds[1]} {noun}.")
    linked = _by_preposition(a), _by_preposition(b)
    first, second = _phrases(a), _phrases(b)
    for preposition in sorted(first.keys() & second.keys()):
        x, y = first[preposition], second[preposition]
        alike = preposition.rpartition(" ")[2]
        if x.keys().isdisjoint(y) and not linked[0][alike] & linked[1][alike]:
            says = f"One says “{preposition} {' '.join(x)}”, the other “{preposition} {' '.join(y)}”."
            return Apart("other aspect", says)
    return None


def _kind_of(noun: str, claim: Claim) -> str:
    """Give the word before a common noun that tells which one it is: "trade" in "rejected the trade deal"."""
    if any((q.unit or "").startswith(noun) for q in claim.quantities):
        return ""  # "four ships"
    words = re.findall(r"\w+", claim.proposition.lower())
    before = next((x for x, y in pairwise(words) if y in {noun, f"{noun}s"}), "")
    verb = before[:4] == _bare_predicate(claim)[:4]
    known = PREPOSITIONS | STOPS | DETERMINERS | ORDINALS
    return "" if verb or before in known or not before.isalpha() else before


def _phrases(claim: Claim) -> dict[str, dict[str, None]]:
    """Give the words that stand under each preposition of a claim's proposition, numbers and determiners left out."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    under: dict[str, None] = {}
    words = re.findall(r"\w+|[^\w\s]", claim.proposition.lower())
    for before, word in pairwise(["", *words]):
        if word in PREPOSITIONS:
            under = found[f"{before} of" if word == "of" else word]  # "price of", "leader of": of what, each its own
        elif word in STOPS or not word.isalpha():
            under = {} if not word.isdigit() else under
        elif word not in DETERMINERS:
            under[word] = None
    return {preposition: words for preposition, words in found.items() if words}


def _other_dates(a: Claim, b: Claim) -> Apart | None:
    """Tell of dates that the two claims name themselves and that do not overlap."""
    s, t = a.time, b.time
    apart = s.start and t.start and ((s.end or s.start) < t.start or (t.end or t.start) < s.start)
    first, second = {*words_of(s.text or "")}, {*words_of(t.text or "")}
    named = any(first & names and second & names and not first & second & names for names in (MONTHS, WEEKDAYS))
    if apart or named:
        return Apart("other time", f"One speaks of {s.text or s.start}, the other of {t.text or t.start}.")
    return None


def _same_sentence(a: Claim, b: Claim) -> bool:
    return a.document == b.document and abs(a.spans[0][0] - b.spans[0][0]) < 400


def _who(claim: Claim) -> str:
    """Name a source in a sentence; a voice without a name is called by its part."""
    return f"the {claim.source.name}" if claim.source.name in PARTS else claim.source.name


PARTS = frozenset({"author", "reposter", "commenter", "publisher"})


def _says(claim: Claim, after: Claim | None = None) -> str:
    """Word who says it, after another source has been named."""
    return _with_verb(claim, _again(after, claim) if after else _who(claim), "say", "says")


def _with_verb(claim: Claim, who: str, plural: str, singular: str) -> str:
    """Put the form of a verb to a source that agrees with it: "sources in Lima say", "some of its members deny"."""
    first = _NAME_END.split(who, maxsplit=1)[0]
    ends_plural = first.endswith("s") and not first.endswith(("ss", "us", "is"))
    many = claim.source.kind in MANY and (" and " in first or first.lower() in SEVERAL or ends_plural)
    return f"{who} {plural if many else singular}"


_NAME_END = re.compile(r",|\s(?:of|in|at|from|close|near|with|who|that|familiar|on|for|to|inside|within|by)\b")
SEVERAL = frozenset({"some", "many", "most", "several", "both", "few", "a few", "all", "others", "people", "police"})
MANY = frozenset({"group", "unnamed"})


def _both_say(a: Claim, b: Claim) -> str:
    return f"{_says(a)}: {bare(a.proposition)}. {_sentence(_says(b, a))}: {bare(b.proposition)}."


ASSERTED = frozenset({"CT+", "PR+", "PS+", "CT-", "PR-", "PS-"})
NEGATORS = frozenset({"not", "t", "no", "never", "none", "nor", "neither", "cannot", "without", "hardly", "scarcely",
                      "barely", "nothing", "nobody"})


def _same_source(a: Claim, b: Claim) -> bool:
    """Tell whether one source holds both; "experts" and unnamed authors of two documents are not one."""
    named = a.source.kind in {"person", "organization", "state", "media"} or (
        a.source.kind == "author" and a.source.name != "author")
    return a.source.id == b.source.id and ((named and not _is_surname(a.source.id)) or a.document == b.document)


def _asserts(claim: Claim) -> bool:
    """Tell whether the source takes a stand at all: no question, no open clause, no mere supposition."""
    return claim.factuality in ASSERTED and claim.stance != "question"


def _restates(a: Claim, b: Claim) -> bool:
    """Tell whether two claims say the same words: a difference found between them is a misreading."""
    first, second = set(words_of(a.text)), set(words_of(b.text))
    alike = len(first & second) >= 0.8 * max(len(first), len(second))
    return alike and not (first ^ second) & NEGATORS


# --- do they speak of one thing? ---------------------------------------------------------------------------------


def _shared_event(a: Claim, b: Claim) -> bool:
    """Tell whether two claims speak of one class of event with at least one party in common."""
    return bool(a.frame.event) and a.frame.event == b.frame.event and bool(set(a.frame.parties) & set(b.frame.parties))


def _same_event(a: Claim, b: Claim) -> bool:
    return _shared_event(a, b) or (_same_predicate(a, b) and _same_participants(a, b))


def _same_predicate(a: Claim, b: Claim) -> bool:
    return a.frame.predicate == b.frame.predicate


def _bare_predicate(claim: Claim) -> str:
    return claim.frame.predicate.removeprefix("be ")


def _overlap(first: Iterable[str], second: Iterable[str]) -> bool:
    return bool(set(first) & set(second))


def _same_participants(a: Claim, b: Claim) -> bool:
    """Tell whether who acts, and on what, is the same as far as both claims say."""
    if not _overlap(_actors(a), _actors(b)):
        return False
    first, second = _patients(a), _patients(b)
    if first or second:
        return _overlap(first, _objects(b)) or _overlap(second, _objects(a))
    return a.frame.predicate not in EMPTY_PREDICATES and not _told_apart(a, b)


def _same_theme(a: Claim, b: Claim) -> bool:
    """Tell whether both tell of one thing, also where one has a passive: "the port is open" / "the port is closed"."""
    if _same_participants(a, b):
        return True
    states = all(not (c.frame.agents and c.frame.patients) for c in (a, b))
    return states and _overlap(_themes(a), _themes(b)) and not _told_apart(a, b)


def _same_deed(a: Claim, b: Claim) -> bool:
    """Tell whether it is the same that is done, also where one does not say by whom."""
    if (a.frame.agents and b.frame.agents) or a.frame.predicate in EMPTY_PREDICATES:
        return _same_participants(a, b)
    shared = _patients(a) & _patients(b)
    named = (key for key in shared if ":" in key and (a.document == b.document or not _is_surname(key)
                                                      or _others(a, key) & _others(b, key)))
    return any(named) or bool(
        shared and a.document == b.document and len(_shared_terms(a, b)) >= TOLD_ALIKE)


def _patients(claim: Claim) -> set[str]:
    return {p for p in claim.frame.patients if not tells_time(p)}


def _told_apart(a: Claim, b: Claim) -> bool:
    """Tell whether both say more than who acts, and nothing of it is shared: "plans to buy it", "plans to sell her"."""
    themes = (c.frame.agents or c.frame.patients for c in (a, b))
    keys = (*chain.from_iterable(themes), a.frame.predicate, b.frame.predicate)
    who = {word for key in keys for word in words_of(key)}
    first, second = content_words(a) - who, content_words(b) - who
    return bool(first and second and not first & second)


def _objects(claim: Claim) -> set[str]:
    """Give all that a claim's event may be done to: its patients, the words and the named things beside it."""
    beside = {t for t in claim.frame.terms if not tells_time(t)} - {claim.frame.predicate} - set(claim.frame.agents)
    return beside | _patients(claim) | _named_things(claim)


def _shared_terms(a: Claim, b: Claim) -> set[str]:
    return set(a.frame.terms) & set(b.frame.terms)


def _matter(a: Claim, b: Claim) -> tuple[str, ...]:
    """Name what two claims speak of, as far as both say: an event with its parties, or who does what to whom."""
    if _shared_event(a, b):
        return ("event", a.frame.event or "", *max(a.frame.parties, b.frame.parties, key=len))
    whom = _patients(a) & _patients(b) or _patients(a) & _objects(b) or _patients(b) & _objects(a)
    predicates = sorted({_bare_predicate(a), _bare_predicate(b)})
    return ("act", *predicates, *sorted({*_actors(a)} & {*_actors(b)}), "", *sorted(whom))


# --- the rules ---------------------------------------------------------------------------------------------------


def _evidence(field: str, a: str, b: str, a_span: Span | None = None, b_span: Span | None = None) -> Evidence:
    return Evidence(field=field, a=a, b=b, a_span=a_span, b_span=b_span)


@rule("stance")
def _stance(a: Claim, b: Claim) -> Finding | Apart | None:
    """Find one for and one against the same target: "Peru favors the dam" / "Chile opposes the dam"."""
    for p, q in product(a.positions, b.positions):
        if p.target_id == q.target_id and p.value != q.value and is_specific(p.target_id):
            return _changed_mind(a, b, p) if p.holder_id == q.holder_id else _opposed(a, b, p, q)
    return None


def _opposed(a: Claim, b: Claim, p: Position, q: Position) -> Finding:
    """Set two holders against each other."""
    words = f"{_holders(a, p)} for {the(p.target)}, {_holders(b, q)} against it." if p.value == "favor" else (
        f"{_holders(a, p)} against {the(p.target)}, {_holders(b, q)} for it.")
    loose = p.target_id.partition(":")[0] in {"country", "person"}  # in one matter, or in all?
    score = 0.6 if loose else min(0.95, 0.86 + 0.03 * (len(a.positions) + len(b.positions)))
    return Finding("tension" if loose else "contradiction", score, words, _position_evidence(a, b, p, q),
                   ("position", p.target_id), one_voice=False)


def _changed_mind(a: Claim, b: Claim, p: Position) -> Finding | Apart:
    """Set one holder against itself, unless the words put one of its positions into the past."""
    q = next(q for q in b.positions if q.target_id == p.target_id and q.holder_id == p.holder_id)
    if a.time.relation != b.time.relation and (a.time.text or b.time.text):
        when = next(claim.time.text for claim in (a, b) if claim.time.text)
        return Apart("other time", f"One speaks of “{when}”, the other does not.")
    words = f"{p.holder} is told to be both for and against {the(p.target)}."
    return Finding("tension", 0.6, words, _position_evidence(a, b, p, q), ("position", p.target_id), one_voice=True)


def _position_evidence(a: Claim, b: Claim, p: Position, q: Position) -> tuple[Evidence, ...]:
    return (_evidence("target", p.target, q.target),
            _evidence("position", p.value, q.value, a.frame.span, b.frame.span))


def _holders(claim: Claim, position: Position) -> str:
    names = [p.holder for p in claim.positions if p.target_id == position.target_id and p.value == position.value]
    return " and ".join(names) + (" are" if len(names) > 1 else " is")


@rule("denial")
def _denial(a: Claim, b: Claim) -> Finding | Apart | None:
    """Find one that affirms what the other denies or doubts: "Peru has bases there" / "Peru denies having bases"."""
    affirming, denying = (a, b) if b.stance in {"deny", "doubt"} else (b, a)
    if denying.stance not in {"deny", "doubt"} or affirming.stance != "affirm" or not _asserts(affirming):
        return None
    if _same_source(a, b) or not _denies(denying) or not _speaks_against(denying):
        return None
    if affirming.polarity == "negative" or not _same_predicate(a, b) or _weighed(a, b):
        return None
    if not (_same_deed(a, b) or (a.document == b.document and len(_shared_terms(a, b)) >= TOLD_ALIKE)):
        return None
    if _restates(a, b) and len(words_of(a.text)) >= VERBATIM:
        return Apart("restated", "Both say the same at length, which nobody does who denies it.")
    verbs = ("deny", "denies") if denying.stance == "deny" else ("doubt", "doubts")
    denial = _sentence(_with_verb(denying, _who(denying), *verbs))
    words = f"{_says(affirming)}: {bare(affirming.proposition)}. {denial} it."
    return Finding("contradiction", 0.9 if denying.stance == "deny" else 0.7, words, (
        _evidence("stance", a.stance, b.stance, a.attribution.cue_span, b.attribution.cue_span),), _matter(a, b))


def _denies(claim: Claim) -> bool:
    """Tell who denies or doubts from an author who keeps a distance ("supposedly") without calling it false."""
    return claim.attribution.source_span is not None or claim.factuality == "CT-"


def _speaks_against(claim: Claim) -> bool:
    """Tell denial and doubt of the content from silence about it, and from a frame that is but the denial's own.

    "Could not explain how it helps" doubts, "did not address reports of it" does not; "took to the radio to deny it" is
    no denial of taking.
    """
    cue = claim.attribution
    if cue.cue_span and claim.frame.span and cue.cue_span[0] <= claim.frame.span[0] < cue.cue_span[1]:
        return False
    return claim.stance == "deny" or cue.cue_kind != "speech" or bool(UNABLE & {*words_of(cue.cue or "")})


UNABLE = frozenset({"could", "couldn", "can", "cannot"})


def _weighed(a: Claim, b: Claim) -> bool:
    """Tell whether both say how likely it is; who denies that it "will" happen denies it outright."""
    outright = any(c.stance == "deny" and c.likelihood and c.likelihood.basis == "tense" for c in (a, b))
    return not outright and all(c.likelihood and c.likelihood.point is not None for c in (a, b))


@rule("likelihood")
def _likelihood(a: Claim, b: Claim) -> Finding | None:
    """Find one event held likely by one and unlikely by the other, with ranges that do not touch."""
    if not _same_event(a, b):
        return None
    p, q = a.likelihood, b.likelihood
    if p is None or q is None or not (_far_apart(p, q) or _far_apart(q, p)):
        return None
    if p.basis == q.basis == "tense":  # "will" against "will not" is a plain negation
        return None
    gap = abs((p.point or 0) - (q.point or 0))
    words = f"{_who(a)} {_said_how_sure(a)}; {_again(a, b)} {_said_how_sure(b)}."
    return Finding("contradiction", min(0.95, 0.6 + 0.5 * gap) - 0.15 * (a.frame.inferred or b.frame.inferred), words, (
        _evidence("event", a.frame.event or a.frame.predicate, b.frame.event or b.frame.predicate),
        _evidence("likelihood", p.phrase, q.phrase, p.phrase_span, q.phrase_span)), _matter(a, b))


def _far_apart(low: Likelihood, high: Likelihood) -> bool:
    """Tell whether the first speaks against an event and the second for it, in ranges that do not touch."""
    if low.point is None or low.high is None or high.point is None or high.low is None:
        return False
    return low.point <= UNLIKELY and high.point >= LIKELY and low.high < high.low


def _said_how_sure(claim: Claim) -> str:
    """Word how likely a source finds what it says: "puts “war will come” at about 20 % (“unlikely”)"."""
    odds = claim.likelihood
    point = round(100 * (odds.point or 0)) if odds else 0
    about = f" (parties from the rest of the article: {names(claim, claim.frame.parties)})" if (
        claim.frame.inferred) else ""
    return f"puts “{bare(claim.proposition)}”{about} at about {point} % (“{odds.phrase if odds else ''}”)"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


@rule("cause")
def _cause(a: Claim, b: Claim) -> Finding | None:
    """Find a cause that the other calls a mere excuse: "due to the strike" / "the strike is only a pretext"."""
    shared = set(a.frame.cause) & set(b.frame.cause)
    if len(shared) < 2 or a.frame.pretext == b.frame.pretext:
        return None
    blamed, excused = (a, b) if b.frame.pretext else (b, a)
    words = f"{_who(blamed)} names {_quoted(blamed)} as the cause; {_again(blamed, excused)} calls it a mere excuse."
    return Finding("contradiction", 0.75, words, (
        _evidence("cause", " ".join(a.frame.cause), " ".join(b.frame.cause), a.frame.cause_span, b.frame.cause_span),),
        ("cause", *sorted(shared)))


def _quoted(claim: Claim) -> str:
    """Give the words of the cause that a claim names."""
    start, end = claim.frame.cause_span or claim.context_span
    offset = claim.context_span[0]
    return f"“{' '.join(claim.context[start - offset:end - offset].split())}”"


def _again(first: Claim, second: Claim) -> str:
    """Name the second source of a pair, or say that the first speaks again, or another of its kind."""
    if _same_source(first, second):
        return "elsewhere the same source"
    alike = first.source.name == second.source.name and second.source.name in PARTS
    return f"another {second.source.name}" if alike else _who(second)


@rule("numeric")
def _numeric(a: Claim, b: Claim) -> Finding | Apart | None:
    """Find two numbers for one thing: "Peru has four bases in the north" / "Peru has six bases in the north"."""
    if not (_same_predicate(a, b) and _same_participants(a, b)) or a.time.relation != b.time.relation:
        return None
    if not (_asserts(a) and _asserts(b)) or a.polarity != b.polarity:
        return None
    both = ((p, q) for p, q in product(_single_quantities(a), _single_quantities(b)) if p.unit == q.unit)
    p, q = next(((p, q) for p, q in both if _range(p) != _range(q)), (None, None))
    if p is None or q is None:
        return None
    words = f"{_says(a)} {_number(p)}, {_says(b, a)} {_number(q)}."
    if apart := _other_period(a, b) or _finer(a, b, p, q) or _updated(a, b, words):
        return apart
    return Finding("contradiction", 0.7 if p.modifier or q.modifier else 0.8, words, (
        _evidence("quantity", _number(p), _number(q), p.span, q.span),), _matter(a, b))


def _other_period(a: Claim, b: Claim) -> Apart | None:
    """Tell of numbers for different times, of which one may hold the other: in the first quarter, by December."""
    first, second = a.time.text, b.time.text
    if not first or not second or words_of(first) == words_of(second):
        return None
    return Apart("other time", f"One counts “{first}”, the other “{second}”.")


ABOUT = 1.33
"""How many times as much or as little a number after "about" may be."""


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
    if not _same_source(a, b) or not _days_apart(a.published, b.published):
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


@rule("negation")
def _negation(a: Claim, b: Claim) -> Finding | Apart | None:
    """Find one that says yes and one that says no to the same: "Peru will sign it" / "Peru will not sign it"."""
    if not (_same_predicate(a, b) and _same_deed(a, b)) or a.polarity == b.polarity:
        return None
    if {a.stance, b.stance} != {"affirm"} or a.time.relation != b.time.relation or _same_half(a, b):
        return None
    if not (_asserts(a) and _asserts(b)) or len(_shared_terms(a, b)) < 2:
        return None
    if _restates(a, b):
        return Apart("restated", "Both say the same in nearly the same words, though they were read as yes and no.")
    if LIMITERS & {*words_of(a.text), *words_of(b.text)} or {a.factuality[:2], b.factuality[:2]} == {"PS"}:
        return None
    words = _both_say(a, b)
    return Finding("contradiction", 0.8, words, (
        _evidence("polarity", a.polarity, b.polarity, a.frame.span, b.frame.span),), _matter(a, b))


def _same_half(a: Claim, b: Claim) -> bool:
    """Tell whether both hold it likely, or both unlikely."""
    points = [c.likelihood.point for c in (a, b) if c.likelihood and c.likelihood.point is not None]
    return len(points) == 2 and (points[0] < 0.5) == (points[1] < 0.5)


@rule("antonym")
def _antonym(a: Claim, b: Claim) -> Finding | None:
    """Find opposite words for one thing: "the port is open" / "the port is closed"."""
    first, second = map(_bare_predicate, (a, b))
    if second not in _opposites().get(first, ()) or a.polarity != b.polarity or a.time.relation != b.time.relation:
        return None
    if not _same_theme(a, b) or {a.stance, b.stance} != {"affirm"} or not (_asserts(a) and _asserts(b)):
        return None
    words = _both_say(a, b)
    return Finding("contradiction", 0.75, words, (
        _evidence("predicate", first, second, a.frame.span, b.frame.span),), _matter(a, b))


@cache
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in lexicon.read("antonyms", Antonym):
        found[entry.phrase].add(entry.opposite)
        found[entry.opposite].add(entry.phrase)
    return {word: frozenset(others) for word, others in found.items()}


class Role(lexicon.Entry):
    """What one alone is at one time, of one country, body or place."""


@rule("role")
def _role(a: Claim, b: Claim) -> Finding | Apart | None:
    """Find two holders of one role, or two who each struck first: "Ada is the mayor of Lima" / "Bo is the mayor"."""
    first, second = a.frame.agents, b.frame.agents
    if set(first) & set(second) or a.time.relation != b.time.relation or not (_tells_role(a) and _tells_role(b)):
        return None
    shared = sorted(set(_roles(a)) & set(_roles(b)))
    if not shared or _besides_holder(a) != _besides_holder(b):
        return None
    if not all(_is_unique(shared[0][0], claim) for claim in (a, b)):
        several = f"{names(a, first)} and {names(b, second)}"
        return Apart("list-valued", f"Several may be {_bare_predicate(a)}: {several}.")
    words = _both_say(a, b)
    moved = a.published != b.published  # who is president may change from one day to the next
    return Finding("tension" if moved else "contradiction", 0.6 if moved else 0.75, words, (
        _evidence("role", names(a, first), names(b, second), a.frame.span, b.frame.span),), ("role", *shared[0]))


def _tells_role(claim: Claim) -> bool:
    one = len(claim.frame.agents) == 1 and ":" in claim.frame.agents[0]
    return one and claim.stance == "affirm" and claim.polarity == "positive" and _asserts(claim)


def _roles(claim: Claim) -> Iterator[tuple[str, str]]:
    """Give what a claim says somebody is, and of what; or whom somebody attacked first."""
    frame, told = claim.frame, set(words_of(claim.text))
    if frame.predicate.startswith("be ") and _bare_predicate(claim) in frame.patients and not told & FORMER:
        of = {c.partition(" ")[2] for c in frame.circumstances if c.startswith(("of ", "to ", "for "))}
        yield from ((frame.predicate, anchor) for anchor in sorted({*of, *frame.parties} - set(frame.agents)))
    elif "first" in told and set(frame.patients) & set(frame.parties):
        yield f"{frame.predicate} first", " ".join(sorted(frame.parties))


FORMER = frozenset({"former", "ex", "deputy", "vice", "acting", "interim", "co", "next", "incoming", "outgoing", "new",
                    "first", "second", "third"})
"""Words with which a role has several holders, one after or below the other."""


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


@rule("status")
def _status_clash(a: Claim, b: Claim) -> Finding | None:
    """Find a thing that moves ahead for one and is stalled for the other; both may stand, so it is a tension."""
    states = _status(a), _status(b)
    things = _shared_things(a, b)
    if not things or set(states) != {"ahead", "stalled"} or not (_asserts(a) and _asserts(b)):
        return None
    thing = names(a, things)
    ahead, stalled = (a, b) if states[0] == "ahead" else (b, a)
    words = (f"{the(thing)}: {_who(ahead)} sees it moving ahead (“{_bare_predicate(ahead)}”), "
             f"{_who(stalled)} stalled (“{_bare_predicate(stalled)}”).")
    forecast = ahead.likelihood is not None
    return Finding("tension", 0.7 if forecast else 0.6, words, (
        _evidence("thing", thing, thing),
        _evidence("status", _bare_predicate(a), _bare_predicate(b), a.frame.span, b.frame.span)), ("status", *things))


def _shared_things(a: Claim, b: Claim) -> set[str]:
    """Give the projects and places both claims are about; "the Atacama dispute" is about the Atacama Corridor too."""
    pairs = product(*([t for t in c.frame.things if not t.startswith("org:")] for c in (a, b)))
    return {max(x, y, key=len) for x, y in pairs if x == y or _is_part(x, y)}


def _is_part(x: str, y: str) -> bool:
    first, second = (set(key.partition(":")[2].split("-")) for key in (x, y))
    return x.startswith("place:") and y.startswith("place:") and (first < second or second < first)


def _status(claim: Claim) -> str | None:
    entry = lexicon.phrases("status", StatusWord).get(_bare_predicate(claim))
    if entry is None:
        return None
    opposite = {"ahead": "stalled", "stalled": "ahead"}
    return opposite[entry.state] if claim.polarity == "negative" else entry.state
