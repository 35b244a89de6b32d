"""Which claims cannot both stand: pairing by what they speak of, then typed rules on the records.

Claims meet only in a block, on different sides of it: for and against one target, "will" and "will not" of one actor
and predicate. A rule looks for one kind of clash in two claims that met; what it finds is dropped, with the reason,
where other parties, another time, a condition or a concession let both stand.

To add a rule: one function under `@rule("kind")`, from two claims to a `Finding` or None, and one in `_SEATING` that
says by what the claims meet which it could set against each other.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, combinations, product
from typing import Literal, NamedTuple

from claimtrack import lexicon
from claimtrack.schema import (
    Claim,
    Contradiction,
    ContradictionKind,
    Contrast,
    Evidence,
    Likelihood,
    NearMiss,
    NearReason,
    Position,
    Quantity,
    Span,
    Strength,
)

BUCKET_LIMIT = 400
"""Claims of one block that are paired with one another; a fuller block speaks of nothing in particular."""

UNLIKELY, LIKELY = 0.35, 0.5
"""Points up to the first speak against an event, from the second for it; a mere "may" (0.4) speaks neither way."""

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
    """What a rule found: the clash, how sure the rule is in [0, 1], and the sentence that explains it."""

    strength: Strength
    score: float
    explanation: str
    evidence: tuple[Evidence, ...]
    kind: ContradictionKind = "negation"


Rule = Callable[[Claim, Claim], Finding | None]
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
        if _is_specific(position.target_id):
            yield Seat(f"stance:{position.target_id}", position.value)


def _denial_seats(claim: Claim) -> Iterator[Seat]:
    if claim.stance in {"deny", "doubt"}:
        side = "denies" if claim.attribution.source_span else ""
    else:
        side = "affirms" if claim.stance == "affirm" and _asserts(claim) and claim.polarity == "positive" else ""
    if side:
        for who in (*_actors(claim), claim.document):  # in one document, shared terms are enough
            yield Seat(f"denial:{claim.frame.predicate}:{who}", side)


def _likelihood_seats(claim: Claim) -> Iterator[Seat]:
    odds = claim.likelihood
    if odds is None or odds.point is None or UNLIKELY < odds.point < LIKELY:
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
        if not quantity.modifier:
            yield Seat(f"numeric:{quantity.unit}:{shared}:{who}", str(quantity.value))


def _negation_seats(claim: Claim) -> Iterator[Seat]:
    if claim.stance == "affirm" and _asserts(claim):
        for who in _actors(claim):
            yield Seat(f"negation:{claim.frame.predicate}:{claim.time.relation}:{who}", claim.polarity)


def _antonym_seats(claim: Claim) -> Iterator[Seat]:
    if claim.stance == "affirm" and _asserts(claim):
        word = _bare_predicate(claim)
        for opposite, who in product(_opposites().get(word, ()), _actors(claim)):
            words = ":".join(sorted((word, opposite)))
            yield Seat(f"antonym:{words}:{claim.time.relation}:{claim.polarity}:{who}", word)


def _status_seats(claim: Claim) -> Iterator[Seat]:
    state = _status(claim)
    if state and _asserts(claim):
        for kind, _, name in (thing.partition(":") for thing in claim.frame.things):
            for word in name.split("-") if kind == "place" else (name,):
                yield Seat(f"status:{kind}:{word}", state)


_SEATING = (
    _stance_seats, _denial_seats, _likelihood_seats, _cause_seats, _numeric_seats, _negation_seats, _antonym_seats,
    _status_seats,
)


def _actors(claim: Claim) -> Iterator[str]:
    """Give those by whom claims on one predicate meet; a mere noun ("officials") is the same only in one document."""
    for agent in claim.frame.agents:
        yield agent if ":" in agent else f"{claim.document}:{agent}"


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
    """List the contradictory pairs among claims: contradictions before tensions, surest first, each clash once."""
    judged = (judge(a, b) for a, b in candidates(_ordered(claims)))
    return select(pair for pair in judged if isinstance(pair, Contradiction))


def near_misses(claims: Iterable[Claim]) -> list[NearMiss]:
    """List the pairs that look contradictory and are not, in text order, each with the reason that ruled it out."""
    judged = (judge(a, b) for a, b in candidates(_ordered(claims)))
    return [pair for pair in judged if isinstance(pair, NearMiss)]


def select(pairs: Iterable[Contradiction]) -> list[Contradiction]:
    """Order pairs for reading and keep the surest of those that show one clash of the same voices again."""
    best: dict[object, Contradiction] = {}
    for pair in sorted(pairs, key=_rank):
        best.setdefault(_clash_key(pair), pair)
    return list(best.values())


def _rank(pair: Contradiction) -> tuple[bool, float, str]:
    return pair.strength != "contradiction", -pair.score, pair.id


CLASH_FIELDS = frozenset({"target", "event", "thing", "likelihood"})


def _clash_key(pair: Contradiction) -> object:
    about = tuple(sorted({e.field + e.a + e.b for e in pair.evidence if e.field in CLASH_FIELDS}))
    if pair.kind == "stance":
        return pair.kind, about, frozenset((pair.a.document, pair.b.document))
    sides = frozenset((c.document, c.source.id, c.frame.predicate if not about else "") for c in (pair.a, pair.b))
    return pair.kind, about, sides


def _ordered(claims: Iterable[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda c: (c.published or "9999", c.document_path, c.document, c.spans, c.id))


def judge(a: Claim, b: Claim) -> Contradiction | NearMiss | None:
    """Say how two claims clash, why they only seem to, or None where they have nothing against each other."""
    if _same_place(a, b):
        return None
    a, b = _ordered((a, b))
    for kind, find in _RULES.items():
        finding = find(a, b)
        if finding is not None:
            finding = _temporal(a, b, replace(finding, kind=kind))
            ruled_out = _ruled_out(a, b, finding)
            return _near_miss(a, b, *ruled_out) if ruled_out else _contradiction(a, b, finding)
    return _degree_miss(a, b)


def _degree_miss(a: Claim, b: Claim) -> NearMiss | None:
    """Show two likelihoods of one event on the same side of one half, such as "unlikely" beside "ruled out"."""
    p, q = a.likelihood, b.likelihood
    if p is None or q is None or p.point is None or q.point is None or p.point == q.point or not _degree_only(a, b):
        return None
    if not _same_event(a, b) or _other_parties(a, b) or (a.condition is None) != (b.condition is None):
        return None
    return _near_miss(a, b, "degree only", f"“{p.phrase}” and “{q.phrase}” differ in degree only.")


def _same_place(a: Claim, b: Claim) -> bool:
    return a.document == b.document and any(s < f and e < t for (s, t), (e, f) in product(a.spans, b.spans))


def _contradiction(a: Claim, b: Claim, finding: Finding) -> Contradiction:
    digest = hashlib.sha256(f"{a.id}{b.id}{finding.kind}".encode()).hexdigest()[:16]
    sure = (a.confidence * b.confidence) ** 0.25  # a doubtful attribution weakens a clash, it does not undo it
    return Contradiction(
        id=f"ctr_{digest}", kind=finding.kind, strength=finding.strength, score=round(finding.score * sure, 3),
        explanation=_sentence(finding.explanation), evidence=finding.evidence, same_source=_same_source(a, b),
        same_document=a.document == b.document, topics=tuple(t for t in a.topics if t in b.topics), a=a, b=b,
    )


def _near_miss(a: Claim, b: Claim, reason: NearReason, explanation: str) -> NearMiss:
    shared = tuple(t for t in a.topics if t in b.topics)
    return NearMiss(reason=reason, explanation=explanation, topics=shared, a=a, b=b)


def _temporal(a: Claim, b: Claim, finding: Finding) -> Finding:
    """Call it a change over time where one source says the opposite at a later date."""
    days = _days_apart(a.published, b.published)
    if not _same_source(a, b) or not days:
        return finding
    words = f"{_who(a)} changed position between {a.published} and {b.published}. {finding.explanation}"
    return replace(finding, kind="temporal", strength="tension", explanation=words)


def _days_apart(a: str | None, b: str | None) -> int | None:
    """Give the days between two dates as far as both are known; None where one is not."""
    from datetime import date

    if not a or not b:
        return None
    first, second = (date.fromisoformat((d + "-01-01"[len(d) - 4:])[:10]) for d in (a, b))
    return abs((first - second).days)


# --- what lets both stand ----------------------------------------------------------------------------------------


def _ruled_out(a: Claim, b: Claim, finding: Finding) -> tuple[NearReason, str] | None:
    if finding.kind not in {"stance", "cause"}:
        if other := _other_parties(a, b) or _other_circumstances(a, b):
            return "other parties", other
        if other := _other_dates(a, b):
            return "other time", other
        if (a.condition is None) != (b.condition is None):
            bound = a if a.condition else b
            return "conditional", f"{_who(bound)} says it only under a condition, the other without one."
    days = _days_apart(a.published, b.published)
    if days and days > FAR_APART_DAYS and not _same_source(a, b) and finding.kind != "stance":
        return "other time", f"One was published {a.published}, the other {b.published}."
    if _same_source(a, b) and _same_sentence(a, b) and (a.concession or b.concession):
        return "concession", f"{_who(a)} concedes the one and maintains the other in the same breath."
    return None


def _other_parties(a: Claim, b: Claim) -> str | None:
    first, second = set(a.frame.parties), set(b.frame.parties)
    if not first or not second or first <= second or second <= first:
        return None
    return f"One speaks of {_names(a, first)}, the other of {_names(b, second)}."


def _other_circumstances(a: Claim, b: Claim) -> str | None:
    """Tell of different linked names under one preposition: troops to Mali, troops to Chad."""
    first, second = (_by_preposition(c) for c in (a, b))
    for preposition in sorted(first.keys() & second.keys()):
        x, y = first[preposition], second[preposition]
        if not x & y:
            return f"One says “{preposition} {_names(a, x)}”, the other “{preposition} {_names(b, y)}”."
    return None


def _by_preposition(claim: Claim) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for circumstance in claim.frame.circumstances:
        preposition, _, entity = circumstance.partition(" ")
        found[preposition].add(entity)
    return found


def _other_dates(a: Claim, b: Claim) -> str | None:
    """Tell of dates that the two claims name themselves and that do not overlap."""
    s, t = a.time, b.time
    apart = s.start and t.start and ((s.end or s.start) < t.start or (t.end or t.start) < s.start)
    months = {w for w in _words(s.text or "") if w in MONTHS}, {w for w in _words(t.text or "") if w in MONTHS}
    if apart or (all(months) and not months[0] & months[1]):
        return f"One speaks of {s.text or s.start}, the other of {t.text or t.start}."
    return None


def _names(claim: Claim, ids: Iterable[str]) -> str:
    known = {e.id: e.name for e in claim.entities}
    return " and ".join(sorted(known.get(i, i.partition(":")[2].replace("-", " ").title()) for i in ids))


def _same_sentence(a: Claim, b: Claim) -> bool:
    return a.document == b.document and abs(a.spans[0][0] - b.spans[0][0]) < 400


def _who(claim: Claim) -> str:
    """Name a source in a sentence; a voice without a name is called by its part."""
    unnamed = claim.source.name in {"author", "reposter", "commenter", "publisher"}
    return f"the {claim.source.name}" if unnamed else claim.source.name


def _says(claim: Claim, after: Claim | None = None) -> str:
    """Word who says it, after another source has been named."""
    who = _again(after, claim) if after else _who(claim)
    plural = claim.source.kind == "group" and (" and " in who or who.endswith("s"))
    return f"{who} {'say' if plural else 'says'}"


ASSERTED = frozenset({"CT+", "PR+", "PS+", "CT-", "PR-", "PS-"})
MONTHS = frozenset({"january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                    "november", "december"})
LIMITERS = frozenset({"alone", "only", "just", "merely", "fully", "yet", "necessarily", "entirely", "completely",
                      "when", "while", "until"})
"""Words that narrow a claim or take its negation on themselves: "did not attack Peru alone", "stops when it rains"."""

NEGATORS = frozenset({"not", "t", "no", "never", "none", "nor", "neither", "cannot", "without"})
EMPTY_PREDICATES = frozenset({"be", "have", "do", "make", "get", "go", "say"})
"""Predicates that say nothing by themselves: with them the whole object must be shared."""


def _same_source(a: Claim, b: Claim) -> bool:
    """Tell whether one source holds both; "experts" and unnamed authors of two documents are not one."""
    named = a.source.kind in {"person", "organization", "state", "media"} or (
        a.source.kind == "author" and a.source.name != "author")
    return a.source.id == b.source.id and (named or a.document == b.document)


def _asserts(claim: Claim) -> bool:
    """Tell whether the source takes a stand at all: no question, no open clause, no mere supposition."""
    return claim.factuality in ASSERTED and claim.stance != "question"


def _restates(a: Claim, b: Claim) -> bool:
    """Tell whether two claims say the same words: a difference found between them is a misreading."""
    first, second = set(_words(a.text)), set(_words(b.text))
    alike = len(first & second) >= 0.8 * max(len(first), len(second))
    return alike and not (first ^ second) & NEGATORS


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower().replace("’", "'"))


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
    agents = set(a.frame.agents) & set(b.frame.agents)
    if not agents or (a.document != b.document and not any(":" in key for key in agents)):
        return False
    bare = not (a.frame.patients or b.frame.patients)
    if bare and a.frame.predicate in EMPTY_PREDICATES:
        return False
    return (bare or _overlap(a.frame.patients, _objects(b)) or _overlap(b.frame.patients, _objects(a)))


def _objects(claim: Claim) -> set[str]:
    """Give all that a claim's event may be done to: its patients, the words and the named things beside it."""
    beside = set(claim.frame.terms) - {claim.frame.predicate} - set(claim.frame.agents)
    return beside | set(claim.frame.patients) | _named_things(claim)


