"""What one statement says of another, read by a small trained model: it follows, contradicts, or neither.

It runs on the CPU, one pair at a time: dynamic int8 quantisation scales the activations of a whole batch, so pairs
run together would change each other's results. The recipe is ``models/train/nli.py``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from claimtrack.onnx_session import open_model, shipped_folder, straight

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer


@dataclass(frozen=True)
class Verdict:
    """What a premise says of a hypothesis: three calibrated probabilities that sum to 1."""

    entailment: float
    neutral: float
    contradiction: float


class PairModel:
    """Entailment, neutral or contradiction of two statements."""

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer, temperature: float) -> None:
        """Take over an open model; use `load`."""
        self._session = session
        self._tokenizer = tokenizer
        self._temperature = temperature

    @classmethod
    def load(cls, folder: Path) -> PairModel:
        """Load model.onnx, tokenizer.json and config.json from a folder.

        Raises:
            ModelError: a file is missing or broken.
        """
        session, tokenizer, config = open_model(folder, "max_length", "temperature")
        tokenizer.enable_truncation(int(config["max_length"]), strategy="longest_first")
        return cls(session, tokenizer, float(config["temperature"]))

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Verdict]:
        """Judge (premise, hypothesis) pairs, in order; each verdict depends on its own pair only.

        "He left." against "He did not leave." is a contradiction, "Somebody left." is entailed. Order matters. Long
        texts are cut at the end, the longer of the two first. No pairs give no verdicts.
        """
        known = {pair: self._judge(*pair) for pair in dict.fromkeys(pairs)}
        return [known[pair] for pair in pairs]

    def _judge(self, premise: str, hypothesis: str) -> Verdict:
        import numpy as np

        encoding = self._tokenizer.encode(straight(premise), straight(hypothesis))
        feed = {
            "ids": np.array([encoding.ids], dtype=np.int64),
            "mask": np.array([encoding.attention_mask], dtype=np.int64),
            "types": np.array([encoding.type_ids], dtype=np.int64),
        }
        logits = self._session.run(None, feed)[0][0].tolist()
        return Verdict(*softmax([logit / self._temperature for logit in logits]))


@cache
def shipped() -> PairModel | None:
    """Load the pair model that comes with claimtrack, once; None, with a warning, where its weights were left out.

    Raises:
        ModelError: the weights are broken.
    """
    folder = shipped_folder("nli", "clashes of wording are shown unconfirmed")
    return PairModel.load(folder) if folder is not None else None


def softmax(logits: list[float]) -> list[float]:
    """Turn scores into probabilities in [0, 1] that add up to 1."""
    highest = max(logits)
    powers = [math.exp(logit - highest) for logit in logits]
    total = sum(powers)
    return [power / total for power in powers]
