"""Who wrote a document, and where and when it appeared, as far as the page itself says.

Nothing here guesses: a date counts only where the page prints it as its own (a date line near the head, "Published
on …"), never because an event of that date is told.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Literal

from claimtrack import lexicon
from claimtrack.lexicon import Entry
from claimtrack.schema import Record, Section

# Capitals of the Latin and Cyrillic alphabets that news in English carries over from names; `re` knows no \p{Lu}.
UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢİĪĮĶŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽƏЀ-Я"
_MONTHS = tuple(name[:3].lower() for name in calendar.month_name if name)
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATES = tuple(
    re.compile(rf"(?<![\w/.\-]){form}(?![\w/\-])", re.IGNORECASE)
    for form in (
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?=T[\d:.,+\-Z]*|\b)(?:T[\d:.,+\-Z]*)?",
        rf"{_YEAR}/(?P<month>\d\d)/(?P<day>\d\d)",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_DAY}\.?\s+{_MONTH},?\s+{_YEAR}",
        rf"(?P<day>\d{{1,2}})\.(?P<month>\d\d)\.{_YEAR}",
        rf"{_YEAR}-(?P<month>\d\d)",
        rf"{_MONTH}\s+{_YEAR}",
        rf"{_YEAR}",
    )
)
# What may stand around a date in a line of its own: "Tue", "at 10:15 a.m. (GMT)", "17.01 BST", "- 3 min read".
_WEEKDAY = re.compile(
    rf"(?<!the )\b(?:{'|'.join(calendar.day_name)}|tues|thurs?|{'|'.join(calendar.day_abbr)})\b[.,]*\s*$", re.IGNORECASE
)
_DAY_BEHIND = re.compile(rf"(?<=\w)\s+(?:{'|'.join(calendar.day_name)})$")  # of a name: "Mara Quist Monday"
_CLOCK = r"\d{1,2}(?:[:.]\d\d){0,2}\s*(?:[AaPp]\.?[Mm]\.?)?\s*\(?(?:[A-Z]{2,4}\b)?\)?"
_CLOCK_BEFORE = re.compile(rf"(?:\bat\s+)?(?<![\w.:]){_CLOCK}\W*$")
_CLOCK_BEHIND = re.compile(rf"\W*(?:at\s+)?(?:{_CLOCK})?\W*(?:\d+\s+min\w*(?:\s+read)?)?(?:\|.{{0,60}})?")
# What parts the pieces of an imprint: "By Jane Holm | 5 October 2021", "Oct. 5, 2021 / 5:01 PM / News".
_PIECES = re.compile(r"\s*[|•·]\s*|\s+[/–—-]\s+")
_LONGEST_BYLINE = 250
# The town in capitals, the day, perhaps the agency, and a dash: how a report of an agency begins.
_BEGINS_DATE = rf"(?i:{'|'.join(_MONTHS)}|\d)"
_WIRE = re.compile(
    rf"(?=[A-Z]{{3}})[A-Z][A-Z .'’-]+(?:, (?!{_BEGINS_DATE})[A-Z][A-Za-z. ]{{1,30}})?,? "
    rf"({_BEGINS_DATE}[^()—–]{{3,28}}?),?"
    r"\s*(?:\([^)\n]{1,40}\)\s*|/[^/\n]{1,40}/\s*)?(?:—|–|--|-)\s"
)

Mark = Literal["author", "biography", "credit", "published", "updated", "original", "outlet", "link"]


class ImprintMark(Entry):
    """Words that introduce a piece of a page's imprint: `published` before a date, `author` before a name."""

    mark: Mark


class Metadata(Record):
    """What is known of a document besides its text; a hand-set value wins over what the page says.

    `published` is ISO 8601, as precise as known.
    """

    title: str | None = None
    byline: tuple[str, ...] = ()
    publisher: str | None = None
    original_publisher: str | None = None
    published: str | None = None
    url: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """Take these values, and where one is unknown, the other's."""
        mine = self.model_dump()
        return Metadata(**{key: mine[key] or value for key, value in other.model_dump().items()})


