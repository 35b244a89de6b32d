"""Say of every paragraph what it is, and whose voice it speaks in, without removing a character.

What a page says by its layout and its set phrases (`lexicons/en/sections.toml`, `quote_cues.toml`) is read here:
headings, captions, share buttons, the readers' comments, the remarks of somebody who reposts an article, and quotations
that stand as paragraphs of their own, without quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest
from typing import Literal

from claimtrack import lexicon
from claimtrack.lexicon import Entry
from claimtrack.reading import imprint
from claimtrack.reading.imprint import FULL_NAME, NAME_WORD
from claimtrack.reading.paragraphs import Paragraph, cut, function_words
from claimtrack.schema import Section, SectionKind

Role = Literal["boilerplate", "caption", "frame", "comments", "credit", "honorific"]

_LONGEST_HEADING = 200
_LINKS_ONLY = re.compile(r"(?:[|,•·\s]*!?\[[^\[\]]{0,300}\]\([^()\s]{0,500}\))+[|,•·\s]*")
_FIRST_PERSON = re.compile(r"\b(?:I|I[’'](?:m|d|ve|ll)|[Mm]y|[Mm]yself)\b")
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_LABEL = re.compile(r"[^\W\d_][\w .’'\-]{0,40}:\s")
_OPENING = ("“", '"', "„", "«", "‘", "'", "‹", "「", "『")


class SectionCue(Entry):
    """A phrase that shows what a paragraph is for, and where in it the phrase must stand.

    `label` is the phrase before a colon at the start ("Tags: trade"), `whole` is the phrase and nothing else, `end` is
    the phrase with at most 50 characters behind it. "#" stands for a number.
    """

    role: Role
    at: Literal["start", "whole", "label", "end", "anywhere"]


class QuoteCue(Entry):
    """A word that hands the floor to somebody; a `noun` does with "by" behind it, or "in a" before it."""

    forms: tuple[str, ...]
    noun: bool = False


@dataclass(frozen=True)
class _Part:
    """A paragraph with the kind and voice found so far."""

    paragraph: Paragraph
    kind: SectionKind
    voice: str = "author"


def sectionize(text: str, byline: Sequence[str] = (), comments_at: int | None = None) -> tuple[Section, ...]:
    """Cut a text into sections that cover all of it but white space, in order.

    Where the author of a section is known, by `byline` or by the page itself, his name is its voice; else "author".
    From the character `comments_at` on, everything is readers' comments. A blank text has no sections.
    """
    parts = _kinds(cut(text), comments_at)
    parts = _quote_blocks(_comment_voices(_repost_voices(parts)))
    sections = tuple(
        Section(kind=p.kind, start=p.paragraph.start, end=p.paragraph.end, voice=p.voice) for p in parts
    )
    author = " and ".join(byline or imprint.find(text, sections).byline)
    return tuple(s.model_copy(update={"voice": author}) if author and s.voice == "author" else s for s in sections)


# --- kinds


@cache
def _cues(role: Role, *places: str) -> tuple[SectionCue, ...]:
    """Give the entries of a role that must stand at one of the places."""
    return tuple(c for c in lexicon.read("sections", SectionCue) if c.role == role and c.at in places)


@cache
def _opening(role: Role) -> re.Pattern[str]:
    """Give the phrases of a role that must stand at the start, as one regular expression."""
    forms = {"start": r"{}(?!\w)", "whole": r"{}\W*$", "label": r"{}\s*:"}
    cues = _cues(role, *forms)
    return re.compile("|".join(forms[c.at].format(re.escape(c.phrase).replace(r"\#", r"\d+")) for c in cues))


def _says(role: Role, paragraph: Paragraph) -> bool:
    """Tell whether the head of a paragraph holds a phrase of the role."""
    words = paragraph.head.lower().replace("’", "'").lstrip("([{|• ")
    if _opening(role).match(words) or any(cue.phrase in words for cue in _cues(role, "anywhere")):
        return True
    return any(cue.phrase in words[-50 - len(cue.phrase) :] for cue in _cues(role, "end"))


def _kinds(paragraphs: Sequence[Paragraph], comments_at: int | None) -> list[_Part]:
    """Give the kind of every paragraph."""
    parts: list[_Part] = []
    in_head, in_comments = True, False
    for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
        in_comments = in_comments or (comments_at is not None and paragraph.start >= comments_at)
        if len(paragraph.words) < _LONGEST_HEADING and _says("comments", paragraph):
            kind: SectionKind = "boilerplate"
            in_comments = not in_head  # above the article, "Leave a comment" is but a link
        elif in_comments and paragraph.has_words and not paragraph.is_address:
            kind = "comment"
        elif _is_byline(paragraph, parts[-1].paragraph if parts else None, in_head):
            kind = "byline"
        else:
            kind = _kind(paragraph, is_last=following is None)
        in_head = in_head and kind != "body"
        parts.append(_Part(paragraph, kind))
    return _with_title(_with_biography(parts))


def _kind(paragraph: Paragraph, *, is_last: bool) -> SectionKind:
    """Give the kind of one paragraph, by its layout and its phrases alone; the last one heads nothing."""
    if not paragraph.has_words or paragraph.is_address:
        return "boilerplate"
    if paragraph.is_marked_heading:
        return "heading"
    if _says("caption", paragraph) and len(paragraph.words) < 500:
        return "caption"
    if _says("boilerplate", paragraph) or _LINKS_ONLY.fullmatch(paragraph.words[:2000]):
        return "boilerplate"
    return "body" if is_last or not _looks_like_heading(paragraph) else "heading"


def _is_byline(paragraph: Paragraph, previous: Paragraph | None, in_head: bool) -> bool:
    """Tell whether it names the author, or outlet and date."""
    line = paragraph.words
    labelled = previous is not None and imprint.author_label(previous.words) and imprint.names_of(line)
    # Below the first paragraph, a bare date belongs to a picture, a correction or another article.
    dated = imprint.dateline_of(line) if in_head else imprint.labelled_date(line)
    return bool(labelled or dated or imprint.author_label(line) or imprint.byline_of(line))


def _looks_like_heading(paragraph: Paragraph) -> bool:
    """Tell whether it is short and does not end as sentences do: a heading, or the teaser of another article."""
    words = paragraph.head
    if len(paragraph.words) > _LONGEST_HEADING or paragraph.is_item or not paragraph.has_words:
        return False
    if words.isupper() and len(words.split()) <= 6:
        return True
    if _QUOTED.fullmatch(words) or re.search(r"[,.?!][”\"]\s", words):
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


def _with_title(parts: list[_Part]) -> list[_Part]:
    """Make the first heading the title where nothing but the page's edge stands before it."""
    for index, part in enumerate(parts[:-1]):
        if part.kind == "heading" or (part.kind == "body" and _is_title_cased(part.paragraph)):
            return [*parts[:index], replace(part, kind="title"), *parts[index + 1 :]]
        if part.kind in ("body", "comment"):
            break
    return parts


