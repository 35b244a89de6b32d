"""When the content of a claim holds: the words of time, the interval they name, and past, present or future.

Only spans that the parser tagged DATE and a short list of horizons ("in the near future") are read: a free search for
dates takes the modal "may" for the month. Years, months and seasons of a year are read here; relative days ("last
Tuesday") go to dateparser with the day of publication as their base.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from claimtrack import lexicon, scope
from claimtrack.schema import Relation, Span, Time
from claimtrack.scope import Layer

if TYPE_CHECKING:
    from dateparser.date import DateDataParser
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

Interval = tuple[str | None, str | None]


class Horizon(lexicon.Entry):
    """A phrase of time without a date; `earliest` and `latest` are days from the day of writing."""

    relation: Literal["past", "future"]
    earliest: int | None = None
    latest: int | None = None


FUTURE_MODALS = frozenset({"will", "'ll", "’ll", "wo", "shall", "may", "might"})
FORWARD_MODALS = FUTURE_MODALS | {"would", "'d", "’d", "could", "should", "must", "ought"}
TIMELESS_ADVERBS = frozenset({"always", "generally", "usually", "traditionally", "invariably", "typically"})
FORWARD_KINDS = frozenset({
    "likelihood", "intention", "desire", "demand", "threat", "hope", "fear", "proposal", "attempt", "readiness",
    "warning",
})


def time_of(chain: Sequence[Layer], governed: Sequence[Layer], span: Span, published: str | None) -> Time:
    """Tell when the event of `chain` takes place: its words of time in `span` and what tense and governors say.

    `chain` ends at what qualifies the event, `governed` at the root of the sentence: tense comes from either. A word of
    time belongs to the event or to a hedge above it ("is expected by May to open"); one that hangs on another verb in
    between dates that verb. Without a usable day of publication only full dates are resolved.
    """
    event = chain[0].head
    relation = relation_of(governed)
    base = _base(published)
    for start, end, horizon in _mentions(event, chain, span):
        text = _text(event.doc, start, end)
        interval = _reach(horizon, base) if horizon else resolve(text, published, relation == "future")
        if relation == "present":
            relation = horizon.relation if horizon else _relative(interval, base)
        return Time(text=text, span=(start, end), start=interval[0], end=interval[1], relation=relation)
    return Time(relation=relation)


# --- past, present, future ----------------------------------------------------------------------------------------


def relation_of(chain: Sequence[Layer]) -> Relation:
    """Read past, present, future or timeless from tense and aspect of the event and the predicates above it."""
    governors = [(layer.marker, layer.entry.kind) for layer in chain[1:] if layer.entry is not None]
    if ("if", "likelihood") in governors or ("ing", "likelihood") in governors:
        return "future"  # "I would be surprised if they left", "The risk is losing the port"
    own = tense(chain[0].head)
    if own is not None:
        if any(c.lower_ in TIMELESS_ADVERBS for c in chain[0].head.children) and own == "present":
            return "timeless"
        return own
    attribute = chain[0].attribute
    if attribute is not None and attribute.kind in FORWARD_KINDS:
        return "future"
    for layer in chain[1:]:
        if layer.entry is not None and layer.entry.kind in FORWARD_KINDS and layer.marker != "that":
            return "future"
        outer = tense(layer.head)
        if outer is not None:
            return outer
    return "present"


def tense(token: Token) -> Relation | None:
    """Read the tense of one predicate; None for infinitives, participles and nouns, which take it from above."""
    auxiliaries = scope.auxiliaries(token)
    verb = scope.top(token)
    modal = scope.modal(token)
    if scope.subjunctive(token):
        return "future"
    if modal is not None and modal.lower_ in FORWARD_MODALS:
        perfect = any(a.lower_ == "have" for a in auxiliaries)
        return "past" if perfect and modal.lower_ not in FUTURE_MODALS - {"may", "might"} else "future"
    if verb.lower_ == "going" and any(c.dep_ == "xcomp" for c in verb.children):
        return "future"
    return _finite_tense(verb, auxiliaries)


def _finite_tense(verb: Token, auxiliaries: Sequence[Token]) -> Relation | None:
    has_been_doing = any(a.lower_ == "been" for a in auxiliaries) and verb.tag_ == "VBG"
    for auxiliary in auxiliaries:
        if auxiliary.tag_ == "TO":
            return "past" if any(a.lower_ == "have" for a in auxiliaries) else None
        if auxiliary.tag_ == "VBD":
            return "past"
        if auxiliary.lemma_ in ("have", "'ve", "’ve") and auxiliary.tag_ in ("VBZ", "VBP"):
            return "present" if has_been_doing else "past"
    if verb.tag_ == "VBD" and not auxiliaries:
        return "past"
    if verb.tag_ in ("VBZ", "VBP") or any(a.tag_ in ("VBZ", "VBP", "MD") for a in auxiliaries):
        return "present"
    return None


def _relative(interval: Interval, base: date | None) -> Relation:
    """Put a dated present tense ("The summit opens on 3 May") before or after the day of writing."""
    start, end = interval
    if base is None or (start is None and end is None):
        return "present"
    if end is not None and end < base.isoformat():
        return "past"
    return "future" if start is not None and start > base.isoformat() else "present"


# --- words of time -------------------------------------------------------------------------------------------------


def _mentions(event: Token, chain: Sequence[Layer], span: Span) -> Iterator[tuple[int, int, Horizon | None]]:
    """Give the words of time that date the event: (start, end, horizon or None for a date), in text order."""
    heads = {scope.top(layer.head).i for layer in chain} | {layer.head.i for layer in chain}
    words = event.doc.char_span(*span, alignment_mode="expand")
    if words is None:
        return
    found: list[tuple[int, int, Horizon | None]] = [
        (*_with_preposition(d.root, d.start_char, d.end_char), None) for d in _dates(words)
        if _hangs_on(d.root, heads) and _names_time(d)
    ]
    text, offset = words.text, words.start_char
    horizons: list[tuple[int, int, Horizon | None]] = []
    for match in _horizon_pattern().finditer(text):
        start, end = offset + match.start(), offset + match.end()
        token = event.doc.char_span(start, end, alignment_mode="expand")
        if token is not None and _hangs_on(token.root, heads):
            horizons.append((start, end, _horizons()[match[0].lower()]))
    yield from horizons
    yield from found


def _names_time(date: SpacySpan) -> bool:
    """Tell a time from an age, a bare number and other words that are tagged as a date."""
    following = date.doc[date.start:date.end + 2].text
    return bool(_CALENDAR.search(date.text)) and not _TIMELESS.search(date.text) and not _EVENT_SEASON.search(following)


def _dates(words: SpacySpan) -> Iterator[SpacySpan]:
    """Give the dates among the words; the ends of a range, tagged apart ("from March to May 2015"), are one."""
    held: SpacySpan | None = None
    for found in _tagged(words):
        if held is not None and words.doc[held.end:found.start].text.lower() in ("to", "until", "till", "-", "–"):
            held = words.doc[held.start:found.end]
            continue
        if held is not None:
            yield held
        held = found
    if held is not None:
        yield held


def _tagged(words: SpacySpan) -> Iterator[SpacySpan]:
    """Give the DATE entities that begin among the words; a Doc's own list would be built anew for every claim."""
    start = None
    for token in words:
        inside = token.ent_type_ == "DATE"
        if start is not None and (not inside or token.ent_iob_ == "B"):
            yield words.doc[start:token.i]
            start = None
        if inside and start is None:
            start = token.i
    if start is not None:
        yield words.doc[start:words.end]


