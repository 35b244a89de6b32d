"""The commands that serve the store to other programs of this machine: serve, mcp."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from claimtrack.commands.about import version
from claimtrack.commands.decisions import reviewer
from claimtrack.commands.options import By, Db, examples
from claimtrack.commands.output import say
from claimtrack.commands.stores import store_path
from claimtrack.errors import ClaimtrackError

app = typer.Typer()


@app.command(epilog=examples("serve", "serve --db claims.db --port 9000 --by ann"))
def serve(
    ctx: typer.Context,
    port: Annotated[int, typer.Option(min=1, max=65535, metavar="N", help="Where to listen.")] = 8741,
    by: By = None,
    db: Db = None,
) -> None:
    """Show the store in a browser of this machine.

    Claims with filters, contradictions side by side, timeline, forecasts, sources, review by keyboard, and export. The
    page listens to this machine alone, asks for the token in the address that is printed, loads nothing from outside,
    and reads without scripts. Needs: pip install 'claimtrack[serve]'
    """
    try:
        import uvicorn

        from claimtrack.serving.guard import new_token
        from claimtrack.serving.web import site
    except ImportError as error:
        words = f"claimtrack serve needs packages that are not installed: pip install 'claimtrack[serve]' ({error})"
        raise ClaimtrackError(words) from error
    token = new_token()
    shown = site(store_path(ctx, db), token, reviewer(by))
    with _listening(port) as door:
        say(f"http://127.0.0.1:{port}/?token={token}\nOpen this address in a browser; Ctrl-C ends it.")
        uvicorn.Server(uvicorn.Config(shown, log_level="warning", access_log=False, server_header=False)).run([door])


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise ClaimtrackError(f"port {port} cannot be used ({error.strerror}): choose another with --port") from error


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

    server(store_path(ctx, db), reviewer(by) if write else None, version()).run()
