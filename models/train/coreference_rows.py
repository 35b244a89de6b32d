"""Reads what the coreference ranker learns from: parsed texts with labels, ready for `coreference.py`.

- gum: OntoGUM, the clusters of whole texts.
- gap: GAP, which of two names a pronoun stands for.
- renamed: the same with other names, so that no name is learned by heart.
- events: hand-read claims: whom the pronouns of a claim stand for, read off the names and the holder that a person
  wrote down, where exactly one name can be meant.
- news: unlabelled news in which some repeated names were turned into pronouns: what each stood for is known.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span
from tokenizers import Tokenizer

import claimtrack
from claimtrack.reference.candidates import candidates
from claimtrack.reference.nouns import genders
from claimtrack.reference.pieces import encode, piece_at
from claimtrack.reference.ranker import pairs
from claimtrack.reference.signs import KINDS, NAME, PERSON, Table, tabulate

Link = tuple[int, tuple[int, ...]]
_FORMS = {
    "m": ("he", "him", "his"), "f": ("she", "her", "her"), "o": ("it", "it", "its"), "t": ("they", "them", "their"),
}
_ROLES = frozenset({"nsubj", "nsubjpass", "poss", "dobj", "pobj"})
_OWN_WORDS = frozenset({"conj", "appos", "relcl", "prep", "det", "amod", "compound"})


@dataclass
class Row:
    """One text: its pieces, its candidates, and for each pair to be judged whether the one takes up the other.

    `right` tells it of each pair; `nothing` tells of each candidate whether it takes up nothing (1), something (0) or
    is not judged (-1). `places` are the first, head and last piece of each candidate. `links` keep what a label says,
    to measure with: a candidate and those it stands for.
    """

    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    table: Table
    places: NDArray[np.int64]
    anaphors: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    antecedents: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    right: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    nothing: NDArray[np.int8] = field(default_factory=lambda: np.zeros(0, np.int8))
    links: list[Link] = field(default_factory=list)

    def judge(self, judged: Iterable[tuple[int, int, bool]], nothing: NDArray[np.int8]) -> Row | None:
        """Set the pairs and what is known of each candidate; None where no pair is left to learn from."""
        kept = [(j, i, right) for j, i, right in judged if nothing[j] >= 0]
        self.anaphors = np.array([j for j, _, _ in kept], np.int64)
        self.antecedents = np.array([i for _, i, _ in kept], np.int64)
        self.right = np.array([right for _, _, right in kept], np.bool_)
        self.nothing = nothing
        return self if kept else None


class Reader:
    """Parses texts and writes down their candidates."""

    def __init__(self, models: Path, *, attribution: bool = True) -> None:
        """Load the pipeline without what reference does not need, and the tokenizer of the attribution model."""
        self.nlp: Language = claimtrack.load(reference="rules")
        self.nlp.select_pipes(disable=[
            "claimtrack_linker", "claimtrack_claims", *([] if attribution else ["claimtrack_attribution"])])
        self.tokenizer = Tokenizer.from_file(str(models / "attribution" / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()

    def row(self, text: str) -> Row:
        """Read one text."""
        doc = self.nlp(text)
        document = doc._.document
        table = tabulate(doc, document, candidates(doc), doc._.attributions or ())
        pieces = encode(self.tokenizer, text, [(s.start, s.end) for s in document.sections])
        spots = (table["begin"], table["at"], np.maximum(table["stop"] - 1, 0))
        places = np.stack([piece_at(pieces, spot) for spot in spots], axis=1)
        return Row(np.array(pieces.ids), np.array(pieces.shapes), table, places)


def read(kind: str, data: Path, part: str, models: Path, limit: int = 450) -> list[Row]:
    """Read the rows of one kind.

    Args:
        kind: "gum", "gap", "renamed", "events" or "news".
        data: the folder that holds coref/, events/, attribution/ and load/.
        part: "train" or "dev".
        models: the project's models/.
        limit: of news, how many texts.
    """
    reader = Reader(models, attribution=kind not in {"renamed", "news"})
    found = {
        "gum": lambda: _gum(reader, data / "coref" / f"gum_{part}.jsonl"),
        "gap": lambda: _gap(reader, _lines(data / "coref" / f"gap_{part}.jsonl")),
        "renamed": lambda: _gap(reader, _renamed(_lines(data / "coref" / f"gap_{part}.jsonl"))),
        "events": lambda: _events(reader, data / "events", part),
        "news": lambda: _news(reader, data, limit),
    }[kind]()
    return [row for row in found if row is not None]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]


def align(table: Table, span: Sequence[int]) -> int:
    """Find the candidate that stands for annotated characters: the same ones, else the same end or start."""
    start, end = span
    for near in (
        (table["begin"] == start) & (table["stop"] == end),
        (table["stop"] == end) & (table["at"] >= start),
        (table["begin"] == start) & (table["at"] < end),
    ):
        found = np.flatnonzero(near)
        if len(found):
            distance = np.abs(table["begin"][found] - start) + np.abs(table["stop"][found] - end)
            return int(found[np.argmin(distance)])
    return -1


# --- OntoGUM ----------------------------------------------------------------------------------------------------


def _gum(reader: Reader, path: Path) -> Iterator[Row | None]:
    for line in _lines(path):
        row = reader.row(line["text"])
        cluster = np.full(len(row.table), -1)
        unsure = np.zeros(len(row.table), bool)
        for number, spans in enumerate(line["clusters"]):
            for span in spans:
                at = align(row.table, span)
                if at < 0:
                    unsure |= (row.table["at"] >= span[0]) & (row.table["at"] < span[1])
                elif cluster[at] < 0:
                    cluster[at] = number
        unsure &= cluster < 0
        anaphors, antecedents = pairs(row.table)
        judged = [
            (int(j), int(i), bool(cluster[j] >= 0 and cluster[j] == cluster[i]))
            for j, i in zip(anaphors, antecedents, strict=True) if not (unsure[j] or unsure[i])
        ]
        nothing = np.where(unsure, -1, 1).astype(np.int8)
        nothing[[j for j, _, right in judged if right]] = 0
        yield row.judge(judged, nothing)


# --- GAP --------------------------------------------------------------------------------------------------------


def _gap(reader: Reader, lines: Iterable[dict[str, Any]]) -> Iterator[Row | None]:
    for line in lines:
        row = reader.row(line["text"])
        pronoun = align(row.table, line["pronoun"])
        if pronoun < 0:
            continue
        good, bad = np.zeros(len(row.table), bool), np.zeros(len(row.table), bool)
        for name in ("a", "b"):
            mates = _mates(row.table, line[name])
            if line[f"{name}_is"]:
                good |= mates
            else:
                bad |= mates
        if good.any():
            bad |= (row.table.own[:, 0] == NAME) & (row.table.own[:, 4] == PERSON)
        bad &= ~good
        nothing = np.full(len(row.table), -1, np.int8)
        nothing[pronoun] = not good[:pronoun].any()
        judged = [(pronoun, i, bool(good[i])) for i in range(pronoun) if good[i] or bad[i]]
        for j in range(pronoun + 1, len(row.table)):
            repeated = good[j] and good[:j].any()  # it may as well take up the name before it
            if (good[j] or bad[j]) and not repeated:
                judged.append((j, pronoun, bool(good[j])))
                nothing[j] = not good[j]
        yield row.judge(judged, nothing)


def _renamed(lines: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give each text with the words of its two names changed wherever they stand: forenames keep their gender."""
    dice = random.Random(1)
    spelt = [line["text"][slice(*line[name])].split() for line in lines for name in ("a", "b")]
    surnames = sorted({words[-1] for words in spelt if len(words) > 1 and words[-1].isalpha()})
    forenames = {g: [w.capitalize() for w, told in genders("forenames").items() if told == g] for g in "mf"}
    for line in lines:
        text = line["text"]
        gender = "m" if text[slice(*line["pronoun"])].lower() in _FORMS["m"] else "f"
        change: dict[str, str] = {}
        for name in (text[slice(*line[which])].split() for which in ("a", "b")):
            for k, pool in ((0, forenames[gender]), (-1, surnames)):
                if name and name[k].isalpha() and name[k][0].isupper():
                    change.setdefault(name[k], dice.choice(pool))
        if change:
            yield _changed(line, change)


