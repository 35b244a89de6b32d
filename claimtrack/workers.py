"""Extraction of many documents, in this process or in several, one failure at a time.

Each process loads its own pipeline. Documents and claims travel as JSON, never as spaCy's Doc (2 MB pickled). A
document that takes too long is given up: by its process, or, where that does not answer, by the end of the process.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Literal

from claimtrack import deadline
from claimtrack.claims import extraction
from claimtrack.errors import ClaimtrackError, DocumentError
from claimtrack.reading.ingest import Failure
from claimtrack.reference import linking
from claimtrack.schema import Claim, Document

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from spacy.language import Language

__all__ = ["Extracted", "Recipe", "extract_all"]

START = 120.0  # seconds in which a process begins, with all that is imported, on a machine that is busy
PATIENCE = 60.0  # seconds beyond its own time in which a process must answer: it may have to load its pipeline first
AHEAD = 4  # documents read ahead for each process, so that none waits for the slowest


@dataclass(frozen=True)
class Recipe:
    """How every process extracts: the arguments of `pipeline.load`, and how long a document may take.

    `model` None is the default pipeline; `seconds` are for each 100,000 characters of a document, also for fewer.
    """

    model: str | None = None
    attribution: Literal["model", "rules"] = "model"
    aliases: tuple[linking.Alias, ...] = ()
    seconds: float = deadline.SECONDS

    def allowed(self, document: Document) -> float:
        """Give the seconds that a document may take."""
        return deadline.allowed(self.seconds, len(document.text))


@dataclass(frozen=True)
class Extracted:
    """A document with its claims."""

    document: Document
    claims: tuple[Claim, ...]


def extract_all(documents: Iterable[Document], recipe: Recipe, jobs: int = 1) -> Iterator[Extracted | Failure]:
    """Extract the claims of documents, in their order, whatever the number of processes.

    A document that fails, takes too long or kills its process gives a Failure and costs nothing but itself. The
    pipeline is loaded when the first document comes: without documents there is no loading.

    Raises:
        ModelError: the pipeline or its weights are missing or broken.
    """
    return _alone(documents, recipe) if jobs == 1 else _together(documents, recipe, jobs)


def _alone(documents: Iterable[Document], recipe: Recipe) -> Iterator[Extracted | Failure]:
    for document in documents:
        nlp = _load(recipe)
        try:
            with deadline.deadline(recipe.allowed(document)):
                claims = tuple(extraction.extract(document, nlp))
        except deadline.OverTime:
            yield _given_up(document, recipe)
        except Exception as error:  # whatever a text provokes in a stage costs that text only
            yield _failure(document, error)
        else:
            yield Extracted(document, claims)


def _given_up(document: Document, recipe: Recipe) -> Failure:
    words = f"{document.path!r} takes longer than {recipe.allowed(document):,.0f} s. It is left out; "
    return Failure(document.path, DocumentError(words + "give it more with --seconds-per-document, or split it."))


def _failure(document: Document, error: Exception) -> Failure:
    if isinstance(error, DocumentError):
        return Failure(document.path, error)
    words = f"{document.path!r} cannot be processed: {type(error).__name__}: {error}. It is left out; please report it."
    failure = DocumentError(words)
    failure.__cause__ = error
    return Failure(document.path, failure)


@lru_cache(1)
def _load(recipe: Recipe) -> Language:
    from claimtrack import pipeline

    return pipeline.load(recipe.model or pipeline.DEFAULT_MODEL, attribution=recipe.attribution, aliases=recipe.aliases)


# ------------------------------------------------------------------------------------------------ several processes


def _together(documents: Iterable[Document], recipe: Recipe, jobs: int) -> Iterator[Extracted | Failure]:
    waiting: deque[tuple[Document, Future[_Answer]]] = deque()
    source = iter(documents)
    pool = _Pool(recipe, jobs)
    try:
        while True:
            waiting.extend((d, pool.submit(d)) for d in islice(source, AHEAD * jobs - len(waiting)))
            if not waiting:
                return
            document, answer = waiting.popleft()
            try:
                yield pool.answer(document, answer)
            except (BrokenProcessPool, TimeoutError) as error:
                pool.close()
                hung = isinstance(error, TimeoutError)
                yield _given_up(document, recipe) if hung else _in_quarantine(document, recipe)
                pool = _Pool(recipe, jobs)
                waiting = deque((d, pool.submit(d)) for d, _ in waiting)
    finally:
        pool.close()


_Answer = tuple[str, ...] | ClaimtrackError
"""Claims as JSON texts, or what went wrong with the document."""


class _Pool:
    """Processes that extract; closing it ends them at once, also in the middle of a document."""

    def __init__(self, recipe: Recipe, jobs: int) -> None:
        self._recipe = recipe
        self._others = set(multiprocessing.active_children())
        # spawn: a fork would inherit the threads and locks of whatever was loaded before.
        context = multiprocessing.get_context("spawn")
        # A pipe, not an Event: a process that is killed while it sets one would keep its lock.
        self._begun, begins = context.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(begins,))

    def submit(self, document: Document) -> Future[_Answer]:
        return self._pool.submit(_extract, document.model_dump_json(), self._recipe)

    def answer(self, document: Document, future: Future[_Answer]) -> Extracted | Failure:
        """Wait for what became of a document, once a process is there to read it.

        Raises:
            TimeoutError: its process does not answer, even if others keep it from the processor two times in three.
            BrokenProcessPool: a process ended, perhaps another one's.
        """
        self._begun.poll(START)
        return _read(document, future.result(3 * self._recipe.allowed(document) + PATIENCE))

    def close(self) -> None:
        ours = set(multiprocessing.active_children()) - self._others
        for process in ours:
            process.terminate()
        self._pool.shutdown(wait=True, cancel_futures=True)


def _begin(begins: Connection) -> None:
    """Leave Ctrl-C to the parent, which closes the pool, and end with it when it is killed.

    Else every process would print a traceback of its own, or wait for ever for a document of nobody.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()
    begins.send_bytes(b"\n")


def _end_after(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _extract(document: str, recipe: Recipe) -> _Answer:
    """Extract in a process of the pool."""
    outcome = next(_alone([Document.model_validate_json(document)], recipe))
    if isinstance(outcome, Failure):
        return outcome.error
    return tuple(claim.model_dump_json() for claim in outcome.claims)


def _read(document: Document, answer: _Answer) -> Extracted | Failure:
    if isinstance(answer, ClaimtrackError):
        return _failure(document, answer)
    return Extracted(document, tuple(map(Claim.model_validate_json, answer)))


def _in_quarantine(document: Document, recipe: Recipe) -> Extracted | Failure:
    """Try a document again in a process of its own: the one that died may have died of another document."""
    pool = _Pool(recipe, 1)
    try:
        return pool.answer(document, pool.submit(document))
    except TimeoutError:
        return _given_up(document, recipe)
    except BrokenProcessPool:
        words = f"{document.path!r} ended the process that read it, perhaps for want of memory. It is left out."
        return Failure(document.path, DocumentError(words))
    finally:
        pool.close()
