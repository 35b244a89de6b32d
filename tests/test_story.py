"""A conflict told in six dated articles, added day by day: what an analyst is told at each step.

The articles stand in tests/story: two papers report on a canal that one state builds and another opposes (1, 2); a
third reprints one of them (3); an analyst changes her mind (4); one paper corrects a number (5); a date passes (6).
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from claimtrack import workers
from tests.conftest import Ended

if TYPE_CHECKING:
    from spacy.language import Language

STORY = Path(__file__).parent / "story"
DAYS = [
    ("2025-03-01", "1_harbour.txt", "harbour.txt"),
    ("2025-03-05", "2_courier.txt", "courier.txt"),
    ("2025-03-06", "3_mirror.txt", "mirror.txt"),
    ("2025-04-10", "4_post.txt", "post.txt"),
    ("2025-04-12", "5_courier_corrected.txt", "courier.txt"),
    ("2025-07-15", "6_tribune.txt", "tribune.txt"),
]


class Desk:
    """An analyst's desk: the command line in a folder, and the articles as they come in."""

    def __init__(self, run: Callable[..., Ended], folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.run, self.folder, self.patch = run, folder, patch

    def read(self, until: str) -> None:
        """Take in the articles day by day, up to and with a day, and let it be noon of that day."""
        for day, article, path in DAYS:
            if day <= until:
                noon = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)
                self.patch.setenv("SOURCE_DATE_EPOCH", str(int(noon.timestamp())))
                shutil.copy(STORY / article, self.folder / path)
                self.tell("extract", path)

    def tell(self, *arguments: str) -> str:
        """What a command prints for reading, or says beside."""
        ended = self.run(*arguments)
        assert ended.code == 0, ended.err
        return ended.out + ended.err

    def ask(self, *arguments: str) -> dict[str, Any]:
        """What a command prints as JSON."""
        found: dict[str, Any] = json.loads(self.run(*arguments, "--json").out)
        return found

    def claim(self, words: str, published: str) -> str:
        """The id of the one claim of a day that says so."""
        claims = self.ask("list", "--since", published, "--until", published)["claims"]
        (found,) = [c["id"] for c in claims if words in c["proposition"]]
        return str(found)


@pytest.fixture
def desk(run: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nlp: Language) -> Desk:
    """The desk before the first article."""
    monkeypatch.setattr(workers, "_load", lambda _: nlp)
    monkeypatch.setenv("CLAIMTRACK_USER", "ann")
    monkeypatch.setenv("COLUMNS", "120")
    return Desk(run, tmp_path, monkeypatch)


def clash(pair: dict[str, Any]) -> tuple[str, str, str, str]:
    """A pair of claims in short: strength, kind, and who is in it."""
    return pair["strength"], pair["kind"], pair["a"]["source"]["name"], pair["b"]["source"]["name"]


def test_story_second_day_brings_the_first_contradictions(desk: Desk) -> None:
    """The other side's paper is news: for and against the canal, will and will not open, four bases and none."""
    desk.read("2025-03-05")
    pairs = desk.ask("contradict")["contradictions"]
    assert {clash(pair) for pair in pairs} == {
        ("contradiction", "stance", "Peru", "the foreign ministry"),
        ("contradiction", "negation", "Tomas Verlain", "Ada Brandt"),
        ("contradiction", "denial", "Ada Brandt", "Peru"),
    }
    new = desk.ask("new", "--since", "2025-03-05")
    assert {claim["published"] for claim in new["claims"]} == {"2025-03-05"}
    assert {clash(pair) for pair in new["contradictions"]} == {clash(pair) for pair in pairs}


def test_story_reprint_adds_no_voice_and_no_contradiction(desk: Desk) -> None:
    """The third paper printed the second one's article: its claims are marked, no pair or voice is counted twice."""
    desk.read("2025-03-05")
    before = sorted(sorted(clash(pair)) for pair in desk.ask("contradict")["contradictions"])
    desk.read("2025-03-06")
    assert sorted(sorted(clash(pair)) for pair in desk.ask("contradict")["contradictions"]) == before
    assert desk.ask("new", "--since", "2025-03-06")["contradictions"] == []
    timeline = desk.tell("timeline", "--topic", "karsund canal")
    assert re.search(r"The Valley Mirror .*· reprint", timeline)
    assert desk.ask("corroborate", "--topic", "karsund canal")["corroborations"] == []


def test_story_analyst_changes_her_mind(desk: Desk) -> None:
    """Unlikely in March and very likely in April by one voice is a reversal, told as such; her rival contradicts."""
    desk.read("2025-04-10")
    pairs = desk.ask("contradict", "--topic", "peru bolivia war")["contradictions"]
    by_relation = {(clash(pair), pair["relation"]) for pair in pairs if "Analyst" not in str(clash(pair))}
    assert by_relation == {
        (("contradiction", "likelihood", "Mira Holt", "Pedro Lunn"), "disagreement"),
        (("tension", "temporal", "Mira Holt", "Mira Holt"), "reversal"),
    }
    timeline = desk.tell("timeline", "--topic", "peru bolivia war")
    assert "changed: was unlikely (10–25 %) on 2025-03-01" in timeline
    assert "Mira Holt changed sides" in desk.tell("new", "--since", "2025-04-10")
    profile = desk.tell("sources", "show", "Mira Holt")
    assert "2025-03-01" in profile
    assert "2025-04-10" in profile