def _changed(line: dict[str, Any], change: dict[str, str]) -> dict[str, Any]:
    """Change words of a text and move its spans along."""
    text, parts, at, moves = line["text"], [], 0, [(0, 0)]
    for found in re.finditer(r"\b(?:" + "|".join(map(re.escape, change)) + r")\b", text):
        new = change[found.group()]
        parts += [text[at : found.start()], new]
        moves.append((found.end(), moves[-1][1] + len(new) - len(found.group())))
        at = found.end()

    def moved(position: int) -> int:
        return position + next(shift for end, shift in reversed(moves) if end <= position)

    spans = {name: [moved(position) for position in line[name]] for name in ("pronoun", "a", "b")}
    return line | spans | {"text": "".join([*parts, text[at:]])}


def _mates(table: Table, span: Sequence[int]) -> NDArray[np.bool_]:
    """Tell which names are the one at some characters, or share its first or last word or all of them."""
    hit = (table["at"] >= span[0]) & (table["at"] < span[1])
    parts = {int(v) for column in ("last", "first") for v in table[column][hit] if v}
    same = np.isin(table["last"], list(parts)) | np.isin(table["text"], table["text"][hit])
    return hit | ((table.own[:, 0] == NAME) & same)


# --- hand-read claims -------------------------------------------------------------------------------------------


