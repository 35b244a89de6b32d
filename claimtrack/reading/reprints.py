"""Which documents are reprints: nearly the same text in another outlet.

Two texts are alike if they share enough runs of five words (shingles). Each text is reduced to its smallest hashes,
which estimate the share (bottom-k sketch: Cohen and Kaplan 2007, "Summarizing data using bottom-k sketches"), and is
compared only with texts that have one of the very smallest in common, so that the cost grows with the number of texts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from zlib import crc32

from claimtrack.schema import Document

__all__ = ["Print", "prints"]

SHINGLE = 5
SKETCH = 128
LOOKED_UP = 16
"""Hashes by which texts meet: at a share of ALIKE, one pair in some hundreds has none of them in common."""

ALIKE = 1 / 3
"""Share of common shingles from which two texts are one: half of each stands in the other, if they are as long.

Read on 300 news articles: below it stand articles that share a long letter or interview, above it rewritten copies.
"""

CROWD = 50  # texts that meet at one hash: more share a form letter, not an article
COUNTED = frozenset({"body", "quote_block"})

Sketch = tuple[int, ...]


@dataclass(frozen=True)
class Print:
    """Where a text stands, and the id of the first document with nearly the same text: its own if it is the first."""

    outlet: str
    original: str


def prints(documents: Iterable[Document]) -> dict[str, Print]:
    """Tell reprints from originals, by document id: the oldest of documents that are alike is the original."""
    ordered = sorted(documents, key=lambda d: (d.published or "9999", d.path, d.id))
    sketches: dict[str, Sketch] = {}
    meeting: dict[int, list[str]] = defaultdict(list)
    found = {}
    for document in ordered:
        sketch = _sketch(document)
        original = _alike(sketch, sketches, meeting) or document.id
        if original == document.id:
            sketches[document.id] = sketch
            for value in sketch[:LOOKED_UP]:
                meeting[value].append(document.id)
        found[document.id] = Print(document.publisher or document.path, original)
    return found


def _sketch(document: Document) -> Sketch:
    """The smallest hashes of a text's shingles, in order; a text shorter than a shingle has none."""
    text = " ".join(document.text[s.start : s.end] for s in document.sections if s.kind in COUNTED)
    words = re.findall(r"\w+", text.lower())
    shingles = {" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}
    return tuple(nsmallest(SKETCH, (crc32(shingle.encode()) for shingle in shingles)))


def _alike(sketch: Sketch, sketches: dict[str, Sketch], meeting: dict[int, list[str]]) -> str | None:
    met = dict.fromkeys(other for value in sketch[:LOOKED_UP] for other in meeting.get(value, ())[:CROWD])
    return next((other for other in met if _share(sketch, sketches[other]) >= ALIKE), None)


def _share(a: Sketch, b: Sketch) -> float:
    """Estimate the Jaccard index of two sets of shingles from their sketches."""
    first, second = set(a), set(b)
    sample = nsmallest(SKETCH, first | second)
    return sum(value in first and value in second for value in sample) / len(sample)
