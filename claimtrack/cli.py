"""The command line: gathers the commands, runs one, and turns errors into a message and an exit code.

A command parses its arguments, calls one function and shows the result. Everything heavy is imported inside the command
that needs it: `--help`, completion and `list` start without spaCy.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from typing import Annotated

import typer

from claimtrack import commands
from claimtrack.commands.options import Db, examples
from claimtrack.commands.output import say, write
from claimtrack.errors import ClaimtrackError

__all__ = ["app", "main"]

INTERRUPTED, TERMINATED = 130, 143  # as a shell tells 128 and the number of a signal
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO})

app = typer.Typer(
    help="Who claims what, how sure they are, and who contradicts whom.",
    epilog=examples("extract articles/", "contradict --topic zangezur"),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
# In the order in which --help lists them.
for _module in (
    commands.extracting, commands.listing, commands.statements, commands.about, commands.propositions,
    commands.aliases, commands.deciding, commands.review_log, commands.importing, commands.review_walk,
    commands.exporting, commands.querying, commands.forecasts, commands.report, commands.stance, commands.timeline,
    commands.rating, commands.topics, commands.sources, commands.standing, commands.serving,
):  # fmt: skip
    app.add_typer(_module.app)


def _print_version(wanted: bool) -> None:
    if wanted:
        write([f"claimtrack {commands.about.version()}\n"])
        raise typer.Exit()


def _complete_profiles(incomplete: str) -> list[str]:
    from claimtrack.commands import settings

    try:
        return [name for name in settings.profiles() if name.startswith(incomplete)]
    except ClaimtrackError:
        return []


@app.callback()
def _root(
    ctx: typer.Context,
    version: Annotated[  # noqa: ARG001  its callback does all
        bool, typer.Option("--version", help="Print the version and end.", callback=_print_version, is_eager=True)
    ] = False,
    profile: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Settings of this name. [default: $CLAIMTRACK_PROFILE]",
            autocompletion=_complete_profiles,
        ),
    ] = None,
    db: Db = None,  # noqa: ARG001  store_path finds it in the context
) -> None:
    """Who claims what, how sure they are, and who contradicts whom."""
    if ctx.invoked_subcommand != "config":  # which tells what is wrong with the settings
        from claimtrack.commands import settings

        ctx.default_map = settings.defaults(ctx.command, settings.read(profile))


def main() -> None:
    """Run the command line and end the process: errors become a message on standard error and an exit code."""
    if not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # a TextIOWrapper
    _end_cleanly()
    try:
        _run()
    except OSError as error:  # files of their own are named where they are written
        if error.errno not in FULL:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the rest would fail again at the end
        say(f"error: standard output cannot be written ({error.strerror}). Make room, or send it elsewhere.")
        sys.exit(1)


def _run() -> None:
    try:
        app(prog_name="claimtrack")
    except ClaimtrackError as error:
        say(f"error: {error}")
        sys.exit(error.exit_code)
    except SystemExit as end:
        if end.code in {INTERRUPTED, TERMINATED}:
            _hear_no_more()
            say("interrupted; the store is whole")
        sys.stdout.flush()
        raise


def _end_cleanly() -> None:
    """Let SIGTERM end the run as Ctrl-C does, so that processes and transactions are closed."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _stop)


def _stop(*_: object) -> None:
    raise SystemExit(TERMINATED)


def _hear_no_more() -> None:
    """Let no second Ctrl-C break into the end."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
