"""Rules on what sources hold of one thing: for or against, denied, likely or unlikely, a cause or an excuse."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from claimtrack import lexicon
from claimtrack.contradiction.explanation import again, bare, names, says, sentence, source_name, the, with_verb
from claimtrack.contradiction.findings import Apart, Finding, Seat, evidence, rule
from claimtrack.contradiction.participants import actors, is_specific, undergoers
from claimtrack.contradiction.sameness import (
    alike_told,
    matter,
    restates,
    same_deed,
    same_event,
    same_predicate,
    same_source,
)
from claimtrack.contradiction.sides import LIKELY, UNLIKELY, asserts, is_sided, is_supposed
from claimtrack.contradiction.terms import words_of
from claimtrack.schema import Claim, Evidence, Likelihood, Position

VERBATIM = 10  # words that a denial does not repeat: "it denied the report in a statement: …" quotes the denier


def _stance_seats(claim: Claim) -> Iterator[Seat]:
    for position in claim.positions:
        if is_specific(position.target_id):
            yield Seat(f"stance:{position.target_id}", position.value)


@rule("stance", seats=_stance_seats)
def stance(a: Claim, b: Claim) -> Finding | Apart | None:
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
    return (evidence("target", p.target, q.target),
            evidence("position", p.value, q.value, a.frame.span, b.frame.span))


def _holders(claim: Claim, position: Position) -> str:
    names = [p.holder for p in claim.positions if p.target_id == position.target_id and p.value == position.value]
    return " and ".join(names) + (" are" if len(names) > 1 else " is")


def _denial_seats(claim: Claim) -> Iterator[Seat]:
    if claim.stance in {"deny", "doubt"}:
        side = "denies" if _denies(claim) else ""
    else:
        side = "affirms" if claim.stance == "affirm" and asserts(claim) and claim.polarity == "positive" else ""
    if side:
        for who in (*actors(claim), *undergoers(claim), claim.document):  # in one document, shared terms are enough
            yield Seat(f"denial:{claim.frame.predicate}:{who}", side)


@rule("denial", seats=_denial_seats)
def denial(a: Claim, b: Claim) -> Finding | Apart | None:
    """Find one that affirms what the other denies or doubts: "Peru has bases there" / "Peru denies having bases"."""
    affirming, denying = (a, b) if b.stance in {"deny", "doubt"} else (b, a)
    if denying.stance not in {"deny", "doubt"} or affirming.stance != "affirm" or not asserts(affirming):
        return None
    if same_source(a, b) or not _denies(denying) or not _speaks_against(denying):
        return None
    if affirming.polarity == "negative" or not same_predicate(a, b) or _weighed(a, b):
        return None
    if not (same_deed(a, b) or alike_told(a, b)):
        return None
    if restates(a, b) and len(words_of(a.text)) >= VERBATIM:
        return Apart("restated", "Both say the same at length, which nobody does who denies it.")
    verbs = ("deny", "denies") if denying.stance == "deny" else ("doubt", "doubts")
    denial = sentence(with_verb(denying, source_name(denying), *verbs))
    words = f"{says(affirming)}: {bare(affirming.proposition)}. {denial} it."
    return Finding("contradiction", 0.9 if denying.stance == "deny" else 0.7, words, (
        evidence("stance", a.stance, b.stance, a.attribution.cue_span, b.attribution.cue_span),), matter(a, b))


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
    if claim.stance == "deny" or cue.cue_kind != "speech":
        return True
    return not lexicon.words("clash_words", "unable").isdisjoint(words_of(cue.cue or ""))


def _weighed(a: Claim, b: Claim) -> bool:
    """Tell whether both say how likely it is; who denies that it "will" happen denies it outright."""
    outright = any(c.stance == "deny" and c.likelihood and c.likelihood.basis == "tense" for c in (a, b))
    return not outright and all(c.likelihood and c.likelihood.point is not None for c in (a, b))


def _likelihood_seats(claim: Claim) -> Iterator[Seat]:
    odds = claim.likelihood
    if odds is None or not is_sided(odds) or is_supposed(claim):
        return
    side = str(odds.point)  # likely and unlikely clash; unlikely and ruled out are shown as near
    events = [f"{claim.frame.event}:{party}" for party in claim.frame.parties] if claim.frame.event else []
    for event in (*events, *(f"{claim.frame.predicate}:{who}" for who in actors(claim))):
        yield Seat(f"likelihood:{event}", side)


@rule("likelihood", seats=_likelihood_seats)
def likelihood(a: Claim, b: Claim) -> Finding | None:
    """Find one event held likely by one and unlikely by the other, with ranges that do not touch."""
    if not same_event(a, b) or is_supposed(a) or is_supposed(b):
        return None
    p, q = a.likelihood, b.likelihood
    if p is None or q is None or not (_far_apart(p, q) or _far_apart(q, p)):
        return None
    if p.basis == q.basis == "tense":  # "will" against "will not" is a plain negation
        return None
    gap = abs((p.point or 0) - (q.point or 0))
    words = f"{source_name(a)} {_said_how_sure(a)}; {again(a, b)} {_said_how_sure(b)}."
    return Finding("contradiction", min(0.95, 0.6 + 0.5 * gap) - 0.15 * (a.frame.inferred or b.frame.inferred), words, (
        evidence("event", a.frame.event or a.frame.predicate, b.frame.event or b.frame.predicate),
        evidence("likelihood", p.phrase, q.phrase, p.phrase_span, q.phrase_span)), matter(a, b))


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


def _cause_seats(claim: Claim) -> Iterator[Seat]:
    for term in claim.frame.cause:
        yield Seat(f"cause:{term}", "excuse" if claim.frame.pretext else "cause")


@rule("cause", seats=_cause_seats)
def cause(a: Claim, b: Claim) -> Finding | None:
    """Find a cause that the other calls a mere excuse: "due to the strike" / "the strike is only a pretext"."""
    shared = set(a.frame.cause) & set(b.frame.cause)
    if len(shared) < 2 or a.frame.pretext == b.frame.pretext:
        return None
    blamed, excused = (a, b) if b.frame.pretext else (b, a)
    names_it = f"{source_name(blamed)} names {_quoted(blamed)} as the cause"
    words = f"{names_it}; {again(blamed, excused)} calls it a mere excuse."
    return Finding("contradiction", 0.75, words, (
        evidence("cause", " ".join(a.frame.cause), " ".join(b.frame.cause), a.frame.cause_span, b.frame.cause_span),),
        ("cause", *sorted(shared)))


def _quoted(claim: Claim) -> str:
    """Give the words of the cause that a claim names."""
    start, end = claim.frame.cause_span or claim.context_span
    offset = claim.context_span[0]
    return f"“{' '.join(claim.context[start - offset:end - offset].split())}”"
