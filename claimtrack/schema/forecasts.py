"""Predictions, how they turned out, and how far they were off."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from claimtrack.schema.claims import Claim
from claimtrack.schema.decisions import Decision
from claimtrack.schema.record import Record
from claimtrack.schema.terms import ForecastStatus


class Forecast(Record):
    """A prediction, and how it turned out as far as a person said.

    `claim` is the first to make it; `reprints` are the ids of claims that repeat it in the same words. `horizon` is the
    last day by which it must come true (ISO 8601), None where its words set none; with `vague`, that of a wide reading
    of words without a date ("soon"). Open turns into due on that day.
    `told`: facts that were told of the same matter since, for the person who resolves it; none once somebody did.
    """

    record: Literal["forecast"] = "forecast"
    status: ForecastStatus
    horizon: str | None = None
    vague: bool = False
    resolution: Decision | None = None
    reprints: tuple[str, ...] = ()
    told: tuple[Claim, ...] = ()
    claim: Claim


class Estimate(Record):
    """A number with the range that it may lie in."""

    low: float
    point: float
    high: float


class Score(Record):
    """How far resolved forecasts were off, on average: all of them, or those of one source, publisher or topic.

    A likelihood word is a range of probabilities: `brier` and `log` (natural logarithm) give the mean loss at the
    word's point, and the least and greatest that its range allows; 0 is best. `sampling` says how far the mean Brier
    loss at the point may move by chance (95 % bootstrap interval), None for groups too small to be `ranked`.
    """

    record: Literal["score"] = "score"
    group: str | None = Field(default=None, description="id or name of the group, None for all forecasts together")
    name: str
    forecasts: int = Field(ge=1)
    took_place: int = Field(ge=0)
    brier: Estimate
    log: Estimate
    sampling: Estimate | None = None
    ranked: bool


class CalibrationBin(Record):
    """Resolved forecasts of like probability: what was said on average, and how often the event took place.

    Forecasts whose point lies in [`low`, `high`). `observed` is the share of events that took place, with its 95 %
    Wilson interval.
    """

    record: Literal["calibration_bin"] = "calibration_bin"
    low: float
    high: float
    forecasts: int = Field(ge=1)
    took_place: int = Field(ge=0)
    stated: Estimate
    observed: Estimate
