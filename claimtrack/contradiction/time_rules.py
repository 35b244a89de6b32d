"""The rule on when one thing takes place: on a day, or not before a later one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from claimtrack import lexicon
from claimtrack.contradiction.explanation import both_say
from claimtrack.contradiction.findings import Apart, Finding, Seat, evidence, rule
from claimtrack.contradiction.participants import themes
from claimtrack.contradiction.sameness import matter, same_predicate, same_theme
from claimtrack.contradiction.sides import asserts
from claimtrack.contradiction.terms import STEM, months, tells_time, words_of
from claimtrack.meaning.dates import resolve
from claimtrack.schema import Claim

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip


def _schedule_seats(claim: Claim) -> Iterator[Seat]:
    side = "from" if _first_day(claim) else "until" if _last_day(claim) else ""
    if side:
        for who in themes(_without_time(claim)):
            yield Seat(f"temporal:{claim.frame.predicate}:{who}", side)


@rule("temporal", seats=_schedule_seats)
def schedule(a: Claim, b: Claim) -> Finding | Apart | None:
    """Find a day before the first that the other allows: "it opens in May" / "it will not open before June"."""
    if not same_predicate(a, b) or not same_theme(_without_time(a), _without_time(b)):
        return None
    days = [(last, first) for x, y in ((a, b), (b, a)) if (last := _last_day(x)) and (first := _first_day(y))]
    if not any(len(last) == len(first) for last, first in days):  # a date and a mere month cannot be compared
        return None
    if not any(last < first for last, first in days):
        return Apart("refinement", f"“{a.time.text}” and “{b.time.text}” leave days that fit both.")
    return Finding(
        "contradiction",
        0.75,
        both_say(a, b),
        (evidence("time", a.time.text or "", b.time.text or "", a.time.span, b.time.span),),
        matter(a, b),
    )


def _last_day(claim: Claim) -> str:
    """The last day on which the event may be, as a date or the number of its month; empty where none is told."""
    if not claim.time.text or not _takes_place(claim) or claim.polarity == "negative" or _bounded_below(claim):
        return ""
    if claim.time.end:
        return claim.time.end if len(claim.time.end) == 10 else ""
    month = _month(claim.time.text)
    before = "before" in words_of(claim.time.text)
    return f"{month - before:02}" if month else ""


def _first_day(claim: Claim) -> str:
    """The first day on which the event may be, as `_last_day`."""
    if not claim.time.text or not _takes_place(claim) or not _bounded_below(claim):
        return ""
    start, _ = resolve(_bare(claim.time.text), claim.published, True)
    if start:
        return start
    month = _month(claim.time.text)
    return f"{month:02}" if month else ""


def _takes_place(claim: Claim) -> bool:
    """Tell whether a source holds that an event takes place, or does not: possibilities clash with no day."""
    return claim.stance == "affirm" and asserts(claim) and not claim.factuality.startswith("PS")


def _bounded_below(claim: Claim) -> bool:
    """Tell whether the words of time name the first day: "not before June", "will not open before June"."""
    told, day = " ".join(claim.context.lower().split()), re.escape(_bare(claim.time.text or ""))
    found = rf"\b(?:{_any('not_before')}) {day}\b|\b{day} (?:{_any('at_earliest')})\b"
    denied = rf"\b(?:{_any('denied_bound')}) {day}\b"
    return bool(re.search(found, told) or (claim.polarity == "negative" and re.search(denied, told)))


def _bare(time: str) -> str:
    """The words of time without what bounds them."""
    bounds = "|".join((_any("not_before"), _any("denied_bound"), _any("time_preposition")))
    return re.sub(rf"^(?:{bounds}) ", "", " ".join(time.lower().split()))


@cache
def _any(role: str) -> str:
    """The words of a role as alternatives, the longest first."""
    return "|".join(map(re.escape, sorted(lexicon.words("clash_words", role), key=len, reverse=True)))


def _month(time: str) -> int:
    """The one month that words name without a year, from 1 on; 0 where they name none, several or more than a month."""
    named = [word for word in words_of(_bare(time)) if word not in {"the", "of"}]
    return MONTHS.index(named[0]) + 1 if len(named) == 1 and named[0] in MONTHS and named[0] in months() else 0


def _without_time(claim: Claim) -> Claim:
    """A claim whose frame holds no word of time: in "opens in May" the parser may take May for what is opened."""
    frame = claim.frame
    earliest = {word[:STEM] for phrase in lexicon.words("clash_words", "at_earliest") for word in words_of(phrase)}

    def kept(keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(key for key in keys if not tells_time(key) and key[:STEM] not in earliest)

    timeless = {"agents": kept(frame.agents), "patients": kept(frame.patients)}
    return claim.model_copy(update={"frame": frame.model_copy(update=timeless)})
