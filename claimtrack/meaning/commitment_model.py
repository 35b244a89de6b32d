"""How far the author of a text commits to an event in it, read by a small trained model: a second opinion.

It runs on the CPU, one text at a time: dynamic int8 quantisation scales the activations of a whole batch, so texts
run together would change each other's results. The recipe is ``models/train/commitment.py``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from claimtrack.onnx_session import open_model, straight

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

_REACH = 1200  # characters kept on each side of a target: more than 160 word pieces of ordinary prose
_TARGETS_A_RUN = 8  # a fixed number, padded, so that a target's result never depends on how many share its text


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
        session, tokenizer, config = open_model(folder, "max_length", "scale")
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
        encoding = self._tokenizer.encode(straight(text[first : end + _REACH]))
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


def _cut(ids: list[int], mark: list[int], longest: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Cut to `longest` pieces around the first marked one, with [CLS] and [SEP] kept at the ends."""
    if len(ids) <= longest:
        return tuple(ids), tuple(mark)
    keep = longest - 2
    middle = mark.index(1) + min(sum(mark), keep) // 2
    begin = min(max(1, middle - keep // 2), len(ids) - 1 - keep)
    inside = slice(begin, begin + keep)
    return (ids[0], *ids[inside], ids[-1]), (mark[0], *mark[inside], mark[-1])
