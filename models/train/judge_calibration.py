"""Fit what turns the judges' evidence into the probability that a careful reader calls a pair a contradiction.

    python judge_calibration.py --graded ../../data/graded_pairs.json --events DATA/events --dev CLAIMS.jsonl

CLAIMS.jsonl is what `claimtrack extract --no-store --jsonl` prints for the development events. For either judge a
logistic regression over `SIGNS` is fitted on their graded pairs, which the judges ranked high (Platt 1999); a tension
counts as half a contradiction. Writes weights and offset into the judge's config.json, and prints how the pairs are
ranked where each event is ranked by what the others taught.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import clashes
import digests
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from claimtrack.contradiction.encoder import shipped as encoder
from claimtrack.contradiction.judge_model import SIGNS, JudgeModel
from claimtrack.contradiction.learned import may_clash
from claimtrack.schema import Claim

MODELS = Path(__file__).parent.parent
WORTH = {"false": 0.0, "tension": 0.5, "true": 1.0}
STRENGTH = 0.3  # inverse, of the penalty on the weights of signs of like spread

Floats = NDArray[np.float64]


def read(judge: Path, graded: list[clashes.Graded]) -> Floats:
    """Give what a judge reads in graded pairs, of shape (pairs, signs)."""
    model, place = JudgeModel.load(judge), encoder()
    assert place is not None
    rows = []
    for a, b in ((Claim.model_validate(pair.a), Claim.model_validate(pair.b)) for pair in graded):
        u, v = place.vectors([a, b]).astype(float)
        rows.append(model.read(a, b, float(u @ v / (np.linalg.norm(u) * np.linalg.norm(v)))).signs)
    return np.array(rows)


def fitted(signs: Floats, worth: Floats) -> tuple[Floats, float]:
    """Fit weights and offset; a tension counts as half a pair of either sort."""
    mean, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-9
    both = np.vstack([signs, signs])
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit((both - mean) / spread, np.repeat([1, 0], len(signs)), np.concatenate([worth, 1 - worth]))
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - mean @ weights)


def ranked(signs: Floats, worth: Floats, events: list[str]) -> Floats:
    """Give the log-odds of each pair by what the pairs of other events taught."""
    odds = np.zeros(len(signs))
    for event in set(events):
        own = np.array([other == event for other in events])
        weights, offset = fitted(signs[~own], worth[~own])
        odds[own] = signs[own] @ weights + offset
    return odds


def report(odds: Floats, worth: Floats) -> None:
    """Print how well the log-odds rank."""
    print("AUC true / false", round(float(roc_auc_score(worth[worth != 0.5] == 1, odds[worth != 0.5])), 3))
    best = np.argsort(-odds)
    for count in (10, 25, 50, 100):
        top = worth[best[:count]]
        print(f"best {count}: {np.mean(top == 1):.2f} true, {np.mean(top == 0.5):.2f} tensions")


def main() -> None:
    """Fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--graded", "--events", "--dev"):
        parser.add_argument(name, type=Path, required=True)
    args = parser.parse_args()
    gold = json.loads((args.events / "dev.json").read_text(encoding="utf8"))
    event_of = {gold["articles"][claim["file"]]: claim["event"] for claim in gold["claims"]}
    found = clashes.graded(args.graded, clashes.extracted_claims([args.dev]))
    graded = [p for p in found if may_clash(Claim.model_validate(p.a), Claim.model_validate(p.b))]
    worth = np.array([WORTH[pair.grade] for pair in graded])
    for folder in (MODELS / "judge", MODELS / "judge_large"):
        signs = read(folder, graded)
        print(folder.name, len(graded), "pairs")
        report(ranked(signs, worth, [event_of.get(pair.articles[0], "") for pair in graded]), worth)
        weights, offset = fitted(signs, worth)
        path = folder / "config.json"
        config = json.loads(path.read_text(encoding="utf8"))
        config |= {"weights": dict(zip(SIGNS, weights.round(3).tolist(), strict=True)), "offset": round(offset, 3)}
        path.write_text(json.dumps(config, indent=1) + "\n", encoding="utf8")
        digests.seal(folder)


if __name__ == "__main__":
    main()
