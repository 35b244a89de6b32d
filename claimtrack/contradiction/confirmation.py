"""What the pair model makes of a clash that lies in the wording alone, and how probable that makes it."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log

from claimtrack.contradiction import nli
from claimtrack.contradiction.findings import Apart, Finding
from claimtrack.schema import Claim

READ_BY_MODEL = frozenset({"negation", "antonym"})
"""Kinds that rest on wording alone, which the pair model reads better than a rule does; it is bad at numbers."""

UNCONFIRMED = 0.4
"""What the pair model reads, in [0, 1], below which it overrules a rule; ``benchmarks/clashes.py`` tells the cost."""

SLOPE, OFFSET = 1.03, 1.09


def confirmed(a: Claim, b: Claim, finding: Finding) -> Finding | Apart:
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
