"""Timelines: claims in order of saying and of event, changes of side, clashes, and what reprints only say again."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.reading.reprints import Print
from claimtrack.schema import Claim, Contradiction, Evidence, Frame, Likelihood, Position, Source, Time, TimelineEntry
from claimtrack.tracking import timeline
from tests.conftest import make_claim, make_document

QUIST = Source(id="person:mara-quist", name="Mara Quist", kind="person")
ODE = Source(id="person:tom-ode", name="Tom Ode", kind="person")
EXPERTS = Source(id="group:experts", name="experts", kind="group")
AUTHOR = Source(id="voice:doc_0:author", name="author", kind="author")
UNLIKELY = Likelihood(low=0.1, high=0.25, point=0.2, phrase="unlikely")
LIKELY = Likelihood(low=0.67, high=0.8, point=0.75, phrase="likely")
MAY = Likelihood(low=0.3, high=0.5, point=0.4, phrase="may")
WAR = Frame(predicate="be", event="war", parties=("country:chile", "country:peru"))


def said(published: str | None, source: Source = QUIST, **over: Any) -> Claim:
    """A claim on a war between Peru and Chile."""
    document = make_document(f"{source.name} on {published}: {over}", published=published, path=f"{published}.txt")
    fields = {"source": source, "frame": WAR, "kind": "prediction", "time": Time(relation="future")}
    return make_claim(document, **(fields | over))


def position(published: str, value: str, holder: str = "Peru", source: Source = AUTHOR) -> Claim:
    """A claim that tells that somebody is for or against the Lapis Corridor."""
    held = Position(
        holder=holder, holder_id=f"country:{holder.lower()}", target="Lapis Corridor", target_id="place:lapis-corridor",
        value=value,
    )  # fmt: skip
    return said(published, source, positions=(held,), frame=Frame(predicate="be"), kind="opinion", time=Time())


def clash(a: Claim, b: Claim, **over: Any) -> Contradiction:
    """A pair of claims."""
    fields = {
        "id": f"ctr_{a.id[4:12]}{b.id[4:12]}", "kind": "denial", "strength": "contradiction", "score": 0.9, "a": a,
        "b": b, "explanation": "One denies it.", "same_source": False, "same_document": False,
    }  # fmt: skip
    return Contradiction.model_validate(fields | over)


def line(*claims: Claim, by: Literal["said", "event"] = "said", **over: Any) -> list[TimelineEntry]:
    """The timeline of these claims."""
    return timeline.timeline(claims, by, **({"changed": (), "pairs": (), "repeated": {}} | over))


def turns(*claims: Claim) -> list[tuple[str, str | None, str | None]]:
    """Who changed sides, from when to when."""
    found = timeline.reversals(claims, ())
    return [(one.source.name, one.before.published, one.after.published) for one in found]


# --- the line ----------------------------------------------------------------------------------------------------


def test_timeline_by_saying_puts_the_oldest_first() -> None:
    """Dates of any precision are in order; what is not dated comes last."""
    claims = [said(date) for date in (None, "2024-05-02", "2023", "2024-05")]
    assert [(e.when, e.start, e.end) for e in line(*claims)] == [
        ("2023", "2023", "2023"), ("2024-05", "2024-05", "2024-05"), ("2024-05-02", "2024-05-02", "2024-05-02"),
        ("no date", None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "when"),
    [
        ("2024-05-02", "2024-05-02", "2024-05-02"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2023-01-01", "2024-12-31", "2023 to 2024"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2024-02-01", "2024-02-28", "2024-02-01 to 2024-02-28"),
        ("2024-09-01", None, "from 2024-09-01"),
        (None, "2025-06-30", "until 2025-06-30"),
        ("2025-01", "2025-06", "2025-01 to 2025-06"),
    ],
)
def test_timeline_by_event_words_the_interval(start: str | None, end: str | None, when: str) -> None:
    """An interval is worded as shortly as it can be, with its bounds beside it."""
    entry = line(said("2024-05-01", time=Time(start=start, end=end, relation="future")), by="event")[0]
    assert (entry.when, entry.start, entry.end) == (when, start, end)


def test_timeline_by_event_places_what_names_no_time_by_its_tense() -> None:
    """Past, present and future stand before, at and after the day of saying, among the dated; the undated come last."""
    tenses = [said("2024-05-01", time=Time(relation=tense)) for tense in ("future", "present", "timeless", "past")]
    dated = [said("2024-06-01", time=Time(start=day, end=day)) for day in ("2024-05-03", "2024-04-30", "2024-05-01")]
    undated = [said(None, time=Time(relation=tense)) for tense in ("future", "present", "past")]
    assert [entry.when for entry in line(*tenses, *dated, *undated, by="event")] == [
        "2024-04-30", "before 2024-05-01", "2024-05-01", "as of 2024-05-01", "as of 2024-05-01", "after 2024-05-01",
        "2024-05-03", "no date, past", "no date, present", "no date, to come",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("since", "until", "inside"),
    [
        (None, None, True),
        ("2024", None, True),
        ("2024-05-03", None, False),
        ("2024-05-02", "2024-05-02", True),
        (None, "2024-05", True),
        (None, "2024-05-01", False),
        (None, "2023", False),
    ],
)
def test_timeline_lies_within_dates(since: str | None, until: str | None, inside: bool) -> None:
    """Both dates are inclusive and of any precision; what has no date lies within none."""
    assert timeline.lies_within(line(said("2024-05-02"))[0], since, until) is inside
    assert timeline.lies_within(line(said(None))[0], since, until) is (since is None and until is None)


def test_timeline_open_interval_lies_within_what_it_may_reach() -> None:
    """What is to come after a day may come on any day later, and on none before."""
    entry = line(said("2024-05-02"), by="event")[0]
    assert timeline.lies_within(entry, "2030", None)
    assert not timeline.lies_within(entry, None, "2024-05-01")


def test_timeline_links_clashes_on_both_claims() -> None:
    """Each claim names the other one, whose and since when."""
    a, b = said("2024-05-01"), said("2024-06-01", ODE)
    first, second = line(a, b, pairs=[clash(a, b)])
    assert [(c.claim, c.source, c.published, c.kind) for c in first.clashes] == [
        (b.id, "Tom Ode", "2024-06-01", "denial")
    ]
    assert [(c.claim, c.source) for c in second.clashes] == [(a.id, "Mara Quist")]


def test_timeline_names_who_holds_a_position_that_clashes() -> None:
    """A position that an author tells is its holder's, not the author's."""
    a, b = position("2024-05-01", "favor", "Peru"), position("2024-06-01", "against", "Chile")
    evidence = (Evidence(field="target", a="Lapis Corridor", b="Lapis Corridor"),)
    first, _ = line(a, b, pairs=[clash(a, b, kind="stance", evidence=evidence)])
    assert [c.source for c in first.clashes] == ["Chile"]


def test_timeline_marks_a_change_and_names_it_once() -> None:
    """The later claim tells which one it leaves, and does not list it as a clash again."""
    a, b = said("2024-05-01", likelihood=UNLIKELY), said("2024-06-01", likelihood=LIKELY)
    first, second = line(a, b, changed=timeline.reversals((a, b), ()), pairs=[clash(a, b, kind="temporal")])
    assert (first.changed_from, second.changed_from) == (None, a)
    assert ([c.claim for c in first.clashes], second.clashes) == ([b.id], ())


# --- reprints, changes of side -----------------------------------------------------------------------------------


def test_timeline_reprints_say_again_what_they_do_not_word_anew() -> None:
    """Of a reprint, the claims in the same words repeat the original's; a corrected one is a claim of its own."""
    old = make_document("The dam has four gates. It leaks.", published="2024-05-01", path="a.txt")
    new = make_document("The dam has two gates. It leaks.", published="2024-05-02", path="b.txt")
    claims = [make_claim(d, words) for d in (new, old) for words in (d.text.split(".")[0], "It leaks")]
    prints = {d.id: Print(d.path, old.id) for d in (old, new)}
    repeated = timeline.repeats(claims, prints)
    assert repeated == {claims[1].id: claims[3].id}
    assert [entry.repeats for entry in line(*claims, repeated=repeated)] == [None, None, None, claims[3].id]
    assert timeline.repeats(claims, {}) == {}


