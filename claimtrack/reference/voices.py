"""Say who speaks at a place in the page's own voice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from claimtrack.reference.gazetteer import Referent, referent
from claimtrack.schema import Document, Section

_ROLES = frozenset({"author", "reposter", "commenter", "publisher"})


def voice(document: Document, position: int) -> Referent:
    """Give who speaks at a character in the page's own voice; a role without a name is another one in each document."""
    section = section_at(document.sections, position)
    name = section.voice if section is not None else "author"
    if name == "author" and document.byline:
        name = document.byline[0]
    return Referent(f"voice:{document.id}:{name}", name, "person") if name in _ROLES else referent(name, "person")


def section_at(sections: Sequence[Section], position: int) -> Section | None:
    """Give the last section that begins at or before a character."""
    at = bisect_right(sections, position, key=lambda s: s.start) - 1
    return sections[at] if at >= 0 else None
