"""Many documents are extracted in their order, and one that fails costs only itself."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time

import pytest

from claimtrack import workers
from claimtrack.claims import extraction
from claimtrack.errors import DocumentError, ModelError
from claimtrack.reading.ingest import Failure
from claimtrack.schema import Document
from claimtrack.workers import Extracted, Recipe, extract_all
from tests.conftest import make_claim, make_document

DOCUMENTS = [make_document(f"Text {number}.", path=f"{number}.txt") for number in range(7)]


def stand_in(document: str, recipe: Recipe) -> workers._Answer:
    """Extract in a process of the pool, without spaCy: some texts fail, or kill the process."""
    text = Document.model_validate_json(document).text
    if "3" in text:
        os._exit(9)
    if "5" in text:
        return DocumentError("broken")
    assert recipe == Recipe(model="any")
    return (make_claim(make_document(text)).model_dump_json(),)


def outcome(result: Extracted | Failure) -> str:
    """A result in a word: its text, or what went wrong."""
    return str(result.error) if isinstance(result, Failure) else result.claims[0].text


def test_workers_lose_only_the_document_that_kills_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Results come in order; a killed process and a failure cost their own document, and name it."""
    monkeypatch.setattr(workers, "_extract", stand_in)
    results = list(extract_all(DOCUMENTS, Recipe(model="any"), jobs=2))
    assert [outcome(result) for result in results] == [
        "Text 0.", "Text 1.", "Text 2.",
        "'3.txt' ended the process that read it, perhaps for want of memory. It is left out.",
        "Text 4.", "broken", "Text 6.",
    ]  # fmt: skip


def test_workers_turn_any_exception_into_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a stage raises on a text is named with its path, and the next text goes on."""

    def extract(document: Document, _: object) -> list[object]:
        if document is DOCUMENTS[0]:
            raise RecursionError("too deep")
        return [make_claim(document)]

    monkeypatch.setattr(workers, "_load", lambda _: None)
    monkeypatch.setattr(extraction, "extract", extract)
    results = list(extract_all(DOCUMENTS[:2], Recipe()))
    assert [outcome(result) for result in results] == [
        "'0.txt' cannot be processed: RecursionError: too deep. It is left out; please report it.", "Text 1.",
    ]  # fmt: skip


@pytest.mark.parametrize("jobs", [1, 2])
def test_workers_say_when_there_is_no_pipeline(jobs: int) -> None:
    """A missing pipeline is no document's fault: it ends the run."""
    with pytest.raises(ModelError, match="'no_such_pipeline' cannot be loaded"):
        list(extract_all(DOCUMENTS[:1], Recipe(model="no_such_pipeline"), jobs=jobs))


def test_workers_load_nothing_without_documents() -> None:
    """No documents, no pipeline."""
    assert list(extract_all([], Recipe(model="no_such_pipeline"))) == []


def slow(document: Document, _: object) -> list[object]:
    """Extract a claim, but never from text 1, however often an error is met on the way."""
    while "1" in document.text:
        try:
            sum(range(1000))
        except Exception:
            continue
    return [make_claim(document)]


def test_workers_give_up_what_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document over its time is named with what to do, its neighbours are read."""
    monkeypatch.setattr(workers, "_load", lambda _: None)
    monkeypatch.setattr(extraction, "extract", slow)
    results = list(extract_all(DOCUMENTS[:3], Recipe(seconds=1)))
    assert [outcome(result) for result in results] == [
        "Text 0.",
        "'1.txt' takes longer than 1 s. It is left out; give it more with --seconds-per-document, or split it.",
        "Text 2.",
    ]  # fmt: skip


def test_workers_give_long_documents_more_time() -> None:
    """The time allowed grows with the text; a short one has as much as 100,000 characters."""
    long = make_document("x" * 250_000)
    assert [Recipe(seconds=60).allowed(d) for d in (DOCUMENTS[0], long)] == [60, 150]


def deaf(document: str, _: Recipe) -> workers._Answer:
    """Extract in a process of the pool; text 1 hangs in code that hears no signal."""
    if "Text 1." in document:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        time.sleep(600)
    return stand_in(document, Recipe(model="any"))


def test_workers_replace_a_process_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that does not give up by itself is ended, its document named, the others read by a new one."""
    monkeypatch.setattr(workers, "_extract", deaf)
    monkeypatch.setattr(workers, "PATIENCE", 1)
    before = set(multiprocessing.active_children())
    results = list(workers._together(DOCUMENTS[:3], Recipe(model="any", seconds=1), 1))
    assert [isinstance(result, Failure) for result in results] == [False, True, False]
    assert "'1.txt' takes longer than 1 s" in outcome(results[1])
    assert set(multiprocessing.active_children()) <= before
