"""Print what pairing costs as a store grows: seconds, pairs judged and found, memory; then what one article more costs.

usage: scale.py --data DIR [--articles N] [--claims N ...] [--cache FILE]

DIR holds `data/load/news.jsonl.gz`. Its first articles are extracted once (into FILE, read from there if it exists);
larger stores repeat their claims. Each copy has names of its own and another date: the words of a name are turned into
other words of the same length, everywhere alike, so that offsets still hold. Countries keep their names, so that some
blocks grow with the store, as in real news. Each store is paired by a process of its own, on one core.

The last lines are the hardest case: all claims from the seed articles, repeated with nothing but other ids, so that
every block is as full as it may be.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from types import ModuleType
from typing import Any

from run import fill as fill_from_seeds
from run import load_texts

from claimtrack import Store, contradiction
from claimtrack.contradiction import learned
from claimtrack.schema import Claim, Contradiction, Document, NearMiss
from claimtrack.tracking import pairing as tracking

SIZES = [12_500, 25_000, 50_000, 100_000]
LETTERS = ("aeiou", "bcdfghjklmnpqrstvwxz")
WORDED = {
    "text", "title", "context", "proposition", "name", "id", "chain", "holder", "holder_id", "target", "target_id",
    "predicate", "agents", "patients", "parties", "things", "terms", "cause", "topics",
}
"""Fields whose values hold names; all others are numbers, dates or words of the schema."""

Article = dict[str, Any]
"""A document and its claims as JSON values: what `cache` writes a line of."""


def cache(data: Path, articles: int, path: Path) -> None:
    """Extract the first articles of the load set into a file, one a line."""
    import claimtrack
    from claimtrack.claims import extraction
    from claimtrack.reading import ingest

    nlp = claimtrack.load()
    with path.open("w", encoding="utf8") as out:
        for number, text in enumerate(load_texts(data, articles)):
            document = ingest.from_text(text, path=f"{number}.txt")
            claims = [claim.model_dump(mode="json") for claim in extraction.extract(document, nlp)]
            out.write(json.dumps({"document": document.model_dump(mode="json"), "claims": claims}) + "\n")


def copies(path: Path) -> Iterator[tuple[Document, list[Claim]]]:
    """Give the cached articles, then again and again with other names and dates."""
    for number in count():
        with path.open(encoding="utf8") as lines:
            for day, line in enumerate(lines):
                yield copy_of(json.loads(line), number, day)


def copy_of(article: Article, number: int, day: int) -> tuple[Document, list[Claim]]:
    """Make one article's copy; copy 0 keeps its names."""
    names = names_of(article["claims"]) if number else set()
    document, *claims = (renamed(record, names, number) for record in (article["document"], *article["claims"]))
    document |= {
        "id": copied_id(document["id"], number), "path": f"{number}/{document['path']}",
        "published": (date(2015, 1, 1) + timedelta(days=day + 60 * number)).isoformat(),
    }
    for claim in claims:
        claim |= {"id": copied_id(claim["id"], number), "document": document["id"],
                  "document_path": document["path"], "published": document["published"]}
    return Document.model_validate(document), [Claim.model_validate(claim) for claim in claims]


def copied_id(record_id: str, number: int) -> str:
    """Give the id of a copy: a hash, as every id is, since blocks draw a fair sample by them."""
    return record_id[:4] + hashlib.sha256(f"{number}{record_id}".encode()).hexdigest()[:16]


def names_of(claims: list[Article]) -> set[str]:
    """Give the words of an article's names, lower case, without those of countries."""
    entities = [entity for claim in claims for entity in (*claim["entities"], claim["source"])]
    kept = {word for e in entities if e["id"].startswith("country:") for word in re.findall(r"\w+", e["name"].lower())}
    names = {word.lower() for e in entities for word in re.findall(r"[A-Z]\w{2,}", e["name"])}
    return names - kept - {entity["id"].partition(":")[0] for entity in entities}


