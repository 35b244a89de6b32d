"""Find what stands in quotation marks, whatever the marks: “ ” ‘ ’ „ “ « » " ' and two single marks for a double.

A mark opens or closes by its shape and by what stands beside it; an apostrophe does neither. A mark without a partner
costs at most the one quotation it belongs to: the search starts anew at the next mark, and at every section border.
Only the outermost marks count; a quotation in a quotation is part of its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claimtrack.schema import Span

_MARK = re.compile("''|``|[\"“”„‟«»＂‘’'‚‹›]")
_SINGLE = frozenset("‘’'‚‹›")
_SHAPED_TO_OPEN = frozenset("“„‟‘‚") | {"``"}
AHEAD = 8  # marks that are looked at to tell what one before them does
_OPENS_AFTER = frozenset(" \t\n\r\xa0([{<—–-/|:*_#\"“„«‘'…")


@dataclass(frozen=True)
class Quote:
    """Words in quotation marks: `[start, end)` includes the marks; `opens` and `closes` say which of them are there.

    A quotation over several paragraphs is one `Quote` a paragraph; those it runs on from have `closes=False`.
    """

    start: int
    end: int
    opens: bool = True
    closes: bool = True


@dataclass(frozen=True)
class _Mark:
    start: int
    end: int
    single: bool
    can_open: bool
    can_close: bool
    possessive: bool


def find_quotes(text: str, sections: Sequence[Span]) -> list[Quote]:
    """Find the outermost quotations of each section, in order.

    A quotation that is left open runs to the end of its section if it opened that section or if the next section
    takes it up, by opening anew or by closing it; elsewhere its mark is a stray one and gives nothing.

    Args:
        text: the whole text; offsets are into it.
        sections: spans in order; a quotation never crosses from one to the next.
    """
    marks = [_marks(text, start, end) for start, end in sections] + [[]]
    found: list[Quote] = []
    open_before = False
    for i, (start, end) in enumerate(sections):
        quotes, left_open = _pair(marks[i], start if open_before else None)
        following = sections[i + 1][0] if i + 1 < len(sections) else None
        open_before = left_open is not None and _takes_up(marks[i + 1], following)
        if left_open is not None and (open_before or left_open.start == start):
            quotes.append(Quote(left_open.start, end, closes=False))
        found += quotes
    return found


def _takes_up(marks: Sequence[_Mark], start: int | None) -> bool:
    """Whether a section goes on with an open quotation: its first double mark opens it at once, or only closes."""
    first = next((m for m in marks if not m.single), None)
    return first is not None and (first.start == start if first.can_open else first.can_close)


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    return [m for found in _MARK.finditer(text, start, end) if (m := _mark(text, found, start, end))]


def _mark(text: str, found: re.Match[str], start: int, end: int) -> _Mark | None:
    """Judge one mark by shape and neighbours; None for an apostrophe inside a word."""
    shape, at, after_at = found.group(), found.start(), found.end()
    before = text[at - 1] if at > start else " "
    after = text[after_at] if after_at < end else " "
    single = shape in _SINGLE
    if single and before.isalnum() and after.isalnum():
        return None
    can_open = before in _OPENS_AFTER and not after.isspace() and shape not in {"”", "›"}
    can_close = not before.isspace() and shape not in _SHAPED_TO_OPEN | {"‹"}
    if shape in _SHAPED_TO_OPEN:
        can_open = not after.isspace()
        can_close = shape == "“" and not before.isspace() and not after.isalnum()
    elif shape == "’":
        can_open = False
    elif not single and not can_open and not can_close:
        can_open = can_close = True  # a straight mark with a space on both sides: its turn decides
    possessive = single and before in "sS" and after == " " and text[after_at + 1 : after_at + 2].islower()
    return _Mark(at, after_at, single, can_open, can_close, possessive) if can_open or can_close else None


def _pair(marks: Sequence[_Mark], taken_up: int | None) -> tuple[list[Quote], _Mark | None]:
    """Pair the marks of one section; `taken_up` is its start if an open quotation runs into it.

    Returns:
        The quotations, and the mark that is open at the end, if it can be one of a longer quotation.
    """
    quotes: list[Quote] = []
    last_close = {single: max((m.start for m in marks if m.single is single and m.can_close), default=-1)
                  for single in (False, True)}
    opener: _Mark | None = None
    depth = 0
    for i, mark in enumerate(marks):
        if opener is None:
            if taken_up is not None and not quotes and not mark.single and mark.can_close and not mark.can_open:
                quotes.append(Quote(taken_up, mark.end, opens=False))
                taken_up = None
            elif mark.can_open and last_close[mark.single] > mark.start:
                opener = mark
            elif mark.can_open and not mark.single:
                return quotes, mark
        elif mark.single is opener.single:
            if mark.can_close and not (mark.possessive and _closes_later(marks[i + 1 : i + 1 + AHEAD])):
                depth -= 1
                if depth < 0:
                    quotes.append(Quote(opener.start, mark.end))
                    opener, depth = None, 0
            elif mark.can_open and _closes_twice(marks[i + 1 : i + 1 + AHEAD], mark.single):
                depth += 1
            elif mark.can_open:
                opener, depth = mark, 0
    return quotes, opener if opener and not opener.single else None


def _closes_later(marks: Sequence[_Mark]) -> bool:
    """Whether a single mark closes before the next one opens, so that the one before was a plural's apostrophe."""
    for mark in marks:
        if mark.single and not mark.possessive:
            return mark.can_close
    return False


def _closes_twice(marks: Sequence[_Mark], single: bool) -> bool:
    """Whether two marks close before another opens: then the one before them opened a quotation in a quotation."""
    same = [m for m in marks if m.single is single][:2]
    return len(same) == 2 and all(m.can_close and not m.can_open for m in same)
