"""Say whose voice a paragraph speaks in: the remarks of somebody who reposts an article, and readers' comments."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from claimtrack import lexicon
from claimtrack.reading import imprint
from claimtrack.reading.capitals import forenames
from claimtrack.reading.imprint import full_name, name_word
from claimtrack.reading.kinds import QUOTED, Part
from claimtrack.reading.paragraphs import EDGE, Paragraph, function_words
from claimtrack.reading.section_cues import phrases, says

_FIRST_PERSON = re.compile(r"\b(?:I|I[’'](?:m|d|ve|ll)|[Mm]y|[Mm]yself)\b")


def reposters(parts: list[Part]) -> list[Part]:
    """Give the reposter the frame around an article, and his remarks between its paragraphs.

    A frame ("Below is an opinion piece") stands among the first paragraphs. A remark is a short paragraph in the
    first person singular inside an article that is otherwise told in the third.
    """
    frame = next((i for i, p in enumerate(parts[:6]) if says("frame", p.paragraph)), None)
    if frame is None:
        return parts
    personal = [p.kind == "body" and _is_personal(p.paragraph) for p in parts]
    bodies = sum(p.kind == "body" for p in parts[frame + 1 :])
    interrupts = sum(personal[frame + 1 :]) <= bodies / 3
    return [
        replace(p, voice="reposter") if i <= frame or (interrupts and personal[i]) else p
        for i, p in enumerate(parts)
    ]


def _is_personal(paragraph: Paragraph) -> bool:
    """Tell whether a short paragraph speaks in the first person singular, outside quotation marks."""
    return len(paragraph.words) < 400 and bool(_FIRST_PERSON.search(QUOTED.sub("", paragraph.words)))


def headliners(parts: list[Part]) -> list[Part]:
    """Give a headline that names its speaker at its end his voice: "Port will not be sold – Berg"."""
    title = next((i for i, p in enumerate(parts) if p.kind == "title"), None)
    named = _headliner().search(parts[title].paragraph.head) if title is not None else None
    if title is None or named is None or parts[title].voice != "author":
        return parts
    prose = [p.paragraph.words[:EDGE] for p in parts[title + 1 :] if p.kind == "body"]
    speaker = _named_in(prose, named[1])
    return [replace(p, voice=speaker) if speaker and i == title else p for i, p in enumerate(parts)]


def _named_in(prose: list[str], name: str) -> str | None:
    """Give the full name of somebody whom the text names; None where it does not, and for an outlet."""
    if imprint.is_post(name):
        return None
    if " " in name:
        return name if any(name in words for words in prose) else None
    full = re.compile(rf"(?<!\w)(?:{name_word()}\s+){{1,3}}{re.escape(name)}(?!\w)")
    found = next((m[0].split() for words in prose for m in full.finditer(words)), [])
    first = next((i for i, word in enumerate(found[:-1]) if word.lower() in forenames()), len(found) - 2)
    return " ".join(found[first:]) if found else None  # "Mayor Anna Berg" is Anna Berg


@cache
def _headliner() -> re.Pattern[str]:
    """Give the form of a speaker behind a headline."""
    return re.compile(rf"\w\S*\s+[–—-]\s+({name_word()}(?:\s+{name_word()}){{0,2}})$")


def commenters(parts: list[Part]) -> list[Part]:
    """Name the voice of each comment, who signs above it or whom a credit line under it names, and its day."""
    voice, day = "commenter", None
    voiced: list[Part] = []
    for part in parts:
        if part.kind != "comment":
            voiced.append(part)
            continue
        if name := _commenter(part.paragraph) or _signed_above(part, voiced):
            voice, day = name, imprint.iso_date(part.paragraph.head)
        if credited := _credited(part.paragraph):
            _credit(voiced, credited)
        voiced.append(replace(part, voice=voice, published=day if day and len(day) > len("2021-10") else None))
    return voiced


def _commenter(paragraph: Paragraph) -> str | None:
    """Tell whom a line names as the writer of a comment: "Mara says:", "Mara on 3 May 2021 at 10:15"."""
    found = (m for form in _signatures() if (m := form.match(paragraph.head)))
    named = (m[1] for m in found if m[1].split()[0].lower() not in function_words())
    return next((name for name in named if len(imprint.iso_date(f"{name} 2000") or "") <= len("2000")), None)


def _signed_above(part: Part, voiced: list[Part]) -> str | None:
    """Give the name in the line above a date line, which is then in its own voice: "Jonas Ek" / "7 October 2021"."""
    if not voiced or voiced[-1].kind != "comment" or not _is_day(part.paragraph.head):
        return None
    above = voiced[-1].paragraph
    if above.closed or len(above.words) > 40 or len(above.words.split()) > 4:
        return None
    voiced[-1] = replace(voiced[-1], voice=above.head)
    return above.head


def _is_day(words: str) -> bool:
    """Tell whether a line says nothing but when a comment was written: a date, or "2 days ago"."""
    ago = rf"(?:(?:{'|'.join(sorted(lexicon.words('speaker_words', 'edited')))})\W+)?\d+ \w+ ago"
    return len(words) < 60 and (imprint.dateline_of(words) is not None or bool(re.fullmatch(rf"(?i){ago}\W*", words)))


@cache
def _signatures() -> tuple[re.Pattern[str], ...]:
    """Give the forms of a line that names the writer of a comment."""
    signs, opens = ("|".join(sorted(lexicon.words("speaker_words", role))) for role in ("signs", "opens"))
    return (
        re.compile(rf"([\w.@’' \-]{{2,40}}?)\s+(?:{signs})\s*:$"),
        re.compile(r"([\w.@’' \-]{2,40}?)(?:\s*[•·|,]\s*|\s+on\s+)(?=.{4,60}$)(?=.*(?:(?:19|20)\d\d|\d+ \w+ ago))"),
        re.compile(rf"({name_word()}(?:\s{name_word()})?)\s+(?:{opens})\s*:\s"),
    )


def _credited(paragraph: Paragraph) -> str | None:
    """Tell whom a credit line names; None when the paragraph is no credit line."""
    match = _credit_line().fullmatch(paragraph.head[:120])
    return re.sub(r"[’']s$", "", match[1]) if match else None


@cache
def _credit_line() -> re.Pattern[str]:
    """Give the form of a line that says where the words above come from: "From Mara Quist's blog!"."""
    places, leads = ("|".join(sorted(map(re.escape, found), key=lambda p: (-len(p), p))) for found in (
        phrases("credit"), lexicon.words("speaker_words", "credits")
    ))
    where = rf"(?:\s+(?i:the\s+)?(?i:{places}))?"
    return re.compile(rf"(?:{leads}|[—–-])\s*({full_name()}?)(?:[’']s)?{where}[!.]*")


def _credit(voiced: list[Part], name: str) -> None:
    """Give the name to the comment's paragraphs that go before, back to a link, a signature or a loose remark."""
    for index in range(len(voiced) - 1, -1, -1):
        part = voiced[index]
        if part.kind != "comment" or not part.paragraph.closed or _credited(part.paragraph):
            break
        voiced[index] = replace(part, voice=name)
