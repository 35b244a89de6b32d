"""Figures: what they draw stands where it should, for few claims and for many."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from claimtrack.screens.likelihood_figure import interval
from claimtrack.screens.timeline_figure import ARCS, LANES, Arc, timeline
from claimtrack.screens.timeline_scale import NARROW, WIDE, Layout, Saying, round_dates

LAYOUTS = pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])
MAY, JUNE = date(2024, 5, 1), date(2024, 6, 1)


def drawn(sayings: list[Saying], arcs: list[Arc] | None = None, layout: Layout = WIDE) -> etree._Element:
    """A timeline as XML."""
    return etree.fromstring(timeline(sayings, arcs or [], layout, title="Claims", description="By source"))


def texts(svg: etree._Element, kind: str) -> list[str]:
    """The texts of one class."""
    return [element.text for element in svg.xpath(f".//text[@class='{kind}']")]


def dots(svg: etree._Element) -> list[tuple[float, float, float]]:
    """Place and radius of each dot."""
    circles = svg.xpath(".//circle[@class='dot']")
    return [(float(c.get("cx")), float(c.get("cy")), float(c.get("r"))) for c in circles]


def many(count: int) -> tuple[list[Saying], list[Arc]]:
    """Claims by forty sources over four years, some undated, some forecasts, and a clash for every tenth."""
    sayings = [
        Saying(
            f"c{i}", f"Source {i * 7 % 40}", f"D{i}", MAY + timedelta(days=i * 37 % 1400) if i % 9 else None,
            MAY + timedelta(days=i * 61 % 4000) if i % 3 == 0 else None,
        )
        for i in range(count)
    ]  # fmt: skip
    return sayings, [Arc(f"c{i}", f"c{i * 3 % count}", f"C{i}", i % 2 == 0) for i in range(0, count, 10)]


@LAYOUTS
def test_figures_timeline_shows_who_said_what_when(layout: Layout) -> None:
    """A row for each source, claims in order of their days, labels of the days below."""
    svg = drawn([Saying("a", "Quist", "D1", MAY), Saying("b", "Ode", "D2", JUNE)], layout=layout)
    assert texts(svg, "name") == ["Ode", "Quist"]
    (x_ode, y_ode, _), (x_quist, y_quist, _) = dots(svg)
    assert x_quist < x_ode
    assert y_ode < y_quist
    assert texts(svg, "tick")[0] == "2024-05-01"
    assert svg.findtext("title") == "Claims"
    assert svg.findtext("desc") == "By source"


def test_figures_timeline_is_empty_without_claims() -> None:
    """Nothing said, nothing drawn."""
    assert timeline([], [], WIDE, title="Claims", description="") == ""


@LAYOUTS
def test_figures_timeline_sets_undated_documents_apart(layout: Layout) -> None:
    """Undated documents have a column each to the right of the dated ones, or one together where they are many."""
    dated = [Saying("a", "Quist", "D1", MAY), Saying("b", "Quist", "D2", JUNE)]
    few = drawn([*dated, Saying("c", "Quist", "D3", None), Saying("d", "Ode", "D4", None)], layout=layout)
    assert texts(few, "tick")[-2:] == ["D3", "D4"]
    assert texts(few, "heading") == ["published", "no date"]
    assert max(x for x, _, _ in dots(few)[1:3]) < max(x for x, _, _ in dots(few))
    crowd = drawn([*dated, *(Saying(f"c{i}", "Quist", f"U{i}", None) for i in range(9))], layout=layout)
    assert texts(crowd, "tick")[-1] == "9 doc."
    assert texts(crowd, "count") == ["9"]


def test_figures_timeline_links_what_clashes() -> None:
    """A solid arc for a contradiction, a dashed one for a tension, a ring for a source against itself, all named."""
    sayings = [Saying("a", "Quist", "D1", MAY), Saying("b", "Ode", "D2", JUNE), Saying("c", "Quist", "D1", MAY)]
    svg = drawn(sayings, [Arc("a", "b", "C1"), Arc("c", "b", "T1", tension=True), Arc("a", "c", "C2")])
    assert [path.get("class") for path in svg.xpath(".//path")] == ["arc", "arc tension", "arc"]
    assert texts(svg, "clash") == ["C1", "T1", "C2"]
    assert svg.xpath(".//path")[2].get("d").count("a") == 2


def test_figures_timeline_gathers_claims_that_would_touch() -> None:
    """Claims of one source on one day are one dot with their number; a number of clashes between two dots one arc."""
    sayings = [Saying(f"a{i}", "Quist", "D1", MAY) for i in range(3)] + [Saying("b", "Ode", "D2", JUNE)]
    svg = drawn(sayings, [Arc("a0", "b", "C1"), Arc("a1", "b", "C2")])
    assert texts(svg, "count") == ["3"]
    assert texts(svg, "clash") == ["C1, C2"]


@LAYOUTS
def test_figures_timeline_shows_how_far_forecasts_reach(layout: Layout) -> None:
    """A line leads to the horizon; one beyond the figure ends at its edge with the year."""
    sayings = [Saying("a", "Quist", "D1", MAY, date(2024, 5, 20)), Saying("b", "Quist", "D2", JUNE, date(2050, 1, 1))]
    svg = drawn(sayings, layout=layout)
    assert texts(svg, "beyond") == ["› 2050"]
    lines = svg.xpath(".//line[@class='horizon'][@y1=@y2]")
    assert len(lines) == 2
    assert all(float(line.get("x1")) < float(line.get("x2")) <= layout.width for line in lines)


@LAYOUTS
@pytest.mark.parametrize("count", [1, 5, 500, 5000])
def test_figures_timeline_stays_readable(count: int, layout: Layout) -> None:
    """Few claims or many: rows, arcs and bytes stay few, every claim counts, no dot covers another or leaves."""
    sayings, arcs = many(count)
    text = timeline(sayings, arcs, layout, title="Claims", description="")
    svg = etree.fromstring(text)
    assert len(text) < 120_000
    assert len(texts(svg, "name")) == min(count, LANES)
    assert len(svg.xpath(".//path")) <= ARCS
    numbered = [int(number) for number in texts(svg, "count")]
    assert sum(numbered) + len(dots(svg)) - len(numbered) == count
    for x, y, radius in dots(svg):
        assert radius <= x <= layout.width - radius
        near = [other for other, height, _ in dots(svg) if height == y and 0 < abs(other - x) < 2 * 9]
        assert near == []


def test_figures_timeline_shares_a_row_among_the_rest() -> None:
    """Sources that clash or say most have rows of their own, the others one together."""
    sayings, _ = many(200)
    svg = drawn(sayings, [Arc("c3", "c5", "C1")])
    assert {texts(svg, "name")[0], texts(svg, "name")[1]} == {"Source 21", "Source 35"}
    assert texts(svg, "name")[-1] == "29 other sources"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.text("abc<&\"'é"), st.none() | st.dates(), st.none() | st.dates()), min_size=1, max_size=12
    ),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=5),
    st.sampled_from([WIDE, NARROW]),
)
def test_figures_timeline_draws_any_days(
    said: list[tuple[str, date | None, date | None]], clashes: list[tuple[int, int]], layout: Layout
) -> None:
    """Whatever the days and names, the figure is well-formed and no dot lies outside."""
    sayings = [Saying(str(i), name, name, day, horizon) for i, (name, day, horizon) in enumerate(said)]
    svg = drawn(sayings, [Arc(str(a), str(b), "C") for a, b in clashes], layout)
    assert all(0 <= x <= layout.width for x, _, _ in dots(svg))
    assert not re.search(r"nan|inf", etree.tostring(svg, encoding="unicode").replace("<title", ""))


def test_figures_round_dates_are_few_and_round() -> None:
    """Labels are days, months or years, whichever are the finest that fit."""
    labels = [
        [text for _, text in round_dates(MAY, last, 5)]
        for last in (MAY, date(2024, 5, 4), date(2024, 8, 20), date(2026, 1, 1), date(2124, 1, 1))
    ]
    assert labels == [
        ["2024-05-01"],
        ["2024-05-01", "2024-05-02", "2024-05-03", "2024-05-04"],
        ["2024-05", "2024-06", "2024-07", "2024-08"],
        ["2024-07", "2025-01", "2025-07", "2026-01"],
        ["2040", "2060", "2080", "2100", "2120"],
    ]


def test_figures_interval_draws_a_range_with_its_point() -> None:
    """The bar runs from low to high, the dot stands at the point; both are hollow under a condition."""
    svg = etree.fromstring(interval(0.1, 0.25, 0.2, title="unlikely <&>"))
    assert svg.findtext("title") == "unlikely <&>"
    assert [(bar.get("class"), bar.get("x"), bar.get("width")) for bar in svg.iter("rect")] == [("range", "10%", "15%")]
    assert [(dot.get("class"), dot.get("cx")) for dot in svg.iter("circle")] == [("point", "20%")]
    hollow = etree.fromstring(interval(0.1, 0.25, None, title="if", conditional=True))
    assert [bar.get("class") for bar in hollow.iter("rect")] == ["range open"]
    assert list(hollow.iter("circle")) == []
