"""Say of every paragraph what it is, by its layout and its set phrases: heading, caption, byline, prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from claimtrack.reading import imprint
from claimtrack.reading.paragraphs import Paragraph
from claimtrack.reading.section_cues import says
from claimtrack.schema import SectionKind

_LONGEST_HEADING = 200
_LONGEST_BUTTON = 30  # under a reader's comment: "Reply", "Report abuse"
_LINKS_ONLY = re.compile(r"(?:[|,•·\s]*!?\[[^\[\]]{0,300}\]\([^()\s]{0,500}\))+[|,•·\s]*")
_COMMENT = re.compile(r"<!--(?:(?!-->).)*-->", re.DOTALL)  # of HTML: notes that no reader sees
QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")


@dataclass(frozen=True)
class Part:
    """A paragraph with the kind and voice found so far, and its own day where it is a comment."""

    paragraph: Paragraph
    kind: SectionKind
    voice: str = "author"
    published: str | None = None


def kinds(paragraphs: Sequence[Paragraph], comments_at: int | None) -> list[Part]:
    """Give the kind of every paragraph."""
    parts: list[Part] = []
    in_head, in_comments = True, False
    for paragraph, following, after in zip_longest(paragraphs, paragraphs[1:], paragraphs[2:]):
        in_comments = in_comments or (comments_at is not None and paragraph.start >= comments_at)
        if len(paragraph.words) < _LONGEST_HEADING and says("comments", paragraph):
            kind: SectionKind = "boilerplate"
            in_comments = not in_head  # above the article, "Leave a comment" is but a link
        elif in_comments and paragraph.has_words and not paragraph.is_address:
            is_button = len(paragraph.words) < _LONGEST_BUTTON and says("boilerplate", paragraph)
            kind = "boilerplate" if is_button else "comment"
        elif _is_byline(paragraph, parts[-1].paragraph if parts else None, in_head) or (
            in_head and parts and _is_signed(paragraph, following)
        ):
            kind = "byline"
        else:
            kind = _kind(paragraph, is_last=following is None)
            if kind == "body" and in_head and following and after and _is_headline(paragraph, following, parts):
                kind = "heading"
        in_head = in_head and kind != "body"
        parts.append(Part(paragraph, kind))
    return _without_other_stories(_with_title(_with_biography(parts)))


def _kind(paragraph: Paragraph, *, is_last: bool) -> SectionKind:
    """Give the kind of one paragraph, by its layout and its phrases alone; the last one heads nothing."""
    if not paragraph.has_words or paragraph.is_address or _COMMENT.fullmatch(paragraph.words):
        return "boilerplate"
    if paragraph.is_marked_heading:
        return "heading"
    if says("caption", paragraph) and len(paragraph.words) < 500:
        return "caption"
    if says("boilerplate", paragraph) or _LINKS_ONLY.fullmatch(paragraph.words[:2000]):
        return "boilerplate"
    return "body" if is_last or not _looks_like_heading(paragraph) else "heading"


def _is_byline(paragraph: Paragraph, previous: Paragraph | None, in_head: bool) -> bool:
    """Tell whether it names the author, or outlet and date."""
    line = paragraph.words
    labelled = previous is not None and imprint.author_label(previous.words) and imprint.names_of(line)
    # Below the first paragraph, a bare date belongs to a picture, a correction or another article.
    dated = imprint.dateline_of(line) if in_head else imprint.labelled_date(line)
    return bool(labelled or dated or imprint.author_label(line) or imprint.byline_of(line))


def _is_signed(paragraph: Paragraph, following: Paragraph | None) -> bool:
    """Tell whether it is a name alone between headline and date line: "Jane Holm", "5 October 2021"."""
    dated = following is not None and imprint.dateline_of(following.words) is not None
    return dated and bool(imprint.names_of(paragraph.words))


def _is_headline(paragraph: Paragraph, following: Paragraph, before: Sequence[Part]) -> bool:
    """Tell whether it is short, under no other, and above a byline or a date line: a headline, though a sentence."""
    if len(paragraph.words) > _LONGEST_HEADING or paragraph.is_item or not imprint.heads(following.words):
        return False
    return not any(part.kind == "heading" for part in before)


def _looks_like_heading(paragraph: Paragraph) -> bool:
    """Tell whether it is short and does not end as sentences do: a heading, or the teaser of another article."""
    words = paragraph.head
    if len(paragraph.words) > _LONGEST_HEADING or paragraph.is_item or not paragraph.has_words:
        return False
    if words.isupper() and len(words.split()) <= 6:
        return True
    if QUOTED.fullmatch(words) or re.search(r"[,.?!][”\"]\s", words):
        return False
    if words.endswith(("?", "!")):
        return len(words.split()) <= 8 and ":" not in words
    first = next((c for c in words if c.isalnum()), "a")
    return not paragraph.closed and not words.endswith((",", "-", "—")) and not first.islower()


def _is_title_cased(paragraph: Paragraph) -> bool:
    """Tell whether it is short, its longer words nearly all with capitals: "Visa Program Up for Renewal."."""
    long = [w for w in paragraph.head.split() if len(w) > 3 and w[0].isalpha()]
    capitals = sum(w[0].isupper() for w in long)
    return len(paragraph.words) <= _LONGEST_HEADING and len(long) > 2 and capitals >= 0.8 * len(long)


def _without_other_stories(parts: list[Part]) -> list[Part]:
    """Make boilerplate of the headlines of other stories: those below "More from …", up to the next prose."""
    kept: list[Part] = []
    among = False
    for part in parts:
        if part.kind in ("heading", "boilerplate") and says("stories", part.paragraph):
            among = True
        elif part.kind not in ("heading", "boilerplate"):
            among = False
        kept.append(replace(part, kind="boilerplate") if among else part)
    return kept


def _with_title(parts: list[Part]) -> list[Part]:
    """Make the first heading the title where nothing but the page's edge stands before it."""
    for index, part in enumerate(parts[:-1]):
        if part.kind == "heading" or (part.kind == "body" and _is_title_cased(part.paragraph)):
            return [*parts[:index], replace(part, kind="title"), *parts[index + 1 :]]
        if part.kind in ("body", "comment"):
            break
    return parts


def _with_biography(parts: list[Part]) -> list[Part]:
    """Mark the note on the author, at the head beside a disclaimer or behind the last paragraph."""
    last = max((i for i, p in enumerate(parts) if p.kind == "body"), default=-1)
    return [
        replace(p, kind="byline")
        if (i == last or (i < 4 and p.kind == "boilerplate")) and i > 0 and imprint.biography_of(p.paragraph.words)
        else p
        for i, p in enumerate(parts)
    ]