def _events(reader: Reader, folder: Path, part: str) -> Iterator[Row | None]:
    gold = json.loads((folder / f"{part}.json").read_text(encoding="utf8"))
    files = {digest: name for name, digest in gold["articles"].items()}
    for line in _lines(folder / f"{part}.jsonl"):
        name = files.get(hashlib.sha256(line["text"].encode()).hexdigest())
        row = reader.row(line["text"])
        claims = [claim for claim in gold["claims"] if claim["file"] == name]
        yield _linked(row, {link for claim in claims for link in _claim_links(row.table, line["text"], claim)})


def _claim_links(table: Table, text: str, claim: dict[str, Any]) -> Iterator[Link]:
    """Give whom the pronouns of a claim stand for.

    "He" and "it" are the one name that the statement has and the words have not; "I" is the claim's holder.
    """
    start, end = claim["span"]
    inside = [int(i) for i in np.flatnonzero((table["at"] >= start) & (table["at"] < end))]
    kind = {i: KINDS[table.own[i, 0]] for i in inside}
    missing = [n for n in claim["names"] if n.lower().split()[-1] not in text[start:end].lower()]
    third = [i for i in inside if kind[i] in {"he", "she", "they", "it"}]
    if len(missing) == 1 and len({kind[i] for i in third}) == 1 and (named := _named(table, text, missing[0])):
        yield from ((i, named) for i in (third if kind[third[0]] in {"he", "she"} else third[:1]))
    if not claim["source"].startswith(("author", "unnamed")) and (named := _named(table, text, claim["source"])):
        yield from ((i, named) for i in inside if kind[i] == "i")
        said = {int(table["within"][i]) for i in inside} - {-1}
        for i in np.flatnonzero(np.isin(table["speaks"], list(said))):
            if KINDS[table.own[i, 0]] in {"he", "she"} and int(i) not in kind:
                yield int(i), named


def _named(table: Table, text: str, name: str) -> tuple[int, ...]:
    """Give the names that end with the last word of a name."""
    last = name.lower().split()[-1]
    words = (text[b:s].lower().replace("'s", "").replace("’s", "").split() for b, s in
             zip(table["begin"], table["stop"], strict=True))
    return tuple(i for i, w in enumerate(words) if table.own[i, 0] == NAME and last in w)


