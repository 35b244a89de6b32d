"""Forecasts: which they are, when they come due, how they turned out, and how good they were."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable
from datetime import date
from math import log
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.contradiction.propositions import keys
from claimtrack.schema import Claim, Decision, Document, Estimate, Forecast, Frame, Likelihood, Outcome, Source, Time
from claimtrack.screens.calibration_figure import calibration_image
from claimtrack.store import Store
from claimtrack.tracking import forecasts, reviews
from tests.conftest import Ended, make_claim, make_document

Run = Callable[..., Ended]
Snapshot = Callable[[str, str], None]

DAY = date(2025, 6, 1)
FUTURE = Time(relation="future")
UNLIKELY = Likelihood(low=0.1, high=0.25, point=0.2, phrase="unlikely")
LIKELY = Likelihood(low=0.67, high=0.8, point=0.75, phrase="likely")
RANK = Likelihood(phrase="the most likely scenario", basis="rank")
QUIST = Source(id="person:mara-quist", name="Mara Quist", kind="person")
ODE = Source(id="person:tom-ode", name="Tom Ode", kind="person")


def foreseen(
    proposition: str = "The canal opens",
    likelihood: Likelihood | None = UNLIKELY,
    at: tuple[Document, str] | tuple[()] = (),
    **over: Any,
) -> Claim:
    """A claim that is a forecast, at these words of a document."""
    fields = {"kind": "prediction", "time": FUTURE, "published": "2024-05-01", "proposition": proposition}
    return make_claim(*at, likelihood=likelihood, **(fields | over))


def resolution(claim: Claim, outcome: Outcome, at: str = "2025-01-01T00:00:00Z") -> Decision:
    """A person's decision on how a forecast turned out."""
    return Decision(
        id="dec_0", at=at, by="ann", action="resolve", subject="claim", target=claim.id, outcome=outcome
    )


def gathered(claims: Iterable[Claim], *resolutions: Decision) -> list[Forecast]:
    """The forecasts among claims on the day of these tests."""
    return forecasts.gather(claims, {decision.target: decision for decision in resolutions}, DAY)


def ended(outcome: Outcome, likelihood: Likelihood | None = UNLIKELY, number: int = 0, **over: Any) -> Forecast:
    """A forecast that is resolved; `number` tells it from others."""
    claim = foreseen(f"Lock {number} opens", likelihood, **over)
    return gathered([claim], resolution(claim, outcome))[0]


def about(estimate: Estimate) -> tuple[float, float, float]:
    """An estimate's numbers without the noise of rounding."""
    return tuple(round(value, 9) for value in (estimate.low, estimate.point, estimate.high))


# --------------------------------------------------------------------------------------------------------- which, when


@pytest.mark.parametrize(
    ("over", "counts"),
    [
        ({}, True),
        ({"stance": "doubt"}, True),
        ({"stance": "deny"}, True),
        ({"stance": "hope"}, False),
        ({"stance": "fear"}, False),
        ({"stance": "question"}, False),
        ({"kind": "intention"}, False),
        ({"kind": "scenario"}, False),
        ({"time": Time(relation="past")}, False),
        ({"time": Time(relation="present")}, True),
    ],
)
def test_forecasts_are_predictions_that_commit_their_source(over: dict[str, Any], counts: bool) -> None:
    """Hopes, fears, questions, intentions, scenarios and what is past are no forecasts."""
    assert forecasts.is_forecast(foreseen(**over)) is counts


@pytest.mark.parametrize(
    ("end", "horizon", "status"),
    [
        (None, None, "open"),
        ("2025-06-02", "2025-06-02", "open"),
        ("2025-06-01", "2025-06-01", "due"),
        ("2025-06", "2025-06-30", "open"),
        ("2024-02", "2024-02-29", "due"),
        ("2025-12", "2025-12-31", "open"),
        ("2024", "2024-12-31", "due"),
    ],
)
def test_forecasts_come_due_on_the_last_day_of_their_horizon(end: str | None, horizon: str | None, status: str) -> None:
    """A month lasts to its last day; without a horizon a forecast stays open."""
    found = gathered([foreseen(time=Time(relation="future", end=end))])
    assert [(f.horizon, f.status) for f in found] == [(horizon, status)]