def _text(doc: Doc, start: int, end: int) -> str:
    words = doc.char_span(start, end, alignment_mode="expand")
    assert words is not None  # start and end are those of tokens
    return words.text[start - words.start_char:end - words.start_char]


def _with_preposition(root: Token, start: int, end: int) -> Span:
    """Take in the preposition that bounds a date: "by 2026", "since March", "until Friday"."""
    head = root.head
    if root.dep_ == "pobj" and head.lower_ in ("by", "since", "until", "till", "before", "after", "within"):
        return min(head.idx, start), end
    return start, end


def _hangs_on(root: Token, heads: set[int]) -> bool:
    """Tell whether a word of time hangs on the event's chain with no other verb in between."""
    node = root
    for _ in range(scope.MAX_DEPTH):
        if node.i in heads:
            return True
        if node.pos_ in ("VERB", "AUX") or node.head == node:
            return False
        node = node.head
    return False


@cache
def _horizons() -> dict[str, Horizon]:
    return lexicon.phrases("horizons", Horizon)


@cache
def _horizon_pattern() -> re.Pattern[str]:
    phrases = sorted(_horizons(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(p) for p in phrases) + r")\b", re.I)


def _reach(horizon: Horizon, base: date | None) -> Interval:
    if base is None:
        return None, None
    ends = [None if d is None else (base + timedelta(days=d)).isoformat() for d in (horizon.earliest, horizon.latest)]
    return ends[0], ends[1]