@cache
def name_word() -> str:
    """Give the form of one word of a name, as a regular expression.

    A stop belongs to it in an acronym, an initial or a short title ("U.S.", "J.", "Gen."), never at a sentence's end.
    """
    titles = "|".join(sorted(lexicon.words("name_words", "title")))
    stopped = rf"(?:[A-Z]\.){{2,5}}|(?:[A-Z]|{titles})\.(?=\s)"
    return rf"(?:al-)?(?:{stopped}|[{UPPER}](?:[\w’'\-]|\.(?=\w))*)"


@cache
def full_name() -> str:
    """Give the form of a name of two words or more: "Mara Quist", "Teo van der Brandt"."""
    particles = "|".join(sorted(lexicon.words("name_words", "particle")))
    return rf"{name_word()}(?:\s+(?:(?:{particles})\s+){{0,2}}{name_word()}){{1,4}}"


@cache
def _name_list() -> str:
    """Give the form of one or more full names: "Ann Lee, Bo Li and Cy Orr"."""
    return rf"{full_name()}(?:(?:,\s+and|,|\s+and|\s+&)\s+{full_name()}){{0,5}}"


@cache
def _outlet() -> str:
    """Give the form of a publisher's name: "Bank for Time", "News.Ex"."""
    return rf"(?-i:{name_word()}(?:\s+(?:of\s+|for\s+|on\s+)?{name_word()}){{0,5}})"


def plain(words: str) -> str:
    """Give the words without Markdown's marks, white space folded: "By [Jo Day](#)" gives "By Jo Day"."""
    words = re.sub(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}\)", r"\1", words)
    words = re.sub(r"^\s*(?:#{1,6}\s+|>\s*)|\*{1,3}(?=\S)|(?<=\S)\*{1,3}", "", words)
    return " ".join(words.replace("\\[", "[").replace("\\]", "]").strip("*_ \t\n\r").split())


def iso_date(words: str) -> str | None:
    """Give the first date in the words as ISO 8601, as precise as it is given: 2021, 2021-10 or 2021-10-06.

    A date of which day and month could be swapped (05/06/2021) is unknown, and so is one that no calendar has.
    """
    for form in _DATES:
        if match := form.search(words):
            return _iso(match.groupdict())
    return None


def _iso(parts: dict[str, str | None]) -> str | None:
    """Give the date of a match as ISO 8601; None when no calendar has it."""
    year, month, day = parts["year"], parts.get("month"), parts.get("day")
    if not month:
        return year
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        date(int(year or 0), number, int(day or 1))
    except ValueError:
        return None
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")


@cache
def marks(mark: Mark) -> str:
    """Give the phrases of a mark as one regular expression, the longest first."""
    entries = (e.phrase for e in lexicon.read("imprint", ImprintMark) if e.mark == mark)
    return "(?:" + "|".join(re.escape(p) for p in sorted(entries, key=len, reverse=True)) + ")"


def byline_of(line: str) -> tuple[str, ...]:
    """Give the authors that a byline names; empty when the line is none.

    "By Ann Lee and Omar Said, Example Times" gives both names, "(Reporting by Ann Lee; Editing by Omar Said)" the
    first; "By 2030, trade will double" gives none.
    """
    if len(line) >= _LONGEST_BYLINE:
        return ()
    words = plain(line)
    match = _byline().match(words) or _credit().match(words)
    return tuple(name for name in _split_names(match[1]) if not is_post(name)) if match else ()


@cache
def _byline() -> re.Pattern[str]:
    """Give the form of a byline: a label or "by", names, perhaps an office, an outlet, a place or a day."""
    label = rf"(?i:{marks('author')}(?:\s*:\s*|(?<=by)\s+))"
    place = rf"\s+(?:in|for|with)\s+(?:the\s+)?{_outlet()}|\s+on\s+.{{0,20}}\d|\s+and\s+(?:{_crowd()})"
    return re.compile(rf"{label}({_name_list()})(?:(?:\s*[,|–—(·]|\s+[/-]\s).{{0,80}}[.]?|{place}|[.])?$")


def authors(names: Iterable[str]) -> tuple[str, ...]:
    """Give the names of authors as a page's data have them without offices and outlets, and written as usual."""
    first, *more = (*_names(name.strip() for name in names if name.strip()), "")
    return tuple(name for name in (first, *(name for name in more if name and not is_post(name))) if name)


def heads(line: str) -> bool:
    """Tell whether a line stands between headline and text: a byline or a date line, not an agency's credit."""
    return dateline_of(line) is not None or bool(byline_of(line) and not _credit().match(plain(line)))


