"""Scoring: how surely a content and its source are right, by logistic regression on what the model says of them."""

from __future__ import annotations

import math
from collections.abc import Mapping

from claimtrack.attribution.decoding import LABELS, Tagged
from claimtrack.attribution.pieces import OUTSIDE, QUOTE_KINDS
from claimtrack.schema import Span

_TINY = 1e-9


def content_features(tagged: Tagged, content: list[Span], cue: Span | None, share: float) -> dict[str, float]:
    """What tells a right content from a wrong one; log odds where it is a probability."""
    begin, inside = LABELS.index("B-content"), LABELS.index("I-content")
    chances = tagged.probabilities[:, begin] + tagged.probabilities[:, inside]
    pieces = [at for span in content for at in range(*span)]
    ends = [tagged.probabilities[end, inside] if end < len(chances) else 0.0 for _, end in content]
    quoted = sum(tagged.pieces.shapes[at] % QUOTE_KINDS != OUTSIDE for at in pieces) / len(pieces)
    return {
        "inside": log_odds(sum(chances[at] for at in pieces) / len(pieces)),
        "weakest": log_odds(min(chances[at] for at in pieces)),
        "start": log_odds(min(tagged.probabilities[start, begin] for start, _ in content)),
        "end": log_odds(1 - max(ends)),
        "cue": log_odds(share),
        "cue_tagged": log_odds(span_chance(tagged, "cue", cue)) if cue else log_odds(0),
        "length": math.log(len(pieces)),
        "parts": float(len(content) > 1),
        "quoted": quoted,
    }


def source_features(tagged: Tagged, source: Span | None, share: float) -> dict[str, float]:
    """What tells a right source from a wrong one; log odds where it is a probability."""
    return {
        "share": log_odds(share),
        "none": float(source is None),
        "none_share": 0.0 if source else log_odds(share),
        "tagged": log_odds(span_chance(tagged, "source", source)) if source else 0.0,
    }


def span_chance(tagged: Tagged, kind: str, span: Span) -> float:
    """Mean probability that the pieces of a span are of a kind."""
    begin = LABELS.index(f"B-{kind}")
    return float(tagged.probabilities[span[0] : span[1], begin : begin + 2].sum() / (span[1] - span[0]))


def log_odds(chance: float) -> float:
    """Log odds of a probability, held within ±6."""
    chance = min(max(float(chance), _TINY), 1 - _TINY)
    return max(-6.0, min(6.0, math.log(chance / (1 - chance))))


def logistic(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """Probability in [0, 1] from features and their weights."""
    score = sum(weight * (1.0 if name == "bias" else features[name]) for name, weight in weights.items())
    return 1 / (1 + math.exp(-score))