@pytest.mark.parametrize(
    ("words", "published", "horizon", "status"),
    [
        ("soon", "2024-11-01", "2025-05-03", "due"),
        ("Soon", "2025-05", "2025-11-30", "open"),
        ("eventually", "2020-01-01", None, "open"),
        ("soon", None, None, "open"),
    ],
)
def test_forecasts_read_vague_words_widely(
    words: str, published: str | None, horizon: str | None, status: str
) -> None:
    """What comes "soon" is due after half a year, and marked as vague; "eventually" and undated texts never are."""
    [found] = gathered([foreseen(published=published, time=Time(relation="future", text=words))])
    assert (found.horizon, found.vague, found.status) == (horizon, horizon is not None, status)


def test_forecasts_stand_due_ones_first_then_the_nearest_horizon() -> None:
    """Due, open by horizon, open without one, resolved."""
    ends = [None, "2025-12-31", "2024-12-31", "2025-07-01", "2023-12-31"]
    claims = [foreseen(f"Lock {i} opens", time=Time(relation="future", end=end)) for i, end in enumerate(ends)]
    found = gathered(claims, resolution(claims[4], "yes"))
    assert [f.claim for f in found] == [claims[2], claims[3], claims[1], claims[0], claims[4]]
    assert [f.status for f in found] == ["due", "open", "open", "open", "resolved"]


def test_forecasts_repeated_within_a_week_are_one() -> None:
    """Same source, same words but for case and dots, same likelihood; a month later it is said anew."""
    first = foreseen("The canal opens", published="2024-05-01")
    again = foreseen("the Canal opens.", published="2024-05-08")
    undated = foreseen("The canal opens!", published=None)
    later = foreseen("The canal  opens", published="2024-06-20")
    other = foreseen("The canal opens", source=ODE)
    surer = foreseen("The canal opens", LIKELY)
    found = gathered([later, again, other, first, undated, surer])
    assert [(f.claim.id, f.reprints) for f in found if f.claim.source == QUIST and f.claim.likelihood == UNLIKELY] == [
        (later.id, ()), (undated.id, (first.id, again.id)),
    ]  # fmt: skip
    assert len(found) == 4


def test_forecasts_repeated_share_the_latest_resolution() -> None:
    """What is decided on a reprint holds for the forecast; of two decisions the later stands."""
    first, again = foreseen("The canal opens"), foreseen("The canal opens.")
    earlier, later = resolution(first, "no"), resolution(again, "yes", "2025-01-02T00:00:00Z")
    found = gathered([first, again], later, earlier)
    assert [(f.status, f.resolution and f.resolution.outcome) for f in found] == [("resolved", "yes")]


# ------------------------------------------------------------------------------------------------------------ losses

probabilities = st.floats(min_value=0, max_value=1)


@st.composite
def likelihoods(draw: st.DrawFn) -> Likelihood:
    """Any range of probabilities with a point in it."""
    low, point, high = sorted(draw(st.tuples(probabilities, probabilities, probabilities)))
    return Likelihood(low=low, point=point, high=high, phrase="perhaps")


@pytest.mark.parametrize("loss", [forecasts.brier_loss, forecasts.log_loss])
@given(likelihood=likelihoods(), took_place=st.booleans(), share=probabilities)
def test_forecasts_loss_stays_between_its_bounds(
    loss: Callable[[Likelihood, bool], Estimate], likelihood: Likelihood, took_place: bool, share: float
) -> None:
    """Whatever probability inside the range was meant, its loss lies between the bounds, and the bounds are reached."""

    def at(probability: float) -> float:
        exactly = Likelihood(low=probability, point=probability, high=probability, phrase="exactly")
        return loss(exactly, took_place).point

    found = loss(likelihood, took_place)
    low, high = likelihood.low or 0.0, likelihood.high or 0.0
    inside = min(max(low + share * (high - low), low), high)
    assert found.low <= at(inside) <= found.high
    assert found.low <= found.point <= found.high
    assert {found.low, found.high} == {at(low), at(high)}


