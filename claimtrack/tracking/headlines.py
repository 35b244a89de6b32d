"""What an article that shares a headline's words says of it: its nearest sentence, held against the headline.

`contradiction.stance` counts words, and so takes an article that shares them for one that tells the same. Here the pair
model reads both statements, and the rules say what clashes. Where the headline does not follow from a sentence, and
not both find a clash, the article only discusses the story, as far as can be told: the pair model alone sees a clash
between any two events, and the rules alone one between two parties of which a single sentence tells. Who is for or
against what decides by itself: "Peru backs the dam" agrees with a sentence that says so of Peru, whoever else fights
it there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from claimtrack.claims.comparison import Agreement
from claimtrack.contradiction.nli import Verdict as Reading
from claimtrack.schema import Bearing, Passage, Verdict

__all__ = ["Judges", "checked"]

LIKELIER = 0.5  # from here on a verdict is likelier than all others together
SIDED = 0.9  # how surely a sentence that names the headline's holder and target says on which side it stands
OPPOSED = "A sentence of the article puts the same holder on the other side."
TOLD = "A sentence of the article says so."
UNTOLD = "The article is on the story, but no sentence found says so or denies it: whether it agrees cannot be told."


@dataclass(frozen=True)
class Judges:
    """What is asked of a sentence and a headline: the pair model alone, the rules beside it, who is on which side."""

    model: Callable[[str, str], Reading]
    rules: Callable[[str, str], Verdict]
    positions: Callable[[str, str], Agreement | None]


def checked(bearing: Bearing, judges: Judges) -> Bearing:
    """Give a bearing that says "agree" as the judges see the sentences nearest to the headline; others as they are."""
    if bearing.label != "agree":
        return bearing
    told = [p for p in bearing.passages if p.role == "tells"]
    sides = [(judges.positions(p.text, bearing.headline), p) for p in told]
    if any(side == "same" for side, _ in sides):
        return bearing.model_copy(update={"explanation": TOLD})
    for side, passage in sides:
        if side == "opposed":
            return _contradicted(bearing, SIDED, OPPOSED, passage)
    return _read(bearing, judges, [p for side, p in sides if side is None])


def _read(bearing: Bearing, judges: Judges, passages: Sequence[Passage]) -> Bearing:
    """Give a bearing as model and rules see these sentences."""
    read = [(judges.model(p.text, bearing.headline), p) for p in passages]
    if any(reading.entailment >= LIKELIER for reading, _ in read):
        return bearing.model_copy(update={"explanation": TOLD})
    for reading, passage in read:
        verdict = judges.rules(passage.text, bearing.headline)
        if verdict.explanation and min(reading.contradiction, verdict.contradiction) >= LIKELIER:
            return _contradicted(bearing, verdict.contradiction, verdict.explanation, passage)
    agree = round(bearing.agree * max((reading.entailment for reading, _ in read), default=0.0), 4)
    scores = {"agree": agree, "discuss": round(bearing.discuss + bearing.agree - agree, 4)}
    return bearing.model_copy(update=scores | {"label": "discuss", "explanation": UNTOLD})


def _contradicted(bearing: Bearing, sure: float, why: str, passage: Passage) -> Bearing:
    """The bearing of an article one sentence of which contradicts the headline."""
    moved = round(bearing.agree * sure, 4)
    return bearing.model_copy(update={
        "label": "disagree", "agree": 0.0, "disagree": round(bearing.disagree + moved, 4),
        "discuss": round(bearing.discuss + bearing.agree - moved, 4),
        "passages": (passage.model_copy(update={"role": "refutes"}),), "explanation": why,
    })  # fmt: skip
