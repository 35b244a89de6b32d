"""What `extract` says beside what it reads: how far it is, what it passes over, what is not English."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from claimtrack.reading.registry import MAX_CHARS
from tests.conftest import Ended

Run = Callable[..., Ended]
GERMAN = (
    "Die Regierung von Norland erklärte am Montag, der Kanal werde im Mai geöffnet. Der Präsident sagte, die Kosten "
    "seien höher als erwartet. Die Opposition bestreitet das."
)


@pytest.mark.usefixtures("reader")
def test_extracting_names_what_it_passes_over(run: Run, tmp_path: Path) -> None:
    """Files of a folder that nobody reads are named, the first of many; hidden ones and those about it are not."""
    for name in ("a.txt", "blob.bin", "pictures/b.jpg", "README.md", ".git/index", ".hidden"):
        (tmp_path / "news" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "news" / name).write_text("The canal opened today.", encoding="utf8")
    ended = run("extract", "news")
    assert ended.code == 0
    assert ended.err == (
        "note: passed over 2 files, of no format that is read: 'news/blob.bin', 'news/pictures/b.jpg'.\n"
    )
    for number in range(9):
        (tmp_path / "news" / f"{number}.bin").touch()
    assert "note: passed over 11 files" in (many := run("extract", "news").err)
    assert many.count(".bin") == 5
    assert run("extract", "news/a.txt").err == ""


@pytest.mark.usefixtures("reader")
def test_extracting_says_what_is_not_english(run: Run, tmp_path: Path) -> None:
    """Why there are few claims, or odd ones, is said of each such text; of a headline nobody can tell."""
    (tmp_path / "de.txt").write_text(GERMAN, encoding="utf8")
    (tmp_path / "short.txt").write_text("Kanal öffnet im Mai.", encoding="utf8")
    (tmp_path / "en.txt").write_text("The canal will open in May, said the president of the state. " * 4)
    ended = run("extract", "de.txt", "short.txt", "en.txt")
    assert ended.code == 0
    assert ended.err == (
        "note: 'de.txt' seems not to be English; only claims in English are read: the 3 found can hardly be right.\n"
    )


@pytest.mark.usefixtures("reader")
def test_extracting_says_why_there_are_no_claims(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is found in another language, too."""
    monkeypatch.setattr("claimtrack.claims.extraction.extract", lambda *_: [])
    (tmp_path / "de.txt").write_text(GERMAN, encoding="utf8")
    assert run("extract", "de.txt").err.endswith("only claims in English are read: none is found.\n")


def test_extracting_tells_how_long_a_text_may_be(run: Run) -> None:
    """The limit that refuses a text is the one that help and README name."""
    readme = Path(__file__).parent.parent.parent / "README.md"
    for told in (run("extract", "--help").out, readme.read_text(encoding="utf8")):
        assert f"more than {MAX_CHARS:,} characters" in " ".join(told.split())


class Terminal(io.StringIO):
    """What a terminal was sent."""

    def isatty(self) -> bool:
        """A terminal it is."""
        return True


@pytest.mark.usefixtures("reader")
def test_extracting_tells_how_far_it_is(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal: how many of how many, how long so far and what is left; failures and known ones count, too."""
    (tmp_path / "a.txt").write_text("The canal opened today.")
    (tmp_path / "b.jsonl").write_text('{"text": "One."}\n\n{"text": "A broken text."}\n')
    run("extract", "a.txt")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    assert run("extract", "a.txt", "b.jsonl").code == 3
    assert "reading 3/3 documents" in terminal.getvalue()
    assert "so far" in terminal.getvalue()
    assert "left" in terminal.getvalue()
