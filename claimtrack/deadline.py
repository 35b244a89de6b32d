"""A time after which the work on one document is given up, so that none keeps the others waiting."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 60.0  # for each 100,000 characters: ten times what ordinary prose takes on a slow core
_SHARE = 100_000
_AGAIN = 0.5  # seconds after which it is called once more: a destructor or a callback may have swallowed the call


class OverTime(BaseException):
    """The time of a block is up."""


def allowed(seconds: float, size: int) -> float:
    """Give the seconds that a document of so many characters, or bytes, may take; none has fewer than `seconds`."""
    return seconds * max(1.0, size / _SHARE)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise OverTime in the block once it has taken so long; while others keep the processor, its time stands still.

    A signal does it, which costs nothing on the way; without signals, that is on Windows and outside the main thread,
    blocks may take as long as they like. Loops of Python and regular expressions are stopped at once, a function of
    compiled code when it returns: who must stop that, too, has to end the process.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    begun = _worked()

    def stop(*_: object) -> None:
        left = seconds - (_worked() - begun)
        if left <= 0:
            raise OverTime
        signal.setitimer(signal.ITIMER_REAL, max(left, _AGAIN), _AGAIN)

    former = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)


def _worked() -> float:
    """Give the seconds that went by on a clock that nobody sets, without those spent in the queue for a processor.

    The queue is told by Linux alone; elsewhere a machine that is busy makes documents seem slow.
    """
    try:
        with open("/proc/self/schedstat", encoding="ascii") as file:
            queued = int(file.read().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        queued = 0.0
    return time.monotonic() - queued
