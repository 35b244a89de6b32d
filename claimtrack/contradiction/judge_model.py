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
from claimtrack.onnx_session import open_model, shipped_folder, straight
from claimtrack.schema import Claim

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

GRADES = ("none", "tension", "contradiction")

FAR = 0.93
"""Probability of "none" from which a pair is far from a clash."""


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
        self._slope, self._offset = float(str(config["slope"])), float(str(config["offset"]))
        self._hard, self._soft = (frozenset(map(str, config[k])) for k in ("hard", "soft"))  # type: ignore[call-overload]
        self._soft_offset = float(str(config["soft_offset"]))

    @classmethod
    def load(cls, folder: Path) -> JudgeModel:
        """Load model.onnx, tokenizer.json and config.json from a folder.

        Raises:
            ModelError: a file is missing or broken.
        """
        keys = "max_length", "kinds", "slope", "offset", "hard", "soft", "soft_offset"
        session, tokenizer, config = open_model(folder, *keys)
        tokenizer.enable_truncation(int(config["max_length"]), strategy="longest_first")
        return cls(session, tokenizer, config)

    def read(self, a: Claim, b: Claim) -> Reading:
        """Read two claims both ways; what is far from a clash one way is not read the other way."""
        first, second = retold_both(a, b)
        logits = self._logits(first, second)
        if softmax(logits[: len(GRADES)])[0] < FAR:
            logits = [(x + y) / 2 for x, y in zip(logits, self._logits(second, first), strict=True)]
        _, tension, contradiction = softmax(logits[: len(GRADES)])
        shares = softmax(logits[len(GRADES) : len(GRADES) + len(self._kinds)])
        kinds = dict(zip(self._kinds, shares, strict=True))
        score = self._calibrated(contradiction + tension / 2, self._softness(kinds))
        return Reading(score=score, hard=contradiction >= tension, kinds=kinds)

    def _softness(self, kinds: Mapping[str, float]) -> float:
        """Give the share of kinds in which people take sides, among the kinds of clashes: in [0, 1]."""
        soft = sum(kinds[kind] for kind in self._soft)
        hard = sum(kinds[kind] for kind in kinds.keys() & self._hard)
        return soft / max(soft + hard, 1e-9)

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

    def _calibrated(self, read: float, softness: float) -> float:
        """Give the probability of a clash (Platt 1999), set on pairs graded by eye.

        Where people only judge or side differently, a high reading is far more often a mistake than in a denial.
        """
        kept = min(max(read, 0.001), 0.999)
        odds = self._slope * log(kept / (1 - kept)) + self._offset + softness * self._soft_offset
        return 1 / (1 + exp(-odds))


@cache
def shipped() -> JudgeModel | None:
    """Load the judge that comes with claimtrack, once; None, with a warning, where its weights were left out.

    Raises:
        ModelError: the weights are broken.
    """
    folder = shipped_folder("judge", "contradictions are found by rules alone")
    return JudgeModel.load(folder) if folder is not None else None