def test_timeline_reprints_clash_with_nothing() -> None:
    """A clash is linked to the original alone."""
    a, b = said("2024-05-01"), said("2024-06-01", ODE)
    assert [entry.clashes for entry in line(a, b, pairs=[clash(a, b)], repeated={b.id: a.id})] == [(), ()]


def test_timeline_finds_a_source_that_changed_sides() -> None:
    """Unlikely, then likely, then unlikely again are two changes; what leaves it open is none."""
    claims = [
        said("2024-01", likelihood=UNLIKELY), said("2024-02", likelihood=MAY), said("2024-03", likelihood=LIKELY),
        said("2024-04", ODE, likelihood=UNLIKELY), said("2024-05", likelihood=UNLIKELY),
    ]  # fmt: skip
    assert turns(*claims) == [("Mara Quist", "2024-01", "2024-03"), ("Mara Quist", "2024-03", "2024-05")]


def test_timeline_finds_a_holder_that_changed_position() -> None:
    """A position changes with its holder, whoever tells of it."""
    before, after = position("2024-01", "favor"), position("2024-02", "against", source=ODE)
    assert turns(before, after, position("2024-03", "favor", "Chile")) == [("Peru", "2024-01", "2024-02")]


@pytest.mark.parametrize(
    ("first", "second", "source"),
    [
        (None, "2024-05", QUIST),
        ("2024-05", "2024-05", QUIST),
        ("2024", "2024-05-01", QUIST),
        ("2024-01", "2024-05", EXPERTS),
        ("2024-01", "2024-05", AUTHOR),
    ],
)
def test_timeline_a_change_needs_dates_and_a_name(first: str | None, second: str, source: Source) -> None:
    """Without an order in time, or without somebody who can be told from others, nothing is called a change."""
    assert turns(said(first, source, likelihood=UNLIKELY), said(second, source, likelihood=LIKELY)) == []


