"""Notes that link to each other, as Obsidian and other note takers read them: one a claim, a source, a document.

A note begins with its properties (YAML, written as JSON strings, which YAML reads); links are [[of the double kind]]. A
claim's note is named by its id, so that links to it last when the store is exported anew.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from claimtrack.exports.escaping import visible
from claimtrack.exports.markdown import escaped
from claimtrack.schema import Claim, Contradiction, Document, Source

__all__ = ["Note", "archive", "notes"]

NAME_LENGTH = 80


class Note(NamedTuple):
    """The path of a note, and its text."""

    path: str
    text: str


def archive(corpus: Iterable[tuple[Document, Sequence[Claim]]], pairs: Iterable[Contradiction]) -> bytes:
    """Pack the notes into a zip archive; the same records give the same bytes."""
    packed = io.BytesIO()
    with ZipFile(packed, "w") as made:
        for note in notes(corpus, pairs):
            made.writestr(ZipInfo(note.path), note.text, ZIP_DEFLATED)
    return packed.getvalue()


def notes(corpus: Iterable[tuple[Document, Sequence[Claim]]], pairs: Iterable[Contradiction]) -> Iterator[Note]:
    """The notes of documents, their claims, and who holds these."""
    clashing: dict[str, list[tuple[Contradiction, Claim]]] = defaultdict(list)
    for pair in pairs:
        clashing[pair.a.id].append((pair, pair.b))
        clashing[pair.b.id].append((pair, pair.a))
    held: dict[Source, list[Claim]] = defaultdict(list)
    for document, claims in corpus:
        yield _document_note(document, claims)
        for claim in claims:
            held[claim.source].append(claim)
            yield _claim_note(claim, document, clashing.get(claim.id, ()))
    for source, claims in held.items():
        yield _source_note(source, claims)


def _claim_note(claim: Claim, document: Document, clashes: Sequence[tuple[Contradiction, Claim]]) -> Note:
    likely = claim.likelihood
    properties = {
        "id": claim.id, "aliases": [claim.proposition], "source": claim.source.name, "published": claim.published,
        "kind": claim.kind, "stance": claim.stance, "likelihood": likely.phrase if likely else None,
        "likelihood_low": likely.low if likely else None, "likelihood_high": likely.high if likely else None,
        "confidence": claim.confidence, "tags": [f"claim/{claim.kind}", *map(_tag, claim.topics)],
    }  # fmt: skip
    who, where = _link(_source_path(claim.source), claim.source.name), _link(_document_path(document), _title(document))
    lines = [f"# {escaped(claim.proposition)}", "", f"> {escaped(claim.text)}", "", f"{who}, in {where}.",
             *_clashes(clashes)]  # fmt: skip
    return Note(f"Claims/{claim.id}.md", _note(properties, lines))


def _clashes(clashes: Sequence[tuple[Contradiction, Claim]]) -> Iterator[str]:
    if clashes:
        yield "\n## Clashes\n"
    for pair, other in clashes:
        who = _link(f"Claims/{other.id}", other.proposition)
        yield f"- {pair.strength} ({pair.kind}, {pair.score:.2f}) with {escaped(other.source.name)}: {who}"


def _source_note(source: Source, claims: Sequence[Claim]) -> Note:
    properties = {"id": source.id, "aliases": [source.name], "kind": source.kind, "tags": [f"source/{source.kind}"]}
    lines = [f"# {escaped(source.name)}", "", *map(_item, sorted(claims, key=lambda c: (c.published or "", c.id)))]
    return Note(f"{_source_path(source)}.md", _note(properties, lines))


def _document_note(document: Document, claims: Sequence[Claim]) -> Note:
    properties = {
        "id": document.id, "aliases": [_title(document)], "published": document.published,
        "publisher": document.publisher, "author": list(document.byline), "url": document.url, "tags": ["document"],
    }  # fmt: skip
    lines = [f"# {escaped(_title(document))}", "", *map(_item, claims)]
    return Note(f"{_document_path(document)}.md", _note(properties, lines))


def _item(claim: Claim) -> str:
    return f"- {claim.published or 'no date'}: {_link(f'Claims/{claim.id}', claim.proposition)}"


def _note(properties: Mapping[str, object], lines: Iterable[str]) -> str:
    told = [f"{name}: {_yaml(value)}" for name, value in properties.items() if value not in (None, [])]
    return "\n".join(["---", *told, "---", "", *lines, ""])


def _yaml(value: object) -> str:
    return visible(json.dumps(value, ensure_ascii=False)).encode("utf8", "replace").decode("utf8")


def _link(path: str, name: str) -> str:
    """A link that is read as a name; in it, what would end the link or part it is left out."""
    plain = " ".join(re.sub(r"[\[\]|]", " ", visible(name)).split())
    return f"[[{path}|{plain}]]" if plain else f"[[{path}]]"


def _source_path(source: Source) -> str:
    digest = hashlib.sha256(source.id.encode("utf8", "surrogatepass")).hexdigest()[:6]
    return f"Sources/{_file_name(source.name)} {digest}"


def _document_path(document: Document) -> str:
    return f"Documents/{document.id}"


def _title(document: Document) -> str:
    return document.title or document.path or document.id


def _tag(topic: str) -> str:
    return re.sub(r"[^\w/-]", "-", visible(topic)) or "none"


def _file_name(name: str) -> str:
    """A name that every file system and link takes: letters, digits, spaces and hyphens."""
    return " ".join(re.sub(r"[^\w -]", " ", name).split())[:NAME_LENGTH].strip() or "unnamed"
