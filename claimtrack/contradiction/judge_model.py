"""Whether two claims clash, read by trained models: holder, stance and statement of both at once.

A small model reads every pair that meets; a large one reads again what the small one finds near a clash. They run on
the CPU, one pair at a time: dynamic quantisation scales the activations of a whole batch, so pairs run together would
change each other's results. The recipe is ``models/train/judge.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING

from claimtrack.contradiction.nli import softmax
from claimtrack.contradiction.retelling import retold_both
from claimtrack.onnx_session import open_model, shipped_folder, straight
from claimtrack.schema import Claim

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

GRADES = ("none", "tension", "contradiction")

FAR = 0.75
"""Probability of "none" from which a pair is far from a clash, however near its claims lie to one another."""

SIGNS = ("contradiction", "nearness", "authors")
"""What a score is made of: the log-odds of a contradiction, the cosine of the two claims, and how many of them an
article's author holds. The weights were fitted on pairs graded by eye (``models/train/judge_calibration.py``)."""

READ_AGAIN = 0.15
"""The small model's score from which the large one reads a pair again."""

AUTHORIAL = frozenset({"author", "voice"})

LEAST = 1e-4  # a probability nearer to 0 or 1 counts as this


@dataclass(frozen=True)
class Reading:
    """What a judge reads in a pair.

    Attributes:
        score: the probability that a careful reader calls the pair a contradiction, in [0, 1].
        hard: whether it rather is a contradiction than a tension, should it be one of the two.
        kinds: how probable each kind of clash, or of look-alike, is, by its name in `config.json`.
        signs: what the score is made of, in the order of `SIGNS`.
    """

    score: float
    hard: bool
    kinds: Mapping[str, float]
    signs: tuple[float, ...] = ()

    def likeliest(self, names: Iterable[str]) -> str:
        """Give the likeliest of some kinds."""
        return max(names, key=lambda name: self.kinds.get(name, 0.0))


class JudgeModel:
    """Contradiction, tension or neither of two claims, and of what kind, as one model reads them."""

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer, config: Mapping[str, object]) -> None:
        """Take over an open model; use `load`."""
        self._session = session
        self._tokenizer = tokenizer
        self._kinds = tuple(map(str, config["kinds"]))  # type: ignore[call-overload]  # checked by `load`
        weights: Mapping[str, float] = config["weights"]  # type: ignore[assignment]
        self._weights = [float(weights[sign]) for sign in SIGNS]
        self._offset = float(str(config["offset"]))

    @classmethod
    def load(cls, folder: Path) -> JudgeModel:
        """Load model.onnx, tokenizer.json and config.json from a folder.

        Raises:
            ModelError: a file is missing or broken.
        """
        session, tokenizer, config = open_model(folder, "max_length", "kinds", "weights", "offset")
        tokenizer.enable_truncation(int(config["max_length"]), strategy="longest_first")
        return cls(session, tokenizer, config)

    def read(self, a: Claim, b: Claim, nearness: float) -> Reading:
        """Read two claims both ways; what is far from a clash one way is not read the other way.

        Args:
            a: the one.
            b: the other.
            nearness: the cosine of their vectors (`encoder`), in [-1, 1].
        """
        logits = self._both_ways(a, b)
        none, tension, contradiction = softmax(logits[: len(GRADES)])
        shares = softmax(logits[len(GRADES) : len(GRADES) + len(self._kinds)])
        authors = sum(claim.source.kind in AUTHORIAL for claim in (a, b))
        signs = (_log_odds(contradiction), nearness, float(authors))
        odds = self._offset + sum(weight * sign for weight, sign in zip(self._weights, signs, strict=True))
        kinds = dict(zip(self._kinds, shares, strict=True))
        score = contradiction if none >= FAR else 1 / (1 + exp(-odds))
        return Reading(score=score, hard=contradiction >= tension, kinds=kinds, signs=signs)

    def _both_ways(self, a: Claim, b: Claim) -> list[float]:
        first, second = retold_both(a, b)
        logits = self._logits(first, second)
        if softmax(logits[: len(GRADES)])[0] >= FAR:
            return logits
        return [(x + y) / 2 for x, y in zip(logits, self._logits(second, first), strict=True)]

    def _logits(self, first: str, second: str) -> list[float]:
        import numpy as np

        encoding = self._tokenizer.encode(straight(first), straight(second))
        feed = {
            "ids": np.array([encoding.ids], dtype=np.int64),
            "mask": np.array([encoding.attention_mask], dtype=np.int64),
            "types": np.array([encoding.type_ids], dtype=np.int64),
        }
        logits: list[float] = self._session.run(None, feed)[0][0].tolist()
        return logits


class Judge:
    """The small model, which names the kinds, and the large one, which decides of what lies near a clash."""

    def __init__(self, small: JudgeModel, large: Callable[[], JudgeModel | None]) -> None:
        """Take an open model, and what opens the large one when it is needed; that may give none."""
        self._small = small
        self._large = large

    def read(self, a: Claim, b: Claim, nearness: float) -> Reading:
        """Read two claims; arguments as of `JudgeModel.read`.

        Raises:
            ModelError: the weights of the large model are broken.
        """
        reading = self._small.read(a, b, nearness)
        large = self._large() if reading.score >= READ_AGAIN else None
        return replace(large.read(a, b, nearness), kinds=reading.kinds) if large is not None else reading


def _log_odds(probability: float) -> float:
    kept = min(max(probability, LEAST), 1 - LEAST)
    return log(kept / (1 - kept))


@cache
def shipped() -> Judge | None:
    """Load the judge that comes with claimtrack, once; None, with a warning, where its weights were left out.

    Raises:
        ModelError: the weights are broken.
    """
    folder = shipped_folder("judge", "contradictions are found by rules alone")
    return Judge(JudgeModel.load(folder), _shipped_large) if folder is not None else None


@cache
def _shipped_large() -> JudgeModel | None:
    folder = shipped_folder("judge_large", "contradictions are judged by the small model alone")
    return JudgeModel.load(folder) if folder is not None else None
