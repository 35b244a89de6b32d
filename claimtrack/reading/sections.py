"""Say of every paragraph what it is, and whose voice it speaks in, without removing a character.

What a page says by its layout and its set phrases is read here: headings, captions, share buttons, the readers'
comments, the remarks of somebody who reposts an article, and quotations without quotation marks.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.reading import imprint
from claimtrack.reading.kinds import kinds
from claimtrack.reading.paragraphs import cut
from claimtrack.reading.quote_blocks import quote_blocks
from claimtrack.reading.voices import commenters, reposters
from claimtrack.schema import Section

__all__ = ["sectionize"]


def sectionize(text: str, byline: Sequence[str] = (), comments_at: int | None = None) -> tuple[Section, ...]:
    """Cut a text into sections that cover all of it but white space, in order.

    Where the author of a section is known, by `byline` or by the page itself, his name is its voice; else "author".
    From the character `comments_at` on, everything is readers' comments. A blank text has no sections.
    """
    parts = kinds(cut(text), comments_at)
    parts = quote_blocks(commenters(reposters(parts)))
    sections = tuple(
        Section(kind=p.kind, start=p.paragraph.start, end=p.paragraph.end, voice=p.voice) for p in parts
    )
    author = " and ".join(byline or imprint.find(text, sections).byline)
    return tuple(s.model_copy(update={"voice": author}) if author and s.voice == "author" else s for s in sections)