def test_story_correction_replaces_the_article_and_keeps_reviews(desk: Desk) -> None:
    """The corrected article takes the old one's place: two bases, not four; what Ann decided on its claims holds."""
    desk.read("2025-03-06")
    rejected = desk.claim("Bolivia opposes", "2025-03-05")
    desk.tell("reject", rejected)
    desk.tell("accept", desk.claim("Peru has four bases", "2025-03-06"))
    desk.tell("accept", desk.claim("Peru has four bases", "2025-03-05"))
    desk.read("2025-04-12")
    said = {(c["published"], c["proposition"]) for c in desk.ask("list", "--source", "Ada Brandt")["claims"]}
    assert ("2025-03-05", "Peru has two bases on the border") in said
    assert ("2025-03-05", "Peru has four bases on the border") not in said
    assert ("2025-03-06", "Peru has four bases on the border") in said
    listed = desk.ask("list", "--source", "foreign ministry")["claims"]
    assert [claim["published"] for claim in listed] == ["2025-03-06"]
    new = {claim["proposition"] for claim in desk.ask("new", "--since", "2025-04-12")["claims"]}
    assert "Peru has two bases on the border" in new
    assert "The Karsund Canal will not open by June 2025" not in new


def test_story_forecast_comes_due_and_fails(desk: Desk) -> None:
    """In July both forecasts of June are due; resolved, the minister's counts as wrong, the president's as right."""
    desk.read("2025-04-12")
    assert desk.ask("due")["forecasts"] == []
    desk.read("2025-07-15")
    due = desk.ask("due")["forecasts"]
    assert {forecast["claim"]["source"]["name"] for forecast in due} == {"Tomas Verlain", "Ada Brandt"}
    assert {fact["proposition"] for forecast in due for fact in forecast["told"]} == {
        "The Karsund Canal did not open by June 2025"
    }
    assert "told since: the operator, 2025-07-15" in desk.tell("due")
    for forecast in due:
        desk.tell("resolve", forecast["claim"]["id"], "no", "--on", "2025-07-15", "--evidence", "tribune.txt")
    assert desk.ask("due")["forecasts"] == []
    scores = {row["name"]: row for row in desk.ask("score", "--by", "source")["scores"]}
    assert scores["Tomas Verlain"]["brier"]["point"] > 0.8
    assert scores["Ada Brandt"]["brier"]["point"] < 0.01
    assert "no" in desk.tell("predictions", "--topic", "karsund canal")
    desk.tell("extract", "--force", "harbour.txt", "courier.txt", "mirror.txt")
    assert desk.ask("due")["forecasts"] == []


def test_story_proposition_gathers_both_sides(desk: Desk) -> None:
    """On the war: who finds it likely, who unlikely, surest first; show gives the same by the proposition's id."""
    desk.read("2025-04-10")
    (war,) = [c for c in desk.ask("contrast", "--topic", "peru bolivia war")["contrasts"] if len(c["claims"]) > 2]
    points = [claim["likelihood"]["point"] for claim in war["claims"]]
    assert points == sorted(points, reverse=True)
    shown = desk.tell("show", war["id"])
    assert "Mira Holt" in shown
    assert "Pedro Lunn" in shown


def test_story_is_handed_over_and_joined(desk: Desk, tmp_path: Path) -> None:
    """The report names both sides and quotes them; the export, imported elsewhere, gives the same contradictions."""
    desk.read("2025-07-15")
    desk.tell("report", "--topic", "karsund canal", "-o", "report.html")
    report = (tmp_path / "report.html").read_text(encoding="utf8")
    assert "Tomas Verlain" in report
    assert "Ada Brandt" in report
    desk.tell("export", "-o", "all.json")
    desk.tell("import", "all.json", "--db", "copy.db")
    copied = desk.ask("contradict", "--db", "copy.db")["contradictions"]
    assert copied == desk.ask("contradict")["contradictions"]


def test_story_topics_and_sources_are_put_in_order_by_hand(desk: Desk) -> None:
    """A topic is found by the one it is placed under, a merged source speaks for both; ratings stand; all is undone."""
    desk.read("2025-04-10")
    topics = {topic["topic"]: topic for topic in desk.ask("topics")["topics"]}
    assert topics["karsund-canal"]["documents"] == 3
    assert topics["karsund-canal"]["contradictions"] == 2
    on_canal = len(desk.ask("list", "--topic", "karsund canal")["claims"])
    placed = desk.tell("topics", "place", "Karsund Canal", "--under", "Waterways")
    assert len(desk.ask("list", "--topic", "waterways")["claims"]) == on_canal
    merged = desk.tell("sources", "merge", "Ada Brandt", "the foreign ministry")
    held = {claim["source"]["name"] for claim in desk.ask("list", "--search", "opposes")["claims"]}
    assert held == {"Ada Brandt"}
    desk.tell("sources", "rate", "Mira Holt", "--reliability", "B")
    desk.tell("rate", desk.claim("A war between Peru and Bolivia takes place", "2025-03-01"), "--credibility", "3")
    profile = " ".join(desk.tell("sources", "show", "Mira Holt").split())
    assert "B" in profile
    assert "by ann" in profile
    for said in (placed, merged):
        (decision,) = re.findall(r"dec_[0-9a-f]{16}", said)
        desk.tell("undo", decision)
    assert desk.ask("list", "--topic", "waterways")["claims"] == []
    assert "the foreign ministry" in str(desk.ask("list", "--search", "opposes")["claims"])
    assert [d["action"] for d in desk.ask("reviews")["decisions"]] == ["undo", "undo", "rate", "rate", "merge", "place"]