def _linked(row: Row, links: Iterable[Link]) -> Row | None:
    """Let each pronoun of a link choose among the names before it."""
    names = np.flatnonzero(row.table.own[:, 0] == NAME).tolist()
    nothing = np.full(len(row.table), -1, np.int8)
    judged: list[tuple[int, int, bool]] = []
    for j, right in sorted(links):
        before = [i for i in right if i < j]
        chosen = sorted({i for i in names if j - 80 <= i < j} | set(before[-6:]))
        if before:
            judged += [(j, i, i in before) for i in chosen]
            nothing[j] = 0
        row.links.append((j, right))
    return row.judge(judged, nothing)


# --- news with names turned into pronouns -----------------------------------------------------------------------


def _news(reader: Reader, data: Path, limit: int) -> Iterator[Row | None]:
    with gzip.open(data / "load" / "news.jsonl.gz", "rt", encoding="utf8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    texts += [path.read_text(encoding="utf8") for path in sorted((data / "attribution" / "train").glob("*.txt"))]
    random.Random(3).shuffle(texts)
    dice = random.Random(0)
    for text in texts[:limit]:
        masked, spots = _masked(reader.nlp(text[:6000]), dice)
        if spots:
            row = reader.row(masked)
            found = ((align(row.table, spot), _spelt(row.table, masked, name)) for spot, name in spots)
            yield _linked(row, {(i, mates) for i, mates in found if i >= 0 and mates})


def _spelt(table: Table, text: str, name: str) -> tuple[int, ...]:
    spelt = (name in text[b:s].replace("'s", " ").replace("’s", " ").split() for b, s in
             zip(table["begin"], table["stop"], strict=True))
    return tuple(i for i, has in enumerate(spelt) if has and table.own[i, 0] == NAME)


def _masked(doc: Doc, dice: random.Random) -> tuple[str, list[tuple[tuple[int, int], str]]]:
    """Turn some repeated names of a text into pronouns; give where they stand now and what each stood for."""
    seen: dict[str, int] = {}
    edits: list[tuple[int, int, str, str]] = []
    last = -100
    for ent in doc.ents:
        if ent.label_ not in {"PERSON", "ORG", "GPE"} or "\n" in ent.text:
            continue
        key = next((t.text for t in reversed(ent) if t.tag_ != "POS" and t.is_alpha), ent.text)
        chance = 0.7 if ent.label_ == "PERSON" else 0.35
        near = key in seen and 3 < ent.root.i - seen[key] < 70 and ent.root.i - last > 25
        edit = _pronoun(ent, dice) if near and _is_bare(ent) and dice.random() < chance else None
        if edit is not None:
            edits.append((*edit, key))
            last = ent.root.i
        else:
            seen[key] = ent.root.i
    text, at, spots = "", 0, []
    for start, end, form, key in edits:
        text += doc.text[at:start]
        spots.append(((len(text), len(text) + len(form)), key))
        text, at = text + form, end
    return text + doc.text[at:], spots


def _is_bare(ent: Span) -> bool:
    outside = (c for c in ent.root.children if not ent.start <= c.i < ent.end)
    return ent.root.dep_ in _ROLES and not any(c.dep_ in _OWN_WORDS for c in outside)


def _pronoun(ent: Span, dice: random.Random) -> tuple[int, int, str] | None:
    """Give the characters that a pronoun takes, and the pronoun; a gender that no forename tells is drawn."""
    told = (genders("forenames").get(t.lower_) for t in ent)
    if ent.label_ == "PERSON":
        gender = next((g for g in told if g), None) or dice.choice("mf")
    else:
        gender = "o" if ent.label_ == "GPE" or dice.random() < 0.6 else "t"
    words = [t for t in ent if t.tag_ != "POS"]
    end = words[-1].idx + len(words[-1])
    subject, other, owner = _FORMS[gender]
    form = subject if ent.root.dep_.startswith("nsubj") else other
    if ent.root.dep_ == "poss":
        marks = [c for c in ent.root.children if c.tag_ == "POS"]
        if not marks:
            return None
        form, end = owner, marks[0].idx + len(marks[0])
    return ent.start_char, end, form.capitalize() if ent.start == ent.root.sent.start else form