def _with_biography(parts: list[_Part]) -> list[_Part]:
    """Mark the note on the author, at the head beside a disclaimer or behind the last paragraph."""
    last = max((i for i, p in enumerate(parts) if p.kind == "body"), default=-1)
    return [
        replace(p, kind="byline")
        if (i == last or (i < 4 and p.kind == "boilerplate")) and i > 0 and imprint.biography_of(p.paragraph.words)
        else p
        for i, p in enumerate(parts)
    ]


# --- voices: reposters and commenters


def _repost_voices(parts: list[_Part]) -> list[_Part]:
    """Give the reposter the frame around an article, and his remarks between its paragraphs.

    A frame ("Below is an opinion piece") stands among the first paragraphs. A remark is a short paragraph in the
    first person singular inside an article that is otherwise told in the third.
    """
    frame = next((i for i, p in enumerate(parts[:6]) if _says("frame", p.paragraph)), None)
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
    return len(paragraph.words) < 400 and bool(_FIRST_PERSON.search(_QUOTED.sub("", paragraph.words)))


_SIGNATURES = (
    re.compile(r"([\w.@’' \-]{2,40}?)\s+(?:says|said|writes|wrote|replied)\s*:$"),
    re.compile(r"([\w.@’' \-]{2,40}?)(?:\s*[•·|,]\s*|\s+on\s+)(?=.{4,60}$)(?=.*(?:(?:19|20)\d\d|\d+ \w+ ago))"),
    re.compile(rf"({NAME_WORD}(?:\s{NAME_WORD})?)\s+(?:says|wrote)\s*:\s"),
)


