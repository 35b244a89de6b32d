"""The commands on forecasts: list them, see which are due, say how they turned out, score them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.commands.asking import sought
from claimtrack.commands.completion import complete_ids, complete_literal
from claimtrack.commands.decisions import reviewer
from claimtrack.commands.options import (
    AsJson,
    By,
    Db,
    Limit,
    Note,
    Scale,
    Since,
    Source,
    Topic,
    Until,
    check_date,
    check_one_of,
    examples,
)
from claimtrack.commands.output import print_records, put, say, write_file, write_lists
from claimtrack.commands.stores import open_store, view_of, whole_id
from claimtrack.commands.tables import Bom, Fields, Format, Layout, Sort, known_to, layout, put_list
from claimtrack.errors import StoreError, UsageError

if TYPE_CHECKING:
    from claimtrack.schema import CalibrationBin, Claim, Forecast, Score
    from claimtrack.store import Store
    from claimtrack.tracking.forecasts import Groups

app = typer.Typer()

GROUPS = ("source", "publisher", "topic")


@app.command(epilog=examples("predictions --topic zangezur", "predictions --status due --source Ozer --json"))
def predictions(
    ctx: typer.Context,
    topic: Topic = None,
    source: Source = None,
    status: Annotated[
        str | None, typer.Option(help="due, open or resolved.", autocompletion=complete_literal("ForecastStatus"))
    ] = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
    scale: Scale = None,
    format: Format = "table",
    fields: Fields = None,
    sort: Sort = None,
    bom: Bom = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """List the forecasts and how they turned out.

    Due ones first, then open ones, then the resolved. A forecast is a prediction about the future that its source
    affirms, denies or doubts; the same words again within a week count once.
    """
    from claimtrack import clock
    from claimtrack.store import Query
    from claimtrack.tracking import forecasts

    how = layout(format, fields, sort, bom, limit, as_json)
    check_one_of("--status", status, "ForecastStatus")
    check_date("--since", since)
    check_date("--until", until)
    with open_store(ctx, db) as store:
        query = Query(topic=topic, source=sought(store, topic, source), since=since, until=until)
        found = forecasts.find(store, clock.today(), query)
        found = [forecast for forecast in found if status in (None, forecast.status)]
        _show(store, found, how, scale)


def _show(
    store: Store, found: Sequence[Forecast], how: Layout, scale: str | None, which: str = "",
    more: Mapping[str, Sequence[Forecast]] | None = None,
) -> None:  # fmt: skip
    """Print forecasts; `which` tells what they have in common: " due on …"; `more`: what JSON has beside them."""
    from claimtrack.exports.flat_columns import FORECASTS
    from claimtrack.screens.forecast_display import forecast_table

    view, nouns = view_of(store, scale), (f"forecasts{which}", f"forecast{which}")
    put_list(
        how, FORECASTS, found, known_to(view), lambda shown: (forecast_table(shown, view), ""), nouns, more=more
    )


@app.command(epilog=examples("due", "due --on 2025-12-31 --topic zangezur"))
def due(
    ctx: typer.Context,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The day to ask for. [default: today]")] = None,
    topic: Topic = None,
    source: Source = None,
    limit: Limit = None,
    scale: Scale = None,
    format: Format = "table",
    fields: Fields = None,
    sort: Sort = None,
    bom: Bom = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """List the forecasts whose day has come, unresolved.

    The horizon is the last day that the words allow; of "soon" and the like, which name none, that of a wide reading.
    Open forecasts without one never come due: they are counted.
    """
    from claimtrack.store import Query
    from claimtrack.tracking import forecasts

    how, day = layout(format, fields, sort, bom, limit, as_json), _day(on)
    with open_store(ctx, db) as store:
        found = forecasts.find(store, day, Query(topic=topic, source=sought(store, topic, source)))
        endless = [forecast for forecast in found if forecast.status == "open" and forecast.horizon is None]
        came = [forecast for forecast in found if forecast.status == "due"]
        if came or how.shape != "table":
            _show(store, came, how, scale, f" due on {day}", {"without_horizon": endless})
        else:
            put(f"No forecast is due on {day}.")
        if endless and how.shape == "table":
            have = "1 open forecast has" if len(endless) == 1 else f"{len(endless):,} open forecasts have"
            put(f"{have} no horizon; `claimtrack predictions --status open` lists them last.")


def _day(on: str | None) -> date:
    """The day that an option names, today by default."""
    from claimtrack import clock

    if on is None:
        return clock.today()
    check_date("--on", on)
    try:
        return date.fromisoformat(on)
    except ValueError as error:
        raise UsageError(f"--on {on!r} is not a day. Write it as 2021-10-06.") from error


# ----------------------------------------------------------------------------------------------------------- resolve


@app.command(
    epilog=examples(
        "resolve clm_0ee1 yes --on 2025-08-08 --evidence https://example.org/signed",
        'resolve clm_b49f void --note "the condition did not come true"',
        "resolve prp_51c0 no --on 2025-12-31",
    )
)
def resolve(
    ctx: typer.Context,
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="Id of a forecast's claim, or of a proposition: all forecasts of it.",
            autocompletion=complete_ids,
        ),
    ],
    outcome: Annotated[str, typer.Argument(metavar="yes|no|void", autocompletion=complete_literal("Outcome"))],
    on: Annotated[str | None, typer.Option(metavar="DATE", help="When it took place, or was known not to.")] = None,
    evidence: Annotated[
        str | None, typer.Option(metavar="URL|DOC", help="What shows it: a web address, or the id of a document.")
    ] = None,
    note: Note = None,
    by: By = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Say how a forecast turned out.

    That is: whether the event that it is about took place.

    The event, not the sentence: if a source said that the canal will not open, and it opened, the answer is yes. Void
    is for what cannot be told, and for a forecast under a condition that did not come true. A later decision on the
    same forecast replaces the former one; the log keeps both.
    """
    from claimtrack.tracking import reviews

    check_one_of("The outcome", outcome, "Outcome")
    _check_past(on)
    with open_store(ctx, db) as store:
        chosen = _forecasts_of(store, id) if id.startswith("prp_") else [_forecast_id(store, id)]
        shown = _evidence(store, evidence)
        for claim_id in chosen:
            reviews.decide(
                store, "resolve", claim_id, by=reviewer(by), outcome=outcome, on=on, evidence=shown, note=note
            )
        _report(store, set(chosen), as_json)


