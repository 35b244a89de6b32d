"""Spans that run from or to the day of writing: "the next five years", "within a month", "in two weeks".

What is left vague is read widely, so that no forecast falls due before its author would call it so: "a few", "several"
and "the coming" months are up to `numerals.FEW`.
"""

from __future__ import annotations

import re
from datetime import date

from claimtrack.meaning import numerals
from claimtrack.meaning.calendar_units import Period, shifted, unit_of
from claimtrack.meaning.time_expressions import counted


def around(bound: str, words: str, base: date | None, future: bool) -> Period | None:
    """Read what runs from or to the day of writing: "the next five years", "within a month", "the past decade".

    In a tale of the past "the next day" and "within a month" count from what was told before.
    """
    if base is None:
        return None
    ahead = counted().ahead.match(words) if future else None
    if ahead and (words.startswith("the ") or bound == "within" or ahead[1] or ahead[4]):
        return base, shifted(base, amount(ahead), ahead[3])
    behind = counted().behind.match(words)
    if behind and (words.startswith("the ") or behind[1] or behind[4]):
        return shifted(base, -amount(behind), behind[3]), base
    if bound == "within" and future and (span := counted().span.match(words)):
        return base, shifted(base, amount(span), span[3])
    return None


def hence(words: str, base: date | None) -> Period | None:
    """Read "in two weeks": that week, for a few any time until then."""
    span = counted().span.match(words)
    if base is None or span is None or span[1] is None:
        return None
    then = shifted(base, amount(span), span[3])
    return (base, then) if is_vague(span) else unit_of(then, span[3])


def is_vague(found: re.Match[str]) -> bool:
    """Tell whether a match counts no more than a few units."""
    return found[1] in numerals.vague()


def amount(found: re.Match[str]) -> int:
    """Count the units of a match: of "two to three years" the larger, of bare "years" a few."""
    said = found[2] or found[1]
    if said is None:
        return numerals.FEW if found[4] else 1
    return int(said) if said.isdigit() else numerals.values("count")[said]