def _commenter(paragraph: Paragraph) -> str | None:
    """Tell whom a line names as the writer of a comment: "Mara says:", "Mara on 3 May 2021 at 10:15"."""
    found = (m for form in _SIGNATURES if (m := form.match(paragraph.head)))
    return next((m[1] for m in found if m[1].split()[0].lower() not in function_words()), None)


def _comment_voices(parts: list[_Part]) -> list[_Part]:
    """Name the voice of each comment: who signs above it, or whom a credit line under it names."""
    voice = "commenter"
    voiced: list[_Part] = []
    for part in parts:
        if part.kind != "comment":
            voiced.append(part)
            continue
        voice = _commenter(part.paragraph) or voice
        if credited := _credited(part.paragraph):
            _credit(voiced, credited)
        voiced.append(replace(part, voice=voice))
    return voiced


@cache
def _credit_line() -> re.Pattern[str]:
    """Give the form of a line that says where the words above come from: "From Mara Quist's blog!"."""
    places = "|".join(re.escape(c.phrase) for c in lexicon.read("sections", SectionCue) if c.role == "credit")
    where = rf"(?:\s+(?i:the\s+)?(?i:{places}))?"
    return re.compile(rf"(?:From|Via|By|Source:|H/T|Courtesy of|[—–-])\s*({FULL_NAME}?)(?:[’']s)?{where}[!.]*")


def _credited(paragraph: Paragraph) -> str | None:
    """Tell whom a credit line names; None when the paragraph is no credit line."""
    match = _credit_line().fullmatch(paragraph.head[:120])
    return re.sub(r"[’']s$", "", match[1]) if match else None


def _credit(voiced: list[_Part], name: str) -> None:
    """Give the name to the comment's paragraphs that go before, back to a link, a signature or a loose remark."""
    for index in range(len(voiced) - 1, -1, -1):
        part = voiced[index]
        if part.kind != "comment" or not part.paragraph.closed or _credited(part.paragraph):
            break
        voiced[index] = replace(part, voice=name)


# --- quotations without quotation marks


def _quote_blocks(parts: list[_Part]) -> list[_Part]:
    """Mark paragraphs that a reporting clause hands to another speaker.

    The clause stands at the end of the paragraph before, with a colon ("The mayor writes:"), or alone in a paragraph
    behind a comma ("…, / Quist emphasized."). The latter takes the paragraphs back to the last heading or
    reporting clause, if there is one within three; else only the one that the comma ends.
    """
    quoted = list(parts)
    for index, part in enumerate(parts):
        if part.kind != "body":
            continue
        if index + 1 < len(parts) and (speaker := _hands_over(part.paragraph)) and _is_unmarked(parts[index + 1]):
            quoted[index + 1] = replace(parts[index + 1], kind="quote_block", voice=_full_name(speaker, parts, index))
        elif index and (speaker := _closes(part.paragraph)) and parts[index - 1].paragraph.words.endswith(","):
            voice = _full_name(speaker, parts, index)
            for earlier in _quoted_before(quoted, index):
                quoted[earlier] = replace(quoted[earlier], kind="quote_block", voice=voice)
    return quoted


def _is_unmarked(part: _Part) -> bool:
    """Tell whether a paragraph can be quoted without marks: prose that opens no quotation and announces none."""
    words = part.paragraph.words
    prose = part.kind == "body" and not part.paragraph.is_item and not words[0].islower()
    return prose and not words.startswith(_OPENING) and not words.endswith(":") and not _LABEL.match(words[:60])


