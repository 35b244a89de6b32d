"""The commands that follow a matter over time: timeline, new, topics, sources, rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from claimtrack.commands.deciding import By, ClaimId, Note, report, reviewer
from claimtrack.commands.shared import (
    LISTED,
    PAIRS_SHOWN,
    AsJson,
    Db,
    Limit,
    Scale,
    Source,
    Topic,
    check_date,
    check_one_of,
    complete_literal,
    complete_sources,
    complete_topics,
    examples,
    limit_of,
    list_counts,
    open_store,
    pair_up,
    print_records,
    put,
    shown_of,
    view_of,
    whole_id,
    write_lists,
)
from claimtrack.errors import UsageError

if TYPE_CHECKING:
    from claimtrack.schema import Action, TimelineEntry
    from claimtrack.store import Store
    from claimtrack.tracking.arrivals import Arrivals

__all__ = ["app"]

app = typer.Typer()


# ---------------------------------------------------------------------------------------------------------- timeline


@app.command(epilog=examples("timeline --topic zangezur", "timeline --topic 'iran azerbaijan' --by event --since 2021"))
def timeline(
    ctx: typer.Context,
    topic: Annotated[str, typer.Option(help="What the claims are about.", autocompletion=complete_topics)],
    by: Annotated[Literal["said", "event"], typer.Option(help="By the time of saying, or of the event.")] = "said",
    source: Source = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="On or after: 2021, 2021-10, 2021-10-06.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="On or before.")] = None,
    limit: Limit = None,
    scale: Scale = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Show the claims on a topic in order of time.

    Oldest first. Marks where a source changed sides, and names what each claim contradicts. By event, claims that
    name no time stand before, at or after the day they were said, as their tense tells.
    """
    check_date("--since", since)
    check_date("--until", until)
    with open_store(ctx, db) as store:
        pair_up(store)
        entries = _timeline(store, topic, by, source, since, until)
        shown = entries[: limit_of(limit, LISTED, as_json)]
        if as_json:
            write_lists(timeline=shown)
            return
        from claimtrack.screens.tracking_display import timeline_blocks

        put(*timeline_blocks(shown, view_of(store, scale)))
        put(shown_of(len(shown), len(entries), "claims", "claim"))


def _timeline(
    store: Store, topic: str, by: Literal["said", "event"], source: str | None, since: str | None, until: str | None
) -> list[TimelineEntry]:
    """The entries asked for; a source may have changed from what it said before `since`."""
    from claimtrack.store import PairQuery, Query
    from claimtrack.tracking import pairing as tracking
    from claimtrack.tracking import timeline as line

    everything = list(store.claims(Query(topic=topic)))
    wanted = {claim.id for claim in store.claims(Query(topic=topic, source=source))} if source else None
    claims = [claim for claim in everything if wanted is None or claim.id in wanted]
    pairs = store.contradictions(PairQuery(topic=topic, source=source))
    repeated = line.repeats(everything, tracking.prints(store, everything))
    entries = line.timeline(claims, by, line.reversals(everything, repeated), pairs, repeated)
    return [entry for entry in entries if line.lies_within(entry, since, until)]


# --------------------------------------------------------------------------------------------------------------- new