def _shared_terms(a: Claim, b: Claim) -> set[str]:
    return set(a.frame.terms) & set(b.frame.terms)


# --- the rules ---------------------------------------------------------------------------------------------------


def _evidence(field: str, a: str, b: str, a_span: Span | None = None, b_span: Span | None = None) -> Evidence:
    return Evidence(field=field, a=a, b=b, a_span=a_span, b_span=b_span)


@rule("stance")
def _stance(a: Claim, b: Claim) -> Finding | None:
    """Find one for and one against the same target: "Peru favors the dam" / "Chile opposes the dam"."""
    for p, q in product(a.positions, b.positions):
        if p.target_id == q.target_id and p.value != q.value and _is_specific(p.target_id):
            same_holder = p.holder_id == q.holder_id
            loose = same_holder or p.target_id.partition(":")[0] in {"country", "person"}  # in one matter, or in all?
            words = f"{_holders(a, p)} for {_the(p.target)}, {_holders(b, q)} against it." if p.value == "favor" else (
                f"{_holders(a, p)} against {_the(p.target)}, {_holders(b, q)} for it.")
            voices = len(a.positions) + len(b.positions)
            score = 0.6 if loose else min(0.95, 0.86 + 0.03 * voices)
            return Finding("tension" if loose else "contradiction", score, words, (
                _evidence("target", p.target, q.target),
                _evidence("position", p.value, q.value, a.frame.span, b.frame.span)))
    return None