def _quoted_before(parts: Sequence[_Part], index: int) -> Iterator[int]:
    """Give the paragraphs that a closing clause at `index` quotes, backwards."""
    begin = index
    while begin > max(0, index - 4) and _is_unmarked(parts[begin - 1]) and not _reports(parts[begin - 1].paragraph):
        begin -= 1
    bounded = index - begin <= 3 and begin > 0
    yield from range(index - 1, begin - 1, -1) if bounded else (index - 1,)


@cache
def _verbs() -> str:
    """Give the forms of the reporting verbs as alternatives of a regular expression."""
    forms = (form for cue in lexicon.read("quote_cues", QuoteCue) if not cue.noun for form in cue.forms)
    return "|".join(sorted(map(re.escape, forms), key=len, reverse=True))


@cache
def _nouns() -> str:
    """Give the nouns of speech as alternatives of a regular expression."""
    forms = (form for cue in lexicon.read("quote_cues", QuoteCue) if cue.noun for form in cue.forms)
    return "|".join(map(re.escape, forms))


_ARTICLE = r"(?:[Tt]he|[Aa]n?|[Tt]his|[Hh]is|[Hh]er|[Tt]heir|[Ss]ome|[Mm]any|[Ss]everal)"
_NAME = rf"(?!{_ARTICLE}\s+[a-z]){NAME_WORD}(?:\s+(?:of\s+(?:the\s+)?)?{NAME_WORD}){{0,4}}(?![\w’'])(?<![’']s)"
_NOUN_WORD = r"(?!(?:and|or|who|that|which|but|as|the|an?|of|in|for|at|from|to)\b)[\w’'\-]+"
_NOUNS = rf"(?:{_NOUN_WORD}\s+){{0,3}}?{_NOUN_WORD}"
_ROLE = rf"{_ARTICLE}\s+{_NOUNS}(?:\s+(?:of|in|for|at|from)\s+(?:{_ARTICLE}\s+)?{_NOUNS})?"
_PRONOUN = r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)"
_SUBJECT = rf"(?:(?P<pronoun>{_PRONOUN}\b)|(?P<role>{_ROLE})|(?P<name>{_NAME}))"
_ADVERBS = r"(?:\s*,[^,:]{2,80},)?(?:\s+(?:also|further|then|later|has|had|have|\w+ly))*"
# A clause hands over only from nearby: what it reports itself may stand between it and the colon.
_LONGEST_GAP = 110


@cache
def _clause() -> re.Pattern[str]:
    """Match a reporting clause: a subject, then a verb of speech; or "according to" and a name."""
    verb = rf"(?:{_verbs()})\b(?!\s+(?:of|about|began|is|are|was|were|have|had)\b)"
    return re.compile(rf"\b{_SUBJECT}{_ADVERBS}\s+{verb}|\b[Aa]ccording to (?P<by>(?:[Tt]he\s+)?{_NAME})")


@cache
def _joined_clause() -> re.Pattern[str]:
    """Match a reporting clause whose subject stands before another verb: "The port ran a test and reported …"."""
    return re.compile(rf"{_SUBJECT}\b.{{0,200}}\b(?:and|but)\s+(?:{_verbs()})\b")


@cache
def _noun_clause() -> re.Pattern[str]:
    """Match a noun of speech with its speaker: "a statement by Mara Quist", or "in a letter to the board, …"."""
    return re.compile(
        rf"\b(?:{_nouns()})\s+(?:by|of|from)\s+(?P<by>{_NAME})|^[Ii]n\s+(?P<source>(?:an?|the|this|his|her|their)"
        rf"\s+(?:{_NOUN_WORD}\s+){{0,5}}?(?:{_nouns()})(?:\s+in\s+{_NAME})?)(?:\s+(?:to|of|on|for|from)\s[^,]{{2,60}})?,"
    )


