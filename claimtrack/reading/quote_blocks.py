"""Find quotations that stand as paragraphs of their own, without quotation marks, and say whose words they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from claimtrack.reading.imprint import name_word
from claimtrack.reading.kinds import Part
from claimtrack.reading.reporting_clauses import (
    FAR,
    PRONOUN,
    UNNAMED,
    bare_name,
    closes,
    hands_over,
    last_speaker,
    lists_points,
    reports,
)

_LABEL = re.compile(r"[^\W\d_][\w .’'\-]{0,40}:\s")
_ITEM_MARK = re.compile(r"\S{1,4}\s+")
_OPENING = ("“", '"', "„", "«", "‘", "'", "‹", "「", "『")
_FAR_PARAGRAPHS = 200  # how far back a name is looked for


def quote_blocks(parts: list[Part]) -> list[Part]:
    """Mark paragraphs that a reporting clause hands to another speaker.

    The clause stands at the end of the paragraph before, with a colon ("The mayor writes:"), or alone in a paragraph
    behind a comma ("…, / Quist emphasized."). The first may hand over a list of points, too. The
    latter takes the paragraphs back to the last heading or
    reporting clause, if there is one within three; else only the one that the comma ends.
    """
    quoted = list(parts)
    for index, part in enumerate(parts):
        if part.kind != "body":
            continue
        items = _items_behind(parts, index)
        if items and (speaker := hands_over(part.paragraph) or lists_points(part.paragraph)):
            voice = _full_name(speaker, parts, index)
            quoted[index + 1 : index + 1 + items] = [
                replace(p, kind="quote_block", voice=voice) for p in parts[index + 1 : index + 1 + items]]
        elif index + 1 < len(parts) and (speaker := hands_over(part.paragraph)) and _is_unmarked(parts[index + 1]):
            quoted[index + 1] = replace(parts[index + 1], kind="quote_block", voice=_full_name(speaker, parts, index))
        elif index and (speaker := closes(part.paragraph)) and parts[index - 1].paragraph.words.endswith(","):
            voice = _full_name(speaker, parts, index)
            for earlier in _quoted_before(quoted, index):
                quoted[earlier] = replace(quoted[earlier], kind="quote_block", voice=voice)
    return quoted


def _items_behind(parts: Sequence[Part], index: int) -> int:
    """Count the items of the list right behind a paragraph, prose without quotation marks."""
    items = takewhile(lambda p: p.kind in ("body", "heading") and p.paragraph.is_item, parts[index + 1 :])
    words = [_ITEM_MARK.sub("", p.paragraph.words[:40]) for p in items]
    return 0 if any(w.startswith(_OPENING) for w in words) else len(words)


def _is_unmarked(part: Part) -> bool:
    """Tell whether a paragraph can be quoted without marks: prose that opens no quotation and announces none."""
    words = part.paragraph.words
    prose = part.kind == "body" and not part.paragraph.is_item and not words[0].islower()
    return prose and not words.startswith(_OPENING) and not words.endswith(":") and not _LABEL.match(words[:60])


def _quoted_before(parts: Sequence[Part], index: int) -> Iterator[int]:
    """Give the paragraphs that a closing clause at `index` quotes, backwards."""
    begin = index
    while begin > max(0, index - 4) and _is_unmarked(parts[begin - 1]) and not reports(parts[begin - 1].paragraph):
        begin -= 1
    bounded = index - begin <= 3 and begin > 0
    yield from range(index - 1, begin - 1, -1) if bounded else (index - 1,)


def _full_name(speaker: str, parts: Sequence[Part], index: int) -> str:
    """Give the speaker's full name where the text up to `index` gives it.

    "He" and "she" are the last one whom a reporting clause shortly before names; who else is not named is "unnamed".
    """
    name = bare_name(speaker)
    near = parts[max(0, index - _FAR_PARAGRAPHS) : index + 1]
    before = [part.paragraph for part in reversed(near) if part.kind in ("body", "title")]
    if re.fullmatch(PRONOUN, name):
        named = (last_speaker(paragraph) for paragraph in before[:5] if name.lower() in ("he", "she"))
        name = bare_name(next(filter(None, named), UNNAMED))
    if not name[0].isupper() or " " in name:
        return name
    longer = re.compile(rf"(?:{name_word()}\s+){{1,4}}{re.escape(name)}(?!\w)")
    found = (longer.findall(paragraph.words[:FAR]) for paragraph in before)
    return bare_name(next(filter(None, found), [name])[-1])
