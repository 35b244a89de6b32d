"""The command that tells how articles bear on a headline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from claimtrack.commands.input import rows
from claimtrack.commands.options import AsJson, examples
from claimtrack.commands.output import print_records, put, say, write_lists
from claimtrack.commands.statements import pair_judge, pair_model, side_judge
from claimtrack.errors import UsageError

if TYPE_CHECKING:
    from claimtrack.schema import Bearing

app = typer.Typer()


@app.command(epilog=examples("stance 'Mayor of Ruvia resigns' articles/", "stance --jsonl < pairs.jsonl"))
def stance(
    headline: Annotated[str | None, typer.Argument(metavar="[HEADLINE]", help="What some outlet says.")] = None,
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]", help="Articles: files, folders, or - for standard input.")
    ] = None,
    as_json: AsJson = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read {"headline", "text"} a line, print a label and scores a line.')
    ] = False,
) -> None:
    """Say which articles refute a headline.

    And which tell the same, only discuss it, or are about something else.

    Those that disagree come first, each with the sentences that decided. An article disagrees where it calls the
    headline's story false, or tells what the headline calls false. Made for news of an event, such as rumors: that an
    article is on the story is judged by the words it shares with the headline. One that then seems to agree is held
    against the headline as `compare` does, by its nearest sentences; with --jsonl it is not. Scores are rough shares of
    right labels.
    """
    if jsonl:
        _answer_lines()
        return
    if not headline or not headline.strip() or not paths:
        raise UsageError("stance needs a headline and articles, or --jsonl and pairs on standard input.")
    found, failed = _bearings(headline, paths)
    _show(found, as_json)
    if failed:
        raise typer.Exit(3 if found else 1)


def _answer_lines() -> None:
    from claimtrack.contradiction.stance import bearing
    from claimtrack.reading import ingest

    for headline, text in rows({"headline": str, "text": str}):
        found = bearing(headline, ingest.from_text(text))
        print_records([found.model_dump_json(include={"label", "disagree", "agree", "discuss", "unrelated"})])


def _bearings(headline: str, paths: Sequence[str]) -> tuple[list[Bearing], int]:
    """Judge the articles: those that disagree first, unrelated ones last; and how many could not be read."""
    from claimtrack.contradiction.stance import bearing
    from claimtrack.reading.ingest import Failure, read_all
    from claimtrack.schema import BearingLabel, Document

    found, failed = [], 0
    for one in read_all(paths):
        if isinstance(one, Failure):
            say(f"failed: {one.error}")
            failed += 1
        elif isinstance(one, Document):
            found.append(bearing(headline, one))
    if any(one.label == "agree" for one in found):
        from claimtrack.tracking import headlines

        model = pair_model()
        judges = headlines.Judges(lambda a, b: model.judge([(a, b)])[0], pair_judge(model), side_judge())
        found = [headlines.checked(one, judges) for one in found]
    order = get_args(BearingLabel)
    return sorted(found, key=lambda b: (order.index(b.label), -getattr(b, b.label))), failed


def _show(found: Sequence[Bearing], as_json: bool) -> None:
    if as_json:
        write_lists(bearings=found)
        return
    from claimtrack.screens.stance_display import bearing_block
    from claimtrack.screens.terminal import counted

    if found:
        put(*map(bearing_block, found), f"{counted(len(found), 'article')}: {', '.join(_counts(found))}.")


def _counts(found: Sequence[Bearing]) -> Iterator[str]:
    from claimtrack.schema import BearingLabel

    for label in get_args(BearingLabel):
        if number := sum(one.label == label for one in found):
            yield f"{number:,} {label}"
