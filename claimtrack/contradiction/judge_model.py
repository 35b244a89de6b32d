"""Whether two claims clash, read by a small trained model: holder, stance and statement of both at once.

It runs on the CPU, one pair at a time: dynamic int8 quantisation scales the activations of a whole batch, so pairs
run together would change each other's results. The recipe is ``models/train/judge.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING

from claimtrack.contradiction.nli import softmax
from claimtrack.contradiction.retelling import retold_both
from claimtrack.onnx_session import models_folder, open_model, straight
from claimtrack.schema import Claim

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

GRADES = ("none", "tension", "contradiction")

FAR = 0.93
"""Probability of "none" from which a pair is far from a clash."""

SIGNS = ("contradiction", "tension", "nearness", "authors")
"""What the score is made of: the log-odds of both grades, the cosine of the two claims, and how many of them an
article's author holds. The weights were fitted on pairs graded by eye (``models/train/judge_calibration.py``)."""

AUTHORIAL = frozenset({"author", "voice"})

LEAST = 1e-4  # a probability nearer to 0 or 1 counts as this


@dataclass(frozen=True)
class Reading:
    """What the judge reads in a pair.

    Attributes:
        score: the probability that a careful reader calls the pair a contradiction, in [0, 1].
        hard: whether it rather is a contradiction than a tension, should it be one of the two.
        kinds: how probable each kind of clash, or of look-alike, is, by its name in `config.json`.
    """

    score: float
    hard: bool
    kinds: Mapping[str, float]

    def likeliest(self, names: Iterable[str]) -> str:
        """Give the likeliest of some kinds."""
        return max(names, key=lambda name: self.kinds.get(name, 0.0))


class JudgeModel:
    """Contradiction, tension or neither of two claims, and of what kind."""

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
        _, tension, contradiction = softmax(logits[: len(GRADES)])
        shares = softmax(logits[len(GRADES) : len(GRADES) + len(self._kinds)])
        signs = self._signs(a, b, logits, nearness)
        odds = self._offset + sum(w * sign for w, sign in zip(self._weights, signs, strict=True))
        return Reading(
            score=1 / (1 + exp(-odds)),
            hard=contradiction >= tension,
            kinds=dict(zip(self._kinds, shares, strict=True)),
        )

    def signs(self, a: Claim, b: Claim, nearness: float) -> list[float]:
        """Give what the score is made of, in the order of `SIGNS`; arguments as of `read`."""
        return self._signs(a, b, self._both_ways(a, b), nearness)

    def _signs(self, a: Claim, b: Claim, logits: list[float], nearness: float) -> list[float]:
        _, tension, contradiction = softmax(logits[: len(GRADES)])
        authors = sum(claim.source.kind in AUTHORIAL for claim in (a, b))
        return [_log_odds(contradiction), _log_odds(tension), nearness, float(authors)]

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


def _log_odds(probability: float) -> float:
    kept = min(max(probability, LEAST), 1 - LEAST)
    return log(kept / (1 - kept))


@cache
def shipped() -> JudgeModel | None:
    """Load the judge that comes with claimtrack, once; None where its weights were left out.

    Raises:
        ModelError: the weights are broken.
    """
    folder = models_folder() / "judge"
    return JudgeModel.load(folder) if folder.is_dir() else None
