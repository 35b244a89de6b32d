"""Print the figures that README quotes: speed on any machine, quality where annotated news is at hand.

usage: run.py [--data DIR] [--articles N] [--reading]

DIR is a folder with `data/load/news.jsonl.gz`, `data/attribution/dev`, `data/seeds`, `data/nli`, `data/factuality`
and the scorers in `score/`; a figure whose data is missing is left out and said so. All runs use one process.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
CLAIMTRACK = [str(Path(sys.executable).with_name("claimtrack"))]


def timed(command: list[str], repeat: int = 5) -> float:
    """Give the median wall time of a command in seconds; the command must succeed."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def speed_of_commands(folder: Path) -> dict[str, object]:
    """Time --help, a first and a second extract of the seeds, and list on a store of 100,000 claims."""
    store, seeds = folder / "seeds.db", ROOT / "seeds"
    extract = [*CLAIMTRACK, "--db", str(store), "extract", str(seeds)]
    first = timed(extract, repeat=1)
    second = timed(extract)
    large = folder / "large.db"
    fill(large, 100_000)
    return {
        "claimtrack --help, s": round(timed([*CLAIMTRACK, "--help"]), 2),
        "first extract of the seeds, s": round(first, 2),
        "second extract, unchanged, s": round(second, 2),
        "list on 100,000 claims, s": round(timed([*CLAIMTRACK, "--db", str(large), "list"]), 2),
        "list --topic on 100,000 claims, s": round(
            timed([*CLAIMTRACK, "--db", str(large), "list", "--topic", "zangezur"]), 2),
    }


ENDING = b"that they were safe."
FILLER = b" The council of the town did not answer him, and nobody at the harbour wanted to say why it had waited."


def lengthened(raw: bytes) -> bytes:
    """Give a file of `tests/documents/formats` with some 2,000 words more, those in its archive, too.

    Formats that count their bytes, as PDF and WARC do, stay as they are, and so do subtitles.
    """
    if raw.startswith(b"PK"):
        packed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, lengthened(old.read(name)))
        return packed.getvalue()
    if raw.startswith(b"\x1f\x8b"):
        return gzip.compress(lengthened(gzip.decompress(raw)))
    counted = raw.startswith((b"%PDF", b"WARC/"))
    return raw if counted else raw.replace(ENDING, ENDING + FILLER * 95)


def speed_of_reading(folder: Path, seconds: float = 0.5) -> dict[str, object]:
    """Time the reading of an article in every format, of processor time, without its extraction."""
    from claimtrack.reading.ingest import read_all
    from claimtrack.schema import Document

    figures: dict[str, object] = {}
    for path in sorted((ROOT / "tests/documents/formats").iterdir()):
        copy = folder / path.name
        copy.write_bytes(lengthened(path.read_bytes()))
        words = sum(len(one.text.split()) for one in read_all([str(copy)]) if isinstance(one, Document))
        rounds, start = 0, time.process_time()
        while (spent := time.process_time() - start) < seconds:
            list(read_all([str(copy)]))
            rounds += 1
        figures[path.name] = f"{1000 * spent / rounds:6.1f} ms, {words:5} words, {words * rounds / spent:9,.0f} words/s"
    return figures


def fill(path: Path, wanted: int) -> None:
    """Fill a store with copies of the seeds' claims under new ids."""
    import claimtrack
    from claimtrack.claims import extraction
    from claimtrack.reading import ingest

    nlp = claimtrack.load()
    seeds = [(d, extraction.extract(d, nlp)) for d in ingest.read_all([str(ROOT / "seeds")])]
    made = 0
    with claimtrack.Store(path) as store:
        for copy in range(wanted):
            for document, claims in seeds:
                key = f"{copy:05}{document.id[9:]}"
                store.add(document.model_copy(update={"id": f"doc_{key}", "path": f"{copy}/{document.path}"}), [
                    c.model_copy(update={"id": f"clm_{copy:05}{c.id[9:]}", "document": f"doc_{key}"}) for c in claims])
                made += len(claims)
                if made >= wanted:
                    return


def load_texts(data: Path, articles: int) -> Iterator[str]:
    """Give the texts of the load set's first articles."""
    with gzip.open(data / "data/load/news.jsonl.gz", "rt", encoding="utf8") as lines:
        for _, line in zip(range(articles), lines, strict=False):
            yield json.loads(line)["text"]


def speed_of_extraction(data: Path, articles: int) -> dict[str, object]:
    """Compare words per second of the whole extraction with `nlp.pipe` of the bare spaCy pipeline."""
    import spacy

    import claimtrack
    from claimtrack.claims import extraction
    from claimtrack.pipeline import DEFAULT_MODEL
    from claimtrack.reading import ingest

    texts = list(load_texts(data, articles))
    words = sum(len(text.split()) for text in texts)
    bare, ours = spacy.load(DEFAULT_MODEL), claimtrack.load()
    start = time.perf_counter()
    for _ in bare.pipe(texts):
        pass
    alone = words / (time.perf_counter() - start)
    start = time.perf_counter()
    claims = sum(len(extraction.extract(ingest.from_text(text), ours)) for text in texts)
    whole = words / (time.perf_counter() - start)
    return {"articles": articles, "words": words, "claims": claims, "words/s, spaCy alone": round(alone),
            "words/s, extract": round(whole), "ratio": round(whole / alone, 2)}


MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[2:], check=True, stdout=open(sys.argv[1], "w"))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def peak_memory(command: list[str], out: Path) -> int:
    """Run a command, its output into a file, and give its peak resident memory in MB.

    A small process starts it, because a child counts what its parent held when it was forked.
    """
    done = subprocess.run([sys.executable, "-c", MEASURED, str(out), *command], check=True, stdout=subprocess.PIPE)
    return int(done.stdout)


def scored(data: Path, script: str, *args: str) -> dict[str, Any]:
    """Run one scorer and give its figures."""
    command = [sys.executable, str(data / "score" / script), *args, "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def quality_of_attribution(data: Path, folder: Path) -> dict[str, object]:
    """Score attribution on the development articles, with the trained model and by rules alone."""
    gold = data / "data/attribution/dev"
    figures: dict[str, object] = {}
    for mode in ("model", "rules"):
        found = folder / f"attribution-{mode}.jsonl"
        command = [*CLAIMTRACK, "extract", "--no-store", "--jsonl", "--attribution", mode]
        memory = peak_memory([*command, *map(str, sorted(gold.glob("*.txt")))], found)
        figures |= {f"{mode}: {k}": v for k, v in scored(data, "attribution.py", str(gold), str(found)).items()}
        figures[f"{mode}: peak memory of extract, MB"] = memory
    return figures


def quality_of_seeds(data: Path, folder: Path) -> dict[str, object]:
    """Score contradictions and attributions of the seed articles."""
    seeds, store = ROOT / "seeds", folder / "quality.db"
    claims, pairs = folder / "claims.jsonl", folder / "pairs.json"
    with claims.open("w") as out:
        subprocess.run([*CLAIMTRACK, "extract", "--no-store", "--jsonl", str(seeds)], check=True, stdout=out)
    subprocess.run([*CLAIMTRACK, "--db", str(store), "extract", str(seeds)], check=True, stdout=subprocess.DEVNULL)
    with pairs.open("w") as out:
        subprocess.run([*CLAIMTRACK, "--db", str(store), "contradict", "--json"], check=True, stdout=out)
    gold = data / "data/seeds"
    return scored(data, "seeds.py", str(gold / "pairs_dev.json"), str(pairs), "--claims", str(claims),
                  "--attributions", str(gold / "attributions_dev.json"))


def quality_of_commitment(data: Path, folder: Path) -> dict[str, object]:
    """Score event factuality on the two development sets."""
    figures: dict[str, object] = {}
    for name in ("uw", "meantime"):
        gold, rows, found = data / f"data/factuality/{name}_dev.jsonl", folder / "rows", folder / "commitment"
        scorer = str(data / "score/commitment.py")
        with rows.open("w") as out:
            subprocess.run([sys.executable, scorer, "rows", str(gold)], check=True, stdout=out)
        with rows.open() as source, found.open("w") as out:
            subprocess.run([*CLAIMTRACK, "qualify", "--jsonl"], check=True, stdin=source, stdout=out)
        figures |= {f"{name}: {k}": v for k, v in scored(data, "commitment.py", "score", str(gold), str(found)).items()}
    return figures


def quality_of_pairs(data: Path, folder: Path) -> dict[str, object]:
    """Score the pair model on the development sets: accuracy and the contradictions' average precision."""
    gold, rows, found = data / "data/nli/dev.jsonl.gz", folder / "pairs.jsonl", folder / "verdicts.jsonl"
    rows.write_bytes(gzip.decompress(gold.read_bytes()))
    with rows.open() as source, found.open("w") as out:
        subprocess.run([*CLAIMTRACK, "compare", "--jsonl"], check=True, stdin=source, stdout=out)
    figures = scored(data, "nli.py", str(gold), str(found))
    return {name: f"accuracy {f['accuracy']}, contradiction AP {f.get('c_ap', '-')}" for name, f in figures.items()}


def report(title: str, figures: dict[str, object]) -> None:
    """Print one table."""
    print(f"\n{title}")
    for name, value in figures.items():
        print(f"  {name:38} {value}")
    sys.stdout.flush()


def main() -> None:
    """Run what can be run and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=None)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--reading", action="store_true", help="the reading alone")
    parser.add_argument("--skip-pairs", action="store_true", help="leave out the pair model: 42,000 pairs take minutes")
    args = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report("Reading, a document of each format", speed_of_reading(folder))
        if args.reading:
            return
        report("Speed of the commands", speed_of_commands(folder))
        if args.data is None or not (args.data / "score").is_dir():
            print("\nNo annotated data: the figures on quality and on throughput are left out (see --data).")
            return
        report("Throughput, one process", speed_of_extraction(args.data, args.articles))
        report("Attribution, development articles", quality_of_attribution(args.data, folder))
        report("Seeds: contradictions and attributions", quality_of_seeds(args.data, folder))
        report("Commitment", quality_of_commitment(args.data, folder))
        if not args.skip_pairs:
            report("Pair model", quality_of_pairs(args.data, folder))


if __name__ == "__main__":
    main()
