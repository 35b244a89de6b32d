"""What an article that shares a headline's words says of it: its nearest sentence, held against the headline.

`contradiction.stance` counts words, and so takes an article that shares them for one that tells the same. Here the pair
model reads both statements, and the rules say what clashes. Where the headline does not follow from a sentence, and
not both find a clash, the article only discusses the story, as far as can be told: the pair model alone sees a clash
between any two events, and the rules alone one between two parties of which a single sentence tells.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from claimtrack.contradiction.nli import Verdict as Reading
from claimtrack.schema import Bearing, Passage, Verdict

__all__ = ["Judges", "checked"]

LIKELIER = 0.5  # from here on a verdict is likelier than all others together
UNTOLD = "The article is on the story, but no sentence found says so or denies it: whether it agrees cannot be told."


@dataclass(frozen=True)
class Judges:
    """What is asked whether a headline follows from a sentence: the pair model alone, and the rules beside it."""

    model: Callable[[str, str], Reading]
    rules: Callable[[str, str], Verdict]


def checked(bearing: Bearing, judges: Judges) -> Bearing:
    """Give a bearing that says "agree" as the judges see the sentences nearest to the headline; others as they are."""
    if bearing.label != "agree":
        return bearing
    read = [(judges.model(p.text, bearing.headline), p) for p in bearing.passages if p.role == "tells"]
    if any(reading.entailment >= LIKELIER for reading, _ in read):
        return bearing
    for reading, passage in read:
        verdict = judges.rules(passage.text, bearing.headline)
        if verdict.explanation and min(reading.contradiction, verdict.contradiction) >= LIKELIER:
            return _contradicted(bearing, verdict, passage)
    agree = round(bearing.agree * max((reading.entailment for reading, _ in read), default=0.0), 4)
    scores = {"agree": agree, "discuss": round(bearing.discuss + bearing.agree - agree, 4)}
    return bearing.model_copy(update=scores | {"label": "discuss", "explanation": UNTOLD})


def _contradicted(bearing: Bearing, verdict: Verdict, passage: Passage) -> Bearing:
    """The bearing of an article one sentence of which contradicts the headline."""
    moved = round(bearing.agree * verdict.contradiction, 4)
    return bearing.model_copy(update={
        "label": "disagree", "agree": 0.0, "disagree": round(bearing.disagree + moved, 4),
        "discuss": round(bearing.discuss + bearing.agree - moved, 4),
        "passages": (passage.model_copy(update={"role": "refutes"}),), "explanation": verdict.explanation,
    })  # fmt: skip