def _is_specific(target_id: str) -> bool:
    """Tell whether two mentions of a target are of one thing: a linked entity, or a phrase of several telling words."""
    return ":" in target_id or " " in target_id


def _holders(claim: Claim, position: Position) -> str:
    names = [p.holder for p in claim.positions if p.target_id == position.target_id and p.value == position.value]
    return " and ".join(names) + (" are" if len(names) > 1 else " is")


CLASS_NOUNS = frozenset({
    "corridor", "initiative", "agreement", "treaty", "accord", "accords", "declaration", "project", "plan", "pact",
    "bridge", "dam", "canal", "pipeline", "deal", "bank", "sea", "union",
})


def _the(name: str) -> str:
    """Put the article before a name that ends in a common noun: "the Atacama Corridor", but "Peru"."""
    bare = name.lower().startswith(("the ", "a ", "an ")) or not name[:1].isupper()
    return name if bare or name.rpartition(" ")[2].lower() not in CLASS_NOUNS else f"the {name}"


@rule("denial")
def _denial(a: Claim, b: Claim) -> Finding | None:
    """Find one that affirms what the other denies or doubts: "Peru has bases there" / "Peru denies having bases"."""
    affirming, denying = (a, b) if b.stance in {"deny", "doubt"} else (b, a)
    if denying.stance not in {"deny", "doubt"} or affirming.stance != "affirm" or not _asserts(affirming):
        return None
    if _same_source(a, b) or denying.attribution.source_span is None:
        return None  # an author's "supposedly" keeps a distance, it denies nothing
    if affirming.polarity == "negative" or not _same_predicate(a, b) or _holds_likelihood(a, b):
        return None
    if not (_same_participants(a, b) or (a.document == b.document and len(_shared_terms(a, b)) >= 3)):
        return None
    verb = "denies it" if denying.stance == "deny" else "doubts it"
    words = f"{_says(affirming)}: {affirming.proposition}. {_who(denying)} {verb}."
    return Finding("contradiction", 0.9 if denying.stance == "deny" else 0.7, words, (
        _evidence("stance", a.stance, b.stance, a.attribution.cue_span, b.attribution.cue_span),))