def renamed(value: Any, names: set[str], number: int, field: str = "") -> Any:  # noqa: ANN401  any JSON value
    """Turn each word of `names` into another one, in all that a record says."""
    if isinstance(value, dict):
        return {key: renamed(part, names, number, key) for key, part in value.items()}
    if isinstance(value, list):
        return [renamed(part, names, number, field) for part in value]
    if not isinstance(value, str) or field not in WORDED:
        return value
    return re.sub(r"[^\W\d_]+", lambda m: other_word(m[0], number) if m[0].lower() in names else m[0], value)


def other_word(word: str, number: int) -> str:
    """Turn a word into one of the same length and case, vowels into vowels: another one for each copy."""
    letters = []
    for place, letter in enumerate(word):
        row = next((row for row in LETTERS if letter.lower() in row), None)
        new = row[(row.index(letter.lower()) + number * (place + 1)) % len(row)] if row else letter.lower()
        letters.append(new.upper() if letter.isupper() else new)
    return "".join(letters)


def fill(store: Store, articles: Iterator[tuple[Document, list[Claim]]], wanted: int) -> None:
    """Store copies until they hold as many claims as wanted."""
    made = 0
    while made < wanted:
        document, claims = next(articles)
        store.add(document, claims[: wanted - made])
        made += len(claims)


def counted(home: ModuleType) -> Callable[[], int]:
    """Count from now on what a module's `judge` is asked."""
    calls = count()
    judge: Callable[[Claim, Claim], Contradiction | NearMiss | None] = home.judge

    def counting(a: Claim, b: Claim) -> Contradiction | NearMiss | None:
        next(calls)
        return judge(a, b)

    home.judge = counting  # type: ignore[attr-defined]  # as a test would replace it
    return lambda: int(re.findall(r"\d+", repr(calls))[0])


def pair(path: Path) -> dict[str, float]:
    """Pair a store in this process and give what it cost."""
    judged, read = counted(contradiction), counted(learned)
    wall, cpu = time.perf_counter(), time.process_time()
    with Store(path) as store:
        tracking.update_pairs(store)
        found = sum(store.count_contradictions())
        near = store.count_near()
    return {
        "seconds": round(time.perf_counter() - wall, 2), "CPU s": round(time.process_time() - cpu, 2),
        "judged": judged(), "read by the model": read(), "found": found, "near": near,
        "memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def pair_apart(path: Path) -> dict[str, float]:
    """Pair a store in a process of its own, so that its memory is its own."""
    done = subprocess.run([sys.executable, __file__, "--pair", str(path)], check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def in_memory(cached: Path, claims: int) -> dict[str, float]:
    """Pair claims without a store, by `contradiction.contradictions`."""
    articles = copies(cached)
    given = list(islice((claim for _, claims in articles for claim in claims), claims))
    cpu = time.process_time()
    found = contradiction.contradictions(given)
    return {"CPU s": round(time.process_time() - cpu, 2), "found": len(found)}


def show(title: str, figures: dict[str, float]) -> None:
    """Print one line."""
    print(f"{title:28}" + "  ".join(f"{name} {value:,}" for name, value in figures.items()), flush=True)


def main() -> None:
    """Run all sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--claims", type=int, nargs="+", default=SIZES)
    parser.add_argument("--cache", type=Path, help="keep the extracted articles in this file and read them from it")
    parser.add_argument("--pair", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.pair:
        print(json.dumps(pair(args.pair)))
        return
    with tempfile.TemporaryDirectory() as name:
        cached = args.cache or Path(name) / "articles.jsonl"
        if not cached.exists():
            cache(args.data, args.articles, cached)
        for size in args.claims:
            articles, path = copies(cached), Path(name) / f"{size}.db"
            with Store(path) as store:
                fill(store, articles, size)
            show(f"{size:,} claims", pair_apart(path))
        with Store(path) as store:
            store.add(*next(articles))
        show("one article more", pair_apart(path))
        show("14,000 claims, no store", in_memory(cached, 14_000))
        fill_from_seeds(crowded := Path(name) / "crowded.db", args.claims[-1])
        show(f"{args.claims[-1]:,} from the seeds", pair_apart(crowded))


if __name__ == "__main__":
    main()