def test_forecasts_losses_are_those_of_the_textbook() -> None:
    """Brier and logarithmic loss of "unlikely" (10 to 25 %, point 20 %), by hand."""
    assert about(forecasts.brier_loss(UNLIKELY, False)) == (0.01, 0.04, 0.0625)
    assert about(forecasts.brier_loss(UNLIKELY, True)) == (0.5625, 0.64, 0.81)
    by_hand = tuple(round(-log(p), 9) for p in (0.9, 0.8, 0.75))
    assert about(forecasts.log_loss(UNLIKELY, False)) == by_hand


def test_forecasts_certainty_is_perfect_or_clipped() -> None:
    """Right and certain loses nothing by Brier; wrong and certain loses a finite amount by logarithm."""
    certain = Likelihood(low=1, high=1, point=1, phrase="certainly")
    assert about(forecasts.brier_loss(certain, True)) == (0, 0, 0)
    assert about(forecasts.log_loss(certain, True)) == (round(-log(0.99), 9),) * 3
    assert about(forecasts.log_loss(certain, False)) == (round(-log(0.01), 9),) * 3


# ------------------------------------------------------------------------------------------------------------ scores


def test_forecasts_score_counts_what_is_resolved_and_has_a_number() -> None:
    """Void, open and rank-only forecasts do not count; nothing to count gives no score."""
    left_out = [ended("void", number=1), ended("yes", RANK, 2), ended("yes", None, 3), *gathered([foreseen()])]
    assert forecasts.score(left_out) is None
    found = forecasts.score([ended("yes", LIKELY, 4), ended("no", UNLIKELY, 5), *left_out])
    assert found is not None
    assert (found.name, found.forecasts, found.took_place, found.ranked, found.sampling) == ("all", 2, 1, False, None)
    assert about(found.brier) == (round((0.04 + 0.01) / 2, 9), round((0.0625 + 0.04) / 2, 9), 0.0857)


def test_forecasts_score_ranks_groups_that_are_large_enough() -> None:
    """The least loss first among the ranked; small groups stand below, whatever their loss."""
    good = [ended("no", UNLIKELY, i) for i in range(5)]
    bad = [ended("yes", UNLIKELY, i, source=ODE) for i in range(5, 11)]
    lucky = [ended("no", Likelihood(low=0, high=0, point=0, phrase="never"), 11, source=QUIST.model_copy(
        update={"id": "person:ines-vahl", "name": "Ines Vahl"}))]  # fmt: skip
    by_source = forecasts.scores(
        [*lucky, *bad, *good], lambda forecast: [(forecast.claim.source.id, forecast.claim.source.name)]
    )
    assert [(s.group, s.name, s.forecasts, s.ranked) for s in by_source] == [
        ("person:mara-quist", "Mara Quist", 5, True),
        ("person:tom-ode", "Tom Ode", 6, True),
        ("person:ines-vahl", "Ines Vahl", 1, False),
    ]
    assert [about(s.brier) for s in by_source[:2]] == [(0.01, 0.04, 0.0625), (0.5625, 0.64, 0.81)]


def test_forecasts_score_counts_in_each_group() -> None:
    """A forecast on two topics counts in both."""
    both = ended("no", topics=("canal", "lock"))
    found = forecasts.scores([both], lambda forecast: [(topic, topic) for topic in forecast.claim.topics])
    assert [(s.name, s.forecasts) for s in found] == [("canal", 1), ("lock", 1)]


