"""Fixtures for all tests: factories of records, the spaCy pipeline, snapshots."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from claimtrack import cli, workers
from claimtrack.claims import extraction
from claimtrack.contradiction import judge_model
from claimtrack.schema import Attribution, Claim, Document, Frame, Section, Source

if TYPE_CHECKING:
    from spacy.language import Language

SNAPSHOTS = Path(__file__).parent / "snapshots"


def make_document(text: str = "The canal is unlikely to open.", **over: Any) -> Document:
    """Make a document of one body section; its id follows from its text."""
    digest = hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()[:16]
    fields = {"id": f"doc_{digest}", "path": "article.txt", "sections": (Section(kind="body", start=0, end=len(text)),)}
    return Document.model_validate(fields | {"text": text} | over)


def make_claim(document: Document | None = None, words: str | None = None, **over: Any) -> Claim:
    """Make a claim on `words` of a document, on the whole of it by default; its id follows from its fields."""
    document = document or make_document()
    words = document.text if words is None else words
    start = document.text.index(words)
    span = (start, start + len(words))
    fields: dict[str, Any] = {
        "document": document.id, "document_path": document.path, "published": document.published,
        "text": words, "spans": (span,), "proposition": words,
        "context": document.text, "context_span": (0, len(document.text)),
        "source": Source(id="person:mara-quist", name="Mara Quist", kind="person"),
        "attribution": Attribution(id="att_0000000000000001", type="indirect", content_spans=(span,)),
        "kind": "fact", "stance": "affirm", "polarity": "positive", "factuality": "CT+", "commitment": 3.0,
        "frame": Frame(predicate="open"), "confidence": 0.8,
    }
    fields |= over
    digest = hashlib.sha256(repr(sorted(fields.items())).encode()).hexdigest()[:16]
    return Claim.model_validate({"id": f"clm_{digest}"} | fields)


@pytest.fixture
def document() -> Callable[..., Document]:
    """The factory `document(text, **fields)`."""
    return make_document


@pytest.fixture
def claim() -> Callable[..., Claim]:
    """The factory `claim(document, words, **fields)`; every argument may be left out."""
    return make_claim


@pytest.fixture(autouse=True)
def rules_alone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the trained judge but where a test is marked `judge`: it is slow, and the rules have to stand alone."""
    if "judge" not in request.keywords:
        monkeypatch.setattr(judge_model, "shipped", lambda: None)


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the settings of whoever runs the tests."""
    monkeypatch.setenv("CLAIMTRACK_CONFIG", os.devnull)
    monkeypatch.delenv("CLAIMTRACK_PROFILE", raising=False)


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., Ended]:
    """Run the command line in an empty folder: `run("list", "--json", typed="standard input")`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("CLAIMTRACK_DB", "CLAIMTRACK_USER", "FORCE_COLOR", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, typed: str = "") -> Ended:
        monkeypatch.setattr(sys, "argv", ["claimtrack", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf8"))
        heard = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            for one, handler in heard.items():  # an interrupted run hears no more, but the tests go on
                signal.signal(one, handler)
        printed = capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    return run


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Extraction without spaCy: each sentence a claim; text with "broken" fails. Gives the paths read."""
    read: list[str] = []

    def extract(document: Document, _: object) -> list[Claim]:
        read.append(document.path)
        if "broken" in document.text:
            raise ValueError("broken on purpose")
        sentences = [s.strip() for s in document.text.split(".") if s.strip()]
        return [make_claim(document, sentence, topics=("canal",)) for sentence in sentences]

    monkeypatch.setattr(workers, "_load", lambda _: None)
    monkeypatch.setattr(extraction, "extract", extract)
    return read


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole pipeline, loaded once."""
    from claimtrack.pipeline import load

    return load()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let snapshots be written anew, by an explicit flag only."""
    parser.addoption("--update-snapshots", action="store_true", help="write tests/snapshots anew")


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """The check `snapshot(name, text)`: the text is what it was last time, byte for byte."""

    def check(name: str, text: str) -> None:
        path = SNAPSHOTS / name
        if request.config.getoption("--update-snapshots"):
            path.write_text(text, encoding="utf8", newline="")
        assert path.exists(), f"no snapshot {name!r}: run pytest with --update-snapshots, then read it"
        assert text == path.read_bytes().decode("utf8")

    return check
