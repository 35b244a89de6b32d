"""The files that an input stands for: of a folder those that are read, those that nobody can, and those that come."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from claimtrack.errors import ClaimtrackError, EmptyDocument, UnreadableDocument
from claimtrack.reading.addresses import is_address
from claimtrack.reading.formats import CONTAINERS, READERS

__all__ = ["RECORD_LINES", "arrivals", "endless", "expected", "files", "passed_over"]

RECORD_LINES = (".jsonl", ".ndjson")
"""Extensions of files with a document a line."""

# Files that tell about a folder's documents and are none themselves.
_ABOUT = frozenset({"changelog", "contributing", "licence", "license", "notice", "readme", "sources"})
_PAGES = ".pages"  # behind the name of a store: the folder of the web pages that were kept beside it
_QUIET, _WAKES = 500, 1000  # milliseconds without a change after which a file is whole; between two looks


def files(path: str) -> list[str]:
    """Give the files that a path stands for: itself, or all readable ones of a folder and of those below, sorted.

    Hidden files and folders are left out, so are files about the folder (README, SOURCES, LICENSE) and kept pages.

    Raises:
        EmptyDocument: the folder holds no documents.
    """
    if not _is_folder(path):
        return [path]
    found = sorted(filter(_is_readable, _walk(path)))
    if not found:
        formats = ", ".join(sorted((*READERS, *CONTAINERS)))
        raise EmptyDocument(f"The folder {path!r} holds no documents: put files of {formats} there, or name a file.")
    return found


def passed_over(paths: Sequence[str]) -> list[str]:
    """Give the files of folders that are of no format that is read, sorted, without those that `files` leaves out."""
    folders = filter(_is_folder, paths)
    return sorted(file for path in folders for file in _walk(path) if not _is_readable(file))


def expected(paths: Sequence[str]) -> int | None:
    """Count the documents of inputs before they are read; None where only reading tells: standard input, archives."""
    found = [file for path in paths for file in ([] if path == "-" else _known(path))]
    if "-" in paths or any(_extension(file) in CONTAINERS for file in found):
        return None
    return sum(_lines(file) if _extension(file) in RECORD_LINES else 1 for file in found)


def endless(path: str) -> UnreadableDocument | None:
    """Give the error of something in a folder that is no file; None for a file, also for a missing one."""
    if not os.path.exists(path) or os.path.isfile(path):
        return None
    words = f"{path!r} is a pipe, a socket or a device, which might never end: it is left out."
    return UnreadableDocument(words)


def arrivals(paths: Sequence[str]) -> Iterator[list[str]]:
    """Give the paths themselves, once their folders are watched, then for ever the files that came or changed.

    Nothing is missed that comes while the caller reads what was there before. Files are named as `files` names them.

    Raises:
        ClaimtrackError: no path is a folder, or the package watchfiles is not installed.
    """
    folders = {os.path.abspath(path): path for path in paths if _is_folder(path)}
    if not folders:
        raise ClaimtrackError("No PATH is a folder: name one to watch, or leave out --watch.")
    try:
        from watchfiles import watch
    except ModuleNotFoundError as error:
        words = "--watch needs the package watchfiles, which is not installed: pip install 'claimtrack[watch]'"
        raise ClaimtrackError(words) from error
    looks = watch(*folders, watch_filter=None, step=_QUIET, rust_timeout=_WAKES, yield_on_timeout=True)
    next(looks)  # what changed before this is read with the rest
    yield list(paths)
    for changes in looks:
        if found := sorted({file for _, path in changes for file in _named(path, folders)}):
            yield found


def _named(path: str, folders: dict[str, str]) -> Iterator[str]:
    """Give a changed file under the names that the caller gave its folders; nothing where it is gone or no document."""
    if not os.path.lexists(path) or os.path.isdir(path):
        return
    for folder, name in folders.items():
        if not path.startswith(os.path.join(folder, "")):
            continue
        *below, last = Path(path).relative_to(folder).parts
        above = (os.path.join(folder, *below[:depth]) for depth in range(len(below)))
        if _is_shown(last) and _is_readable(last) and not any(map(_is_left_out, above, below)):
            yield os.path.join(name, *below, last)


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


def _walk(folder: str) -> Iterator[str]:
    """All files of a folder and those below it, without what holds no documents of the user's."""
    for above, below, names in os.walk(folder):
        below[:] = [name for name in below if not _is_left_out(above, name)]
        yield from (os.path.join(above, name) for name in names if _is_shown(name))


def _is_folder(path: str) -> bool:
    return path != "-" and not is_address(path) and os.path.isdir(path)


def _is_shown(name: str) -> bool:
    """Tell whether a file of a folder is neither hidden nor about the folder."""
    return not name.startswith(".") and Path(name).stem.lower() not in _ABOUT


def _is_readable(file: str) -> bool:
    return _extension(file) in (*READERS, *CONTAINERS)


def _is_left_out(folder: str, name: str) -> bool:
    """Tell whether a folder in a folder holds no documents of the user's: a hidden one, or the pages beside a store."""
    store = os.path.join(folder, name.removesuffix(_PAGES))
    return name.startswith(".") or (name.endswith(_PAGES) and os.path.isfile(store))


def _extension(file: str) -> str:
    return Path(file).suffix.lower()
