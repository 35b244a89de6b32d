"""What a screen needs beside the records: documents to quote from, a scale for likelihoods, what people decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rich.text import Text

from claimtrack.schema import Claim, Document, Span
from claimtrack.screens.terminal import line, mark

__all__ = ["REACH", "Library", "Reviews", "View", "joined_spans"]

GAP = 60  # characters between two quoted pieces that are quoted along: shorter than the reader's leap over "…"
REACH = 300  # characters from a claim to clashing words outside it ("denies" before the content) that are quoted too

Library = Callable[[str], Document | None]
"""Finds a document by id, to quote from it."""

Reviews = Callable[[str], str]
"""Says in words what a person decided on a record, by its id; empty where nobody did."""


@dataclass(frozen=True)
class View:
    """How records are shown.

    Attributes:
        library: gives documents to quote from.
        scale: a house scale for likelihoods, or None.
        reviews: says what a person decided on a record.
    """

    library: Library
    scale: str | None = None
    reviews: Reviews = lambda _: ""

    def outlet(self, claim: Claim) -> str:
        """Who published a claim; where that is unknown, the title of its document, or else the name of its file."""
        document = self.library(claim.document)
        named = document and (document.publisher or document.title)
        return line(named or claim.document_path.rpartition("/")[2] or claim.document_path)

    def holder(self, name: str, id: str) -> str:
        """What a source is called: a nameless voice of one document, as its author, with the document's title."""
        of_document = re.match(r"voice:(doc_[0-9a-f]{16}):", id)
        document = self.library(of_document[1]) if of_document else None
        return line(name) + (f", “{line(document.title)}”" if document and document.title else "")

    def place(self, claim: Claim) -> str:
        """Who published a claim under which title, or the path of its document where neither is known."""
        document = self.library(claim.document)
        if document is None:
            return line(claim.document_path)
        return line(" · ".join(filter(None, [document.publisher, document.title])) or document.path)

    def words(self, claim: Claim, span: Span | None) -> str | None:
        """The words of a span of the claim's document, in one line; None where either is missing."""
        document = self.library(claim.document) if span else None
        return line(document.text[span[0] : span[1]]) if document and span else None

    def quotation(self, claim: Claim, marks: Sequence[Span] = ()) -> Text:
        """The claim's own words in quotation marks, with «marks» around the words given.

        Marked words near the claim are quoted along, also where they stand outside it, as "denies" does before what
        is denied. Where the document is not at hand, the claim's words stand without marks.
        """
        document = self.library(claim.document)
        if document is None:
            return Text(f"“{line(claim.text)}”")
        first, last = claim.spans[0][0] - REACH, claim.spans[-1][1] + REACH
        marks = [(s, e) for s, e in marks if first <= s < e <= last]
        quoted = Text("“")
        for i, (start, end) in enumerate(joined_spans([*claim.spans, *marks], GAP)):
            quoted.append(" … " if i else "")
            mark(quoted, document.text, start, end, joined_spans(marks, 0))
        quoted.append("”")
        return quoted


def joined_spans(spans: Iterable[Span], gap: int) -> list[Span]:
    """Sort spans and join those that overlap or lie at most `gap` characters apart."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + gap:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