@cache
def _credit() -> re.Pattern[str]:
    """Give the form of the line in which an agency names who reported: "(Reporting by Ann Lee; Editing by …)"."""
    return re.compile(rf"\(?(?i:{marks('credit')})\s+({_name_list()})(?!\w).{{0,200}}\)?$")


@cache
def _crowd() -> str:
    """Give the words for authors without a name: "By Ann Lee and agencies"."""
    return "|".join(sorted(lexicon.words("name_words", "crowd")))


def is_post(name: str) -> bool:
    """Tell whether what stands in a list of names is an office or an outlet: "Staff Writer", "Example Times"."""
    *before, last = name.lower().split()
    named = lexicon.words("name_words", "office") | lexicon.words("name_words", "outlet")
    return len(before) < 3 and last in named  # with more before it, an author's name may be glued to it


def _outlet_of(line: str) -> str | None:
    """Give the outlet that a byline names behind its authors: "By Ann Lee, Example Times"."""
    match = _byline().match(plain(line)) if len(line) < _LONGEST_BYLINE else None
    posts = filter(is_post, _split_names(match[1])) if match else ()
    return next((post for post in posts if post.split()[-1].lower() in lexicon.words("name_words", "outlet")), None)


def author_label(line: str) -> bool:
    """Tell whether the line only announces an author whose name stands in the next: "Author:"."""
    return len(line) < 40 and bool(re.fullmatch(rf"(?i:{marks('author')}|by)\s*:", plain(line)))


def names_of(line: str) -> tuple[str, ...]:
    """Give the full names a line consists of; empty when it holds anything else."""
    match = re.fullmatch(_name_list(), plain(line)) if len(line) < _LONGEST_BYLINE else None
    first, *more = _split_names(match[0]) if match else ("",)
    return (first, *(name for name in more if not is_post(name))) if first else ()


def biography_of(paragraph: str) -> tuple[str, ...]:
    """Give the author whom a note introduces: "Ann Lee is an independent analyst."; empty when it is none."""
    match = re.match(rf"({full_name()})\s+(?:is|was)\s+(?:an?|the)\s+([^.;:]{{0,160}})", plain(paragraph[:400]))
    if match and len(paragraph) < 600 and re.search(rf"(?i)\b{marks('biography')}\b", match[2]):
        return (match[1],)
    return ()


def dateline_of(line: str) -> Metadata | None:
    """Give outlet and date of a line of nothing else: "Example Times, October 6, 2021"; None when it is none.

    The day of the week, the time and the author may stand beside it: "By Ann Lee | Updated 9:14 AM ET, Wed 6 Oct 2021".
    """
    if len(line) > _LONGEST_BYLINE or not any(map(str.isdigit, line)):
        return None
    words = plain(line)
    pieces = _PIECES.split(words)
    whole = _dated(words)
    if whole or len(pieces) == 1 or any(len(piece) > 60 or piece.endswith((".", "!", "?")) for piece in pieces):
        return whole
    return next(filter(None, map(_dated, pieces)), None)


def _dated(line: str) -> Metadata | None:
    """Give outlet and date of one piece of a line."""
    dated = next((m for form in _DATES[:-1] if (m := form.search(line))), None)
    if dated is None or (published := _iso(dated.groupdict())) is None:
        return None
    if not _CLOCK_BEHIND.fullmatch(line[dated.end() :]) and not _changed_behind().match(line[dated.end() :]):
        return None
    before = _CLOCK_BEFORE.sub("", _WEEKDAY.sub("", line[: dated.start()]).rstrip(" ,|–—-·")).strip(" ,|–—-·")
    if not before or re.fullmatch(rf"{_date_label()}\W*", before) or byline_of(re.sub(r"\s+on$", "", before)):
        return Metadata(published=published)
    word = name_word()
    outlet = re.fullmatch(rf"(?:The\s+)?{word}(?:\s+(?:of\s+|for\s+|on\s+)?(?:the\s+)?{word}){{0,5}}", before)
    return Metadata(publisher=before, published=published) if outlet else None


@cache
def _changed_behind() -> re.Pattern[str]:
    """Match what stands behind a date of publication where a change is named, too: ", updated October 7"."""
    return re.compile(rf"[^\n]{{0,30}}?\W(?i:{marks('updated')})\b")


