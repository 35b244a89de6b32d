"""What the judge and the retriever learn from: hand-read claims and pairs, as people and as the program word them."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SAYS = {"affirm": "says", "deny": "denies", "doubt": "doubts", "question": "asks", "hope": "hopes", "fear": "fears"}
AUTHOR = re.compile(r"^the author(?: of [^:]*?)? (?=(?:says|denies|doubts|asks|hopes|fears): )")
STRAIGHT = str.maketrans("“”„«»‘’‚`´‐‑‒–—", "\"\"\"\"\"'''''-----")  # as `claimtrack.onnx_session.straight`
ALIKE = 0.4  # of the words of a statement and of its extracted form: less says too little to clash with anything
HELD = 12  # of so many groups of listed pairs one is held back from training
OVERLAP = 0.3  # of the characters of a hand-read claim and of one that the program found: the same claim


@dataclass(frozen=True)
class Told:
    """A claim: its event, its article by hash, and the lines that tell it, the hand-written one first."""

    event: str
    article: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Graded:
    """Two claims that the program found, the hashes of their articles, how a reader graded the pair, and its kind.

    `held` tells whether the pair is held back from training, to measure by.
    """

    a: dict[str, Any]
    b: dict[str, Any]
    articles: tuple[str, str]
    grade: str
    kind: str
    held: bool


@dataclass(frozen=True)
class Pair:
    """Two claims by key, how a reader graded them, what kind of clash or look-alike they are, and whose voices."""

    a: str
    b: str
    grade: str
    kind: str
    voices: str


def line(holder: str, stance: str, statement: str, outlet: str) -> str:
    """Tell a claim in one line."""
    who = f"the author of {outlet}" if holder.lower().startswith("author") else holder
    return f"{who} {SAYS[stance]}: {statement}"


def alone(line: str) -> str:
    """Tell a claim as the program does: an author is nameless."""
    return AUTHOR.sub("the author ", line).translate(STRAIGHT)


def beside(a: str, b: str) -> tuple[str, str]:
    """Tell two claims as the program does: authors are nameless, the one of another article is another one."""
    one, other = AUTHOR.match(a), AUTHOR.match(b)
    known = not one or (other is not None and one[0] == other[0])
    return alone(a), AUTHOR.sub("the author " if known else "another author ", b).translate(STRAIGHT)


def digest(text: str) -> str:
    """Give the hash by which an article is told."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(events: Path, part: str, extracted: Path | None) -> tuple[dict[str, Told], list[Pair]]:
    """Read a part of the events: its claims by key, each also as the program words it, and its graded pairs.

    Args:
        events: the folder of PART.json and PART.jsonl.
        part: "train" or "dev".
        extracted: what `claimtrack extract --no-store --jsonl PART.jsonl` printed.
    """
    gold = json.loads((events / f"{part}.json").read_text(encoding="utf8"))
    outlets = {digest(row["text"]): row.get("publisher") or "" for row in _rows(events / f"{part}.jsonl")}
    found = extracted_claims([extracted]) if extracted else {}
    claims = {}
    for claim in gold["claims"]:
        article = gold["articles"][claim["file"]]
        lines = [line(claim["source"], claim["stance"], claim["statement"], outlets[article])]
        best = _best(claim["span"], found.get(article, ()), OVERLAP)
        if best is not None and alike(best["proposition"], claim["statement"]) >= ALIKE:
            lines.append(printed(best, outlets[article]))
        claims[claim["id"]] = Told(claim["event"], article, tuple(lines))
    return claims, [Pair(**{name: p[name] for name in Pair.__annotations__}) for p in gold["pairs"]]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf8") as lines:
        yield from map(json.loads, lines)


def printed(claim: dict[str, Any], outlet: str) -> str:
    """Tell a claim that the program found, in one line."""
    source, cue = claim["source"], claim["attribution"]["cue"] or ""
    told = bool(cue) and cue.lower() in claim["proposition"].lower()  # "Iran has denied it": told, not denied
    stance = "affirm" if told and claim["stance"] == "deny" else claim["stance"]
    return line("author" if source["kind"] == "author" else source["name"], stance, claim["proposition"], outlet)


def extracted_claims(paths: Iterable[Path]) -> dict[str, list[dict[str, Any]]]:
    """Give the claims that `claimtrack extract --no-store --jsonl` printed, by the hash of their article."""
    articles: dict[str, str] = {}
    found: dict[str, list[dict[str, Any]]] = {}
    for record in (record for path in paths for record in _rows(path)):
        if record["record"] == "document":
            articles[record["id"]] = digest(record["text"])
        else:
            found.setdefault(articles[record["document"]], []).append(record)
    return found


def graded(path: Path, claims: dict[str, list[dict[str, Any]]]) -> Iterator[Graded]:
    """Give the pairs of a file of data/ whose two claims the program still finds, at half their words at least.

    Args:
        path: of data/graded_pairs.json or data/listed_pairs.json.
        claims: as `extracted_claims` gives them; pairs of articles that are not there are left out.
    """
    told = json.loads(path.read_text(encoding="utf8"))
    for pair in told["pairs"]:
        sides = [(told["articles"][side[0]], side[1:]) for side in (pair["a"], pair["b"])]
        a, b = (_best(spans, claims.get(article, ()), 0.5) for article, spans in sides)
        if a is not None and b is not None:
            group = pair.get("group", "")
            held = bool(group) and int(hashlib.md5(group.encode()).hexdigest(), 16) % HELD == 0
            yield Graded(a, b, (sides[0][0], sides[1][0]), pair["grade"], pair.get("kind", ""), held)


def _best(spans: Sequence[int], claims: Iterable[dict[str, Any]], least: float) -> dict[str, Any] | None:
    """Give the claim whose words overlap spans (start, end, …) most, if they do enough to be the same claim."""
    wanted = {i for start, end in zip(spans[::2], spans[1::2], strict=True) for i in range(start, end)}
    best, most = None, least
    for claim in claims:
        words = {i for start, end in claim["spans"] for i in range(start, end)}
        share = len(words & wanted) / len(words | wanted)
        if share >= most:
            best, most = claim, share
    return best


def alike(a: str, b: str) -> float:
    """Give the F1 of the words of two statements, in [0, 1]."""
    x, y = (Counter(re.findall(r"\w+", text.lower())) for text in (a, b))
    return 2 * sum((x & y).values()) / max(1, sum(x.values()) + sum(y.values()))


def by_event(claims: dict[str, Told]) -> dict[str, list[str]]:
    """Gather the keys of claims by their event."""
    found: dict[str, list[str]] = {}
    for key, claim in claims.items():
        found.setdefault(claim.event, []).append(key)
    return found


def near_by(claims: dict[str, Told], count: int = 10) -> dict[str, list[str]]:
    """Give for each claim the claims of its event that share most words with it, hand-written lines compared."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    found = {}
    for keys in by_event(claims).values():
        words = TfidfVectorizer(sublinear_tf=True).fit_transform([claims[key].lines[0] for key in keys])
        alike = (words @ words.T).toarray()
        for i, key in enumerate(keys):
            order = (-alike[i]).argsort(kind="stable")
            found[key] = [keys[j] for j in order[: count + 1] if j != i]
    return found
