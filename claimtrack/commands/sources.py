"""The commands on sources: list, show, merge, rate and note them."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.commands.completion import complete_literal, complete_sources
from claimtrack.commands.decisions import decide
from claimtrack.commands.options import AsJson, By, Db, Limit, Note, Scale, check_one_of, examples
from claimtrack.commands.output import LISTED, limit_of, print_records, put, shown_of
from claimtrack.commands.stores import open_store, pair_up, view_of
from claimtrack.commands.tables import Bom, Fields, Format, Sort, known_to, layout, put_list
from claimtrack.errors import UsageError

app = typer.Typer()
sources_app = typer.Typer(rich_markup_mode=None)
app.add_typer(sources_app, name="sources")

SourceName = Annotated[
    str, typer.Argument(metavar="SOURCE", help="Its name, words of it, or its id.", autocompletion=complete_sources)
]


@sources_app.callback(
    invoke_without_command=True, epilog=examples("sources --limit 10 --json", "sources show 'Mara Quist'")
)
def sources(
    ctx: typer.Context,
    limit: Limit = None,
    format: Format = "table",
    fields: Fields = None,
    sort: Sort = None,
    bom: Bom = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """List who claims; show, merge or rate one."""
    if ctx.invoked_subcommand is not None:
        return
    from claimtrack.exports import flat_columns
    from claimtrack.screens.tracking_display import source_table
    from claimtrack.tracking import profiles

    how = layout(format, fields, sort, bom, limit, as_json)
    with open_store(ctx, db) as store:
        rated, view = profiles.ratings(store), view_of(store)
        put_list(
            how, flat_columns.sources(rated), store.sources(), known_to(view),
            lambda shown: (source_table(shown, rated, view), ""), ("sources", "source"),
        )  # fmt: skip


@sources_app.command("show", epilog=examples("sources show 'Mara Quist'", "sources show country:iran --json"))
def sources_show(
    ctx: typer.Context, source: SourceName, limit: Limit = None, scale: Scale = None, as_json: AsJson = False,
    db: Db = None,
) -> None:  # fmt: skip
    """Show one source: other names, rating, who contradicts it, where it changed sides, how its forecasts fared.

    Then its claims in order of time; --limit says how many of them.
    """
    from claimtrack.tracking import chronology, profiles

    with open_store(ctx, db) as store:
        pair_up(store)
        profile = profiles.profile(store, profiles.find(store, source))
        if as_json:
            print_records([profile.model_dump_json()])
            return
        from claimtrack.screens.tracking_display import profile_blocks, timeline_blocks

        view, entries = view_of(store, scale), chronology.of_source(store, profile.id)
        shown = entries[: limit_of(limit, LISTED, as_json=False)]
        put(*profile_blocks(profile, view), *timeline_blocks(shown, view))
        put(shown_of(len(shown), len(entries), "claims", "claim"))


@sources_app.command("merge", epilog=examples("sources merge 'Mara Quist' 'M. Quist'", "sources merge Iran Tehran"))
def sources_merge(
    ctx: typer.Context,
    source: SourceName,
    others: Annotated[
        list[str],
        typer.Argument(metavar="OTHER…", help="Sources that are the same.", autocompletion=complete_sources),
    ],
    note: Note = None,
    by: By = None,
    db: Db = None,
) -> None:
    """Read several sources as one from now on, in every list, pair and export."""
    from claimtrack.tracking import profiles

    with open_store(ctx, db) as store:
        target = profiles.find(store, source).id
        found = tuple(profiles.find(store, other).id for other in others)
        if target in found:
            raise UsageError(f"{source!r} cannot be merged with itself. `claimtrack sources` shows the ids.")
        decide(store, "merge", target, by, subject="source", others=found, note=note)


@sources_app.command("rate", epilog=examples("sources rate 'Mara Quist' --reliability B", "sources rate Iran -r F"))
def sources_rate(
    ctx: typer.Context,
    source: SourceName,
    reliability: Annotated[
        str,
        typer.Option("-r", "--reliability", metavar="A-F", autocompletion=complete_literal("Reliability"),
                     help="Admiralty code: A completely reliable, B usually, C fairly, D not usually, "
                     "E unreliable, F cannot be judged."),
    ],
    note: Note = None,
    by: By = None,
    db: Db = None,
) -> None:  # fmt: skip
    """Say how reliable a source is.

    No command ever sets or changes it by itself.
    """
    from claimtrack.tracking import profiles

    check_one_of("--reliability", reliability, "Reliability")
    with open_store(ctx, db) as store:
        target = profiles.find(store, source).id
        decide(store, "rate", target, by, subject="source", reliability=reliability, note=note)


@sources_app.command(
    "note", epilog=examples("sources note 'Mara Quist' 'writes for the keepers'", "sources note Iran 'see also Tasnim'")
)
def sources_note(
    ctx: typer.Context,
    source: SourceName,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The note.")],
    by: By = None,
    db: Db = None,
) -> None:
    """Write a note on a source."""
    from claimtrack.tracking import profiles

    with open_store(ctx, db) as store:
        decide(store, "comment", profiles.find(store, source).id, by, subject="source", note=text)
