"""Folders: which files are documents and which are not, how many are to be expected, and what comes to a folder."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from claimtrack.errors import ClaimtrackError
from claimtrack.reading import folders
from claimtrack.reading.folders import expected, files, passed_over
from claimtrack.reading.ingest import Failure, read_all
from claimtrack.schema import Document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one below, one hidden, and files of every sort."""
    for name in ("b.txt", "a/c.md", "README.md", ".hidden.txt", "notes.ann", ".git/note.txt", "a/lines.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('{"text": "One."}\n \n{"text": "Two."}\n', encoding="utf8")
    return tmp_path


def test_folders_files_are_told_apart(folder: Path) -> None:
    """Each file that is neither hidden nor about the folder is read or passed over; a file stands for itself."""
    assert [os.path.relpath(file, folder) for file in files(str(folder))] == ["a/c.md", "a/lines.jsonl", "b.txt"]
    assert [os.path.relpath(file, folder) for file in passed_over([str(folder)])] == ["notes.ann"]
    assert files("any.ann") == ["any.ann"]
    assert passed_over(["any.ann", "-", "https://example.org"]) == []


def test_folders_documents_are_counted_where_that_can_be_told(folder: Path) -> None:
    """A file is one, a line of records is one, what is missing fails once; of archives and pipes nobody knows."""
    assert expected([str(folder)]) == 4
    assert expected([str(folder), "missing.txt", "missing.jsonl", "https://example.org/a"]) == 7
    (folder / "empty").mkdir()
    assert expected([str(folder / "empty")]) == 1
    assert expected([str(folder), "-"]) is None
    (folder / "more.zip").touch()
    assert expected([str(folder)]) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_folders_count_a_pipe_as_one(tmp_path: Path) -> None:
    """Counting its lines would block."""
    os.mkfifo(tmp_path / "pipe.jsonl")
    assert expected([str(tmp_path / "pipe.jsonl")]) == 1


def test_folders_pass_over_what_is_none_of_the_users_documents(tmp_path: Path) -> None:
    """Hidden folders (a vault's bin) and the pages that were kept beside a store are left out."""
    for name in ("b.md", "a/c.txt", ".trash/d.md", "claims.db", "claims.db.pages/e.html", "old.pages/f.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("The canal opens.", encoding="utf8")
    assert [Path(file).relative_to(tmp_path).as_posix() for file in files(str(tmp_path))] == [
        "a/c.txt", "b.md", "old.pages/f.txt",
    ]  # fmt: skip
    assert passed_over([str(tmp_path)]) == [str(tmp_path / "claims.db")]


def test_folders_that_are_watched_give_what_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """First the paths, then each document that comes, under the name that the folder was given; nothing else."""
    pytest.importorskip("watchfiles")
    monkeypatch.setattr(folders, "_QUIET", 50)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in" / ".trash").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text("The canal opens.", encoding="utf8")
    coming = folders.arrivals(["in", "b.txt"])
    assert next(coming) == ["in", "b.txt"]

    def write() -> None:
        for name in (".trash/c.txt", "README.md", "picture.png", "note.md"):
            (tmp_path / "in" / name).write_text("The port closes.", encoding="utf8")

    threading.Timer(0.2, write).start()
    assert next(coming) == [os.path.join("in", "note.md")]
    os.replace(tmp_path / "in" / "note.md", tmp_path / "in" / "moved.md")
    assert next(coming) == [os.path.join("in", "moved.md")]


def test_folders_are_needed_to_watch(tmp_path: Path) -> None:
    """A file alone cannot be watched, and without its package nothing can."""
    with pytest.raises(ClaimtrackError, match="No PATH is a folder"):
        next(folders.arrivals([str(tmp_path / "a.txt")]))


def test_folders_name_the_extra_that_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library, the message says what to install."""
    monkeypatch.setitem(__import__("sys").modules, "watchfiles", None)
    with pytest.raises(ClaimtrackError, match=r"claimtrack\[watch\]"):
        next(folders.arrivals([str(tmp_path)]))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_folders_that_are_watched_leave_out_pipes(tmp_path: Path) -> None:
    """A pipe that comes is named, and does not block the documents behind it."""
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text("The canal opens.", encoding="utf8")
    pipe, document = read_all([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], watched=True)
    assert isinstance(pipe, Failure)
    assert isinstance(document, Document)
