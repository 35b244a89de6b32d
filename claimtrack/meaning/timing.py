"""When the content of a claim holds: the words of time, the interval they name, and past, present or future.

Only spans that the parser tagged DATE and a short list of horizons ("in the near future") are read: a free search for
dates takes the modal "may" for the month. `dates` says which days the words name.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.meaning import chances, dates, horizons, predicates, spoken_dates, tense
from claimtrack.meaning.dates import Interval
from claimtrack.meaning.horizons import Horizon
from claimtrack.meaning.scope import Layer
from claimtrack.meaning.time_expressions import among, calendar_words, months, units
from claimtrack.schema import Relation, Span, Time

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

# "The fall of the wall" is no season.
_EVENT_SEASON = re.compile(r"\b(?:fall|spring)\s+of\s+(?!this\b|last\b|next\b|\d)", re.I)


def time_of(chain: Sequence[Layer], governed: Sequence[Layer], span: Span, published: str | None) -> Time:
    """Tell when the event of `chain` takes place: its words of time in `span` and what tense and governors say.

    `chain` ends at what qualifies the event, `governed` at the root of the sentence: tense comes from either. A word of
    time belongs to the event or to a hedge above it ("is expected by May to open"); one that hangs on another verb in
    between dates that verb. Without a usable day of publication only full dates are resolved.
    """
    relation = tense.relation_of(governed)
    if relation == "present" and tense.foretold(chain):
        relation = "future"
    event = chain[0].head
    ahead = relation == "future" or (relation == "present" and tense.simple_present(event))
    found = [_dated(_text(event.doc, start, end), (start, end), horizon, (relation, ahead), published)
             for start, end, horizon in _mentions(event, chain, span)]
    return next((time for time in found if time.start or time.end), found[0] if found else Time(relation=relation))


def _dated(
    text: str, where: Span, horizon: Horizon | None, told: tuple[Relation, bool], published: str | None
) -> Time:
    """Give the time that words name; a present tense with a date to come ("opens next year") speaks of the future.

    `told` is the relation without words of time, and whether a date without a year is ahead ("resume on Monday").
    """
    relation, ahead = told
    ahead = ahead or (relation == "present" and _bounding().search(text) is not None)
    start, end = horizons.reach(horizon, published) if horizon else dates.resolve(text, published, ahead)
    if relation == "present":
        relation = horizon.relation if horizon else _relative(text, (start, end), published)
    return Time(text=text, span=where, start=start, end=end, relation=relation)


def _relative(text: str, interval: Interval, published: str | None) -> Relation:
    """Put a dated present tense ("The summit opens on 3 May") before or after the day of writing."""
    start, end = interval
    written = dates.day_range(published)
    if written is None:
        return "future" if _coming().search(text) else "present"
    first, last = (day.isoformat() for day in written)
    if end is not None and end < first:
        return "past"
    if start is not None and start > last:
        return "future"
    return "future" if end is not None and end > last and _ahead().search(text) else "present"


def _mentions(event: Token, chain: Sequence[Layer], span: Span) -> Iterator[tuple[int, int, Horizon | None]]:
    """Give the words of time that date the event: (start, end, horizon or None for a date), in text order."""
    heads = {predicates.top(layer.head).i for layer in chain} | {layer.head.i for layer in chain}
    heads |= {layer.head.head.i for layer in chain if chances.chance_noun(layer.head.head) == layer.head}
    words = event.doc.char_span(*span, alignment_mode="expand")
    if words is None:
        return
    vague = [(*at, horizons.named()[phrase]) for at, phrase in _matches(words, horizons.pattern())]
    found = [(*_with_preposition(d), None) for d in _dates(words) if _names_time(d)]
    named = [(*at, None) for at, _ in _matches(words, _deictic())]
    named += [(words.start_char + start, words.start_char + end, None) for start, end in spoken_dates.find(words.text)]
    taken: list[tuple[int, int, Horizon | None]] = []
    for mention in sorted((*found, *named, *vague), key=lambda m: m[0] - m[1]):  # longest first
        tokens = event.doc.char_span(*mention[:2], alignment_mode="expand") or ()
        apart = all(mention[1] <= t[0] or t[1] <= mention[0] for t in taken)
        if apart and any(_hangs_on(t, heads) for t in tokens):
            taken.append(mention)
    yield from sorted(taken, key=lambda m: m[0])


def _matches(words: SpacySpan, pattern: re.Pattern[str]) -> Iterator[tuple[Span, str]]:
    for match in pattern.finditer(words.text):
        yield (words.start_char + match.start(), words.start_char + match.end()), match[0].lower()


def _names_time(date: SpacySpan) -> bool:
    """Tell a time from an age, a bare number and other words that are tagged as a date."""
    following = date.doc[date.start:date.end + 2].text
    if _timeless().search(date.text) or _EVENT_SEASON.search(following):
        return False
    return _calendar().search(date.text) is not None


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


def _with_preposition(date: SpacySpan) -> Span:
    """Take in the preposition that bounds a date ("by 2026", "since March"), and "in" of a length ("in two weeks")."""
    head, start = date.root.head, date.start_char
    before = date[0].nbor(-1) if date.start else date[0]
    if before.lower_ == "the" and before.head in date:
        start = before.idx
    bounding = head.lower_ in lexicon.words("time_words", "bounding")
    if date.root.dep_ == "pobj" and (bounding or (head.lower_ == "in" and dates.is_span(date.text))):
        return min(head.idx, start), date.end_char
    return start, date.end_char


def _hangs_on(root: Token, heads: set[int]) -> bool:
    """Tell whether a word of time hangs on the event's chain with no other verb in between.

    In "Next year's vote worries the bank" it dates the vote, and not what the subject does.
    """
    node = root
    for _ in range(predicates.MAX_DEPTH):
        if node.i in heads:
            return True
        if node.pos_ in ("VERB", "AUX") or node.dep_ in ("nsubj", "nsubjpass") or node.head == node:
            return False
        node = node.head
    return False


# --- patterns ------------------------------------------------------------------------------------------------------


@cache
def _calendar() -> re.Pattern[str]:
    """What names a place in the calendar or on the clock."""
    days = "|".join(day.lower() for day in calendar.day_name)
    short = "|".join(month.lower() for month in calendar.month_abbr if month)
    return re.compile(
        rf"\b(?:(?:{units()}|{among('daypart')}|{days})s?|{among('deictic')}|[qh][1-4]"
        rf"|{'|'.join(calendar_words('season'))}|{'|'.join(months())}|{short}|sept|{among('feast')}|'?\d0s)\b"
        r"|(?<![\d.,])(?:1\d|20|21)\d\d(?!\d|[.,]\d)", re.I)


@cache
def _timeless() -> re.Pattern[str]:
    """Ages and kinds: "24-year-old", "a field day", "a bad year"."""
    return re.compile(
        rf"\bold\b|\baged?\b|^an?\s+(?!few|full|whole|single|couple)[\w-]+\s+(?:{units()}|night|evening)$", re.I)


@cache
def _deictic() -> re.Pattern[str]:
    """Words of time to come that need no entity recogniser, which misses some of them."""
    return re.compile(
        rf"\b(?:by |before |within )?(?:(?:the )?(?:next|coming)(?: few| several| \d+| \w+)? (?:{units()})s?"
        rf"|(?:the )?(?:{units()})s (?:to come|ahead)|(?:the )?(?:end of the |later this )(?:{units()})"
        r"|(?:the )?year(?:'s|’s)?[ -]end)\b", re.I)


@cache
def _coming() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{among('coming')})\b", re.I)


@cache
def _ahead() -> re.Pattern[str]:
    return re.compile(rf"\b(?:by|before)\b|{_coming().pattern}", re.I)


@cache
def _bounding() -> re.Pattern[str]:
    return re.compile(rf"\b(?:until|till)\b|{_ahead().pattern}", re.I)
