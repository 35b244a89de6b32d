"""Pieces: the words of a paragraph as the tagger reads them, and the windows that paragraphs are packed into.

The recipe in ``models/train/attribution.py`` uses `encode_block` and `fill_windows` too, so that training and
use see the same pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimtrack.attribution.marks import PLAIN_MARKS, quote_marks
from claimtrack.schema import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLS, SEP = 101, 102
NO_OFFSET = -1
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_SENTENCE_ENDS = frozenset({1012, 999, 1029})  # . ! ?
_PLAIN_QUOTE = 1000
CASE_KINDS, QUOTE_KINDS = 4, 4
OUTSIDE, INSIDE, OPENS, CLOSES = range(QUOTE_KINDS)


@dataclass
class Pieces:
    """Word pieces in a row: vocabulary ids, shape ids, and the characters of the document each stands on.

    Special pieces stand on no characters: their start and end are `NO_OFFSET`.
    """

    ids: list[int]
    shapes: list[int]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        """How many pieces there are."""
        return len(self.ids)

    def cut(self, start: int, end: int) -> Pieces:
        """The pieces from `start` up to `end`, counted in pieces."""
        part = slice(start, end)
        return Pieces(self.ids[part], self.shapes[part], self.starts[part], self.ends[part])

    def extend(self, other: Pieces) -> None:
        """Appends the other pieces."""
        self.ids += other.ids
        self.shapes += other.shapes
        self.starts += other.starts
        self.ends += other.ends


def special(piece: int) -> Pieces:
    """A single special piece, [CLS] or [SEP]."""
    return Pieces([piece], [0], [NO_OFFSET], [NO_OFFSET])


def characters(window: Pieces, span: Span) -> Span:
    """The characters that a span of pieces stands on, special pieces at its borders left out."""
    inside = [at for at in range(*span) if window.starts[at] != NO_OFFSET]
    return window.starts[inside[0]], window.ends[inside[-1]]


def encode_block(tokenizer: Tokenizer, text: str, block: Span) -> Pieces:
    """The word pieces of one paragraph, with offsets into the whole text."""
    begin, end = block
    raw = text[begin:end]
    plain = _LONE_SURROGATES.sub("\ufffd", raw.translate(PLAIN_MARKS))
    encoding = tokenizer.encode(plain, add_special_tokens=False)
    offsets = encoding.offsets
    cases = (_case(raw[s:e]) for s, e in offsets)
    shapes = [case * QUOTE_KINDS + quote for case, quote in zip(cases, _quotes(raw, offsets), strict=True)]
    return Pieces(encoding.ids, shapes, [begin + s for s, _ in offsets], [begin + e for _, e in offsets])


def _case(piece: str) -> int:
    """0 nothing to tell, 1 lower case, 2 capitalised, 3 capitals throughout."""
    if not piece[:1].isalpha():
        return 0
    if not piece[0].isupper():
        return 1
    return 3 if len(piece) > 1 and piece.isupper() else 2


def _quotes(raw: str, offsets: Iterable[tuple[int, int]]) -> Iterator[int]:
    """For each piece: outside quotation marks, inside, the opening mark or the closing one."""
    marks = quote_marks(raw)
    at, inside = 0, False
    for start, _ in offsets:
        while at < len(marks) and marks[at][0] < start:  # a mark that the tokenizer dropped
            inside = marks[at][1]
            at += 1
        if at < len(marks) and marks[at][0] == start:
            inside = marks[at][1]
            at += 1
            yield OPENS if inside else CLOSES
        else:
            yield INSIDE if inside else OUTSIDE


def fill_windows(blocks: Iterable[Pieces], limit: int, first_limit: int | None = None) -> list[Pieces]:
    """Packs paragraphs, in order, into windows of at most `limit` pieces, special ones included.

    Args:
        blocks: the pieces of each paragraph.
        limit: the largest window, in pieces.
        first_limit: a smaller limit for the first window, so that training sees other borders each time.
    """
    windows: list[Pieces] = []
    window, room = special(CLS), first_limit or limit
    for part in (part for block in blocks for part in split_block(block, limit - 2)):
        if len(window) > 1 and len(window) + len(part) + 1 > room:
            windows.append(window)
            window, room = special(CLS), limit
        window.extend(part)
        window.extend(special(SEP))
    return [*windows, window] if len(window) > 1 else windows


def split_block(block: Pieces, limit: int) -> list[Pieces]:
    """Cuts a paragraph that exceeds `limit` pieces, after a sentence where it can."""
    parts: list[Pieces] = []
    start = 0
    while len(block) - start > limit:
        end = _last_sentence_end(block, start, start + limit)
        parts.append(block.cut(start, end))
        start = end
    if start < len(block):
        parts.append(block.cut(start, len(block)))
    return parts


def _last_sentence_end(block: Pieces, start: int, stop: int) -> int:
    for at in range(stop - 1, start, -1):
        if block.ids[at - 1] in _SENTENCE_ENDS and block.ids[at] != _PLAIN_QUOTE:
            return at
        if block.ids[at - 1] == _PLAIN_QUOTE and at - 2 >= start and block.ids[at - 2] in _SENTENCE_ENDS:
            return at
    return stop
