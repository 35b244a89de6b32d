"""Train the model of kinds: a logistic regression on claims that claimtrack finds, aligned to claims read by hand.

usage: kind.py GOLD_FOLDER OUT_FOLDER [MORE.json MORE.jsonl]

GOLD_FOLDER holds {train,dev}.json, {"articles": {file: SHA-256 of its text}, "claims": [{"event", "file", "span",
"kind"}]}, and {train,dev}.jsonl, the articles. MORE are claims and articles of the same form (data/claim_kinds.json),
to learn from too. A claim of the program is aligned to the gold claim that it overlaps most, with a Jaccard index of
0.3 at least. The penalty, and how much MORE weighs, are chosen by cross-validation over whole events; dev is only
reported.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import digests
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

import claimtrack
from claimtrack.claims import extraction, kind_model
from claimtrack.reading import ingest
from claimtrack.reading.legible import legible
from claimtrack.schema import Claim

PENALTIES = (0.02, 0.05, 0.1)  # inverse strengths
WEIGHTS = (0.0, 0.2, 0.4, 0.7)  # of a claim of MORE beside one of 1: its kinds are another reader's
SCALE = 8.0  # weight of the encoder's states beside the words; 3 to 10 differ by less than two points
ANY, SAME = "denial-only", {"promise": "intention"}
NEAREST = 0.3

Floats = NDArray[np.float64]
Row = tuple[NDArray[np.int64], NDArray[np.float32], str, str, bool]  # buckets, state, gold kind, event, is the rules'


def rows(claims: Path, articles: Path) -> Iterator[Row]:
    """Give a row for each gold claim that the program finds."""
    gold = json.loads(claims.read_text(encoding="utf8"))
    files = {digest: file for file, digest in gold["articles"].items()}
    nlp = claimtrack.load()
    extraction.with_kinds = lambda claims, _: list(claims)  # type: ignore[assignment]  # the rules' kinds
    for document in ingest.read_all([str(articles)]):
        seen = legible(document).document
        doc = nlp.make_doc(seen.text)
        doc._.document = seen
        doc = nlp(doc)
        file = files.get(hashlib.sha256(document.text.encode()).hexdigest())
        layers = doc._.links.layers
        for wanted in (c for c in gold["claims"] if c["file"] == file and layers is not None):
            claim = nearest(doc._.claims, wanted["span"])
            state = layers.mean(claim.spans) if claim is not None else None
            if claim is not None and state is not None:
                kind = SAME.get(wanted["kind"], wanted["kind"])
                yield kind_model.buckets(claim), state, kind, wanted["event"], claim.kind == kind


def nearest(claims: list[Claim], span: tuple[int, int]) -> Claim | None:
    """Give the claim that overlaps a span most; None where none does enough."""
    wanted, best, most = set(range(*span)), None, NEAREST
    for claim in claims:
        own = {i for s in claim.spans for i in range(*s)}
        if (share := len(own & wanted) / len(own | wanted)) >= most and share > 0:
            best, most = claim, share + 1e-9
    return best


def matrix(data: list[Row], mean: NDArray[np.float32], spread: NDArray[np.float32]) -> csr_matrix:
    """Give the features of rows: the buckets, then the states made alike in size."""
    places = np.repeat(np.arange(len(data)), [len(row[0]) for row in data]), np.concatenate([row[0] for row in data])
    words = csr_matrix((np.ones(len(places[0]), np.float32), places), shape=(len(data), kind_model.BUCKETS))
    states = (np.array([row[1] for row in data]) - mean) / spread
    return hstack([words, csr_matrix(states)]).tocsr()


def agreement(seen: csr_matrix, kinds: NDArray[np.str_], events: list[str], penalty: float, weights: Floats) -> float:
    """Give the agreement on claims of weight 1, each event left out in its turn; the others only teach."""
    right = []
    for teach, test in GroupKFold(5).split(seen, kinds, events):
        fitted = model(penalty).fit(seen[teach], kinds[teach], sample_weight=weights[teach])
        own = test[weights[test] == 1]
        right += list(fitted.predict(seen[own]) == kinds[own])
    return float(np.mean(right))


def main(folder: Path, out: Path, *more: Path) -> None:
    """Train, report and write the weights."""
    gold = [row for row in rows(folder / "train.json", folder / "train.jsonl") if row[2] != ANY]
    train = [*gold, *(rows(*more) if more else ())]
    dev = list(rows(folder / "dev.json", folder / "dev.jsonl"))
    states = np.array([row[1] for row in train])
    mean, spread = states.mean(axis=0), (states.std(axis=0) + 1e-6) * states.shape[1] ** 0.5 / SCALE
    seen, kinds, events = matrix(train, mean, spread), np.array([row[2] for row in train]), [row[3] for row in train]
    is_more = np.arange(len(train)) >= len(gold)
    found = {
        (penalty, weight): agreement(seen, kinds, events, penalty, np.where(is_more, weight, 1.0))
        for penalty in PENALTIES
        for weight in (WEIGHTS if more else (0.0,))
    }
    penalty, weight = max(found, key=lambda choice: found[choice])
    fitted = model(penalty).fit(seen, kinds, sample_weight=np.where(is_more, weight, 1.0))
    right = fitted.predict(matrix(dev, mean, spread))
    agree = np.mean([row[2] in (ANY, kind) for row, kind in zip(dev, right, strict=True)])
    rules = np.mean([row[2] == ANY or row[4] for row in dev])
    print(f"cross-validated {found}, chosen {penalty}, {weight}; dev {agree:.4f}, the rules {rules:.4f} of {len(dev)}")
    weights = fitted.coef_.T.astype(np.float32)
    layers = weights[kind_model.BUCKETS :] / spread[:, None]
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out / "weights.npz", words=weights[: kind_model.BUCKETS].astype(np.float16),
                        layers=layers.astype(np.float32), bias=fitted.intercept_.astype(np.float32) - mean @ layers)
    (out / "config.json").write_text(json.dumps({"kinds": list(fitted.classes_)}) + "\n", encoding="utf8")
    digests.seal(out)


def model(inverse: float) -> LogisticRegression:
    """Give the regression for a penalty."""
    return LogisticRegression(C=inverse, max_iter=500, tol=1e-3)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
