"""A time after which the work on one document is given up, so that none keeps the others waiting."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 60.0  # for each 100,000 characters: ten times what ordinary prose takes on a slow core
_SHARE = 100_000
_AGAIN = 0.5  # seconds after which it is called once more: a destructor or a callback may have swallowed the call


class OverTime(BaseException):  # noqa: N818  it says what happened, and no `except Exception` may take it for a fault
    """The time of a block is up."""


def allowed(seconds: float, size: int) -> float:
    """Give the seconds that a document of so many characters, or bytes, may take; a short one has as many as 100,000."""
    return seconds * max(1.0, size / _SHARE)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise OverTime in the block once it has taken so long.

    A signal does it, which costs nothing on the way; without signals, that is on Windows and outside the main thread,
    blocks may take as long as they like. Loops of Python and regular expressions are stopped at once, a function of
    compiled code when it returns: who must stop that, too, has to end the process.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise OverTime

    former = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)