@cache
def _date_label() -> str:
    """Give the words before a date that make it the page's own, as a regular expression."""
    return rf"(?i:{marks('published')}|{marks('updated')})"


def labelled_date(line: str) -> bool:
    """Tell whether the line calls its date the page's own: "Published on 6 October 2021"."""
    return re.match(_date_label(), plain(line[:100])) is not None and dateline_of(line) is not None


def find(text: str, sections: Sequence[Section]) -> Metadata:
    """Read the imprint from the sections of a page; what the page does not say is unknown."""
    lines = [(s.kind, text[s.start : s.end]) for s in sections if s.kind not in ("comment", "quote_block")]
    edge = [words for kind, words in lines if kind in ("byline", "boilerplate")]
    dateline = next((d for words in edge if (d := dateline_of(words))), Metadata())
    return Metadata(
        title=next((plain(words) for kind, words in lines if kind == "title"), None) or _post_title(edge),
        byline=_authors(edge, [words for kind, words in lines if kind == "byline"]),
        publisher=dateline.publisher or _publisher(edge),
        original_publisher=_first(rf"{marks('original')}:?\s+(?:(?:by|in|on|at)\s+)?({_outlet()})", edge),
        published=_published(edge) or _wired(lines),
        url=_first(rf"{marks('link')}\s*:?\s*(https?://\S+)", edge),
    )


def _authors(edge: Sequence[str], bylines: Sequence[str]) -> tuple[str, ...]:
    """Give the authors that the page's edge names: by a byline, else a label with a name under it, else a note."""
    labelled = (names_of(name) for label, name in pairwise(edge) if author_label(label))
    signed = (names_of(name) for name, below in pairwise(bylines) if dateline_of(below) is not None)
    for found in (map(byline_of, edge), labelled, signed, map(biography_of, edge)):
        if names := next(filter(None, found), ()):
            return names
    return ()


def _publisher(edge: Sequence[str]) -> str | None:
    """Give the outlet that a byline names, else the one whose views the page does not share."""
    named = next(filter(None, map(_outlet_of, edge)), None)
    return named or _first(rf"{marks('outlet')}\s+(?:the\s+)?({_outlet()})", edge)


def _published(edge: Iterable[str]) -> str | None:
    """Give the date of publication: a date line, else a line of update."""
    dated = [(re.match(rf"(?i){marks('updated')}", plain(w)) is not None, d) for w in edge if (d := dateline_of(w))]
    return min(dated, key=lambda d: d[0])[1].published if dated else None


def _wired(lines: Iterable[tuple[str, str]]) -> str | None:
    """Give the day in the dateline of an agency's report: "LONDON, Oct 5, 2021 (Example Agency) - The port"."""
    first = next((words for kind, words in lines if kind == "body"), "")
    head = _WIRE.match(first[:200])
    found = iso_date(head[1]) if head else None
    return found if found and len(found) > len("2021") else None


def _post_title(edge: Iterable[str]) -> str | None:
    """Give the title that a heading of comments repeats: 4 replies on “A title”."""
    return _first(r"^\d+\s+\w+\s+(?:on|to)\s+[“\"«](.{3,300})[”\"»]$", edge)


def _first(pattern: str, lines: Iterable[str]) -> str | None:
    """Give the first group of the first line in which the pattern is found, cleaned of closing punctuation."""
    found = (m[1].strip().rstrip(".,;") for line in lines if (m := re.search(f"(?i){pattern}", plain(line[:2000]))))
    return next(found, None)


def _split_names(names: str) -> tuple[str, ...]:
    """Give the names of a list: "Ann Lee, Bo Li and Cy Orr" gives three, "ANN LEE AND BO LI" two, written as usual."""
    return tuple(_names(re.split(r",\s+and\s+|,\s+|\s+(?:and|AND)\s+|\s+&\s+", names)))


def _names(parts: Iterable[str]) -> Iterator[str]:
    """Give each name without the stop of the sentence; initials keep theirs."""
    for part in parts:
        name = _DAY_BEHIND.sub("", part.rstrip(".") if re.search(r"\w{2}\.$", part) else part)
        yield name.title() if name.isupper() and re.search(r"\w{3}", name) else name
