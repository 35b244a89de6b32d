"""Forecasts, their scores and their calibration to rich tables and blocks for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import log

from rich.console import Group
from rich.table import Table
from rich.text import Text

from claimtrack.schema import CalibrationBin, Claim, Decision, Estimate, Forecast, Score
from claimtrack.screens.terminal import details, line, plain_table, stacked
from claimtrack.screens.view import View
from claimtrack.screens.wording import certainty, voice, whole_percent
from claimtrack.tracking.forecasts import RESAMPLES, brier_loss, is_scored

__all__ = ["calibration_plot", "forecast_table", "resolved", "score_legend", "score_table"]

AXIS = 41  # characters from 0 to 100 %: every fourth is 10 %
OUTCOMES = {"yes": "took place", "no": "did not take place", "void": "is void and will not be scored"}


# --------------------------------------------------------------------------------------------------------- forecasts


def forecast_table(forecasts: Iterable[Forecast], view: View) -> Table:
    """A table of forecasts: id, date and status; who made it; what is to happen, how likely, by when, how it ended."""
    table = plain_table("Forecast", "Source", "What is forecast")
    table.columns[0].no_wrap, table.columns[0].min_width = True, 20
    table.columns[1].min_width, table.columns[1].max_width = 14, 22
    table.columns[2].ratio = 1
    for forecast in forecasts:
        claim = forecast.claim
        status = f"resolved: {forecast.resolution.outcome}" if forecast.resolution else forecast.status
        table.add_row(
            stacked(claim.id, claim.published or "no date", status),
            stacked(voice(claim), claim.source.kind, dim_from=1),
            stacked(line(claim.proposition), *_particulars(forecast, view), dim_from=1),
        )
    return table


def _particulars(forecast: Forecast, view: View) -> Iterator[str]:
    claim = forecast.claim
    yield f"{certainty(claim, view.scale)} · {_horizon(forecast)}"
    if condition := view.words(claim, claim.condition):
        yield f"condition: “{condition}”"
    if forecast.reprints:
        yield f"said again: {', '.join(forecast.reprints)}"
    for claim in forecast.told:
        yield f"told since: {voice(claim)}, {claim.published}: {line(claim.proposition)} · {claim.id}"
    if forecast.resolution:
        event = "what this denies" if claim.frame.negated else "the event"
        yield f"{event} {_resolution(forecast.resolution)}"


def _horizon(forecast: Forecast) -> str:
    words = forecast.claim.time.text
    said = f" (“{line(words)}”)" if words else ""
    if forecast.vague:
        return f"“{line(words or '')}”, at the widest by {forecast.horizon}"
    if forecast.horizon is None and words and forecast.claim.published is None:
        return f"no horizon{said}: the article has no date"
    return f"by {forecast.horizon}{said}" if forecast.horizon else f"no horizon{said}"


def _resolution(decision: Decision) -> str:
    told = "".join(f"; {line(words)}" for words in (decision.evidence, decision.note) if words)
    return f"{_turned_out(decision)}, says {line(decision.by)}{told}"


def _turned_out(decision: Decision) -> str:
    return OUTCOMES[decision.outcome or "void"] + (f", {decision.on}" if decision.on else "")


def resolved(forecast: Forecast, view: View) -> Group:
    """What a resolution says: of which event, what was forecast, and how far off that was.

    The forecast has a resolution.
    """
    claim, decision = forecast.claim, forecast.resolution
    assert decision is not None  # as said above
    loss = ""
    if claim.likelihood and is_scored(forecast):
        loss = _estimate(brier_loss(claim.likelihood, decision.outcome == "yes"))
    return Group(Text(f"event: {_event(claim)} {_turned_out(decision)}"), details([
        ("forecast", f"{voice(claim)}, {claim.published or 'no date'}: {certainty(claim, view.scale)}"),
        ("condition", view.words(claim, claim.condition) or ""),
        ("Brier loss", loss),
        ("evidence", decision.evidence or ""),
        ("note", decision.note or ""),
        ("decision", f"{decision.id}, by {decision.by}"),
    ]))  # fmt: skip


def _event(claim: Claim) -> str:
    """The event that a claim is about, without the negation of its clause."""
    words = f"“{line(claim.proposition)}”"
    return f"what {words} denies" if claim.frame.negated else words


# ------------------------------------------------------------------------------------------------------------ scores


def score_table(scores: Iterable[Score], heading: str) -> Table:
    """A table of scores: rank, group, how many forecasts, and both losses, each with what its words' ranges allow."""
    table = plain_table("", heading, "n", "Yes", "Brier loss", "By chance", "Log loss")
    table.columns[1].ratio = 1
    for column in table.columns[2:]:
        column.justify, column.no_wrap = "right", True
    for rank, score in enumerate(scores, 1):
        chance = f"{_number(score.sampling.low)}–{_number(score.sampling.high)}" if score.sampling else ""
        table.add_row(
            str(rank) if score.ranked and score.group is not None else "",
            line(score.name), f"{score.forecasts:,}", f"{score.took_place:,}",
            stacked(*_bounds(score.brier), dim_from=1), chance, stacked(*_bounds(score.log), dim_from=1),
        )  # fmt: skip
    return table