def test_forecasts_bootstrap_is_repeatable_and_sound() -> None:
    """The same interval each time, around the mean; equal losses leave nothing to chance."""
    mixed = [ended("yes" if i % 4 == 0 else "no", UNLIKELY, i) for i in range(40)]
    first, second = forecasts.score(mixed), forecasts.score(mixed)
    assert first == second
    assert first is not None
    assert first.sampling is not None
    # A share of 1/4 over 40 draws has a standard error of .068; an event moves the loss by .6: 1.96 * .041 either way.
    assert about(first.sampling)[1] == 0.19
    assert first.sampling.low == pytest.approx(0.19 - 0.0805, abs=0.02)
    assert first.sampling.high == pytest.approx(0.19 + 0.0805, abs=0.02)
    same = forecasts.score([ended("no", UNLIKELY, i) for i in range(5)])
    assert same is not None
    assert same.sampling is not None
    assert about(same.sampling) == (0.04, 0.04, 0.04)


# ------------------------------------------------------------------------------------------------------- calibration


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(0, 10, 0.0, 0.2775), (1, 10, 0.0179, 0.4042), (15, 20, 0.5313, 0.8881), (81, 263, 0.2553, 0.3662)],
)
def test_forecasts_wilson_agrees_with_published_values(successes: int, trials: int, low: float, high: float) -> None:
    """81 of 263 is Newcombe's (1998) example; the others are the formula by hand."""
    found = forecasts.wilson(successes, trials)
    assert (round(found.low, 4), found.point, round(found.high, 4)) == (low, successes / trials, high)


@given(trials=st.integers(1, 10_000), data=st.data())
def test_forecasts_wilson_holds_the_share(trials: int, data: st.DataObject) -> None:
    """The interval lies in [0, 1] and holds the share that was observed."""
    found = forecasts.wilson(data.draw(st.integers(0, trials)), trials)
    assert 0 <= found.low <= found.point <= found.high <= 1


def test_forecasts_calibration_bins_by_point() -> None:
    """Bins are closed below, the last one above too; ranges are averaged; empty bins are left out."""
    edge = Likelihood(low=0.15, high=0.3, point=0.2, phrase="doubtful")
    sure = Likelihood(low=1, high=1, point=1, phrase="certainly")
    found = forecasts.calibration([ended("no", UNLIKELY, 1), ended("yes", edge, 2), ended("yes", sure, 3)])
    assert [(b.low, b.high, b.forecasts, b.took_place, about(b.stated)) for b in found] == [
        (0.2, 0.4, 2, 1, (0.125, 0.2, 0.275)), (0.8, 1.0, 1, 1, (1, 1, 1)),
    ]  # fmt: skip
    assert found[0].observed == forecasts.wilson(1, 2)


def test_forecasts_calibration_image_is_whole_and_told_in_words() -> None:
    """Well-formed SVG with title and description, a dot for each bin, and colours for a dark page."""
    bins = forecasts.calibration([ended("no", UNLIKELY, 1), ended("yes", LIKELY, 2)])
    root = ET.fromstring(calibration_image(bins))
    svg = "{http://www.w3.org/2000/svg}"
    title, described, style = (root.find(svg + tag) for tag in ("title", "desc", "style"))
    assert root.get("role") == "img"
    assert title is not None
    assert title.text == "Calibration of resolved forecasts"
    assert described is not None
    assert "Said 60 to 80 %: 1 of 1 forecast took place, 100 %" in (described.text or "")
    assert style is not None
    assert "prefers-color-scheme: dark" in (style.text or "")
    assert [(dot.get("cx"), dot.get("cy")) for dot in root.iter(svg + "circle")] == [
        ("144.0", "424.0"), ("364.0", "24.0"),
    ]  # fmt: skip


# ---------------------------------------------------------------------------------------------------------- commands


