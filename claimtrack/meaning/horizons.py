"""Words of time without a date: how far "in recent weeks" reaches, and how far "soon" is read at most."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from typing import Literal

from claimtrack import lexicon
from claimtrack.meaning import dates
from claimtrack.meaning.dates import Interval
from claimtrack.schema import Relation


class Horizon(lexicon.Entry):
    """A phrase of time without a date; `earliest`, `latest` and `within` are days from the day of writing."""

    relation: Literal["past", "future"]
    earliest: int | None = None
    latest: int | None = None
    within: int | None = None


@cache
def named() -> dict[str, Horizon]:
    """The horizons by their phrases."""
    return lexicon.phrases("horizons", Horizon)


@cache
def pattern() -> re.Pattern[str]:
    """What finds the phrases in a text."""
    phrases = sorted(named(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(p) for p in phrases) + r")\b", re.I)


def reach(horizon: Horizon, published: str | None) -> Interval:
    """Count the reach of a horizon from the day of writing, or from its earliest to its latest possible day."""
    written = dates.day_range(published)
    if written is None:
        return None, None
    first = None if horizon.earliest is None else (written[0] + timedelta(days=horizon.earliest)).isoformat()
    last = None if horizon.latest is None else (written[1] + timedelta(days=horizon.latest)).isoformat()
    return first, last


def widest(words: str | None, relation: Relation, published: str | None) -> str | None:
    """The last day of a wide reading of vague words about the future, ISO 8601: of "soon", half a year from writing on.

    None where the words have no such reading, or the day of writing is not known.
    """
    horizon = named().get(" ".join((words or "").lower().split()))
    written = dates.day_range(published)
    if horizon is None or horizon.within is None or written is None or relation == "past":
        return None
    return (written[1] + timedelta(days=horizon.within)).isoformat()
