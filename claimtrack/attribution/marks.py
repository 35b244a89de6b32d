"""Quotation marks as the tagger sees them: which marks of one paragraph open and which close, for its shapes.

The tagger was trained on what stands here; `quotes` reads whole texts, with quotations over several paragraphs.
"""

from __future__ import annotations

import re

# One mark for each family: the model then needs no knowledge of typography, and offsets stay, one for one.
PLAIN_MARKS = str.maketrans(
    {**dict.fromkeys("“”„‟«»〝〞＂", '"'), **dict.fromkeys("‘’‚‛‹›`´′", "'")}
    | {**dict.fromkeys("‐‑‒", "-"), **dict.fromkeys("―─", "—")}
)
_QUOTE_MARKS = re.compile("[\"“”„‟«»〝〞＂]|(?<!\\w)[‘'‚‹](?=\\w)|(?<=\\S)[’'›](?!\\w)")
_OPENERS, _CLOSERS = "“„‟«〝‘‚‹", "”»〞’›"


def quote_marks(raw: str) -> list[tuple[int, bool]]:
    """Offset of each outermost quotation mark of a paragraph, and whether it opens (or closes).

    Double marks win over single ones, since an apostrophe looks like the latter; a paragraph that ends inside
    a quotation is left so, as every paragraph of a long quotation opens anew.
    """
    found = list(_QUOTE_MARKS.finditer(raw))
    last_close = {_family(m.group()): m.start() for m in found if not _only_opens(m.group(), m.start(), raw)}
    marks: list[tuple[int, bool]] = []
    opener = ""
    for match in found:
        mark, start = match.group(), match.start()
        if opener:
            if _family(mark) == _family(opener) and _may_close(mark, opener, start, raw):
                marks.append((start, False))
                opener = ""
        elif _may_open(mark, start, raw) and (_family(mark) == '"' or last_close.get("'", -1) > start):
            marks.append((start, True))
            opener = mark
    return marks


def _family(mark: str) -> str:
    return "'" if mark in "‘’'‚‹›" else '"'


def _only_opens(mark: str, start: int, raw: str) -> bool:
    return mark in _OPENERS or (mark in "'\"" and not raw[start - 1 : start].strip())


def _may_open(mark: str, start: int, raw: str) -> bool:
    if mark in "”’›" or (mark == "'" and raw[start - 1 : start].strip(' \t\n([—-"')):
        return False
    return mark != "»" or not raw[start - 1 : start].strip()


def _may_close(mark: str, opener: str, start: int, raw: str) -> bool:
    if mark in _CLOSERS:
        return True
    if opener + mark in ("„“", "»«"):
        return True
    if mark == "“":  # an odd typist's “…“
        return bool(raw[start - 1 : start].strip())
    before, after = raw[start - 1 : start], raw[start + 1 : start + 2]
    return mark in "'\"＂" and not (not before.strip() and after.strip())
