"""Where a claim lies in meaning: a vector in which claims on one matter, that agree or clash, lie near one another.

The recipe is ``models/train/retriever.py``. One claim at a time, as in `judge_model`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from claimtrack.contradiction.retelling import retold
from claimtrack.onnx_session import open_model, shipped_folder, straight
from claimtrack.schema import Claim

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

WIDTH = 384


class Encoder:
    """Vectors of claims."""

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer) -> None:
        """Take over an open model; use `load`."""
        self._session = session
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, folder: Path) -> Encoder:
        """Load model.onnx, tokenizer.json and config.json from a folder.

        Raises:
            ModelError: a file is missing or broken.
        """
        session, tokenizer, config = open_model(folder, "max_length")
        tokenizer.enable_truncation(int(config["max_length"]))
        return cls(session, tokenizer)

    def vectors(self, claims: Sequence[Claim]) -> NDArray[np.int8]:
        """Give a vector a claim, of shape (claims, WIDTH): directions, in steps of 1/127."""
        import numpy as np

        rows = [self._vector(retold(claim)) for claim in claims]
        return np.array(rows, dtype=np.int8).reshape(-1, WIDTH)

    def _vector(self, text: str) -> NDArray[np.int8]:
        import numpy as np

        encoding = self._tokenizer.encode(straight(text))
        feed = {
            "ids": np.array([encoding.ids], dtype=np.int64),
            "mask": np.array([encoding.attention_mask], dtype=np.int64),
        }
        direction: NDArray[np.float32] = self._session.run(None, feed)[0][0]
        steps: NDArray[np.int8] = np.rint(direction * (127 / max(float(np.abs(direction).max()), 1e-9))).astype(np.int8)
        return steps


@cache
def shipped() -> Encoder | None:
    """Load the encoder that comes with claimtrack, once; None, with a warning, where its weights were left out.

    Raises:
        ModelError: the weights are broken.
    """
    folder = shipped_folder("retriever", "claims meet where they share names and events, not by what they mean")
    return Encoder.load(folder) if folder is not None else None
