"""How commands print: data on standard output, everything else on standard error; and how they write files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from claimtrack.errors import ClaimtrackError

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import RenderableType

LISTED = 50
PAIRS_SHOWN = 20


def limit_of(asked: int | None, shown: int, as_json: bool) -> int | None:
    """How many records to give: JSON is for programs, which want all unless they say otherwise."""
    if asked is None:
        return None if as_json else shown
    return asked or None


def write(pieces: Iterable[str]) -> None:
    """Write to standard output."""
    for piece in pieces:
        sys.stdout.write(piece)
    sys.stdout.flush()


def write_lists(**lists: Iterable[BaseModel]) -> None:
    """Write lists of records by their names as one JSON document."""
    from claimtrack.exports.json_lists import envelope

    write(envelope(**{name: (record.model_dump_json() for record in records) for name, records in lists.items()}))


def print_records(records: Iterable[str]) -> None:
    """Print JSON records, a line each."""
    from claimtrack.exports.escaping import harmless_json

    write(harmless_json(record) + "\n" for record in records)


def put(*renderables: RenderableType) -> None:
    """Print for reading, on standard output."""
    from claimtrack.screens.terminal import page

    for renderable in renderables:
        write([page(renderable)])


def say(message: str) -> None:
    """Say something that is not data, on standard error."""
    from claimtrack.exports.escaping import visible

    print(visible(message), file=sys.stderr)


def shown_of(shown: int, total: int, many: str, one: str) -> str:
    """The line below a list: how many there are, and how to see the rest."""
    if total == 0:
        return f"No {many} found."
    noun = one if total == 1 else many
    return f"{total:,} {noun}." if shown >= total else f"{shown:,} of {total:,} {noun}; --limit 0 for all."


def write_file(path: Path, pieces: Iterable[str] | Iterable[bytes], option: str = "-o") -> None:
    """Write a file whole or not at all; text as UTF-8. What is no file, as a pipe or a device, is written as it stands.

    Args:
        path: the file.
        pieces: what is written.
        option: the one that names the file.

    Raises:
        ClaimtrackError: it cannot be written, or is a folder or a store.
    """
    if path.is_dir() or (path.is_file() and _is_database(path)):
        what = "a folder" if path.is_dir() else "a store, or another database"
        raise ClaimtrackError(f"{str(path)!r} is {what}, and is not written over. Name another file with {option}.")
    try:
        if path.exists() and not path.is_file():
            _write(path, pieces)
        else:
            _write_whole(path, pieces)
    except OSError as error:
        words = f"{str(path)!r} cannot be written: {error.strerror or error}. Name another file with {option}."
        raise ClaimtrackError(words) from error


def _write_whole(path: Path, pieces: Iterable[str] | Iterable[bytes]) -> None:
    part = path.with_name(path.name + ".part")
    try:
        _write(part, pieces)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _write(path: Path, pieces: Iterable[str] | Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(piece if isinstance(piece, bytes) else piece.encode("utf8") for piece in pieces)


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError:
        return False


def watched() -> bool:
    """Whether somebody sees what is written on standard error as it comes."""
    return sys.stderr.isatty()


Advance = Callable[[int, int | None, str], None]
"""Is told how many are done, of how many if that is known, and of what."""


@contextmanager
def progress(what: str) -> Iterator[Advance]:
    """A progress line on standard error while it is a terminal: how many, how fast, for how long, how much longer."""
    if not watched():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False), BarColumn(20), TimeElapsedColumn(), TextColumn("so far,"),
        TimeRemainingColumn(), TextColumn("left"),
    )  # fmt: skip
    # Standard output is data and may be a file: left to itself, rich would draw it into the progress on the terminal.
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task(what, total=None)

        def advance(done: int, total: int | None, unit: str) -> None:
            count = f"{done:,}" if total is None else f"{done:,}/{total:,}"
            speed = bar.tasks[0].speed
            rate = f", {speed:,.1f} a second" if speed else ""
            bar.update(task, completed=done, total=total, description=f"{what} {count} {unit}{rate}")

        yield advance