@app.command(epilog=examples("new --since 2025-11-20", "new --since 2025-11 --topic zangezur --json"))
def new(
    ctx: typer.Context,
    since: Annotated[str, typer.Option(metavar="DATE", help="Stored on or after: 2021, 2021-10, 2021-10-06.")],
    topic: Topic = None,
    limit: Annotated[int | None, typer.Option(min=0, metavar="N", help="At most so many of each kind; 0: all.")] = None,
    scale: Scale = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Show what came into the store since a day.

    The documents, who changed sides, what the new claims contradict or confirm of the old, and the claims. The day is
    that on which a claim was first stored, not the one on which it was published.
    """
    from claimtrack.tracking.arrivals import arrivals

    check_date("--since", since)
    with open_store(ctx, db) as store:
        pair_up(store)
        found = arrivals(store, since, topic)
        if as_json:
            _write_arrivals(found, limit or None)
        else:
            from claimtrack.screens.tracking_display import arrivals_blocks

            put(*arrivals_blocks(found, view_of(store, scale), since, limit_of(limit, PAIRS_SHOWN, as_json)))


def _write_arrivals(found: Arrivals, limit: int | None) -> None:
    from dataclasses import fields

    lists = {each.name: getattr(found, each.name)[:limit] for each in fields(found)}
    write_lists(**lists)


# ------------------------------------------------------------------------------------------------------------ topics


def _decide(store: Store, action: Action, target: str, by: str | None, **fields: Any) -> None:  # noqa: ANN401  # those of Decision
    """Log a decision, and say so."""
    from claimtrack.tracking import reviews

    report(reviews.decide(store, action, target, by=reviewer(by), **fields))


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
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """List the topics; merge or order them.

    Those that recur in two documents or three claims, the most frequent first. The counts of a topic take in what was
    merged with it or put under it.
    """
    if ctx.invoked_subcommand is not None:
        return
    from claimtrack.tracking import topics as found_in

    with open_store(ctx, db) as store:
        pair_up(store)
        listing = found_in.listed(store, limit=limit_of(limit, LISTED, as_json), every=every)
        if as_json:
            write_lists(topics=listing.topics)
            return
        from claimtrack.screens.tracking_display import topic_table

        if listing.topics:
            put(topic_table(listing.topics), "")
        put(shown_of(len(listing.topics), listing.total, "topics", "topic"))


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
        _decide(store, "merge", target, by, subject="topic", others=found, changes=name, note=note)


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
        _decide(store, "place", child, by, subject="topic", others=others, changes=name, note=note)


# ----------------------------------------------------------------------------------------------------------- sources

sources_app = typer.Typer(rich_markup_mode=None)
app.add_typer(sources_app, name="sources")

SourceName = Annotated[
    str, typer.Argument(metavar="SOURCE", help="Its name, words of it, or its id.", autocompletion=complete_sources)
]


@sources_app.callback(
    invoke_without_command=True, epilog=examples("sources --limit 10 --json", "sources show 'Mara Quist'")
)
def sources(ctx: typer.Context, limit: Limit = None, as_json: AsJson = False, db: Db = None) -> None:
    """List who claims; show, merge or rate one."""
    if ctx.invoked_subcommand is not None:
        return
    from claimtrack.screens.tracking_display import source_table
    from claimtrack.tracking import profiles

    with open_store(ctx, db) as store:
        rated = profiles.ratings(store)
        list_counts("sources", "source", store.sources(), lambda shown: source_table(shown, rated), limit, as_json)


@sources_app.command("show", epilog=examples("sources show 'Mara Quist'", "sources show country:iran --json"))
def sources_show(
    ctx: typer.Context, source: SourceName, scale: Scale = None, as_json: AsJson = False, db: Db = None
) -> None:
    """Show one source: other names, rating, who contradicts it, where it changed sides, how its forecasts fared."""
    from claimtrack.tracking import profiles

    with open_store(ctx, db) as store:
        pair_up(store)
        profile = profiles.profile(store, profiles.find(store, source))
        if as_json:
            print_records([profile.model_dump_json()])
            return
        from claimtrack.screens.tracking_display import profile_blocks

        put(*profile_blocks(profile, view_of(store, scale)))


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
        _decide(store, "merge", target, by, subject="source", others=found, note=note)


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
        _decide(store, "rate", target, by, subject="source", reliability=reliability, note=note)


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
        _decide(store, "comment", profiles.find(store, source).id, by, subject="source", note=text)


@app.command(epilog=examples("rate clm_3f62 --credibility 2", "rate clm_3f62 -c 5 --note 'denied by all others'"))
def rate(
    ctx: typer.Context,
    id: ClaimId,
    credibility: Annotated[
        int,
        typer.Option("-c", "--credibility", min=1, max=6, metavar="1-6",
                     help="Admiralty code: 1 confirmed, 2 probably true, 3 possibly true, 4 doubtful, "
                     "5 improbable, 6 cannot be judged."),
    ],
    note: Note = None,
    by: By = None,
    db: Db = None,
) -> None:  # fmt: skip
    """Say how credible a claim is.

    Whoever makes it: the reliability of its source is another question, and neither follows from the other.
    """
    with open_store(ctx, db) as store:
        _decide(store, "rate", whole_id(store, id), by, credibility=credibility, note=note)