def _check_past(on: str | None) -> None:
    from claimtrack import clock

    check_date("--on", on)
    if on is not None and on > clock.today().isoformat():
        raise UsageError(f"--on {on!r} lies in the future: what has not happened yet cannot be resolved.")


def _forecast_id(store: Store, prefix: str) -> str:
    """The id of the claim that begins so and is a forecast."""
    from claimtrack.tracking.forecasts import is_forecast

    claim = store.claim(claim_id := whole_id(store, prefix))
    if claim is None or not is_forecast(claim):
        what = f"a claim of kind {claim.kind}, stance {claim.stance}" if claim else "no claim that stands"
        raise UsageError(f"{claim_id!r} is {what}, not a forecast. `claimtrack predictions` shows their ids.")
    return claim_id


def _forecasts_of(store: Store, prefix: str) -> list[str]:
    """The ids of the claims that first make each forecast of the one proposition whose id begins so.

    Forecasts under a condition are left out, and named: whether their condition came true is asked of each.
    """
    from claimtrack import clock
    from claimtrack.contradiction.propositions import keys
    from claimtrack.tracking import forecasts

    found: dict[str, list[Claim]] = {}
    for forecast in forecasts.find(store, clock.today()):
        for key in keys(forecast.claim):
            if key.id.startswith(prefix):
                found.setdefault(key.id, []).append(forecast.claim)
    if len(found) > 1:
        first, second, *_ = sorted(found)
        raise UsageError(f"Several propositions begin with {prefix!r}, such as {first} and {second}. Give more of it.")
    claims = [claim for members in found.values() for claim in members]
    conditional = [claim.id for claim in claims if claim.condition]
    if conditional:
        say(f"note: under a condition, to be resolved one by one: {', '.join(conditional)}")
    if len(conditional) == len(claims):
        raise StoreError(f"No forecast without a condition is of a proposition whose id begins with {prefix!r}.")
    return [claim.id for claim in claims if not claim.condition]


def _evidence(store: Store, evidence: str | None) -> str | None:
    """A web address as it is; a document, named by its path or the beginning of its id, by its whole id."""
    if evidence is None or re.match(r"https?://\S+$", evidence):
        return evidence
    if evidence.startswith("doc_"):
        return whole_id(store, evidence)
    if at_path := store.documents_at(evidence):
        return at_path[0]
    words = "is neither a web address nor the id or path of a document"
    raise UsageError(f"--evidence {evidence!r} {words}. Extract the document first, or say it with --note.")


def _report(store: Store, chosen: Container[str], as_json: bool) -> None:
    """Print the forecasts as they stand now, and say where a resolution looks like a slip."""
    from claimtrack import clock
    from claimtrack.screens.forecast_display import resolved
    from claimtrack.tracking import forecasts

    for forecast in forecasts.find(store, clock.today()):
        if any(claim_id in chosen for claim_id in (forecast.claim.id, *forecast.reprints)):
            if as_json:
                print_records([forecast.model_dump_json()])
            else:
                put(resolved(forecast, view_of(store)))
            for slip in _slips(forecast, clock.today()):
                say(f"note: {forecast.claim.id}: {slip}")


