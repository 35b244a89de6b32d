"""Fits what turns the tagger's evidence into probabilities, on articles it was not trained on.

    python attribution_calibration.py --data DATA/dev --model ../attribution

Writes the weights of two logistic regressions and the floor for contents into config.json, and prints the expected
calibration error, cross-validated by article.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import digests
import numpy as np
from polnear import Article, Span, read_articles
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from claimtrack.attribution import Tagger
from claimtrack.attribution.drafts import Draft, drafts
from claimtrack.attribution.pieces import characters
from claimtrack.attribution.scoring import logistic

FOLDS, BINS = 5, 10


@dataclass(frozen=True)
class Judged:
    """A draft of one article (by number), and whether its content and its source are right."""

    article: int
    draft: Draft
    content: bool
    source: bool


def judge(tagger: Tagger, number: int, article: Article) -> list[Judged]:
    """The drafts of an article, matched one to one with the gold attributions, best overlap first."""
    found = []
    for window in tagger.windows(article.text, article.blocks):
        for draft in drafts(tagger.tag(window), tagger.config):
            content = _set([characters(window, part) for part in draft.content])
            found.append((draft, content, _set([characters(window, draft.source)] if draft.source else [])))
    gold = [(_set(a.content), _set(a.source)) for a in article.attributions]
    matched = match([content for _, content, _ in found], [content for content, _ in gold])
    return [
        Judged(number, draft, i in matched, i in matched and same_source(source, gold[matched[i]][1]))
        for i, (draft, _, source) in enumerate(found)
    ]


def _set(spans: tuple[Span, ...] | list[Span]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def match(found: list[set[int]], gold: list[set[int]]) -> dict[int, int]:
    """Found to gold, one to one, overlap (intersection over union) at least half."""
    pairs = sorted((-len(f & g) / len(f | g), i, j) for i, f in enumerate(found) for j, g in enumerate(gold) if f & g)
    matched: dict[int, int] = {}
    for overlap, i, j in pairs:
        if overlap <= -0.5 and i not in matched and j not in matched.values():
            matched[i] = j
    return matched


def same_source(found: set[int], gold: set[int]) -> bool:
    """Whether two sources overlap, or both are nobody."""
    return bool(found & gold) or not (found or gold)


def fit(rows: list[dict[str, float]], right: list[bool], groups: list[int]) -> tuple[dict[str, float], float]:
    """Weights by feature, and the cross-validated expected calibration error."""
    names = list(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    model = LogisticRegression(C=1.0, max_iter=2000)
    folds = GroupKFold(FOLDS)
    chances = cross_val_predict(model, table, right, cv=folds, groups=groups, method="predict_proba")[:, 1]
    model.fit(table, right)
    weights = dict(zip(names, model.coef_[0].round(4).tolist(), strict=True))
    return {"bias": round(float(model.intercept_[0]), 4), **weights}, calibration_error(chances, np.array(right))


def calibration_error(chances: np.ndarray, right: np.ndarray) -> float:
    """Mean gap between the predicted and the true share, over bins of equal width, weighted by size."""
    which = np.minimum((chances * BINS).astype(int), BINS - 1)
    gaps = [abs(chances[which == b].sum() - right[which == b].sum()) for b in range(BINS)]
    return float(sum(gaps) / len(right))


def best_floor(scores: list[float], judged: list[Judged], gold: int) -> float:
    """The content score below which dropping drafts gives the best attribution F1."""

    def f1(floor: float) -> float:
        kept = [one for score, one in zip(scores, judged, strict=True) if score >= floor]
        return 2 * sum(one.source for one in kept) / (len(kept) + gold)

    return max((round(0.01 * n, 2) for n in range(60)), key=f1)


def calibrate(data: Path, folder: Path) -> None:
    """Fits, prints the errors, and rewrites config.json."""
    tagger = Tagger.load(folder)
    articles = read_articles(data)
    judged = [one for number, article in enumerate(articles) for one in judge(tagger, number, article)]
    right = [one for one in judged if one.content]
    content, content_error = fit(
        [one.draft.content_features for one in judged], [one.content for one in judged], [one.article for one in judged]
    )
    source, source_error = fit(
        [one.draft.source_features for one in right], [one.source for one in right], [one.article for one in right]
    )
    scores = [logistic(content, one.draft.content_features) for one in judged]
    floor = best_floor(scores, judged, sum(len(article.attributions) for article in articles))
    path = folder / "config.json"
    config = json.loads(path.read_text(encoding="utf8"))
    config |= {"content_floor": floor, "content_weights": content, "source_weights": source}
    path.write_text(json.dumps(config, indent=1) + "\n", encoding="utf8")
    digests.seal(folder)
    print(f"calibration error: content {content_error:.4f}, source {source_error:.4f}; content floor {floor}")


def main() -> None:
    """Parses the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of annotated articles")
    parser.add_argument("--model", type=Path, required=True, help="folder of the exported model")
    args = parser.parse_args()
    calibrate(args.data, args.model)


if __name__ == "__main__":
    main()
