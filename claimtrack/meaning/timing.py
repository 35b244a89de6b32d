"""When the content of a claim holds: the words of time, the interval they name, and past, present or future.

Only spans that the parser tagged DATE and a short list of horizons ("in the near future") are read: a free search for
dates takes the modal "may" for the month. `dates` says which days the words name.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal

from claimtrack import lexicon
from claimtrack.meaning import dates, scope
from claimtrack.meaning.dates import Interval
from claimtrack.meaning.scope import Layer
from claimtrack.schema import Relation, Span, Time

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan


class Horizon(lexicon.Entry):
    """A phrase of time without a date; `earliest` and `latest` are days from the day of writing."""

    relation: Literal["past", "future"]
    earliest: int | None = None
    latest: int | None = None


FUTURE_MODALS = frozenset({"will", "'ll", "’ll", "wo", "shall", "may", "might"})
FORWARD_MODALS = FUTURE_MODALS | {"would", "'d", "’d", "could", "should", "must", "ought"}
TIMELESS_ADVERBS = frozenset({"always", "generally", "usually", "traditionally", "invariably", "typically"})
# Verbs whose simple present tells how things stand; that of others, where a chance is given to it, tells what may come.
STATIVE = frozenset({
    "be", "have", "know", "believe", "think", "want", "need", "own", "possess", "contain", "belong", "exist", "mean",
    "like", "love", "hate", "lack", "live", "support", "depend", "consist", "matter", "remain", "seem", "work",
})
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
    relation = relation_of(governed)
    if relation == "present" and _foretold(chain):
        relation = "future"
    event = chain[0].head
    ahead = relation == "future" or (relation == "present" and _simple_present(event))
    found = [_dated(_text(event.doc, start, end), (start, end), horizon, (relation, ahead), published)
             for start, end, horizon in _mentions(event, chain, span)]
    return next((time for time in found if time.start or time.end), found[0] if found else Time(relation=relation))


def _dated(
    text: str, where: Span, horizon: Horizon | None, tense: tuple[Relation, bool], published: str | None
) -> Time:
    """Give the time that words name; a present tense with a date to come ("opens next year") speaks of the future.

    `tense` is the relation without words of time, and whether a date without a year is ahead ("resume on Monday").
    """
    relation, ahead = tense
    ahead = ahead or (relation == "present" and _BOUNDING.search(text) is not None)
    start, end = _reach(horizon, published) if horizon else dates.resolve(text, published, ahead)
    if relation == "present":
        relation = horizon.relation if horizon else _relative(text, (start, end), published)
    return Time(text=text, span=where, start=start, end=end, relation=relation)


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


def _foretold(chain: Sequence[Layer]) -> bool:
    """Tell whether a chance is given to what a simple present says will happen: "a 70 % chance that the dam breaks".

    What is or is not so already ("a chance that he knows") stays in the present.
    """
    weighed = any(layer.entry is not None and layer.entry.kind == "likelihood" and layer.head.pos_ == "NOUN"
                  for layer in chain[1:])
    return weighed and _simple_present(chain[0].head)


def _simple_present(verb: Token) -> bool:
    """Tell whether a verb in the simple present tells what happens, not how things stand."""
    simple = tense(verb) == "present" and all(a.lemma_ == "do" for a in scope.auxiliaries(verb))
    return simple and verb.lemma_ not in STATIVE


def _relative(text: str, interval: Interval, published: str | None) -> Relation:
    """Put a dated present tense ("The summit opens on 3 May") before or after the day of writing."""
    start, end = interval
    written = dates.day_range(published)
    if written is None:
        return "future" if _COMING.search(text) else "present"
    first, last = (day.isoformat() for day in written)
    if end is not None and end < first:
        return "past"
    if start is not None and start > last:
        return "future"
    return "future" if end is not None and end > last and _AHEAD.search(text) else "present"


# --- words of time -------------------------------------------------------------------------------------------------


def _mentions(event: Token, chain: Sequence[Layer], span: Span) -> Iterator[tuple[int, int, Horizon | None]]:
    """Give the words of time that date the event: (start, end, horizon or None for a date), in text order."""
    heads = {scope.top(layer.head).i for layer in chain} | {layer.head.i for layer in chain}
    heads |= {layer.head.head.i for layer in chain if scope.chance_noun(layer.head.head) == layer.head}
    words = event.doc.char_span(*span, alignment_mode="expand")
    if words is None:
        return
    horizons = [(*at, _horizons()[phrase]) for at, phrase in _matches(words, _horizon_pattern())]
    found = [(*_with_preposition(d), None) for d in _dates(words) if _names_time(d)]
    named = [(*at, None) for at, _ in _matches(words, _DEICTIC)]
    taken: list[tuple[int, int, Horizon | None]] = []
    for mention in sorted((*found, *named, *horizons), key=lambda m: m[0] - m[1]):  # longest first
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


def _with_preposition(date: SpacySpan) -> Span:
    """Take in the preposition that bounds a date ("by 2026", "since March"), and "in" of a length ("in two weeks")."""
    head, start = date.root.head, date.start_char
    before = date[0].nbor(-1) if date.start else date[0]
    if before.lower_ == "the" and before.head in date:
        start = before.idx
    bounding = head.lower_ in ("by", "since", "until", "till", "before", "after", "within")
    if date.root.dep_ == "pobj" and (bounding or (head.lower_ == "in" and dates.is_span(date.text))):
        return min(head.idx, start), date.end_char
    return start, date.end_char


def _hangs_on(root: Token, heads: set[int]) -> bool:
    """Tell whether a word of time hangs on the event's chain with no other verb in between.

    In "Next year's vote worries the bank" it dates the vote, and not what the subject does.
    """
    node = root
    for _ in range(scope.MAX_DEPTH):
        if node.i in heads:
            return True
        if node.pos_ in ("VERB", "AUX") or node.dep_ in ("nsubj", "nsubjpass") or node.head == node:
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


def _reach(horizon: Horizon, published: str | None) -> Interval:
    """Count the reach of a horizon from the day of writing, or from its earliest to its latest possible day."""
    written = dates.day_range(published)
    if written is None:
        return None, None
    first = None if horizon.earliest is None else (written[0] + timedelta(days=horizon.earliest)).isoformat()
    last = None if horizon.latest is None else (written[1] + timedelta(days=horizon.latest)).isoformat()
    return first, last


_CALENDAR = re.compile(
    rf"\b(?:(?:{dates.UNITS}|century|morning|afternoon|evening|night)s?|centuries|ago|today|tomorrow|yesterday|tonight"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|[qh][1-4]"
    rf"|spring|summer|autumn|fall|winter|{'|'.join(m for m in calendar.month_name if m)}"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)|christmas|easter|ramadan|'?\d0s)\b"
    r"|(?<![\d.,])(?:1\d|20|21)\d\d(?!\d|[.,]\d)", re.I)
# "24-year-old" is an age, "a field day" and "a bad year" are kinds of day and year.
_TIMELESS = re.compile(
    rf"\bold\b|\baged?\b|^an?\s+(?!few|full|whole|single|couple)[\w-]+\s+(?:{dates.UNITS}|night|evening)$", re.I)
_EVENT_SEASON = re.compile(r"\b(?:fall|spring)\s+of\s+(?!this\b|last\b|next\b|\d)", re.I)
# Words of time to come that need no entity recogniser, which misses some of them.
_DEICTIC = re.compile(
    rf"\b(?:by |before |within )?(?:(?:the )?(?:next|coming)(?: few| several| \d+| \w+)? (?:{dates.UNITS})s?"
    rf"|(?:the )?(?:{dates.UNITS})s (?:to come|ahead)|(?:the )?(?:end of the |later this )(?:{dates.UNITS})"
    r"|(?:the )?year(?:'s|’s)?[ -]end)\b", re.I)
_COMING = re.compile(r"\b(?:next|coming|to come|tomorrow|from now|hence|within|later this)\b", re.I)
_AHEAD = re.compile(rf"\b(?:by|before)\b|{_COMING.pattern}", re.I)
_BOUNDING = re.compile(rf"\b(?:until|till)\b|{_AHEAD.pattern}", re.I)
