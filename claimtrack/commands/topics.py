"""The commands on topics: list, merge and order them."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.commands.completion import complete_topics
from claimtrack.commands.decisions import decide
from claimtrack.commands.options import AsJson, By, Db, Limit, Note, examples
from claimtrack.commands.output import put
from claimtrack.commands.stores import open_store, pair_up
from claimtrack.commands.tables import Bom, Fields, Format, Sort, layout, put_list
from claimtrack.errors import UsageError

app = typer.Typer()
topics_app = typer.Typer(rich_markup_mode=None)
app.add_typer(topics_app, name="topics")

TopicName = Annotated[
    str, typer.Argument(metavar="TOPIC", help="A topic, by any of its names.", autocompletion=complete_topics)
]


@topics_app.callback(
    invoke_without_command=True, epilog=examples("topics", "topics merge air-strikes bombing-raids --note 'the same'")
)
def topics(
    ctx: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Also those that do not recur.")] = False,
    limit: Limit = None,
    format: Format = "table",
    fields: Fields = None,
    sort: Sort = None,
    bom: Bom = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """List the topics; merge or order them.

    Those that recur in two documents or three claims, the most frequent first. The counts of a topic take in what was
    merged with it or put under it.
    """
    if ctx.invoked_subcommand is not None:
        return
    from claimtrack.exports.flat_columns import TOPICS, Known
    from claimtrack.screens.tracking_display import topic_table
    from claimtrack.tracking import topics as found_in

    how = layout(format, fields, sort, bom, limit, as_json)
    with open_store(ctx, db) as store:
        pair_up(store)
        listing = found_in.listed(store, limit=how.reads, every=every)
        nouns = "topics", "topic"
        put_list(
            how, TOPICS, listing.topics, Known(), lambda shown: (topic_table(shown), ""), nouns, listing.total
        )


@topics_app.command("show", epilog=examples("topics show zangezur", "topics show 'iran azerbaijan'"))
def topics_show(ctx: typer.Context, topic: TopicName, db: Db = None) -> None:
    """Show a topic on one page.

    Who is for and against, contradictions, forecasts, sources and claims, with citations.
    """
    from claimtrack.commands.asking import check_topic
    from claimtrack.screens.report import CLAIMS_SHOWN, gather
    from claimtrack.screens.report_outline import outline
    from claimtrack.screens.terminal import outline_text

    with open_store(ctx, db) as store:
        pair_up(store)
        check_topic(store, topic)
        blocks = outline(gather(store, topic, CLAIMS_SHOWN))
        put(*(outline_text(block.kind, block.text, block.level) for block in blocks))


@topics_app.command("merge", epilog=examples("topics merge air-strikes bombing-raids", "topics merge IRGC pasdaran"))
def topics_merge(
    ctx: typer.Context,
    topic: TopicName,
    others: Annotated[
        list[str],
        typer.Argument(metavar="OTHER…", help="Topics that are read as it.", autocompletion=complete_topics),
    ],
    note: Note = None,
    by: By = None,
    db: Db = None,
) -> None:
    """Read topics as one from now on."""
    from claimtrack.tracking import topics as found_in

    with open_store(ctx, db) as store:
        target, name = found_in.find_or_name(store, topic)
        found = tuple(found_in.find(store, other) for other in others)
        if target in found:
            raise UsageError(f"{topic!r} cannot be merged with itself.")
        decide(store, "merge", target, by, subject="topic", others=found, changes=name, note=note)


@topics_app.command("place", epilog=examples("topics place lachin-corridor --under transport", "topics place lachin"))
def topics_place(
    ctx: typer.Context,
    topic: TopicName,
    under: Annotated[
        str | None,
        typer.Option(metavar="TOPIC", help="Under which topic, a new one too.", autocompletion=complete_topics),
    ] = None,
    note: Note = None,
    by: By = None,
    db: Db = None,
) -> None:
    """Put a topic under another one.

    Whoever asks for the upper one finds the lower one, too. Without --under, the topic stands on top again.
    """
    from claimtrack.tracking import topics as found_in

    with open_store(ctx, db) as store:
        child = found_in.find(store, topic)
        parent, name = found_in.find_or_name(store, under) if under else ("", ())
        found_in.check_place(store, child, parent)
        others = (parent,) if parent else ()
        decide(store, "place", child, by, subject="topic", others=others, changes=name, note=note)
