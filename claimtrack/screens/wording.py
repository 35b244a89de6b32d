"""What is known of a claim in words: who holds it, how sure they are, what they do with it, and when.

A source's likelihood and our confidence never stand in one phrase.
"""

from __future__ import annotations

from collections.abc import Mapping

from claimtrack.contradiction.retelling import tells_denial
from claimtrack.schema import Claim, Factuality, Likelihood
from claimtrack.screens.terminal import line

__all__ = ["FACTUALITY", "certainty", "doing", "likelihood_words", "voice", "whole_percent"]


FACTUALITY: Mapping[Factuality, str] = {
    "CT+": "held true", "PR+": "held probable", "PS+": "held possible", "CT-": "held false",
    "PR-": "held improbable", "PS-": "held possibly false", "CTu": "known, not said which", "Uu": "left open",
}  # fmt: skip
AS_WORDED: Mapping[Factuality, Factuality] = {"CT-": "CT+", "PR-": "PR+", "PS-": "PS+"}
"""Of a statement that holds its negation in its own words."""


def voice(claim: Claim) -> str:
    """Who holds a claim, and through whom we hear of it: "the foreign office, via Alex Krainer"."""
    outer = [line(name) for name in claim.attribution.chain[:-1]]
    return line(claim.source.name) + (f", via {', '.join(reversed(outer))}" if outer else "")


def doing(claim: Claim) -> str:
    """What kind of claim it is, and what its source does with it unless it simply affirms it as it is worded."""
    return claim.kind if claim.stance == "affirm" or tells_denial(claim) else f"{claim.kind}, {claim.stance}"


def certainty(claim: Claim, scale: str | None = None) -> str:
    """How sure the source is of the statement as it is worded, in its own words where it gave any.

    Factuality is that of the event without its negation: of "Peru did not sign" it is CT-, the statement is held true.
    """
    supposed = claim.factuality == "Uu" and claim.likelihood is not None and claim.likelihood.basis == "tense"
    if claim.likelihood and not supposed:  # "a war would be costly" says nothing of how likely it is
        return likelihood_words(claim.likelihood, scale)
    negation_stands = (claim.stance == "affirm" and claim.frame.negated) or tells_denial(claim)
    return FACTUALITY[AS_WORDED.get(claim.factuality, claim.factuality) if negation_stands else claim.factuality]


def likelihood_words(likelihood: Likelihood, scale: str | None = None) -> str:
    """A likelihood as the source's word and its number: "unlikely (10–25 %)", with the word of a house scale, if asked.

    Raises:
        UsageError: there is no such scale.
    """
    number = _number(likelihood)
    if scale is not None and likelihood.point is not None:
        from claimtrack.meaning.scales import on_scale

        number += f"; {scale}: {on_scale(likelihood, scale)}"
    return f"{line(likelihood.phrase)} ({number})"


def _number(likelihood: Likelihood) -> str:
    low, high, point = likelihood.low, likelihood.high, likelihood.point
    if low is not None and high is not None and low != high:
        return f"{_percent(low)}–{_percent(high)} %"
    return "a rank, no number" if point is None else f"{_percent(point)} %"


def _percent(share: float) -> str:
    return f"{100 * share:.3g}"


def whole_percent(share: float) -> str:
    """A share of 1 in whole percent, without the sign."""
    return f"{100 * share:.0f}"