# --- resolution ----------------------------------------------------------------------------------------------------

_UNITS = "day|week|weekend|fortnight|month|quarter|year|decade|century|morning|afternoon|evening|night"
_CALENDAR = re.compile(
    rf"\b(?:(?:{_UNITS})s?|centuries|ago|today|tomorrow|yesterday|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    rf"|spring|summer|autumn|fall|winter|{'|'.join(m for m in calendar.month_name if m)}"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)|christmas|easter|ramadan|'?\d0s)\b"
    r"|(?<![\d.,])(?:1\d|20|21)\d\d(?!\d|[.,]\d)", re.I)
# "24-year-old" is an age, "a field day" and "a bad year" are kinds of day and year.
_TIMELESS = re.compile(
    rf"\bold\b|\baged?\b|^an?\s+(?!few|full|whole|single|couple)[\w-]+\s+(?:{_UNITS})$", re.I)
_EVENT_SEASON = re.compile(r"\b(?:fall|spring)\s+of\s+(?!this\b|last\b|next\b|\d)", re.I)
_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
_MONTH = "(" + "|".join(_MONTHS) + ")"
_YEAR = r"((?:1\d|20|21)\d\d)"
_RANGE = re.compile(rf"(?:between\s+)?{_YEAR}\s*(?:\band\b|\bto\b|\buntil\b|[-–])\s*{_YEAR}", re.I)
_SEASON_YEAR = re.compile(r"^(?:the\s+)?(1\d|20|21)(\d\d)\s*[-–/]\s*(\d\d)$", re.I)
_MONTH_RANGE = re.compile(rf"\b{_MONTH}(?:\s+{_YEAR})?\s*(?:\band\b|\bto\b|\buntil\b|[-–])\s*{_MONTH}\s+{_YEAR}$", re.I)
_DECADE = re.compile(r"(early|mid|late)?[- ]?\s*(?:the\s+)?((?:1\d|20)\d)0s", re.I)
_PART = re.compile(rf"(early|mid|late|the beginning of|the end of)[- ]?\s*{_YEAR}$", re.I)
_MONTH_YEAR = re.compile(rf"\b{_MONTH}\s+(?:of\s+)?{_YEAR}$", re.I)
_MONTH_ONLY = re.compile(rf"^{_MONTH}$", re.I)
_YEAR_ONLY = re.compile(rf"^(?:the\s+)?{_YEAR}$", re.I)
_NOT_A_POINT = re.compile(
    r"\b(days|weeks|months|years|decades|centuries|century|annual|daily|weekly|monthly|yearly|old|night|winter|summer)\b",
    re.I)
# "later" and "earlier" count from another event, not from the day of writing.
_ELSEWHERE = re.compile(r"\b(earlier|later|prior|previous|following)\b", re.I)
_AGO = re.compile(r"\b(ago|from now)\b", re.I)
_PREPOSITION = re.compile(r"^(by|since|until|till|before|after|within|in|on|the|of|around|about)\s+", re.I)
_PARTS = {"early": (1, 4), "the beginning of": (1, 3), "mid": (5, 8), "late": (9, 12), "the end of": (10, 12)}
_TENTHS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}