@pytest.fixture
def store(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: ARG001  `run` clears what is set here
    """Forecasts by two sources in two papers, on 1 June 2025: a conditional, a due and a denied one; and a fact."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1748736000")
    monkeypatch.setenv("CLAIMTRACK_USER", "ann")
    lock = make_document(
        "If the rain stays, the dam [/x] breaks. The canal is unlikely to open by 2024.", path="lock.txt",
        published="2024-05-01", publisher="The Lock Keeper",
    )  # fmt: skip
    mill = make_document("Traders will not return. The mill is sound.", path="mill.txt", published="2025-02-03")
    dam = foreseen(
        "The dam [/x] breaks", LIKELY, id="clm_00000000000000a0", at=(lock, "the dam [/x] breaks"),
        condition=(0, 17), topics=("dam",),
    )  # fmt: skip
    canal = foreseen(
        "The canal opens by 2024", id="clm_00000000000000a1", at=(lock, "The canal is unlikely to open by 2024"),
        stance="doubt", topics=("canal",), time=Time(relation="future", text="by 2024", end="2024-12-31"),
    )  # fmt: skip
    traders = foreseen(
        "Traders will not return", Likelihood(low=0, high=0.1, point=0.03, phrase="will not"),
        id="clm_00000000000000b0", at=(mill, "Traders will not return"), source=ODE, published="2025-02-03",
        polarity="negative", topics=("trade",), frame=Frame(predicate="return", negated=True),
        time=Time(relation="future", text="in 2026", end="2026-12-31"),
    )  # fmt: skip
    sound = make_claim(mill, "The mill is sound", id="clm_00000000000000b1")
    path = tmp_path / "claimtrack.db"
    with Store(path) as opened:
        opened.add(lock, [dam, canal])
        opened.add(mill, [traders, sound])
    return path


@pytest.mark.usefixtures("store")
def test_forecasts_predictions_lists_who_what_how_likely_and_when(run: Run, snapshot: Snapshot) -> None:
    """Due first; condition, horizon and, once resolved, the outcome with who said so; filters narrow it."""
    run("resolve", "clm_00000000000000b0", "no", "--on", "2025-05", "--note", "none [came]\x1b[2J")
    snapshot("forecasts_predictions.txt", run("predictions").out)
    assert run("predictions", "--topic", "dam", "--status", "due") == Ended(0, "No forecasts found.\n", "")
    assert run("predictions", "--status", "soon").code == 2


@pytest.mark.usefixtures("store")
def test_forecasts_predictions_as_json_hold_the_claims(run: Run) -> None:
    """Each forecast is a record of its own with the whole claim; fields say what the table says."""
    found = json.loads(run("predictions", "--since", "2025", "--json").out)["forecasts"]
    assert [(f["record"], f["status"], f["horizon"], f["resolution"], f["claim"]["id"]) for f in found] == [
        ("forecast", "open", "2026-12-31", None, "clm_00000000000000b0")
    ]
    assert len(json.loads(run("predictions", "--json", "--limit", "2").out)["forecasts"]) == 2


@pytest.mark.usefixtures("store")
def test_forecasts_due_asks_for_a_day(run: Run, snapshot: Snapshot) -> None:
    """Today by default; those without a horizon are counted apart."""
    snapshot("forecasts_due.txt", run("due").out)
    assert run("due", "--on", "2024-12-30").out.startswith("No forecast is due on 2024-12-30.\n")
    found = json.loads(run("due", "--on", "2027-01-01", "--json").out)
    assert [[f["claim"]["id"][-2:] for f in found[name]] for name in ("forecasts", "without_horizon")] == [
        ["a1", "b0"], ["a0"],
    ]  # fmt: skip
    assert run("due", "--on", "2024-02-30") == Ended(
        2, "", "error: --on '2024-02-30' is not a day. Write it as 2021-10-06.\n"
    )


@pytest.mark.usefixtures("store")
def test_forecasts_resolve_says_which_event_took_place(run: Run, snapshot: Snapshot) -> None:
    """The event, not the sentence: of a denied one, what the sentence denies; slips are told on standard error."""
    denied = run("resolve", "clm_00000000000000b0", "no", "--evidence", "https://example.org/trade")
    snapshot("forecasts_resolve.txt", _without_ids(denied.out))
    assert denied.err == "note: clm_00000000000000b0: the horizon of the forecast, 2026-12-31, is still to come.\n"
    conditional = run("resolve", "clm_00000000000000a0", "yes", "--on", "2023-01")
    assert conditional.out.startswith("event: “The dam [/x] breaks” took place, 2023-01\n")
    assert conditional.err.splitlines() == [
        "note: clm_00000000000000a0: 2023-01 is before the forecast was published, 2024-05-01.",
        "note: clm_00000000000000a0: yes says, too, that the condition came true; if it did not, resolve it as void.",
    ]


def _without_ids(text: str) -> str:
    return re.sub(r"dec_[0-9a-f]{16}", "dec_…", text)


def test_forecasts_resolve_again_replaces_and_undo_brings_back(run: Run, store: Path) -> None:
    """The later decision counts, the log keeps both, and undoing it brings the former back."""

    def outcome() -> str:
        found = json.loads(run("predictions", "--topic", "canal", "--json").out)["forecasts"]
        return str(found[0]["resolution"]["outcome"])

    run("resolve", "clm_00000000000000a1", "yes", "--by", "bo")
    second = json.loads(run("resolve", "clm_00000000000000a1", "no", "--json").out)
    assert outcome() == "no"
    with Store(store) as opened:
        assert [(d.by, d.outcome) for d in opened.decisions()] == [("bo", "yes"), ("ann", "no")]
        reviews.decide(opened, "undo", second["resolution"]["id"], by="bo")
    assert outcome() == "yes"


def test_forecasts_resolve_takes_a_whole_proposition(run: Run, store: Path) -> None:
    """Every forecast of it gets a decision of its own; one under a condition is left to itself, and named."""
    war = {"frame": Frame(predicate="war", event="war", parties=("country:chile", "country:peru"))}
    other = {"frame": Frame(predicate="war", event="war", parties=("country:chile", "country:ghana"))}
    by_quist = foreseen("A war between Peru and Chile breaks out", id="clm_00000000000000c0", **war)
    by_ode = foreseen("Peru and Chile go to war", LIKELY, id="clm_00000000000000c1", source=ODE, **war)
    hanging = foreseen("War follows", id="clm_00000000000000c2", condition=(0, 9), **war)
    elsewhere = foreseen("Chile and Ghana go to war", id="clm_00000000000000c3", **other)
    with Store(store) as opened:
        opened.add(make_document(path="war.txt"), [by_quist, by_ode, hanging, elsewhere])
    done = run("resolve", keys(by_quist)[0].id[:12], "no", "--json")
    assert {f["claim"]["id"] for f in map(json.loads, done.out.splitlines())} == {by_quist.id, by_ode.id}
    assert done.err == f"note: under a condition, to be resolved one by one: {hanging.id}\n"
    with Store(store) as opened:
        assert {(d.target, d.outcome) for d in opened.decisions()} == {(by_quist.id, "no"), (by_ode.id, "no")}
    assert run("resolve", "prp_", "no").err.startswith("error: Several propositions begin with 'prp_', such as prp_")
    assert run("resolve", "prp_zz", "no").code == 1


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("clm_00000000000000b1", "yes"), 2, "is a claim of kind fact, stance affirm, not a forecast."),
        (("clm_00000000000000a1", "maybe"), 2, "The outcome 'maybe' is not known. Choose one of: yes, no, void."),
        (("clm_00000000000000a1", "no", "--on", "2025-06-02"), 2, "--on '2025-06-02' lies in the future"),
        (("clm_00000000000000a1", "no", "--evidence", "a friend"), 2, "neither a web address nor the id or path of"),
        (("clm_00000000000000a1", "no", "--evidence", "doc_zz"), 1, "No record's id begins with 'doc_zz'"),
        (("clm_f", "no"), 1, "No record's id begins with 'clm_f'"),
    ],
)
def test_forecasts_resolve_refuses_what_makes_no_sense(
    run: Run, arguments: tuple[str, ...], code: int, message: str
) -> None:
    """Each refusal names the thing and the fault, and writes nothing."""
    refused = run("resolve", *arguments)
    assert (refused.code, refused.out) == (code, "")
    assert message in refused.err
    assert json.loads(run("predictions", "--status", "resolved", "--json").out)["forecasts"] == []


def test_forecasts_resolution_survives_a_fresh_extraction(run: Run, store: Path) -> None:
    """The same words read anew under another id keep their resolution."""
    run("resolve", "clm_00000000000000a1", "no")
    with Store(store) as opened:
        claim = opened.claim("clm_00000000000000a1")
        assert claim is not None
        document = opened.document(claim.document)
        assert document is not None
        opened.add(document, [claim.model_copy(update={"id": "clm_00000000000000ff"})], force=True)
    found = json.loads(run("predictions", "--status", "resolved", "--json").out)["forecasts"]
    assert [f["claim"]["id"] for f in found] == ["clm_00000000000000ff"]


@pytest.mark.usefixtures("store")
def test_forecasts_score_shows_losses_and_calibration(run: Run, snapshot: Snapshot, tmp_path: Path) -> None:
    """Losses with their ranges by group, a plot in plain characters, and the same as an image."""
    run("resolve", "clm_00000000000000a0", "void")
    run("resolve", "clm_00000000000000a1", "no")
    run("resolve", "clm_00000000000000b0", "yes")
    shown = run("score", "--by", "publisher", "--plot", "calibration.svg")
    snapshot("forecasts_score.txt", shown.out)
    assert shown.err == "The calibration plot is in 'calibration.svg'.\n"
    assert (tmp_path / "calibration.svg").read_text(encoding="utf8").startswith("<svg ")
    found = json.loads(run("score", "--by", "source", "--min", "2", "--json").out)
    assert [(s["name"], s["forecasts"], s["ranked"]) for s in found["scores"]] == [
        ("all", 2, True), ("Mara Quist", 1, False), ("Tom Ode", 1, False),
    ]  # fmt: skip
    assert [b["forecasts"] for b in found["calibration"]] == [1, 1]
    assert [s["name"] for s in json.loads(run("score", "--by", "topic", "--json").out)["scores"]] == [
        "all", "canal", "trade",
    ]  # fmt: skip


@pytest.mark.usefixtures("store")
def test_forecasts_score_says_when_there_is_nothing_to_score(run: Run) -> None:
    """Empty cases are told in words, and options that make no sense are refused."""
    empty = run("score", "--plot", "calibration.svg")
    assert " ".join(empty.out.split()) == (
        "No forecast has been resolved yet (3 forecasts): claimtrack resolve ID yes|no says how one turned out; "
        "claimtrack due, which are waiting."
    )
    assert empty.err == "Nothing to draw: no forecast is scored yet.\n"
    assert json.loads(run("score", "--json").out) == {"schema_version": "1.0", "scores": [], "calibration": []}
    assert run("score", "--by", "mood").err == (
        "error: --by 'mood' is not known. Choose one of: source, publisher, topic.\n"
    )
    assert run("score", "--plot", "calibration.png").code == 2


@pytest.mark.usefixtures("store")
def test_forecasts_plot_that_cannot_be_written_names_its_option(run: Run) -> None:
    """What to do about it is said by the option that the command has."""
    run("resolve", "clm_00000000000000a1", "yes")
    ended = run("score", "--plot", "missing/calibration.svg")
    assert ended.code == 1
    assert ended.err.endswith("No such file or directory. Name another file with --plot.\n")