def _holds_likelihood(a: Claim, b: Claim) -> bool:
    return all(c.likelihood and c.likelihood.point is not None for c in (a, b))


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
        _evidence("likelihood", p.phrase, q.phrase, p.phrase_span, q.phrase_span)))


def _far_apart(low: Likelihood, high: Likelihood) -> bool:
    """Tell whether the first speaks against an event and the second for it, in ranges that do not touch."""
    if low.point is None or low.high is None or high.point is None or high.low is None:
        return False
    return low.point <= UNLIKELY and high.point >= LIKELY and low.high < high.low


def _said_how_sure(claim: Claim) -> str:
    """Word how likely a source finds what it says: "puts “war will come” at about 20 % (“unlikely”)"."""
    odds = claim.likelihood
    point = round(100 * (odds.point or 0)) if odds else 0
    about = f" (parties from the rest of the article: {_names(claim, claim.frame.parties)})" if (
        claim.frame.inferred) else ""
    return f"puts “{_bare(claim.proposition)}”{about} at about {point} % (“{odds.phrase if odds else ''}”)"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _bare(proposition: str) -> str:
    return proposition.rstrip(" .")


@rule("cause")
def _cause(a: Claim, b: Claim) -> Finding | None:
    """Find a cause that the other calls a mere excuse: "due to the strike" / "the strike is only a pretext"."""
    shared = set(a.frame.cause) & set(b.frame.cause)
    if len(shared) < 2 or a.frame.pretext == b.frame.pretext:
        return None
    blamed, excused = (a, b) if b.frame.pretext else (b, a)
    words = f"{_who(blamed)} names {_quoted(blamed)} as the cause; {_again(blamed, excused)} calls it a mere excuse."
    return Finding("contradiction", 0.75, words, (
        _evidence("cause", " ".join(a.frame.cause), " ".join(b.frame.cause), a.frame.cause_span, b.frame.cause_span),))