def score_legend(score: Score, minimum: int) -> Table:
    """What the columns of a table of scores say, and what its losses can be held against, by the score of all."""
    share = score.took_place / score.forecasts
    return details([
        ("n, Yes", "forecasts, and how many of their events took place"),
        ("loss", "0 is best; below it, the least and the most that the ranges of the words allow"),
        ("by chance", f"where the Brier loss lies in 95 % of {RESAMPLES:,} resamples of the forecasts"),
        ("compare", f"always saying 50 % loses 0.250 (log {_number(log(2))}); always saying {whole_percent(share)} %, "
                    f"the share that took place, known only afterwards: {_number(share * (1 - share))}"),
        ("rank", f"from {minimum} forecasts on; below that, luck would decide"),
    ])  # fmt: skip


def _bounds(estimate: Estimate) -> tuple[str, str]:
    return _number(estimate.point), f"{_number(estimate.low)}–{_number(estimate.high)}"


def _estimate(estimate: Estimate) -> str:
    point, bounds = _bounds(estimate)
    return f"{point} ({bounds} over the range of the words)"


def _number(value: float) -> str:
    return f"{value:.3f}"


# ------------------------------------------------------------------------------------------------------- calibration


def calibration_plot(bins: Sequence[CalibrationBin]) -> Group:
    """A plot of plain characters: for each bin, what was said on average and, below it, how often the event took place.

    Where forecasts are calibrated, the lower mark stands below the upper one.
    """
    table = plain_table("Said", "n", "Took place", f"{'0':<8}{'20':<8}{'40':<8}{'60':<8}{'80':<6}100")
    table.columns[0].no_wrap = table.columns[3].no_wrap = True
    for found in bins:
        share = found.observed
        reach = f"({whole_percent(share.low)}–{whole_percent(share.high)} %)"
        table.add_row(
            f"{whole_percent(found.low)}–{whole_percent(found.high)} %", f"{found.forecasts:,}",
            stacked(f"{found.took_place:,}: {whole_percent(share.point)} %", reach),
            stacked(_bar(found.stated, "=", "x"), _bar(share, "-", "o")),
        )  # fmt: skip
    return Group(table, "", details([
        ("==x==", "said on average: point and range of the words; forecasts are put together by their point"),
        ("--o--", "share of their events that took place, with its 95 % Wilson interval"),
    ]))  # fmt: skip


def _bar(estimate: Estimate, reach: str, mark: str) -> str:
    low, point, high = (round(value * (AXIS - 1)) for value in (estimate.low, estimate.point, estimate.high))
    cells = [reach if low <= i <= high else " " for i in range(AXIS)]
    cells[point] = mark
    return "".join(cells)
