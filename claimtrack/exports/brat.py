"""Documents with their claims as brat standoff: a text file and an annotation file for each document.

The layers are those of PARC and PolNeAR: Source, Cue and Content of each attribution, joined in an event that the cue
triggers, `Cue:T2 Source:T1 Content:T3`; without a cue, a relation Said_by leads from the content to the source. Claims
are text-bound annotations of their own, with attributes (kind, stance, polarity, factuality), a relation Part_of to the
content they were split from, and a note with id, source and proposition. Relations Contradicts and In_tension_with join
claims of one document; brat has no annotation across documents.

Offsets count code points of the text file. brat's annotations must not run over a line break: what does is cut there
into pieces, as discontinuous spans are ("0 5;8 10"). The text file is the document's text, but control characters,
which brat or a terminal would stumble over, are replaced one for one, so that all offsets hold.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import get_args
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from claimtrack.schema import Attribution, Claim, ClaimKind, Contradiction, Document, Factuality, Polarity, Span, Stance

__all__ = ["CONFIGURATION", "File", "archive", "files"]

_VALUES = {"Kind": ClaimKind, "Stance": Stance, "Polarity": Polarity, "Factuality": Factuality}
_ATTRIBUTES = "\n".join(f"{name}\tArg:Claim, Value:{'|'.join(get_args(type_))}" for name, type_ in _VALUES.items())

CONFIGURATION = f"""\
[entities]
Source
Content
Claim

[relations]
Said_by\tArg1:Content, Arg2:Source
Part_of\tArg1:Claim, Arg2:Content
Contradicts\tArg1:Claim, Arg2:Claim, <REL-TYPE>:symmetric
In_tension_with\tArg1:Claim, Arg2:Claim, <REL-TYPE>:symmetric
<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

[events]
Cue\tSource?:Source, Content?:Content

[attributes]
{_ATTRIBUTES}
"""
"""What annotation.conf says: the types of annotations, for brat to know them."""

_REPLACED = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "\u2421",
    **dict.fromkeys((*range(0x80, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)), "�"),
    0xFEFF: "�",  # at the beginning, some readers would drop it
    ord("\t"): " ",  # parts the columns of an annotation
    ord("\r"): " ",  # "\r\n" would be read as one character
}
_REPLACED.pop(ord("\n"))


@dataclass(frozen=True)
class File:
    """A file of the corpus: its name and its text."""

    name: str
    text: str


def files(corpus: Iterable[tuple[Document, Sequence[Claim]]], pairs: Iterable[Contradiction]) -> Iterator[File]:
    """Give annotation.conf, then the text and the annotations of each document.

    Args:
        corpus: documents with their claims.
        pairs: contradictions and tensions; those of two documents are left out.
    """
    yield File("annotation.conf", CONFIGURATION)
    within: dict[str, list[Contradiction]] = {}
    for pair in pairs:
        if pair.same_document:
            within.setdefault(pair.a.document, []).append(pair)
    for document, claims in corpus:
        text = document.text.translate(_REPLACED)
        name = re.sub(r"[^\w-]", "_", document.id)  # an imported id may be anything, "../" among it
        yield File(f"{name}.txt", text)
        yield File(f"{name}.ann", _Annotations(text).of(claims, within.get(document.id, ())))


def archive(corpus: Iterable[tuple[Document, Sequence[Claim]]], pairs: Iterable[Contradiction]) -> bytes:
    """Pack the files into a zip archive; all bear the earliest date there is: the same records give the same bytes."""
    packed = io.BytesIO()
    with ZipFile(packed, "w") as open_archive:
        for file in files(corpus, pairs):
            open_archive.writestr(ZipInfo(file.name), file.text, ZIP_DEFLATED)
    return packed.getvalue()


@dataclass
class _Annotations:
    """The lines of one annotation file; each kind of annotation counts for itself, from 1."""

    text: str
    lines: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    bound: dict[str, str] = field(default_factory=dict)

    def of(self, claims: Sequence[Claim], pairs: Iterable[Contradiction]) -> str:
        """Write all annotations of a document."""
        contents: dict[str, str | None] = {}
        marks: dict[str, str] = {}
        for claim in claims:
            attribution = claim.attribution
            if attribution.id not in contents:
                contents[attribution.id] = self._attribution(attribution)
            if mark := self._claim(claim, contents[attribution.id]):
                marks[claim.id] = mark
        for pair in pairs:
            if pair.a.id in marks and pair.b.id in marks:
                name = "Contradicts" if pair.strength == "contradiction" else "In_tension_with"
                self._relation(name, marks[pair.a.id], marks[pair.b.id])
        return "".join(line + "\n" for line in self.lines)

    def _attribution(self, attribution: Attribution) -> str | None:
        """Write source, cue and content; give the content's mark. What the author says needs no such layer."""
        if attribution.type == "authorial":
            return None
        source = self._bound("Source", _spans(attribution.source_span))
        content = self._bound("Content", attribution.content_spans)
        cue = self._bound("Cue", _spans(attribution.cue_span))
        if cue:
            roles = [f"{role}:{mark}" for role, mark in (("Source", source), ("Content", content)) if mark]
            self._add("E", " ".join([f"Cue:{cue}", *roles]))
        elif source and content:
            self._relation("Said_by", content, source)
        return content

    def _claim(self, claim: Claim, content: str | None) -> str | None:
        mark = self._bound("Claim", claim.spans)
        if mark is None:
            return None
        values = (claim.kind, claim.stance, claim.polarity, claim.factuality)
        for name, value in zip(_VALUES, values, strict=True):
            self._add("A", f"{name} {mark} {value}")
        note = f"{claim.id}; {claim.source.name}: {claim.proposition}".replace("\n", " ").translate(_REPLACED)
        self._add("#", f"AnnotatorNotes {mark}\t{note}")
        if content:
            self._relation("Part_of", mark, content)
        return mark

    def _bound(self, name: str, spans: Iterable[Span]) -> str | None:
        """Give the mark of a text-bound annotation, written once; None where its spans hold no words."""
        pieces = [piece for span in sorted(spans) for piece in self._within_lines(span)]
        if not pieces:
            return None
        words = f"{name} " + ";".join(f"{start} {end}" for start, end in pieces)
        if name == "Claim" or words not in self.bound:  # two claims on the same words differ in what they say of them
            self.bound[words] = self._add("T", f"{words}\t" + " ".join(self.text[start:end] for start, end in pieces))
        return self.bound[words]

    def _within_lines(self, span: Span) -> Iterator[Span]:
        """Cut a span at line breaks, and leave out what is white space alone."""
        start = span[0]
        for line in self.text[start : span[1]].split("\n"):
            if words := line.strip():
                at = start + line.index(words)
                yield at, at + len(words)
            start += len(line) + 1

    def _relation(self, name: str, first: str, second: str) -> None:
        self._add("R", f"{name} Arg1:{first} Arg2:{second}")

    def _add(self, prefix: str, words: str) -> str:
        self.counts[prefix] = self.counts.get(prefix, 0) + 1
        mark = f"{prefix}{self.counts[prefix]}"
        self.lines.append(f"{mark}\t{words}")
        return mark


def _spans(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)