def _quoted(claim: Claim) -> str:
    """Give the words of the cause that a claim names."""
    start, end = claim.frame.cause_span or claim.context_span
    offset = claim.context_span[0]
    return f"“{' '.join(claim.context[start - offset:end - offset].split())}”"


def _again(first: Claim, second: Claim) -> str:
    """Name the second source of a pair, or say that the first speaks again."""
    return "elsewhere the same source" if _same_source(first, second) else _who(second)


@rule("numeric")
def _numeric(a: Claim, b: Claim) -> Finding | None:
    """Find two numbers for one thing: "Peru has four bases in the north" / "Peru has six bases in the north"."""
    if not (_same_predicate(a, b) and _same_participants(a, b)) or a.time.relation != b.time.relation:
        return None
    if not (_asserts(a) and _asserts(b)) or a.polarity != b.polarity:
        return None
    for p, q in product(_single_quantities(a), _single_quantities(b)):
        if p.unit == q.unit and p.value != q.value and not p.modifier and not q.modifier:
            words = f"{_says(a)} {_number(p)}, {_says(b, a)} {_number(q)}."
            return Finding("contradiction", 0.8, words, (
                _evidence("quantity", _number(p), _number(q), p.span, q.span),))
    return None


def _number(quantity: Quantity) -> str:
    return f"{quantity.value:,.10g} {quantity.unit}"


def _single_quantities(claim: Claim) -> list[Quantity]:
    """Give the quantities whose unit stands once in the claim: of two prices it is unsure which one is meant."""
    units = Counter(q.unit for q in claim.quantities)
    return [q for q in claim.quantities if q.unit and units[q.unit] == 1]


