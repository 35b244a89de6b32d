"""Forecasts: which claims are such, which have come due, how they turned out, and how good they were.

A forecast is a prediction about the future whose source affirms, denies or doubts it. Hopes, fears and questions commit
nobody to a probability; intentions, threats and demands say what somebody wants, not how likely it is; scenarios are
made to be weighed against one another. A forecast under a condition counts like any other once a person says how it
turned out, and a person calls it void where the condition failed.

The numbers are those of the source's words, and a word is a range: scores are given at its point, and at the bounds
that its range allows. Where the words give no number, none is made up, and the forecast is not scored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import log, sqrt
from typing import TYPE_CHECKING

from claimtrack.meaning import horizons
from claimtrack.schema import CalibrationBin, Claim, Decision, Estimate, Forecast, Likelihood, Score
from claimtrack.store import Query, words
from claimtrack.tracking import outcomes
from claimtrack.tracking.standing import resolutions

if TYPE_CHECKING:
    from claimtrack.store import Store

__all__ = [
    "BINS", "CLIP", "MIN_RANKED", "REPRINT_DAYS", "RESAMPLES", "brier_loss", "calibration", "find", "gather",
    "is_forecast", "is_scored", "log_loss", "score", "scores", "wilson",
]  # fmt: skip

COMMITTED = frozenset({"affirm", "deny", "doubt"})
REPRINT_DAYS = 7  # the same words by the same source within a week of the last time are the same forecast
MIN_RANKED = 5  # below this, one lucky or unlucky forecast moves the mean Brier loss by more than .2
CLIP = 0.01  # log loss takes no probability below this, or above 1 - this: else one wrong "ruled out" would be endless
RESAMPLES = 2_000
SEED = 0  # the same forecasts give the same interval
Z95 = 1.959964  # two-sided 95 % of the normal distribution
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)

PREDICTIONS = Query(kind="prediction")
FACTS = Query(kind="fact")

Groups = Callable[[Forecast], Iterable[tuple[str, str]]]
"""The groups that a forecast is scored in: id and name of each."""


# --------------------------------------------------------------------------------------------------------- forecasts


def is_forecast(claim: Claim) -> bool:
    """Tell whether a claim is a forecast: a prediction, not of the past, that commits its source to a probability."""
    return claim.kind == "prediction" and claim.stance in COMMITTED and claim.time.relation != "past"


def find(store: Store, on: date, query: Query = PREDICTIONS) -> list[Forecast]:
    """The store's forecasts with a claim that passes a query, as `gather` gives them, as people resolved them.

    Beside each that nobody resolved, what was told of its matter since.
    """
    everything = gather(store.claims(PREDICTIONS), resolutions(store), on)
    if any(forecast.status != "resolved" for forecast in everything):
        everything = outcomes.with_facts(everything, store.claims(FACTS))
    asked = replace(query, kind="prediction", limit=None)
    if asked == PREDICTIONS:
        return everything
    wanted = {claim.id for claim in store.claims(asked)}
    return [forecast for forecast in everything if not wanted.isdisjoint((forecast.claim.id, *forecast.reprints))]


def gather(claims: Iterable[Claim], resolved: Mapping[str, Decision], on: date) -> list[Forecast]:
    """Gather the forecasts among claims, each with its status on a day.

    Due ones first, the longest due first; then open ones, the nearest horizon first; then the resolved. The same
    words by the same source, equally likely, are one forecast if repeated within `REPRINT_DAYS` of the last time;
    what is decided on one of its claims holds for all, and the latest decision stands.

    Args:
        claims: any claims; those that are no forecasts are passed over.
        resolved: the decision that resolves a claim, by the claim's id.
        on: the day for which due and open are told apart.
    """
    found = [_forecast(same, resolved, on) for same in _repeated(filter(is_forecast, claims))]
    found.sort(key=lambda f: f.claim.published or "", reverse=True)
    return sorted(found, key=lambda f: (f.status, f.horizon or "9999-12-31"))


def _forecast(same: Sequence[Claim], resolved: Mapping[str, Decision], on: date) -> Forecast:
    first, *others = same
    resolution = max((resolved[c.id] for c in same if c.id in resolved), key=lambda d: d.at, default=None)
    time = first.time
    vague = None if time.end else horizons.widest(time.text, time.relation, first.published)
    horizon = _days(time.end)[1].isoformat() if time.end else vague
    is_due = horizon is not None and horizon <= on.isoformat()
    return Forecast(
        status="resolved" if resolution else "due" if is_due else "open",
        horizon=horizon, vague=vague is not None, resolution=resolution, reprints=tuple(c.id for c in others),
        claim=first,
    )  # fmt: skip


def _repeated(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Put claims that say the same, soon after one another, together; the earliest first."""
    runs: dict[object, list[list[Claim]]] = defaultdict(list)
    for claim in sorted(claims, key=lambda c: c.published or ""):
        said = runs[_saying(claim)]
        if said and _is_near(said[-1][-1].published, claim.published):
            said[-1].append(claim)
        else:
            said.append([claim])
    return [run for said in runs.values() for run in said]


