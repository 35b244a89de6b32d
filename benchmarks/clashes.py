"""Measure what the rules and the pair model together make of clashes of wording, on statements that people labelled.

usage: clashes.py DEV [--json]

DEV is a file of pairs, dev.jsonl.gz: {"premise", "hypothesis", "label": "e"|"n"|"c", "source"} a line. Each pair is
read as one text. Where a rule of `confirmation.READ_BY_MODEL` finds a clash, the figures tell how often people call
the pair a contradiction, with and without the pair model, and how to turn the model's reading into a probability (Platt
scaling, fitted on one half and checked on the other). The pair model was not trained on these rows. Some ten minutes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cache
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple

import numpy as np
from spacy.language import Language

from claimtrack import pipeline
from claimtrack.claims import extraction
from claimtrack.contradiction import confirmation, judging, nli
from claimtrack.reading import ingest
from claimtrack.schema import Contradiction, NearMiss

LONGEST = 60  # words of a premise; a longer one is an article
PROCESSES = 2


class Clash(NamedTuple):
    """A clash that a rule found: its half, whether people call the pair a contradiction, what the model reads."""

    half: str
    true: bool
    read: float


@cache
def _nlp() -> Language:
    return pipeline.load(attribution="rules")


def clashes(row: dict[str, str]) -> list[Clash]:
    """List the clashes of wording that the rules find in a pair."""
    premise = row["premise"]
    claims = extraction.extract(ingest.from_text(f"{premise}\n\n{row['hypothesis']}"), _nlp())
    first, second = ([c for c in claims if (c.spans[0][0] < len(premise)) is side] for side in (True, False))
    judged = [pair for a in first for b in second if (pair := judging.judge(a, b))]
    found = [pair for pair in judged if is_of_wording(pair)]
    model = nli.shipped()
    half = "AB"[hashlib.sha256(premise.encode()).digest()[0] % 2]
    return [Clash(half, row["label"] == "c", confirmation.reading(p.a, p.b, model)) for p in found if model]


def is_of_wording(pair: Contradiction | NearMiss) -> bool:
    """Tell whether a rule found a clash of wording, which the pair model may have overruled."""
    if isinstance(pair, NearMiss):
        return pair.reason == "unconfirmed"
    return pair.kind in confirmation.READ_BY_MODEL


def fit(found: Sequence[Clash]) -> tuple[float, float]:
    """Fit slope and offset of the log-odds by Newton's method."""
    x = np.array([[confirmation.log_odds(c.read), 1.0] for c in found])
    y = np.array([c.true for c in found], dtype=float)
    weights = np.zeros(2)
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ weights))
        curve = (x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(2)
        weights += np.linalg.solve(curve, x.T @ (y - p) - 1e-3 * weights)
    return float(weights[0]), float(weights[1])


def log_loss(found: Sequence[Clash], slope: float, offset: float) -> float:
    """Give the mean of -ln p of what is true."""
    odds = np.array([slope * confirmation.log_odds(c.read) + offset for c in found])
    signs = np.array([1.0 if c.true else -1.0 for c in found])
    return float(np.log1p(np.exp(-odds * signs)).mean())


def figures(found: Sequence[Clash]) -> Iterator[tuple[str, float]]:
    """Give what is measured, by name."""
    kept = [c for c in found if c.read >= confirmation.UNCONFIRMED]
    true = sum(c.true for c in found)
    yield "findings of the rules", len(found)
    yield "right among them", true / max(1, len(found))
    yield "confirmed by the pair model", len(kept)
    yield "right among these", sum(c.true for c in kept) / max(1, len(kept))
    yield "right ones that it confirms", sum(c.true for c in kept) / max(1, true)
    first, second = ([c for c in found if c.half == half] for half in "AB")
    yield "log loss on B, fitted on A", log_loss(second, *fit(first))
    rate = sum(c.true for c in first) / max(1, len(first))
    yield "log loss on B, share of A for all", log_loss(second, 0.0, float(np.log(rate / (1 - rate))))
    slope, offset = fit(found)
    yield "slope", slope
    yield "offset", offset


def main() -> None:
    """Parse the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dev", type=Path)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with gzip.open(args.dev, "rt", encoding="utf8") as lines:
        rows = [r for r in map(json.loads, lines) if r["label"] in "enc" and len(r["premise"].split()) < LONGEST]
    with Pool(PROCESSES) as pool:
        found = [clash for some in pool.imap(clashes, rows, chunksize=64) for clash in some]
    measured = {name: round(value, 3) for name, value in figures(found)}
    print(json.dumps(measured) if args.json else "\n".join(f"{name:34} {value}" for name, value in measured.items()))


if __name__ == "__main__":
    main()
