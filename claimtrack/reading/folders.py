"""Find the documents of a folder, those that it holds and those that come to it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from claimtrack.errors import ClaimtrackError, EmptyDocument, UnreadableDocument
from claimtrack.reading.formats import CONTAINERS, READERS

__all__ = ["arrivals", "endless", "files"]

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
    if path == "-" or not os.path.isdir(path):
        return [path]
    found: list[str] = []
    for folder, below, names in os.walk(path):
        below[:] = [name for name in below if not _is_passed_over(folder, name)]
        found += (os.path.join(folder, name) for name in names if _is_document(name))
    if not found:
        formats = ", ".join(sorted((*READERS, *CONTAINERS)))
        raise EmptyDocument(f"The folder {path!r} holds no documents: put files of {formats} there, or name a file.")
    return sorted(found)


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
    folders = {os.path.abspath(path): path for path in paths if os.path.isdir(path)}
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
        if _is_document(last) and not any(map(_is_passed_over, above, below)):
            yield os.path.join(name, *below, last)


def _is_document(name: str) -> bool:
    """Tell by its name whether a file of a folder is to be read."""
    file = Path(name)
    is_readable = file.suffix.lower() in (*READERS, *CONTAINERS)
    return is_readable and not name.startswith(".") and file.stem.lower() not in _ABOUT


def _is_passed_over(folder: str, name: str) -> bool:
    """Tell whether a folder in a folder holds no documents of the user's: a hidden one, or the pages beside a store."""
    store = os.path.join(folder, name.removesuffix(_PAGES))
    return name.startswith(".") or (name.endswith(_PAGES) and os.path.isfile(store))
