"""Cut a text into the windows of word pieces that the ranker's encoder reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from claimtrack.attribution.pieces import CLS, NO_OFFSET, SEP, Pieces, encode_block, special
from claimtrack.schema import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WINDOW, OVERLAP = 256, 64
"""Pieces in a window, and how many of them it shares with the next."""


@dataclass(frozen=True)
class Window:
    """Pieces `[start, end)`, of which `[first, last)` are taken from this window: those not too near its edges."""

    start: int
    end: int
    first: int
    last: int


LAYERS = 3
"""How many of its layers the encoder shows: the last one, which the ranker reads, the second and the fourth."""
_MOST = 50_000  # pieces that are kept: more would cost more memory than all else


@dataclass(frozen=True)
class Layers:
    """What the encoder made of a text: the character that each piece begins at, in order, and its states there."""

    starts: NDArray[np.int64]
    states: NDArray[np.float16]

    @classmethod
    def of(cls, pieces: Pieces, states: NDArray[np.float32]) -> Layers:
        """Keep the states of the pieces that stand in the text, up to a number of them."""
        starts = np.asarray(pieces.starts, dtype=np.int64)
        real = np.flatnonzero(starts != NO_OFFSET)[:_MOST]
        return cls(starts[real], states[real].astype(np.float16))

    def mean(self, spans: Sequence[Span]) -> NDArray[np.float32] | None:
        """Give the mean state of the pieces in some spans of characters, `[LAYERS * width]`; None without any."""
        found = [self.states[slice(*np.searchsorted(self.starts, span))] for span in spans]
        rows = np.concatenate(found) if found else self.states[:0]
        return rows.mean(axis=0, dtype=np.float32) if len(rows) else None


def encode(tokenizer: Tokenizer, text: str, blocks: Sequence[Span]) -> Pieces:
    """Give the pieces of a whole text: [CLS], then each block with a [SEP] behind it."""
    pieces = special(CLS)
    for block in blocks:
        pieces.extend(encode_block(tokenizer, text, block))
        pieces.extend(special(SEP))
    return pieces


def windows(size: int) -> list[Window]:
    """Cover `size` pieces with windows that overlap; each piece is taken from the one it lies deepest in."""
    starts = [0]
    while starts[-1] + WINDOW < size:
        starts.append(starts[-1] + WINDOW - OVERLAP)
    firsts = [0, *(start + OVERLAP // 2 for start in starts[1:])]
    lasts = [*firsts[1:], size]
    return [Window(s, min(s + WINDOW, size), f, e) for s, f, e in zip(starts, firsts, lasts, strict=True)]


def piece_at(pieces: Pieces, positions: NDArray[np.int32]) -> NDArray[np.intp]:
    """Give the piece that each character stands in, or the last one before it."""
    starts = np.asarray(pieces.starts)
    real = np.flatnonzero(starts != NO_OFFSET)
    if not len(real):
        return np.zeros(len(positions), dtype=np.intp)
    found = np.searchsorted(starts[real], positions, side="right") - 1
    return np.asarray(real[np.clip(found, 0, len(real) - 1)], dtype=np.intp)
