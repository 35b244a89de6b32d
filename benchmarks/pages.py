"""Compare the words that claimtrack reads from web pages with those that trafilatura extracts by itself.

usage: pages.py FOLDER [--pages N] [--worst N]

FOLDER is a checkout of https://github.com/scrapinghub/article-extraction-benchmark (MIT; the pages are their
publishers'): `html/ID.html.gz` and `ground-truth.json`, which holds the true words of each article. Ours are those of
the sections that are no title, byline, comment or boilerplate; trafilatura's those of its `extract`, without comments.
Precision, recall and F1 are of words with their number, the mean of all pages; both read the same bytes in one run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import trafilatura

from claimtrack.errors import DocumentError
from claimtrack.reading.ingest import from_text
from claimtrack.reading.registry import READERS

ARTICLE = ("body", "heading", "quote_block", "caption")


class Score(NamedTuple):
    """How many of the words found are true, and how many of the true ones are found; [0, 1]."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Give the harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def words(text: str) -> Counter[str]:
    """Give the words of a text, in small letters, with their number; soft hyphens and marks are none of them."""
    return Counter(re.findall(r"\w+", text.replace("\u00ad", "").lower()))


def score(found: str, true: str) -> Score:
    """Compare what was found with what is true; both empty is right."""
    ours, gold = words(found), words(true)
    shared = (ours & gold).total()
    if not ours and not gold:
        return Score(1.0, 1.0)
    return Score(shared / (ours.total() or 1), shared / (gold.total() or 1))


def read_page(raw: bytes) -> str:
    """Give the article of a page as claimtrack reads it; empty where it refuses the page."""
    try:
        draft = READERS[".html"](raw, "page")
    except DocumentError:
        return ""
    document = from_text(draft.text, raw=raw, metadata=draft.metadata, comments_at=draft.comments_at, told=draft.told)
    return "\n".join(document.text[s.start : s.end] for s in document.sections if s.kind in ARTICLE)


def extract_page(raw: bytes) -> str:
    """Give the article of a page as trafilatura extracts it."""
    return trafilatura.extract(raw, include_comments=False) or ""


PROGRAMS: dict[str, Callable[[bytes], str]] = {"claimtrack": read_page, "trafilatura": extract_page}


def pages(folder: Path, number: int) -> Iterator[tuple[str, bytes, str]]:
    """Give the first pages by their names: name, bytes and true article."""
    gold = json.loads((folder / "ground-truth.json").read_text(encoding="utf8"))
    for path in sorted((folder / "html").glob("*.html.gz"))[:number]:
        name = path.name.removesuffix(".html.gz")
        yield name, gzip.decompress(path.read_bytes()), gold[name]["articleBody"]


def main() -> None:
    """Read the pages with both and print the means, then the pages on which ours is furthest behind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=None, help="only the first N")
    parser.add_argument("--worst", type=int, default=5, help="how many pages to name on which ours is behind")
    args = parser.parse_args()
    if not (args.folder / "ground-truth.json").is_file():
        sys.exit(f"{str(args.folder)!r} holds no ground-truth.json: name a checkout of the benchmark.")
    scores: dict[str, dict[str, Score]] = {name: {} for name in PROGRAMS}
    seconds = dict.fromkeys(PROGRAMS, 0.0)
    for page, raw, true in pages(args.folder, args.pages):
        for program, read in PROGRAMS.items():
            started = time.process_time()
            scores[program][page] = score(read(raw), true)
            seconds[program] += time.process_time() - started
    for program, found in scores.items():
        means = (statistics.mean(getattr(s, name) for s in found.values()) for name in ("f1", "precision", "recall"))
        print(
            f"{program:12} F1 {{:.3f}}  precision {{:.3f}}  recall {{:.3f}}".format(*means),
            f" {len(found)} pages, {len(found) / seconds[program]:.1f} a second",
        )
    ours, theirs = scores.values()
    behind = sorted((ours[page].f1 - theirs[page].f1, page) for page in ours)
    for difference, page in behind[: args.worst]:
        if difference < 0:
            print(f"  {difference:+.3f}  {page}  ours {ours[page]}, trafilatura's {theirs[page]}")


if __name__ == "__main__":
    main()
