"""The commands that serve the store to other programs of this machine: mcp."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.commands.decisions import reviewer
from claimtrack.commands.options import By, Db, examples
from claimtrack.commands.stores import store_path

app = typer.Typer()


@app.command(epilog=examples("mcp --db claims.db", "mcp --write --by assistant"))
def mcp(
    ctx: typer.Context,
    write: Annotated[bool, typer.Option("--write", help="Let the assistant keep texts and decide on claims.")] = False,
    by: By = None,
    db: Db = None,
) -> None:
    """Serve the store to an assistant (Model Context Protocol).

    Over standard input and output: the assistant starts this command itself. It can search claims, list contradictions,
    contrast, timeline and sources, and read the claims of a text; it can change nothing, unless --write lets it. Needs:
    pip install 'claimtrack[mcp]'
    """
    from claimtrack.serving.assistant import server

    server(store_path(ctx, db), reviewer(by) if write else None).run()
