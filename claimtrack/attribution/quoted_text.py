"""A parsed document with its quotations, and the way from its tokens to its characters and back."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from claimtrack.attribution.quotes import Quote, find_quotes
from claimtrack.attribution.syntax import Range
from claimtrack.schema import Document, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


class QuotedText:
    """A parsed document with its quotations: which tokens are quoted, and where sections begin."""

    def __init__(self, doc: Doc, document: Document) -> None:
        """Finds the quotations of the document."""
        self.doc = doc
        self.document = document
        self.sections = [s for s in document.sections if s.kind != "boilerplate"]
        self.starts = [t.idx for t in doc]
        marked = [(s.start, s.end) for s in self.sections if s.kind != "quote_block"]
        self.quotes = find_quotes(document.text, marked)
        self.quote_starts = [q.start for q in self.quotes]
        self.quoted = bytearray(len(doc))
        for start, end in [(q.start, q.end) for q in self.quotes] + [
            (s.start, s.end) for s in self.sections if s.kind == "quote_block"
        ]:
            first, last = self.tokens(start, end)
            self.quoted[first:last] = b"\1" * (last - first)

    @cached_property
    def runs(self) -> list[list[Quote]]:
        """The quotations over several paragraphs, each as its parts in order."""
        found: list[list[Quote]] = []
        for before, quote in pairwise(self.quotes):
            if not before.closes:
                if found and found[-1][-1] is before:
                    found[-1].append(quote)
                else:
                    found.append([before, quote])
        return found

    def tokens(self, start: int, end: int) -> Range:
        """The tokens that begin in a range of characters."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def span(self, tokens: Range) -> Span:
        """The characters of a range of tokens."""
        last = self.doc[tokens[1] - 1]
        return self.starts[tokens[0]], last.idx + len(last)

    def quotes_in(self, start: int, end: int) -> list[Quote]:
        """The quotations that begin in a range of characters."""
        return self.quotes[bisect_left(self.quote_starts, start) : bisect_left(self.quote_starts, end)]


def overlaps(a: Span, b: Span | None) -> bool:
    """Whether two ranges of characters share any; nothing overlaps with None."""
    return b is not None and a[0] < b[1] and b[0] < a[1]