def _saying(claim: Claim) -> object:
    likely = claim.likelihood
    return claim.source.id, words(claim.proposition), likely and (likely.low, likely.point, likely.high)


def _is_near(earlier: str | None, later: str | None) -> bool:
    """Tell whether two dates of any precision may lie within `REPRINT_DAYS`; an unknown one may."""
    if earlier is None or later is None:
        return True
    return _days(later)[0] - _days(earlier)[1] <= timedelta(days=REPRINT_DAYS)


def _days(day: str) -> tuple[date, date]:
    """The first and the last day of an ISO 8601 date of any precision: of 2021, of 2021-10, of 2021-10-06."""
    year, month, number = [*map(int, day[:10].split("-")), 0, 0][:3]
    if number:
        return date(year, month, number), date(year, month, number)
    after = date(year + (month or 12) // 12, month % 12 + 1 if month else 1, 1)
    return date(year, month or 1, 1), after - timedelta(days=1)


# ------------------------------------------------------------------------------------------------------------ scores


def is_scored(forecast: Forecast) -> bool:
    """Tell whether a forecast counts: resolved with yes or no, and its words give a number."""
    likely, resolution = forecast.claim.likelihood, forecast.resolution
    return resolution is not None and resolution.outcome != "void" and likely is not None and likely.point is not None


def brier_loss(likelihood: Likelihood, took_place: bool) -> Estimate:
    """The squared distance of a probability from what happened, 0 or 1: at the word's point and bounds.

    Raises:
        ValueError: the likelihood has no number.
    """
    return _loss(likelihood, lambda p: (p - took_place) ** 2)


def log_loss(likelihood: Likelihood, took_place: bool) -> Estimate:
    """The negative natural logarithm of the probability of what happened, clipped by `CLIP`; as `brier_loss`."""

    def loss(probability: float) -> float:
        kept = min(max(probability, CLIP), 1 - CLIP)
        return -log(kept if took_place else 1 - kept)

    return _loss(likelihood, loss)


def _loss(likelihood: Likelihood, loss: Callable[[float], float]) -> Estimate:
    """A loss over a likelihood's range: it only rises or only falls there, so that its extremes lie at the bounds."""
    low, point, high = likelihood.low, likelihood.point, likelihood.high
    if low is None or point is None or high is None:
        raise ValueError(f"the likelihood {likelihood.phrase!r} has no number")
    losses = loss(low), loss(point), loss(high)
    return Estimate(low=min(losses), point=losses[1], high=max(losses))


def score(forecasts: Iterable[Forecast], minimum: int = MIN_RANKED) -> Score | None:
    """Score all forecasts that count (`is_scored`) together; None where none does."""
    scored = [forecast for forecast in forecasts if is_scored(forecast)]
    return _score(None, "all", scored, minimum) if scored else None


def scores(forecasts: Iterable[Forecast], groups: Groups, minimum: int = MIN_RANKED) -> list[Score]:
    """Score the forecasts that count by group: ranked groups first, the least Brier loss first, then the others.

    A group is ranked from `minimum` forecasts on. A forecast of several groups counts in each of them.
    """
    members: dict[str, list[Forecast]] = defaultdict(list)
    names: dict[str, str] = {}
    for forecast in filter(is_scored, forecasts):
        for group, name in groups(forecast):
            members[group].append(forecast)
            names.setdefault(group, name)
    found = [_score(group, names[group], scored, minimum) for group, scored in members.items()]
    return sorted(found, key=lambda s: (not s.ranked, s.brier.point if s.ranked else -s.forecasts, s.name))


def _score(group: str | None, name: str, scored: Sequence[Forecast], minimum: int) -> Score:
    outcomes = [_outcome(forecast) for forecast in scored]
    brier = [brier_loss(likelihood, took_place) for likelihood, took_place in outcomes]
    ranked = len(scored) >= minimum
    return Score(
        group=group, name=name, forecasts=len(scored), took_place=sum(happened for _, happened in outcomes),
        brier=_mean(brier), log=_mean([log_loss(*outcome) for outcome in outcomes]),
        sampling=_bootstrap([loss.point for loss in brier]) if ranked else None, ranked=ranked,
    )  # fmt: skip


def _outcome(forecast: Forecast) -> tuple[Likelihood, bool]:
    assert forecast.claim.likelihood is not None  # callers pass forecasts that `is_scored`
    assert forecast.resolution is not None
    return forecast.claim.likelihood, forecast.resolution.outcome == "yes"


def _mean(estimates: Sequence[Estimate]) -> Estimate:
    low, point, high = (
        sum(getattr(e, bound) for e in estimates) / len(estimates) for bound in ("low", "point", "high")
    )
    return Estimate(low=low, point=point, high=high)


def _bootstrap(losses: Sequence[float]) -> Estimate:
    """The mean of losses with its 95 % percentile interval over `RESAMPLES` seeded resamples.

    Words are few, so that losses have few values: how often each is drawn is a multinomial, which is the same as
    drawing the forecasts one by one. They count as independent, which forecasts of one event are not.
    """
    import numpy as np

    values, counts = np.unique(losses, return_counts=True)
    drawn = np.random.default_rng(SEED).multinomial(len(losses), counts / len(losses), RESAMPLES)
    low, high = np.percentile(drawn @ values / len(losses), (2.5, 97.5))
    return Estimate(low=float(low), point=sum(losses) / len(losses), high=float(high))


# ------------------------------------------------------------------------------------------------------- calibration


def calibration(forecasts: Iterable[Forecast]) -> list[CalibrationBin]:
    """Set what the forecasts that count said against what happened, in `BINS` of their points; empty bins are left out.

    The last bin holds 1 too.
    """
    members: dict[int, list[tuple[Likelihood, bool]]] = defaultdict(list)
    for likelihood, took_place in map(_outcome, filter(is_scored, forecasts)):
        assert likelihood.point is not None  # as in `is_scored`
        members[sum(likelihood.point >= bound for bound in BINS[1:-1])].append((likelihood, took_place))
    return [_bin(BINS[i], BINS[i + 1], members[i]) for i in sorted(members)]


def _bin(low: float, high: float, outcomes: Sequence[tuple[Likelihood, bool]]) -> CalibrationBin:
    took_place = sum(happened for _, happened in outcomes)
    stated = [Estimate.model_validate(likely.model_dump(include={"low", "point", "high"})) for likely, _ in outcomes]
    return CalibrationBin(
        low=low, high=high, forecasts=len(outcomes), took_place=took_place, stated=_mean(stated),
        observed=wilson(took_place, len(outcomes)),
    )  # fmt: skip


def wilson(successes: int, trials: int) -> Estimate:
    """The share of successes with its 95 % Wilson score interval (Wilson 1927), which holds for few trials too.

    Raises:
        ZeroDivisionError: there are no trials.
    """
    share, spread = successes / trials, Z95**2 / trials
    middle = (share + spread / 2) / (1 + spread)
    reach = sqrt(share * (1 - share) * spread + spread**2 / 4) / (1 + spread)
    low, high = max(middle - reach, 0.0), min(middle + reach, 1.0)
    return Estimate(low=min(low, share), point=share, high=max(high, share))  # rounding leaves 1 - 1e-16 for 1