def _slips(forecast: Forecast, today: date) -> Iterator[str]:
    decision, published = forecast.resolution, forecast.claim.published
    if decision is None:
        return
    if decision.on and published and decision.on < published[: len(decision.on)]:
        yield f"{decision.on} is before the forecast was published, {published}."
    if decision.outcome == "no" and _lasts(forecast, today):
        yield f"the horizon of the forecast, {forecast.horizon}, is still to come."
    if decision.outcome != "void" and forecast.claim.condition:
        yield f"{decision.outcome} says, too, that the condition came true; if it did not, resolve it as void."


def _lasts(forecast: Forecast, today: date) -> bool:
    """Tell whether the words set a last day that has not come yet."""
    return forecast.horizon is not None and not forecast.vague and forecast.horizon > today.isoformat()


# ------------------------------------------------------------------------------------------------------------- score


@app.command(epilog=examples("score --by source", "score --topic zangezur --plot calibration.svg"))
def score(
    ctx: typer.Context,
    by: Annotated[
        str | None, typer.Option(metavar="GROUP", help="source, publisher or topic.", autocompletion=lambda: [*GROUPS])
    ] = None,
    minimum: Annotated[
        int | None,
        typer.Option("--min", min=2, metavar="N", help="Rank groups from so many forecasts on. [default: 5]"),
    ] = None,
    plot: Annotated[Path | None, typer.Option(metavar="FILE.svg", help="Draw the calibration into a file.")] = None,
    topic: Topic = None,
    source: Source = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Score the resolved forecasts.

    Brier and log loss, each with the range that the words allow, and calibration.

    "Unlikely" is a range of probabilities, so a loss is one, too. Void forecasts, and those whose words give no number,
    are not scored. The same forecast repeated by its source within a week counts once.
    """
    from claimtrack import clock
    from claimtrack.store import Query
    from claimtrack.tracking import forecasts

    if by is not None and by not in GROUPS:
        raise UsageError(f"--by {by!r} is not known. Choose one of: {', '.join(GROUPS)}.")
    if plot is not None and plot.suffix.lower() != ".svg":
        raise UsageError(f"--plot {str(plot)!r}: the plot is drawn as SVG. Name a file that ends in .svg.")
    minimum = minimum or forecasts.MIN_RANKED
    with open_store(ctx, db) as store:
        found = forecasts.find(store, clock.today(), Query(topic=topic, source=sought(store, topic, source)))
        overall = forecasts.score(found, minimum)
        groups = forecasts.scores(found, _groups(store, by), minimum) if by else []
    bins = forecasts.calibration(found)
    if as_json:
        write_lists(scores=[overall, *groups] if overall else [], calibration=bins)
    else:
        _show_scores(found, overall, groups, by, minimum)
    if plot is not None:
        _draw(plot, bins)


def _groups(store: Store, by: str) -> Groups:
    """The groups of a forecast by source, publisher or topic."""

    @cache
    def publisher(document_id: str) -> str:
        document = store.document(document_id)
        return (document and document.publisher) or "no publisher"

    kinds: dict[str, Groups] = {
        "source": lambda forecast: [(forecast.claim.source.id, forecast.claim.source.name)],
        "publisher": lambda forecast: [(name := publisher(forecast.claim.document), name)],
        "topic": lambda forecast: [(topic, topic) for topic in forecast.claim.topics],
    }
    return kinds[by]


def _show_scores(
    found: Sequence[Forecast], overall: Score | None, groups: Sequence[Score], by: str | None, minimum: int
) -> None:
    from claimtrack.screens.forecast_display import calibration_plot, score_legend, score_table
    from claimtrack.tracking.forecasts import calibration

    put(_scored(found))
    if overall is None:
        return
    put("", score_table([*groups, overall], (by or "").capitalize()), "", score_legend(overall, minimum))
    put("", calibration_plot(calibration(found)))


def _scored(found: Sequence[Forecast]) -> str:
    """How many of the forecasts are resolved and scored, and why others are not."""
    from claimtrack.screens.terminal import counted
    from claimtrack.tracking.forecasts import is_scored

    resolutions = [f.resolution for f in found if f.resolution]
    if not resolutions:
        how = "claimtrack resolve ID yes|no says how one turned out; claimtrack due, which are waiting"
        return f"No forecast has been resolved yet ({counted(len(found), 'forecast')}): {how}."
    void = sum(decision.outcome == "void" for decision in resolutions)
    scored = sum(map(is_scored, found))
    wordless = len(resolutions) - void - scored
    words = f"{len(resolutions):,} of {counted(len(found), 'forecast')} resolved, {scored:,} scored"
    return f"{words}; {void:,} void, {wordless:,} without a number."


def _draw(path: Path, bins: Sequence[CalibrationBin]) -> None:
    """Write the calibration plot as SVG; nothing where there is nothing to draw."""
    from claimtrack.screens.calibration_figure import calibration_image

    if bins:
        write_file(path, [calibration_image(bins)], "--plot")
        say(f"The calibration plot is in {str(path)!r}.")
    else:
        say("Nothing to draw: no forecast is scored yet.")
