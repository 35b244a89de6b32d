"""The files that an input stands for: of a folder those that can be read, and those that nobody can."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from claimtrack.errors import EmptyDocument
from claimtrack.reading.addresses import is_address
from claimtrack.reading.formats import CONTAINERS, READERS

__all__ = ["RECORD_LINES", "expected", "files", "passed_over"]

RECORD_LINES = (".jsonl", ".ndjson")
"""Extensions of files with a document a line."""

# Files that tell about a folder's documents and are none themselves.
_ABOUT = frozenset({"changelog", "contributing", "licence", "license", "notice", "readme", "sources"})


def files(path: str) -> list[str]:
    """Give the files that a path stands for: itself, or all readable ones of a folder and those below, by name.

    Raises:
        EmptyDocument: a folder has none.
    """
    if not _is_folder(path):
        return [path]
    found = sorted(file for file in _walk(path) if _extension(file) in (*READERS, *CONTAINERS))
    if not found:
        formats = ", ".join(sorted((*READERS, *CONTAINERS)))
        raise EmptyDocument(f"The folder {path!r} holds no documents: put files of {formats} there, or name a file.")
    return found


def passed_over(paths: Sequence[str]) -> list[str]:
    """Give the files of folders that are of no format that is read, by name; hidden ones and those about it aside."""
    folders = filter(_is_folder, paths)
    return sorted(file for path in folders for file in _walk(path) if _extension(file) not in (*READERS, *CONTAINERS))


def expected(paths: Sequence[str]) -> int | None:
    """Count the documents of inputs before they are read; None where only reading tells: standard input, archives."""
    found = [file for path in paths for file in ([] if path == "-" else _known(path))]
    if "-" in paths or any(_extension(file) in CONTAINERS for file in found):
        return None
    return sum(_lines(file) if _extension(file) in RECORD_LINES else 1 for file in found)


def _known(path: str) -> list[str]:
    try:
        return files(path)
    except EmptyDocument:  # which is one failure
        return [path]


def _lines(file: str) -> int:
    """The lines of a file that are not blank; 1 where it cannot be read, which is one failure, or is a pipe."""
    if not os.path.isfile(file):
        return 1
    try:
        with open(file, "rb") as lines:
            return sum(1 for line in lines if line.strip())
    except OSError:
        return 1


def _is_folder(path: str) -> bool:
    return path != "-" and not is_address(path) and os.path.isdir(path)


def _walk(folder: str) -> Iterator[str]:
    """All files of a folder and those below it that are neither hidden nor about the folder."""
    for above, below, names in os.walk(folder):
        below[:] = [name for name in below if not name.startswith(".")]
        shown = (name for name in names if not name.startswith(".") and Path(name).stem.lower() not in _ABOUT)
        yield from (os.path.join(above, name) for name in shown)


def _extension(file: str) -> str:
    return Path(file).suffix.lower()
