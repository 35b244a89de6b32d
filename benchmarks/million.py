"""Print what questions cost on a store of a million claims: seconds and peak memory of each command.

usage: million.py RECORDS --store FILE [--claims N] [--again]

RECORDS is what `claimtrack extract --no-store --jsonl` printed. Its documents are stored again and again, each time
with other names of persons, places and things, at other dates and with the pairs that the rules find among them, until
the store FILE holds as many claims as wanted; countries keep their names, so that their topics grow with the store, as
in real news. Claims count as having met all others: what meeting costs is told by scale.py. An existing FILE is
measured as it is, unless `--again` makes it anew. Each command is a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from scale import WORDED, copied_id, names_of, other_word

from claimtrack import Store
from claimtrack.contradiction import judge_model
from claimtrack.schema import Claim, Document
from claimtrack.tracking import pairing

AT_ONCE = 200  # documents a transaction
_ID = re.compile(r"\b((?:clm|doc|ctr|nms)_[0-9a-f]{16})\b")
_DATE = re.compile(r'"published":(?:null|"[^"]*")')
COMMANDS = {
    "list": 1.0, "list --topic iran": None, "list --search harbour": None, "contradict": None,
    "contradict --topic iran": 3.0, "topics": 5.0, "sources": None, "timeline --topic zangezur": None,
    "timeline --topic iran": None, "new --since 2000-01-01 --topic zangezur": None, "new --since DATE": None,
    "report --topic zangezur -o report.html": None, "export --format jsonl -o claims.jsonl": None,
    "export --format csv -o claims.csv": None,
}
"""What is measured, and how many seconds it may take, where that is set."""


@dataclass(frozen=True)
class Article:
    """A document, its claims and their pairs as JSON texts, and what finds the names in them."""

    document: str
    claims: list[str]
    pairs: list[tuple[str, str, str, str]]
    names: re.Pattern[str] | None


def read(path: Path) -> list[Article]:
    """Read what `extract` printed, and pair each document's claims by the rules."""
    documents: list[tuple[str, list[str]]] = []
    for line in path.read_text(encoding="utf8").splitlines():
        if line.startswith('{"record":"document"'):
            documents.append((line, []))
        else:
            documents[-1][1].append(line)
    fixed = {word for _, lines in documents for line in lines for word in words_of_schema(json.loads(line))}
    judge_model.shipped = lambda: None  # type: ignore[assignment]  # the rules alone
    return [article(document, claims, fixed) for document, claims in documents if claims]


def article(document: str, claims: list[str], fixed: set[str]) -> Article:
    """Pair a document's claims, and gather its names."""
    names = sorted(names_of([json.loads(claim) for claim in claims]) - fixed)
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "one.db") as store:
        store.add(Document.model_validate_json(document), [Claim.model_validate_json(claim) for claim in claims])
        pairing.update_pairs(store)
        pairs = store.rows("SELECT a, b, strength, record FROM pairs")
    found = re.compile(rf"(?<![a-zA-Z])(?:{'|'.join(names)})(?![a-zA-Z])", re.IGNORECASE) if names else None
    return Article(document, claims, [(str(a), str(b), str(s), str(r)) for a, b, s, r in pairs], found)


