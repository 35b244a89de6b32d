"""What time it is: now, or the moment that SOURCE_DATE_EPOCH names, so that a run can be repeated to the byte.

And what is a date at all.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime

from claimtrack.errors import UsageError

__all__ = ["is_date", "now", "today"]


def now() -> str:
    """The time as ISO 8601 in UTC, to the second: "2021-10-06T09:30:00Z".

    Raises:
        UsageError: SOURCE_DATE_EPOCH is set and is not a whole number of seconds since 1970.
    """
    return _moment().strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> date:
    """The day in UTC; raises as `now` does."""
    return _moment().date()


def is_date(words: str) -> bool:
    """Tell whether words are an ISO 8601 date of any precision: "2021", "2021-10" or "2021-10-06"."""
    return re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", words, re.ASCII) is not None


def _moment() -> datetime:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"SOURCE_DATE_EPOCH is {epoch!r}, not a number of seconds since 1970. Unset it.") from error
