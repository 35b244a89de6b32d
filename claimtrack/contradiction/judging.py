"""Which claims cannot both stand: what the rules find in two claims that met, weighed, and put into a record.

What a rule finds is dropped, with the reason, where something lets both stand (`exclusions`). A clash that lies in the
wording alone has to convince the pair model too (`confirmation`), which also tells how probable it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from claimtrack.contradiction import learned
from claimtrack.contradiction.blocking import candidates
from claimtrack.contradiction.confirmation import READ_BY_MODEL, confirmed
from claimtrack.contradiction.exclusions import degree_only, one_voice, ruled_out
from claimtrack.contradiction.explanation import sentence, source_name
from claimtrack.contradiction.findings import Apart, Finding
from claimtrack.contradiction.gathering import ordered
from claimtrack.contradiction.rules import RULES
from claimtrack.contradiction.sameness import days_apart, same_place, same_source
from claimtrack.contradiction.selection import select
from claimtrack.schema import Claim, Contradiction, NearMiss, PairRelation


def contradictions(claims: Iterable[Claim]) -> list[Contradiction]:
    """List the contradictory pairs among claims: contradictions before tensions, surest first, each clash once.

    Raises:
        ModelError: the pair model's weights are broken; without any, the rules judge alone.
    """
    found = (pair for pair in _judged(claims) if isinstance(pair, Contradiction) and not pair.faint)
    return select(found)


def near_misses(claims: Iterable[Claim]) -> list[NearMiss]:
    """List the pairs that look contradictory and are not, in text order, each with the reason that ruled it out.

    Raises:
        ModelError: as `contradictions`.
    """
    found = [pair for pair in _judged(claims) if isinstance(pair, NearMiss)]
    place = {claim.id: i for i, claim in enumerate(ordered(c for pair in found for c in (pair.a, pair.b)))}
    return sorted(found, key=lambda pair: (place[pair.a.id], place[pair.b.id]))


def _judged(claims: Iterable[Claim]) -> Iterator[Contradiction | NearMiss]:
    """Give what the rules find, and of the pairs on which they find nothing what the judge does."""
    given = ordered(claims)
    ruled = set()
    for a, b in candidates(given):
        found = judge(a, b)
        if found is not None:
            ruled.add((a.id, b.id))
            yield found
    yield from (found for found in learned.met(given) if (found.a.id, found.b.id) not in ruled)


def judge(a: Claim, b: Claim) -> Contradiction | NearMiss | None:
    """Say by the rules how two claims clash, why they only seem to, or None where no rule finds anything.

    Raises:
        ModelError: as `contradictions`.
    """
    if same_place(a, b):
        return None
    a, b = ordered((a, b))
    apart = None
    for rule in RULES:
        found = rule.find(a, b)
        if isinstance(found, Finding):
            finding = _temporal(a, b, replace(found, kind=rule.kind))
            apart = ruled_out(a, b, finding)
            read = apart or (confirmed(a, b, finding) if rule.kind in READ_BY_MODEL else finding)
            return _near_miss(a, b, read) if isinstance(read, Apart) else _contradiction(a, b, read)
        apart = apart or found
    apart = apart or degree_only(a, b)
    return _near_miss(a, b, apart) if apart else None


def _temporal(a: Claim, b: Claim, finding: Finding) -> Finding:
    """Call it a change over time where one source says the opposite at a later date."""
    if _relation(a, b, finding) != "reversal":
        return finding
    who = source_name(a) if finding.one_voice is None else finding.explanation.partition(" is told")[0]
    words = f"{who} changed position between {a.published} and {b.published}. {sentence(finding.explanation)}"
    return replace(finding, kind="temporal", strength="tension", explanation=words)


def _contradiction(a: Claim, b: Claim, finding: Finding) -> Contradiction:
    digest = hashlib.sha256(f"{a.id}{b.id}{finding.kind}".encode()).hexdigest()[:16]
    matter = hashlib.sha256("\x1f".join(finding.matter).encode("utf8", "surrogatepass")).hexdigest()[:16]
    sure = (a.confidence * b.confidence) ** 0.25  # a doubtful attribution weakens a clash, it does not undo it
    return Contradiction(
        id=f"ctr_{digest}", kind=finding.kind, strength=finding.strength, score=round(finding.score * sure, 3),
        explanation=sentence(finding.explanation), evidence=finding.evidence, same_source=same_source(a, b),
        same_document=a.document == b.document, relation=_relation(a, b, finding), group=f"grp_{matter}",
        topics=tuple(t for t in a.topics if t in b.topics), a=a, b=b,
    )


def _near_miss(a: Claim, b: Claim, apart: Apart) -> NearMiss:
    shared = tuple(t for t in a.topics if t in b.topics)
    return NearMiss(reason=apart.reason, explanation=sentence(apart.explanation), topics=shared, a=a, b=b)


def _relation(a: Claim, b: Claim, finding: Finding) -> PairRelation:
    """Tell whether two sources disagree, or one reverses itself over time or is inconsistent at one time."""
    if not one_voice(a, b, finding):
        return "disagreement"
    return "reversal" if days_apart(a.published, b.published) else "inconsistency"
