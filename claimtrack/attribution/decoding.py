"""Decoding: from the scores of the model to labels, spans and what they point to."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from claimtrack.attribution.pieces import Pieces
from claimtrack.schema import Span

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    Floats = NDArray[float64]

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
LINKS = ("content_cue", "content_source", "cue_source")
NOTHING: Span = (0, 1)  # a pointer to [CLS] says: there is none


@dataclass(frozen=True)
class Config:
    """What the recipe writes beside the weights.

    Attributes:
        window: the largest window, in word pieces.
        transitions: score of each label (column) after each other label (row).
        cue_floor, source_floor: probability in [0, 1] from which words that were not tagged may serve as such.
        join_floor: share in [0, 1] of its pointer that a content lays on a cue, to be a part beside other parts.
        content_floor: contents with a lower score in [0, 1] are dropped.
        content_weights, source_weights: logistic regression of the two scores, by feature, "bias" included.
    """

    window: int
    transitions: list[list[float]]
    cue_floor: float
    source_floor: float
    join_floor: float
    content_floor: float
    content_weights: dict[str, float]
    source_weights: dict[str, float]


@dataclass(frozen=True)
class Tagged:
    """What the model says about one window.

    Attributes:
        scores: of each label for each piece.
        transitions: score of each label after each other label.
        spans: (first, last + 1) piece of each span by kind, on the best path through the labels.
        attention: for each link, the vectors that ask and those that answer, a row for each piece.
    """

    pieces: Pieces
    scores: Floats
    transitions: Floats
    spans: dict[str, list[Span]]
    attention: dict[str, tuple[Floats, Floats]]

    @cached_property
    def probabilities(self) -> Floats:
        """Of each label for each piece, given the whole window."""
        return label_probabilities(self.scores, self.transitions)


def label_probabilities(scores: Floats, transitions: Floats) -> Floats:
    """Probability of each label for each piece (forward-backward), given scores [pieces, labels]."""
    import numpy as np

    emitted = np.maximum(np.exp(scores - scores.max(axis=1, keepdims=True)), 1e-13)
    steps, total = np.exp(transitions), np.add.reduce
    forward, backward = np.empty_like(emitted), np.ones_like(emitted)
    state = np.zeros(scores.shape[1])
    state[0] = 1.0  # a window starts with [CLS], which carries no label
    forward[0] = state
    for t in range(1, len(scores)):
        state = (state @ steps) * emitted[t]
        state /= total(state)
        forward[t] = state
    state = backward[-1]
    for t in range(len(scores) - 2, -1, -1):
        state = steps @ (state * emitted[t + 1])
        state /= total(state)
        backward[t] = state
    joint: Floats = forward * backward
    joint /= joint.sum(axis=1, keepdims=True)
    return joint


def best_labels(scores: Floats, transitions: Floats) -> list[int]:
    """The likeliest row of labels (Viterbi), given scores [pieces, labels]."""
    import numpy as np

    steps = np.ascontiguousarray(transitions.T)
    every = np.arange(len(steps))
    came_from = np.zeros(scores.shape, dtype=np.intp)
    state = np.full(len(steps), -1e9)
    state[0] = 0.0
    for t in range(1, len(scores)):
        ways = steps + state
        came_from[t] = ways.argmax(axis=1)
        state = ways[every, came_from[t]] + scores[t]
    label = int(np.argmax(state))
    path = [label]
    for t in range(len(scores) - 1, 0, -1):
        label = int(came_from[t, label])
        path.append(label)
    return path[::-1]


def label_spans(labels: Sequence[int]) -> dict[str, list[Span]]:
    """First and last + 1 position of each labelled span, by kind."""
    spans: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
    kind, start = "", 0
    for at, label in enumerate([*labels, 0]):
        name = LABELS[label]
        if kind and name != f"I-{kind}":
            spans[kind].append((start, at))
            kind = ""
        if name.startswith("B-"):
            kind, start = name[2:], at
    return spans


def runs(flags: Iterable[bool]) -> list[Span]:
    """Start and end of each unbroken row of True."""
    spans: list[Span] = []
    start = -1
    for at, flag in enumerate([*flags, False]):
        if flag and start < 0:
            start = at
        elif not flag and start >= 0:
            spans.append((start, at))
            start = -1
    return spans


def pointed(tagged: Tagged, link: str, span: Span) -> Floats:
    """How much a span points to each piece, as probabilities; the first piece stands for nothing at all."""
    import numpy as np

    asks, answers = tagged.attention[link]
    scores = answers @ asks[span[0] : span[1]].mean(axis=0) / math.sqrt(asks.shape[1])
    weights: Floats = np.exp(scores - np.max(scores))
    weights /= weights.sum()
    return weights


def mass(weights: Floats, span: Span) -> float:
    """The share of the weights that lies on a span."""
    return float(weights[span[0] : span[1]].sum())
