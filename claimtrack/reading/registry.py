"""The readers of all formats, by the extension of their files.

A format is one function: under `@reader(".ext")` from bytes to a `Draft`, or, where a file holds several documents,
under `@container(".ext")` from bytes to its `Member`s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from claimtrack.reading.imprint import Metadata
from claimtrack.schema import Section

__all__ = ["CONTAINERS", "MAX_BYTES", "MAX_CHARS", "READERS", "Container", "Draft", "Member", "Reader", "container",
           "reader"]

MAX_CHARS = 500_000
"""The longest text that is read, in characters: its parse takes 2 GB of memory, and it is as long as a thick novel."""

MAX_BYTES = 64_000_000
"""The largest file or line that is opened, in bytes, also unpacked; PDFs may be far larger than their text."""

_UNKNOWN = Metadata()


@dataclass(frozen=True)
class Draft:
    """What a reader gets out of the bytes: the text, what the format says about it, where comments begin.

    `told` are stretches of the text whose kind and voice the format itself tells: the quoted lines of a mail. `days`
    are the characters from which on, up to the next, another day of publication holds: the entries of a live page.
    """

    text: str
    metadata: Metadata = _UNKNOWN
    comments_at: int | None = None
    told: tuple[Section, ...] = ()
    days: tuple[tuple[int, str], ...] = ()


Reader = Callable[[bytes, str], Draft]


@dataclass(frozen=True)
class Member:
    """One document inside a file: its name there, its bytes, and its reader where the name does not tell."""

    name: str
    raw: bytes
    read: Reader | None = None


Container = Callable[[bytes, str], Iterator[Member]]
READERS: dict[str, Reader] = {}
"""The reader of each extension."""

CONTAINERS: dict[str, Container] = {}
"""What gives the documents of a file with several of them, by its extension."""


def reader(*extensions: str) -> Callable[[Reader], Reader]:
    """Register a function as the reader of files with these extensions, such as ".html"."""

    def register(function: Reader) -> Reader:
        READERS.update(dict.fromkeys(extensions, function))
        return function

    return register


def container(*extensions: str) -> Callable[[Container], Container]:
    """Register a function as what opens files with these extensions, such as ".zip"."""

    def register(function: Container) -> Container:
        CONTAINERS.update(dict.fromkeys(extensions, function))
        return function

    return register
