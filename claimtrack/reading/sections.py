"""Say of every paragraph what it is, and whose voice it speaks in, without removing a character.

What a page says by its layout and its set phrases is read here: headings, captions, share buttons, the readers'
comments, the remarks of somebody who reposts an article, and quotations without quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from claimtrack.reading import imprint
from claimtrack.reading.kinds import Part, kinds
from claimtrack.reading.paragraphs import Paragraph, cut
from claimtrack.reading.quote_blocks import quote_blocks
from claimtrack.reading.turns import turns
from claimtrack.reading.voices import commenters, headliners, reposters
from claimtrack.schema import Section

__all__ = ["sectionize"]


def sectionize(
    text: str, byline: Sequence[str] = (), comments_at: int | None = None, told: Sequence[Section] = ()
) -> tuple[Section, ...]:
    """Cut a text into sections that cover all of it but white space, in order.

    Where the author of a section is known, by `byline` or by the page itself, his name is its voice; else "author".
    From the character `comments_at` on, everything is readers' comments. Where the format itself tells kind and voice
    of a stretch, `told`, it has the last word; else the labels of a transcript do. A blank text has no sections.
    """
    paragraphs, told = cut(text), told or turns(text)
    if told:
        paragraphs = tuple(_parted(paragraphs, told))
    silent = [p for p in paragraphs if _is_silent(p, told)]
    parts = kinds([p for p in paragraphs if p not in silent] if silent else paragraphs, comments_at)
    parts = sorted((*parts, *(Part(p, "boilerplate") for p in silent)), key=lambda part: part.paragraph.start)
    parts = quote_blocks(headliners(commenters(reposters(_as_told(parts, told)))))
    sections = tuple(
        Section(kind=p.kind, start=p.paragraph.start, end=p.paragraph.end, voice=p.voice, published=p.published)
        for p in parts
    )
    author = " and ".join(byline or imprint.find(text, sections).byline)
    return tuple(s.model_copy(update={"voice": author}) if author and s.voice == "author" else s for s in sections)


def _parted(paragraphs: Sequence[Paragraph], told: Sequence[Section]) -> Iterator[Paragraph]:
    """Cut the paragraphs where a stretch that the format tells of begins or ends."""
    borders = sorted({border for section in told for border in (section.start, section.end)})
    for paragraph in paragraphs:
        inside = [border for border in borders if paragraph.start < border < paragraph.end]
        for start, end in pairwise([paragraph.start, *inside, paragraph.end]):
            words = paragraph.words[start - paragraph.start : end - paragraph.start]
            if words.strip():
                begin = start + len(words) - len(words.lstrip())
                yield Paragraph(begin, begin + len(words.strip()), words.strip())


def _is_silent(paragraph: Paragraph, told: Sequence[Section]) -> bool:
    """Tell whether the format calls a paragraph none of the text: the head of a mail, front matter."""
    return any(s.kind == "boilerplate" and s.start <= paragraph.start < s.end for s in told)


def _as_told(parts: list[Part], told: Sequence[Section]) -> list[Part]:
    """Give each part inside a stretch that the format tells of its kind and voice there."""
    result: list[Part] = []
    for part in parts:
        around = [s for s in told if s.start <= part.paragraph.start < s.end]
        inside = max(around, key=lambda s: s.start, default=None)  # the innermost
        wordless = not part.paragraph.has_words
        keeps = inside is None or wordless or (inside.kind == "body" and part.kind in ("boilerplate", "caption"))
        if inside is not None and not keeps:
            day = inside.published or part.published
            part = replace(part, kind=inside.kind, voice=inside.voice, published=day)  # noqa: PLW2901  as it is told
        result.append(part)
    return result
