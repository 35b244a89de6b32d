"""Fit what turns the judge's evidence into the probability that a careful reader calls a pair a contradiction.

    python judge_calibration.py --graded ../../data/graded_pairs.json --train CLAIMS.jsonl --dev CLAIMS.jsonl

CLAIMS.jsonl is what `claimtrack extract --no-store --jsonl` prints for the articles of the graded pairs. A logistic
regression over `SIGNS` is fitted on the pairs of --train, a tension as half a contradiction; its offset on those of
--dev (Platt 1999). Writes both into config.json of the judge and prints how the pairs of --dev are ranked.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import clashes
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from claimtrack.contradiction.encoder import shipped as encoder
from claimtrack.contradiction.judge_model import SIGNS, JudgeModel
from claimtrack.schema import Claim

FOLDER = Path(__file__).parent.parent / "judge"
WORTH = {"false": 0.0, "tension": 0.5, "true": 1.0}

Floats = NDArray[np.float64]


def claims_of(path: Path) -> dict[str, list[Claim]]:
    """Read extracted claims, by the hash of their article."""
    articles, found = {}, dict[str, list[Claim]]()
    with path.open(encoding="utf8") as lines:
        for record in map(json.loads, lines):
            if record["record"] == "document":
                articles[record["id"]] = clashes.digest(record["text"])
            else:
                found.setdefault(articles[record["document"]], []).append(Claim.model_validate(record))
    return found


def same(side: dict[str, Any], claims: dict[str, list[Claim]]) -> Claim | None:
    """Find the claim that was graded: the one whose words are the same by at least half."""
    wanted = {i for start, end in side["spans"] for i in range(start, end)}

    def share(claim: Claim) -> float:
        words = {i for start, end in claim.spans for i in range(start, end)}
        return len(words & wanted) / len(words | wanted)

    best = max(claims.get(side["article"], ()), key=share, default=None)
    return best if best is not None and share(best) >= 0.5 else None


def graded(pairs: list[dict[str, Any]], claims: dict[str, list[Claim]]) -> Iterator[tuple[list[float], float]]:
    """Give the signs of each graded pair whose claims are found, and what its grade is worth."""
    model, place = JudgeModel.load(FOLDER), encoder()
    assert place is not None
    for pair in pairs:
        a, b = same(pair["a"], claims), same(pair["b"], claims)
        if a is not None and b is not None:
            u, v = place.vectors([a, b]).astype(float)
            yield model.signs(a, b, float(u @ v / (np.linalg.norm(u) * np.linalg.norm(v)))), WORTH[pair["grade"]]


def rows(pairs: list[dict[str, Any]], path: Path) -> tuple[Floats, Floats]:
    """Give the signs, of shape (pairs, signs), and the worths."""
    signs, worth = zip(*graded(pairs, claims_of(path)), strict=True)
    return np.array(signs), np.array(worth)


def fitted(signs: Floats, worth: Floats) -> tuple[Floats, float]:
    """Fit weights and offset; a tension counts as half a pair of either sort."""
    both = np.vstack([signs, signs])
    sort = np.repeat([1, 0], len(signs))
    model = LogisticRegression(max_iter=1000).fit(both, sort, sample_weight=np.concatenate([worth, 1 - worth]))
    return model.coef_[0], float(model.intercept_[0])


def offset(odds: Floats, worth: Floats) -> float:
    """Fit what is to be added to the log-odds."""

    def loss(more: float) -> float:
        return float(np.mean(np.logaddexp(0, odds + more) - worth * (odds + more)))

    return float(minimize_scalar(loss, bounds=(-3, 3), method="bounded").x)


def main() -> None:
    """Fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--graded", "--train", "--dev"):
        parser.add_argument(name, type=Path, required=True)
    args = parser.parse_args()
    pairs = json.loads(args.graded.read_text(encoding="utf8"))["pairs"]
    signs, worth = rows(pairs, args.train)
    weights, base = fitted(signs, worth)
    signs, worth = rows(pairs, args.dev)
    odds = signs @ weights + base
    base += offset(odds, worth)
    print("AUC true / false", round(float(roc_auc_score(worth[worth != 0.5] == 1, odds[worth != 0.5])), 3))
    best = np.argsort(-odds)
    for count in (10, 25, 50, 100):
        top = worth[best[:count]]
        print(f"best {count}: {np.mean(top == 1):.2f} true, {np.mean(top == 0.5):.2f} tensions")
    path = FOLDER / "config.json"
    config = json.loads(path.read_text(encoding="utf8"))
    config |= {"weights": dict(zip(SIGNS, weights.round(3).tolist(), strict=True)), "offset": round(base, 3)}
    path.write_text(json.dumps(config, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
