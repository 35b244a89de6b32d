"""Score `claimtrack stance` on pairs of a headline and an article in the form of the Fake News Challenge (FNC-1).

usage: stance.py DIR [--json]

DIR holds fnc1_bodies.jsonl.gz ({"body_id", "text"} a line) and fnc1_dev.jsonl.gz ({"headline", "body_id", "stance"}).
The weights and the threshold of `claimtrack.contradiction.stance` were set by hand on half A of the articles. Half B
is less than held out: its figures were seen meanwhile, a sample of its errors was read once, and its articles share
stories with A.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

LABELS = ("disagree", "agree", "discuss", "unrelated")
Pair = tuple[str, str, str]
"""Half, gold label, predicted label."""


def lines(path: Path) -> list[dict[str, str]]:
    """Read JSON objects, one a line, from a gzipped file."""
    with gzip.open(path, "rt", encoding="utf8") as file:
        return [json.loads(line) for line in file]


def half(body_id: str) -> str:
    """Put an article into half A or B, by its id alone: all its pairs go together."""
    digest = hashlib.md5(body_id.encode(), usedforsecurity=False).hexdigest()
    return "AB"[int(digest, 16) % 2]


def predict(folder: Path) -> list[Pair]:
    """Run the command over all pairs, those of one article after another."""
    bodies = {row["body_id"]: row["text"] for row in lines(folder / "fnc1_bodies.jsonl.gz")}
    rows = sorted(lines(folder / "fnc1_dev.jsonl.gz"), key=lambda row: row["body_id"])
    typed = "".join(json.dumps({"headline": r["headline"], "text": bodies[r["body_id"]]}) + "\n" for r in rows)
    command = [str(Path(sys.executable).with_name("claimtrack")), "stance", "--jsonl"]
    printed = subprocess.run(command, input=typed, check=True, capture_output=True, text=True).stdout.splitlines()
    found = [json.loads(line)["label"] for line in printed]
    return [(half(row["body_id"]), row["stance"], label) for row, label in zip(rows, found, strict=True)]


def scores(pairs: Sequence[Pair]) -> dict[str, float]:
    """Give precision, recall and F1 of each label, accuracy and macro F1."""
    counts = Counter((gold, found) for _, gold, found in pairs)
    result: dict[str, float] = {"pairs": len(pairs)}
    for label in LABELS:
        right = counts[label, label]
        found = sum(counts[gold, label] for gold in LABELS)
        wanted = sum(counts[label, other] for other in LABELS)
        result |= {f"{label} P": right / max(1, found), f"{label} R": right / max(1, wanted),
                   f"{label} F1": 2 * right / max(1, found + wanted)}
    result["accuracy"] = sum(counts[label, label] for label in LABELS) / len(pairs)
    result["macro F1"] = sum(result[f"{label} F1"] for label in LABELS) / len(LABELS)
    return {name: round(value, 3) for name, value in result.items()}


def confusion(pairs: Sequence[Pair]) -> Iterator[str]:
    """Give the confusion as lines: a row for each gold label, a column for each predicted one."""
    counts = Counter((gold, found) for _, gold, found in pairs)
    yield "".join(f"{name:>11}" for name in ("gold, found", *LABELS))
    for gold in LABELS:
        yield f"{gold:>11}" + "".join(f"{counts[gold, found]:>11,}" for found in LABELS)


def main() -> None:
    """Print the figures of both halves and of all pairs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    start = time.perf_counter()
    pairs = predict(arguments.folder)
    seconds = time.perf_counter() - start
    parts = {name: [pair for pair in pairs if pair[0] in name] for name in ("A", "B", "AB")}
    if arguments.json:
        print(json.dumps({name: scores(part) for name, part in parts.items()} | {"seconds": round(seconds, 1)}))
        return
    for name, part in parts.items():
        print(f"half {name}" if len(name) == 1 else "both halves")
        print(*(f"  {key:12} {value:g}" for key, value in scores(part).items()), sep="\n")
        print(*confusion(part), "", sep="\n")
    print(f"{len(pairs):,} pairs in {seconds:.1f} s")


if __name__ == "__main__":
    main()