def _base(published: str | None) -> date | None:
    """Return the day of publication; a date known to the month or year counts from its first day."""
    if not published:
        return None
    digits = [int(p) for p in published[:10].split("-") if p.isdigit()]
    if not digits:
        return None
    year, month, day = [*digits, 1, 1][:3] if len(digits) < 3 else digits
    return date(year, month, day)


@lru_cache(maxsize=4096)
def resolve(text: str, published: str | None, future: bool) -> Interval:
    """Resolve words of time to an interval of ISO dates, (None, None) where they name none.

    "by" leaves the start open, "since" the end. A date without a year is the nearest in the direction of `future`.
    """
    words = text.strip().lower()
    bound = words.split(" ", 1)[0]
    start, end = _interval(_PREPOSITION.sub("", _PREPOSITION.sub("", words)), _base(published), future)
    if bound in ("by", "until", "till", "before", "within"):
        return (None, end)
    if bound in ("since", "after"):
        return (start, None)
    return start, end


def _interval(words: str, base: date | None, future: bool) -> Interval:
    if match := _RANGE.search(words):
        years = [y for y in match.groups() if y]
        return f"{years[0]}-01-01", f"{years[1]}-12-31"
    if (match := _SEASON_YEAR.search(words)) and int(match[3]) == int(match[2]) + 1:
        return f"{match[1]}{match[2]}-01-01", f"{match[1]}{match[3]}-12-31"
    if match := _MONTH_RANGE.search(words):
        first_month, first_year, last_month, last_year = match.groups()
        start = _month(int(first_year or last_year), _MONTHS[first_month.lower()])[0]
        return start, _month(int(last_year), _MONTHS[last_month.lower()])[1]
    if match := _DECADE.search(words):
        first, last = _TENTHS.get((match[1] or "").lower(), (0, 9))
        return f"{match[2]}{first}-01-01", f"{match[2]}{last}-12-31"
    if match := _PART.search(words):
        first, last = _PARTS[match[1].lower()]
        return _month(int(match[2]), first)[0], _month(int(match[2]), last)[1]
    if match := _YEAR_ONLY.search(words):
        return f"{match[1]}-01-01", f"{match[1]}-12-31"
    if (match := _MONTH_YEAR.search(words)) and not re.search(r"\d", words[:match.start()]):
        return _month(int(match[2]), _MONTHS[match[1].lower()])
    if (match := _MONTH_ONLY.search(words)) and base:
        return _nearest_month(_MONTHS[match[1].lower()], base, future)
    return _parsed(words, base, future)


def _month(year: int, month: int) -> tuple[str, str]:
    last = calendar.monthrange(year, month)[1]
    return date(year, month, 1).isoformat(), date(year, month, last).isoformat()


def _nearest_month(month: int, base: date, future: bool) -> Interval:
    year = base.year
    if future and month < base.month:
        year += 1
    elif not future and month > base.month:
        year -= 1
    return _month(year, month)


def _parsed(words: str, base: date | None, future: bool) -> Interval:
    """Ask dateparser for the rest: days, "last month", "two weeks ago"; durations ("three years") name no time."""
    if _NOT_A_POINT.search(words) and not _AGO.search(words):
        return None, None
    if _ELSEWHERE.search(words):
        return None, None
    if base is None and not re.search(_YEAR, words):
        return None, None
    data = _parser(base or date(2000, 1, 1), future).get_date_data(words)
    if data.date_obj is None:
        return None, None
    day = data.date_obj.date()
    if data.period == "year":
        return f"{day.year}-01-01", f"{day.year}-12-31"
    if data.period == "month":
        return _month(day.year, day.month)
    return day.isoformat(), day.isoformat()


@lru_cache(maxsize=64)
def _parser(base: date, future: bool) -> DateDataParser:
    from dateparser.date import DateDataParser  # slow to import, seldom needed

    return DateDataParser(languages=["en"], settings={
        "RELATIVE_BASE": datetime(base.year, base.month, base.day),
        "PREFER_DATES_FROM": "future" if future else "past",
    })
