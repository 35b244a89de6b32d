"""Link short forms to the long names a text has: "GERD" to "Grand Ethiopian Renaissance Dam", also without brackets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from claimtrack.reference.gazetteer import Referent
from claimtrack.reference.indexed_text import IndexedText
from claimtrack.reference.mentions import Mention

_LEAST_INITIALS = 3
_ABBREVIATED = frozenset({"organization", "person"})
_ACRONYM = re.compile(r"\(\s*[\"“'‘]?([A-Z][A-Za-z&.]{0,8}[A-Z])[\"”'’]?\s*\)")


def acronyms(text: IndexedText, mentions: Sequence[Mention]) -> list[Mention]:
    """Link "(GERD)" after "Grand Ethiopian Renaissance Dam", and GERD wherever it stands afterwards."""
    ends = {m.end: m for m in sorted(mentions, key=lambda m: m.end - m.start)}
    meant: dict[str, tuple[int, Referent]] = {}
    for match in _ACRONYM.finditer(text.text):
        before = match.start()
        while before and text.text[before - 1].isspace():
            before -= 1
        long = ends.get(before)
        if long is not None and _abbreviates(match.group(1), text.text[long.start : long.end]):
            meant.setdefault(match.group(1), (before, long.entity))
    taken = {m.start for m in mentions}
    return [
        Mention(start, start + len(word), meant[word][1], "acronym", i)
        for i, (start, word) in enumerate(zip(text.starts, text.words, strict=True))
        if word in meant and start > meant[word][0] and start not in taken
    ]


def spelt_out(text: IndexedText, mentions: Sequence[Mention]) -> list[Mention]:
    """Give names in capitals alone the one longer name of the text whose initials they are."""
    long: dict[str, set[Referent]] = defaultdict(set)
    for mention in mentions:
        words = re.findall(r"\w+", mention.entity.name)
        initials = "".join(w[0] for w in words if w[0].isupper() or mention.entity.type == "person").upper()
        if mention.entity.type in _ABBREVIATED and len(initials) >= _LEAST_INITIALS:
            long[initials].add(mention.entity)

    def mended(mention: Mention) -> Mention:
        written = text.text[mention.start : mention.end].replace(".", "")
        short = mention.entity.type in {*_ABBREVIATED, "other"} and written.isupper()
        meant = long.get(written, set()) - {mention.entity} if short else set()
        return replace(mention, entity=next(iter(meant)), via="acronym") if len(meant) == 1 else mention

    return [mended(mention) for mention in mentions]


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether most letters of an acronym begin words of the long name, in order."""
    initials = [w[0].upper() for w in re.findall(r"\w+", long)]
    hits = at = 0
    for letter in short.upper():
        if letter in initials[at:]:
            at = initials.index(letter, at) + 1
            hits += 1
    return hits >= 2 and hits * 3 >= 2 * sum(c.isalpha() for c in short)