@rule("negation")
def _negation(a: Claim, b: Claim) -> Finding | None:
    """Find one that says yes and one that says no to the same: "Peru will sign it" / "Peru will not sign it"."""
    if not (_same_predicate(a, b) and _same_participants(a, b)) or a.polarity == b.polarity:
        return None
    if {a.stance, b.stance} != {"affirm"} or a.time.relation != b.time.relation or _degree_only(a, b):
        return None
    if not (_asserts(a) and _asserts(b)) or _restates(a, b) or len(_shared_terms(a, b)) < 2:
        return None
    if LIMITERS & {*_words(a.text), *_words(b.text)} or {a.factuality[:2], b.factuality[:2]} == {"PS"}:
        return None
    words = f"{_says(a)}: {_bare(a.proposition)}. {_says(b, a)}: {_bare(b.proposition)}."
    return Finding("contradiction", 0.8, words, (
        _evidence("polarity", a.polarity, b.polarity, a.frame.span, b.frame.span),))


def _degree_only(a: Claim, b: Claim) -> bool:
    points = [c.likelihood.point for c in (a, b) if c.likelihood and c.likelihood.point is not None]
    return len(points) == 2 and (points[0] < 0.5) == (points[1] < 0.5)


@rule("antonym")
def _antonym(a: Claim, b: Claim) -> Finding | None:
    """Find opposite words for one thing: "the port is open" / "the port is closed"."""
    first, second = map(_bare_predicate, (a, b))
    if second not in _opposites().get(first, ()) or a.polarity != b.polarity or a.time.relation != b.time.relation:
        return None
    if not _same_participants(a, b) or {a.stance, b.stance} != {"affirm"} or not (_asserts(a) and _asserts(b)):
        return None
    words = f"{_says(a)}: {_bare(a.proposition)}. {_says(b, a)}: {_bare(b.proposition)}."
    return Finding("contradiction", 0.75, words, (_evidence("predicate", first, second, a.frame.span, b.frame.span),))


@cache
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in lexicon.read("antonyms", Antonym):
        found[entry.phrase].add(entry.opposite)
        found[entry.opposite].add(entry.phrase)
    return {word: frozenset(others) for word, others in found.items()}


@rule("status")
def _status_clash(a: Claim, b: Claim) -> Finding | None:
    """Find a thing that moves ahead for one and is stalled for the other; both may stand, so it is a tension."""
    states = _status(a), _status(b)
    things = _shared_things(a, b)
    if not things or set(states) != {"ahead", "stalled"} or not (_asserts(a) and _asserts(b)):
        return None
    thing = _names(a, things)
    ahead, stalled = (a, b) if states[0] == "ahead" else (b, a)
    words = (f"{_the(thing)}: {_who(ahead)} sees it moving ahead (“{_bare_predicate(ahead)}”), "
             f"{_who(stalled)} stalled (“{_bare_predicate(stalled)}”).")
    forecast = ahead.likelihood is not None
    return Finding("tension", 0.7 if forecast else 0.6, words, (
        _evidence("thing", thing, thing),
        _evidence("status", _bare_predicate(a), _bare_predicate(b), a.frame.span, b.frame.span)))


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


# --- side by side ------------------------------------------------------------------------------------------------


def contrast(claims: Iterable[Claim]) -> list[Contrast]:
    """Gather claims by proposition, the most discussed first; within one, by likelihood, surest first."""
    groups: dict[object, list[Claim]] = defaultdict(list)
    for claim in _ordered(claims):
        groups[_proposition_key(claim)].append(claim)
    gathered = [_side_by_side(members) for members in groups.values()]
    return sorted(gathered, key=lambda g: (-len(g.claims), g.proposition))


def _proposition_key(claim: Claim) -> object:
    frame = claim.frame
    if frame.event and frame.parties:
        return frame.event, frame.parties
    if claim.positions:
        return "position", claim.positions[0].target_id
    return frame.predicate, frozenset(frame.agents), frozenset(frame.patients)


def _side_by_side(members: Sequence[Claim]) -> Contrast:
    def sureness(claim: Claim) -> float:
        return -(claim.likelihood.point if claim.likelihood and claim.likelihood.point is not None else -1)

    first = members[0]
    title = _event_title(first) or _bare(first.proposition)
    return Contrast(proposition=title, parties=first.frame.parties, claims=tuple(sorted(members, key=sureness)))


def _event_title(claim: Claim) -> str | None:
    if claim.frame.event and claim.frame.parties:
        return f"{claim.frame.event}: {_names(claim, claim.frame.parties)}"
    if claim.positions:
        return f"for or against {_the(claim.positions[0].target)}"
    return None
