"""Judge texts with two small trained models: what one statement says of another, and what an author commits to.

Both run on the CPU, one text at a time: dynamic int8 quantisation scales the activations of a whole batch, so rows
run together would change each other's results. The recipes are ``models/train/nli.py`` and
``models/train/commitment.py``.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimtrack.errors import ModelError
from claimtrack.onnx_session import models_folder, open_session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

# The models were trained on straight marks; one character for one, so that offsets stay.
_PLAIN_MARKS = str.maketrans("“”„«»‘’‚`´‐‑‒–—", "\"\"\"\"\"'''''-----")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_REACH = 1200  # characters kept on each side of a target: more than 160 word pieces of ordinary prose
_TARGETS_A_RUN = 8  # a fixed number, padded, so that a target's result never depends on how many share its text


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
        session, tokenizer, config = _open(folder, "temperature")
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

        encoding = self._tokenizer.encode(_plain(premise), _plain(hypothesis))
        feed = {
            "ids": np.array([encoding.ids], dtype=np.int64),
            "mask": np.array([encoding.attention_mask], dtype=np.int64),
            "types": np.array([encoding.type_ids], dtype=np.int64),
        }
        logits = self._session.run(None, feed)[0][0].tolist()
        return Verdict(*_softmax([logit / self._temperature for logit in logits]))


@cache
def shipped() -> PairModel | None:
    """Load the pair model that comes with claimtrack, once; None where its weights were left out.

    Raises:
        ModelError: the weights are broken.
    """
    folder = models_folder() / "nli"
    return PairModel.load(folder) if folder.is_dir() else None


class CommitmentModel:
    """How far the author of a text commits to an event in it."""

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer, max_length: int) -> None:
        """Take over an open model; use `load`."""
        self._session = session
        self._tokenizer = tokenizer
        self._max_length = max_length

    @classmethod
    def load(cls, folder: Path) -> CommitmentModel:
        """Load model.onnx, tokenizer.json and config.json from a folder.

        Raises:
            ModelError: a file is missing or broken.
        """
        session, tokenizer, config = _open(folder, "scale")
        tokenizer.no_truncation()
        return cls(session, tokenizer, int(config["max_length"]))

    def commitment(self, rows: Sequence[tuple[str, int, int]]) -> list[float]:
        """Rate (text, start, end), the span of an event word or a clause in characters of the text, half-open.

        3: the event holds, as in "She left"; -3: it does not, as in "She did not leave"; 0: open. The head word of the
        event is rated best, a clause nearly as well. A long text is cut to a window around the span; a span outside
        the text, or on white space, stands for the whole text; a text without words is rated 0.
        """
        windows: dict[tuple[int, ...], list[int]] = defaultdict(list)
        marks: list[tuple[int, ...]] = []
        for number, (text, start, end) in enumerate(rows):
            ids, mark = self._window(text, start, end)
            windows[ids].append(number)
            marks.append(mark)
        result = [0.0] * len(rows)
        for ids, numbers in windows.items():
            for first in range(0, len(numbers), _TARGETS_A_RUN):
                some = numbers[first : first + _TARGETS_A_RUN]
                for number, value in zip(some, self._run(ids, [marks[n] for n in some]), strict=True):
                    result[number] = value
        return result

    def _window(self, text: str, start: int, end: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The ids of the word pieces around a span, and a 1 on each that belongs to it."""
        start, end = sorted((min(max(start, 0), len(text)), min(max(end, 0), len(text))))
        first = max(0, start - _REACH)
        encoding = self._tokenizer.encode(_plain(text[first : end + _REACH]))
        mark = [int(a + first < end and b + first > start) for a, b in encoding.offsets]
        if not any(mark):
            mark = [int(b > a) for a, b in encoding.offsets]
        return _cut(encoding.ids, mark, self._max_length)

    def _run(self, ids: tuple[int, ...], marks: list[tuple[int, ...]]) -> list[float]:
        import numpy as np

        if len(ids) <= 2:  # [CLS] and [SEP] alone
            return [0.0] * len(marks)
        spans = np.zeros((1, _TARGETS_A_RUN, len(ids)), dtype=np.float32)
        spans[0, : len(marks)] = marks
        row = np.array([ids], dtype=np.int64)
        values = self._session.run(None, {"ids": row, "mask": np.ones_like(row), "spans": spans})[0][0]
        return [round(float(value), 4) for value in values[: len(marks)]]


def _open(folder: Path, *keys: str) -> tuple[InferenceSession, Tokenizer, dict[str, Any]]:
    """Open a model's three files; `keys` must stand in its config beside max_length."""
    from tokenizers import Tokenizer

    session = open_session(folder / "model.onnx")
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf8"))
        missing = {"max_length", *keys} - config.keys()
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # tokenizers raises bare Exception
        raise ModelError(f"the model in {str(folder)!r} is incomplete: {error}; restore the folder") from error
    if missing:
        raise ModelError(f"{str(folder / 'config.json')!r} lacks {', '.join(sorted(missing))}; restore the file")
    tokenizer.no_padding()
    return session, tokenizer, config


def _plain(text: str) -> str:
    """The text with straight marks, of the same length; lone surrogates, which no tokenizer takes, replaced."""
    return _LONE_SURROGATES.sub("\ufffd", text.translate(_PLAIN_MARKS))


def _cut(ids: list[int], mark: list[int], longest: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Cut to `longest` pieces around the first marked one, with [CLS] and [SEP] kept at the ends."""
    if len(ids) <= longest:
        return tuple(ids), tuple(mark)
    keep = longest - 2
    middle = mark.index(1) + min(sum(mark), keep) // 2
    begin = min(max(1, middle - keep // 2), len(ids) - 1 - keep)
    inside = slice(begin, begin + keep)
    return (ids[0], *ids[inside], ids[-1]), (mark[0], *mark[inside], mark[-1])


def _softmax(logits: list[float]) -> list[float]:
    highest = max(logits)
    powers = [math.exp(logit - highest) for logit in logits]
    total = sum(powers)
    return [power / total for power in powers]