def words_of_schema(value: Any, field: str = "") -> Iterator[str]:  # noqa: ANN401  any JSON value
    """Give the words that are keys of a record, or values of fields that hold no names."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield key.lower()
            yield from words_of_schema(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from words_of_schema(part, field)
    elif isinstance(value, str) and field not in WORDED:
        yield from re.findall(r"[a-z]+", value.lower())


def copy_of(article: Article, number: int, day: int) -> Article:
    """Give a copy of an article with other ids, names and dates."""
    text = "\n".join([article.document, *article.claims, *("\t".join(pair) for pair in article.pairs)])
    if article.names is not None and number:
        text = article.names.sub(lambda m: other_word(m[0], number), text)
    text = _ID.sub(lambda m: copied_id(m[0], number), text)
    said = date(2001, 1, 1) + timedelta(days=(day + 11 * number) % 8000)
    text = _DATE.sub(f'"published":"{said}"', text).replace('"path":"', f'"path":"{number}/', 1)
    document, *rest = text.split("\n")
    claims, pairs = rest[: len(article.claims)], rest[len(article.claims) :]
    return Article(document, claims, [tuple(pair.split("\t")) for pair in pairs], None)  # type: ignore[misc]


def fill(path: Path, articles: list[Article], wanted: int) -> None:
    """Store copies until there are as many claims as wanted."""
    with Store(path) as store:
        store.run("PRAGMA cache_size = -200000")
        made, copies = 0, ((number, day) for number in count() for day in range(len(articles)))
        while made < wanted:
            with store.transaction():
                for _ in range(AT_ONCE):
                    number, day = next(copies)
                    made += put(store, copy_of(articles[day], number, day))
            print(f"\r{made:,} claims", end="", file=sys.stderr, flush=True)
        with store.transaction():
            # Most topics of real news are borne once; the copies repeat theirs too soon.
            store.run("INSERT INTO topics SELECT 'rare-topic-' || n, document, n FROM claims WHERE n % 4 = 0")
            store.run("INSERT INTO vectors(claim, vector, met) SELECT id, zeroblob(384), 1 FROM claims")
    print(file=sys.stderr)


def put(store: Store, article: Article) -> int:
    """Store one article in the transaction that is open, as `Store.add` does; gives how many claims it holds."""
    document = json.loads(article.document)["id"]
    store.run("INSERT INTO documents(id, record) VALUES (?, ?)", (document, article.document))
    rows = [(re.search(r"clm_[0-9a-f]{16}", claim)[0], document, claim) for claim in article.claims]  # type: ignore[index]
    store.run_many("INSERT INTO claims(id, document, record, seated, added) VALUES (?, ?, ?, 1, '2020-01-01')", rows)
    store.run_many("INSERT INTO pairs(a, b, strength, record) VALUES (?, ?, ?, ?)", article.pairs)
    return len(rows)


RUN = """
import atexit, pathlib, re, resource, sys
from claimtrack.cli import main

def tell():
    used = resource.getrusage(resource.RUSAGE_SELF)
    peak = re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]
    pathlib.Path("cost").write_text(f"{used.ru_utime + used.ru_stime} {int(peak) / 1024}")

atexit.register(tell)
main()
"""
"""A command that tells what it cost; its parent would count its own memory in."""


def measure(command: str, store: Path, folder: str) -> tuple[float, float, float, int]:
    """Run a command: seconds on the wall and of the processor, peak memory in MB, exit code."""
    begun = time.perf_counter()
    arguments = [sys.executable, "-c", RUN, "--db", str(store.resolve()), *command.split()]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    with (Path(folder) / "out").open("wb") as out:
        done = subprocess.run(
            arguments, cwd=folder, env=environment, stdout=out, stderr=subprocess.DEVNULL, check=False
        )
    cpu, peak = map(float, (Path(folder) / "cost").read_text().split())
    return time.perf_counter() - begun, cpu, peak, done.returncode


def main() -> None:
    """Make the store and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--only", help="measure the commands that begin so")
    args = parser.parse_args()
    if args.again or not args.store.exists():
        args.store.unlink(missing_ok=True)
        begun = time.process_time()
        fill(args.store, read(args.records), args.claims)
        print(f"made in {time.process_time() - begun:.0f} s of the processor, {args.store.stat().st_size / 1e9:.2f} GB")
    with Store(args.store) as store:
        print(f"{store.count_claims():,} claims, {sum(store.count_contradictions()):,} pairs shown")
        newest = store.rows("SELECT added FROM claims ORDER BY added DESC LIMIT 1")[0][0][:10]
    with tempfile.TemporaryDirectory() as folder:
        for command, needed in COMMANDS.items():
            if args.only and not command.startswith(args.only):
                continue
            asked = command.replace("DATE", (date.fromisoformat(newest) + timedelta(days=1)).isoformat())
            wall, cpu, memory, code = measure(asked, args.store, folder)
            told = f"needed {needed:.0f} s" if needed else ""
            print(f"{command:42}{wall:8.2f} s {cpu:8.2f} s CPU {memory:7.0f} MB  {told}{code or ''}", flush=True)


if __name__ == "__main__":
    main()
