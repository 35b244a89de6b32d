"""The command that joins another store into this one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.commands.options import AsJson, Db, examples
from claimtrack.commands.output import put, say, write_lists
from claimtrack.commands.stores import open_store, pair_up
from claimtrack.errors import DocumentError

if TYPE_CHECKING:
    from claimtrack.tracking.joining import Bundle

app = typer.Typer()


@app.command("import", epilog=examples("import colleague.json", "import colleague.jsonl --theirs --json"))
def import_(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="What claimtrack export wrote: json or jsonl.")],
    theirs: Annotated[bool, typer.Option("--theirs", help="Where both read a claim differently, take theirs.")] = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Join another store into this one.

    Documents, claims and decisions of both are kept; what differs is shown: claims read differently, contrary
    decisions (the later one counts), other texts at one path (both stay).
    """
    from claimtrack.tracking import joining

    bundles = _readable(files)
    if not bundles:
        raise typer.Exit(1)
    with open_store(ctx, db, create=True) as store:
        joined = [joining.join(store, bundle, path.name, theirs=theirs) for path, bundle in bundles]
        pair_up(store)
    conflicts = [conflict for one in joined for conflict in one.conflicts]
    if as_json:
        write_lists(conflicts=conflicts)
    elif conflicts:
        from claimtrack.screens.decision_display import conflict_table

        put(conflict_table(conflicts), "")
    from claimtrack.screens.terminal import counted

    nouns = ("document", "claim", "decision")
    counts = (counted(sum(getattr(one, f"{noun}s") for one in joined), noun) for noun in nouns)
    say(f"New: {', '.join(counts)}. {counted(len(conflicts), 'conflict').capitalize()}.")
    if len(bundles) < len(files):
        raise typer.Exit(3)


def _readable(files: Iterable[Path]) -> list[tuple[Path, Bundle]]:
    """What the files hold that can be read; the others are named."""
    from claimtrack.tracking import joining

    bundles = []
    for path in files:
        try:
            bundles.append((path, joining.read(path)))
        except DocumentError as error:
            say(f"failed: {error}")
    return bundles
