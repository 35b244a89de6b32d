"""Rank antecedents: how probable it is that a mention takes up each of those before it, or none of them.

A small encoder reads the text in windows; a candidate is the states of its first piece, its head and its last piece.
A scorer compares two candidates by those and by their signs, and each candidate with "nothing before it". The
probabilities of a candidate's antecedents and of nothing add up to 1 (mention ranking: Denis and Baldridge 2008,
Wiseman et al. 2015; scored on spans of an encoder as by Kirstain et al. 2021). Weights: ``models/coreference``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from claimtrack.attribution.pieces import Pieces
from claimtrack.errors import ModelError
from claimtrack.onnx_session import open_session, verified
from claimtrack.reference.pieces import LAYERS, Layers, encode, piece_at, windows
from claimtrack.reference.signs import Floats, Indices, Table, own_signs, pair_signs

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    from claimtrack.schema import Document

NEAR, FAR = 40, 8
"""How many candidates before a mention it is compared with, and how many earlier ones that share a word with it."""

PAIRS_A_RUN = 20_000  # the scorer takes 10 kB for each; an article has fewer


@dataclass(frozen=True)
class Ranking:
    """Pairs of candidates, sorted by anaphor: how probable each is, and for each candidate that it takes up nothing.

    Probabilities are in [0, 1]; those of one anaphor and its "nothing" add up to 1. They are not calibrated. `layers`
    is what the encoder made of the text, None where it read nothing.
    """

    anaphors: Indices
    antecedents: Indices
    probabilities: Floats
    nothing: Floats
    layers: Layers | None = None


class Ranker:
    """The trained ranker."""

    def __init__(self, encoder: InferenceSession, scorer: InferenceSession, tokenizer: Tokenizer) -> None:
        """Take the opened parts."""
        self._encoder, self._scorer, self._tokenizer = encoder, scorer, tokenizer

    @classmethod
    def load(cls, folder: Path) -> Ranker:
        """Open the weights in a folder.

        Raises:
            ModelError: a file is missing or damaged.
        """
        from tokenizers import Tokenizer

        encoder, scorer = open_session(folder / "encoder.onnx"), open_session(folder / "scorer.onnx")
        try:
            tokenizer = Tokenizer.from_str(verified(folder / "tokenizer.json").decode("utf8"))
        except ModelError:
            raise
        except Exception as error:  # tokenizers raises plain Exception
            raise ModelError(f"cannot load the coreference ranker from {str(folder)!r}: {error}") from error
        return cls(encoder, scorer, tokenizer)

    def rank(self, document: Document, table: Table) -> Ranking:
        """Rank the antecedents of every candidate of a text; a text without candidates gives an empty ranking."""
        anaphors, antecedents = pairs(table)
        if not len(table):
            empty = np.zeros(0, np.float32)
            return Ranking(anaphors, antecedents, empty, empty)
        pieces = encode(self._tokenizer, document.text, [(s.start, s.end) for s in document.sections])
        of_pieces = self._states(pieces)
        own = own_signs(table)
        states = _of_candidates(of_pieces[:, : of_pieces.shape[1] // LAYERS], pieces, table)
        scores, nothing = np.zeros(len(anaphors), np.float32), np.zeros(len(table), np.float32)
        for own_part, part in _runs(anaphors, len(table)):
            used = np.union1d(antecedents[part], np.arange(own_part.start, own_part.stop))
            scores[part], of_used = self._scorer.run(None, {
                "states": states[used], "own": own[used],
                "anaphors": np.searchsorted(used, anaphors[part]),
                "antecedents": np.searchsorted(used, antecedents[part]),
                "signs": pair_signs(table, anaphors[part], antecedents[part]),
            })
            nothing[own_part] = of_used[np.searchsorted(used, own_part.start) :][: own_part.stop - own_part.start]
        return replace(normalised(anaphors, antecedents, scores, nothing), layers=Layers.of(pieces, of_pieces))

    def _states(self, pieces: Pieces) -> Floats:
        """Encode the pieces one window at a time: quantisation scales each run by all it reads.

        Gives the states of three layers, the last one first, side by side: `[pieces, LAYERS * width]`.
        """
        ids, shapes = np.array([pieces.ids], dtype=np.int64), np.array([pieces.shapes], dtype=np.int64)
        states = []
        for window in windows(len(pieces)):
            part = slice(window.start, window.end)
            layers = self._encoder.run(None, {"ids": ids[:, part], "shapes": shapes[:, part]})
            own = slice(window.first - window.start, window.last - window.start)
            states.append(np.concatenate([layer[0, own] for layer in layers], axis=1))
        return np.concatenate(states)


def _runs(anaphors: Indices, candidates: int) -> Iterator[tuple[slice, slice]]:
    """Give the candidates that the scorer compares at once with those before them, and their pairs."""
    first = np.searchsorted(anaphors, np.arange(candidates + 1))
    start = 0
    while start < candidates:
        stop = max(start + 1, int(np.searchsorted(first, first[start] + PAIRS_A_RUN, side="right")) - 1)
        yield slice(start, stop), slice(int(first[start]), int(first[stop]))
        start = stop


def _of_candidates(states: Floats, pieces: Pieces, table: Table) -> Floats:
    """Put the states of first piece, head and last piece side by side: `[candidates, 3 * width]`."""
    places = (table["begin"], table["at"], np.maximum(table["stop"] - 1, 0))
    return np.concatenate([states[piece_at(pieces, place)] for place in places], axis=1)


def pairs(table: Table) -> tuple[Indices, Indices]:
    """List which candidates are compared: each with those shortly before it, names and nouns with like ones before."""
    alike: dict[int, list[int]] = defaultdict(list)
    nominal = table.own[:, 0] >= _FIRST_NOMINAL
    keys = np.stack([table["noun"], table["last"], table["text"]], axis=1).tolist()
    anaphors: list[int] = []
    antecedents: list[int] = []
    for j, words in enumerate(keys):
        chosen = set(range(max(0, j - NEAR), j))
        if nominal[j]:
            chosen.update(i for word in words if word for i in alike[word][-FAR:])
        anaphors += [j] * len(chosen)
        antecedents += sorted(chosen)
        for word in {word for word in words if word}:
            alike[word].append(j)
    return np.array(anaphors, dtype=np.int64), np.array(antecedents, dtype=np.int64)


_FIRST_NOMINAL = 10  # of KINDS: names, nouns and lists stand behind the pronouns


def normalised(anaphors: Indices, antecedents: Indices, scores: Floats, nothing: Floats) -> Ranking:
    """Turn scores into probabilities that add up to 1 for each anaphor."""
    highest = nothing.copy()
    np.maximum.at(highest, anaphors, scores)
    weights, none = np.exp(scores - highest[anaphors]), np.exp(nothing - highest)
    total = none + np.bincount(anaphors, weights, minlength=len(nothing))
    return Ranking(anaphors, antecedents, weights / total[anaphors], none / total)
