"""The files of folders: those that are read, those that are not, and how many documents are to be expected."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from claimtrack.reading.folders import expected, files, passed_over


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
    os.mkfifo(folder / "pipe.jsonl")
    assert expected([str(folder / "pipe.jsonl")]) == 1