@cache
def _closing() -> re.Pattern[str]:
    """Match a reporting clause that is a whole paragraph: "Quist emphasized.", "He said in an interview."."""
    where = r"(?:\s+(?:in|to|on|at|during|after|via)\s+[^.:;]{2,60})?"
    return re.compile(rf"{_SUBJECT}{_ADVERBS}\s+(?:{_verbs()}){where}\.|(?:{_verbs()})\s+(?P<after>{_NAME}){where}\.")


def _hands_over(paragraph: Paragraph) -> str | None:
    """Give the speaker whom the last sentence of a paragraph announces with a colon."""
    if not paragraph.words.endswith(":"):
        return None
    sentence = re.split(r"(?<=[.!?])\s+(?=[^\sa-z])", paragraph.tail)[-1]
    clauses = [m for m in _clause().finditer(sentence) if len(sentence) - m.end() <= _LONGEST_GAP][-1:]
    found = clauses or [*_joined_clause().finditer(sentence)] or [*_noun_clause().finditer(sentence)]
    subject = _subject(found[0]) if found else None
    return None if subject is None or _bare_name(subject) in ("I", "We") else subject


def _closes(paragraph: Paragraph) -> str | None:
    """Give the speaker whom a paragraph names that is a bare reporting clause."""
    match = _closing().fullmatch(paragraph.head) if len(paragraph.words) < 120 else None
    return _subject(match) if match else None


def _reports(paragraph: Paragraph) -> bool:
    """Tell whether the paragraph begins with a reporting clause, so that its narrator speaks."""
    return bool(_clause().match(paragraph.head)) or _hands_over(paragraph) is not None


def _subject(match: re.Match[str]) -> str:
    """Give the words of a match that name the speaker, their article in small letters."""
    first, *rest = next(value for value in match.groupdict().values() if value).split()
    return " ".join((first.lower() if rest and re.fullmatch(_ARTICLE, first) else first, *rest))


@cache
def _honorifics() -> frozenset[str]:
    """Give the titles that stand before a name and are no part of it."""
    return frozenset(c.phrase for c in lexicon.read("sections", SectionCue) if c.role == "honorific")


def _bare_name(name: str) -> str:
    """Give the name without what stands before it: "But Deputy Minister Mara Quist" gives "Mara Quist"."""
    words = name.split()
    while len(words) > 1 and words[1][0].isupper() and _is_no_name(words[0].lower().rstrip(".")):
        del words[0]
    return " ".join(words)


def _is_no_name(word: str) -> bool:
    """Tell whether a word before a name is a title, an owner's, or only begins the sentence."""
    return word in _honorifics() or word in function_words() or word.endswith(("'s", "’s"))


def _full_name(speaker: str, parts: Sequence[_Part], index: int) -> str:
    """Give the speaker's full name where the text up to `index` gives it.

    "He" and "she" are the last one whom a reporting clause shortly before names; who else is not named is "unnamed".
    """
    name = _bare_name(speaker)
    near = parts[max(0, index - _FAR_PARAGRAPHS) : index + 1]
    before = [part.paragraph for part in reversed(near) if part.kind in ("body", "title")]
    if re.fullmatch(_PRONOUN, name):
        named = (_last_speaker(paragraph) for paragraph in before[:5] if name.lower() in ("he", "she"))
        name = _bare_name(next(filter(None, named), _UNNAMED))
    if not name[0].isupper() or " " in name:
        return name
    longer = re.compile(rf"(?:{NAME_WORD}\s+){{1,4}}{re.escape(name)}(?!\w)")
    found = (longer.findall(paragraph.words[:_FAR]) for paragraph in before)
    return _bare_name(next(filter(None, found), [name])[-1])


_UNNAMED = "unnamed"
# How far back a name is looked for, so that a text of endless quotations costs no more than its length.
_FAR_PARAGRAPHS, _FAR = 200, 20_000


def _last_speaker(paragraph: Paragraph) -> str | None:
    """Give the name in the last reporting clause of a paragraph that has one."""
    names = [_subject(match) for match in _clause().finditer(paragraph.words[:_FAR]) if match["name"] or match["by"]]
    return names[-1] if names else None
