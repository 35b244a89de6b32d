"""Work that takes too long is given up, and nothing else is."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from claimtrack.deadline import OverTime, allowed, deadline
from claimtrack.errors import DocumentError
from claimtrack.reading import ingest
from claimtrack.reading.formats import READERS
from claimtrack.reading.ingest import Failure, read_all
from claimtrack.reading.registry import Draft


def go_on(seconds: float, first: Callable[[], None] = lambda: None) -> None:
    """Do something first, then loop until the time is up."""
    with deadline(seconds):
        first()
        while True:
            pass


def test_deadline_stops_a_loop_and_what_swallows_the_first_call() -> None:
    """A loop ends at its time, though a destructor may take the first call for its own."""

    def swallow() -> None:
        try:
            while True:
                pass
        except OverTime:
            return

    with pytest.raises(OverTime):
        go_on(0.05, swallow)


def test_deadline_stops_a_regular_expression() -> None:
    """A pattern that tries everything is stopped inside the engine."""
    with pytest.raises(OverTime), deadline(0.05):
        re.match("(a+)+b", "a" * 60)


def test_deadline_leaves_in_peace_what_ends_in_time() -> None:
    """Neither the block nor what follows it is disturbed, and other threads may use it, too."""
    with deadline(0.01), deadline(5):
        pass
    told: list[int] = []

    def work() -> None:
        with deadline(0.01):
            told.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert told == [1]


def test_deadline_allows_time_by_length() -> None:
    """A hundred thousand characters, or fewer, have the time given; more have more."""
    assert [allowed(60, size) for size in (0, 100_000, 400_000)] == [60, 60, 240]


def test_reading_gives_up_a_file_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that does not end costs its own file, which is named; the next one is read."""

    def read(raw: bytes, path: str) -> Draft:
        while b"slow" in raw:
            pass
        return plain(raw, path)

    plain = READERS[".txt"]
    monkeypatch.setitem(READERS, ".txt", read)
    for name, text in (("a", "It is slow."), ("b", "It opens.")):
        (tmp_path / f"{name}.txt").write_text(text)
    slow, fine = read_all([str(tmp_path)], seconds=0.2)
    assert isinstance(slow, Failure)
    assert isinstance(slow.error, DocumentError)
    assert str(tmp_path / "a.txt") in str(slow.error)
    assert isinstance(fine, ingest.Document)
    assert fine.text == "It opens."


def test_deadline_stands_still_while_others_keep_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time in the queue for a processor is nobody's fault: the block goes on until it has worked so long."""
    worked = iter([0.0, 0.02, 0.04, 0.2])
    monkeypatch.setattr("claimtrack.deadline._AGAIN", 0.01)
    monkeypatch.setattr("claimtrack.deadline._worked", lambda: next(worked))
    with pytest.raises(OverTime):
        go_on(0.1)
    assert list(worked) == []
