"""Which side of what it says a claim takes: it affirms it, denies or doubts it, or leaves it open."""

from __future__ import annotations

from claimtrack.schema import Claim, Likelihood, SideName

UNLIKELY, LIKELY = 0.35, 0.5
"""Points up to the first speak against an event, from the second for it; a mere "may" (0.4) speaks neither way."""

ASSERTED = frozenset({"CT+", "PR+", "PS+", "CT-", "PR-", "PS-"})


def side_of(claim: Claim) -> SideName:
    """Tell whether a claim affirms its proposition, denies or doubts it, or leaves it open.

    A likelihood decides where there is one; what is conditional, asked, hoped, feared or merely possible is open.
    """
    if claim.condition or claim.stance in {"question", "hope", "fear"} or claim.factuality in {"Uu", "CTu"}:
        return "open"
    point = claim.likelihood.point if claim.likelihood else None
    if point is not None:
        return "affirm" if point >= LIKELY else "deny or doubt" if point <= UNLIKELY else "open"
    if claim.factuality in {"PS+", "PS-"}:
        return "open"
    return "deny or doubt" if claim.factuality.endswith("-") else "affirm"


def sureness(claim: Claim) -> float:
    """How likely the source holds the proposition, for ordering: -1 where it leaves it open."""
    if claim.likelihood and claim.likelihood.point is not None:
        return claim.likelihood.point
    if claim.condition or claim.stance in {"question", "hope", "fear"}:
        return -1.0
    return {"CT+": 1.0, "PR+": 0.75, "PS+": 0.4, "PS-": 0.4, "PR-": 0.2, "CT-": 0.0}.get(claim.factuality, -1.0)


def asserts(claim: Claim) -> bool:
    """Tell whether the source takes a stand at all: no question, no open clause, no mere supposition."""
    return claim.factuality in ASSERTED and claim.stance != "question"


def is_supposed(claim: Claim) -> bool:
    """Tell what would come of an event from a forecast of it: "a war would be costly" is no word of its coming."""
    return claim.likelihood is not None and claim.likelihood.basis == "tense" and claim.factuality == "Uu"


def is_sided(odds: Likelihood) -> bool:
    """Tell whether a likelihood speaks for or against an event; "may" (0.4) and a rank do neither."""
    return odds.point is not None and not UNLIKELY < odds.point < LIKELY