def test_timeline_a_reprint_is_no_change_back() -> None:
    """What was said before the change and is only printed again later does not take the change back."""
    odds = {"2024-01": UNLIKELY, "2024-02": LIKELY, "2024-03": UNLIKELY}
    claims = [said(month, likelihood=likelihood) for month, likelihood in odds.items()]
    found = timeline.reversals(claims, {claims[2].id})
    assert [(one.before, one.after) for one in found] == [(claims[0], claims[1])]


DAYS = st.dates().map(str) | st.sampled_from(["2024", "2024-05"]) | st.none()


@given(st.lists(st.tuples(DAYS, DAYS, st.sampled_from(["past", "present", "future", "timeless"])), max_size=6))
def test_timeline_keeps_every_claim(times: list[tuple[str | None, str | None, Any]]) -> None:
    """Whatever the dates, each claim stands on the line once, and those of one place stand together."""
    claims = [
        said(published, time=Time(start=start, end=start, relation=tense), id=f"clm_{i:016x}")
        for i, (published, start, tense) in enumerate(times)
    ]
    for by in ("said", "event"):
        entries = line(*claims, by=by)
        assert sorted(entry.claim.id for entry in entries) == [claim.id for claim in claims]
        places = [entry.when for entry in entries]
        runs = [when for i, when in enumerate(places) if i == 0 or places[i - 1] != when]
        assert len(runs) == len(set(runs))
