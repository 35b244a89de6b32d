"""The commands that follow a matter over time: what they print, in words and in JSON, and how they end."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.schema import Frame, Likelihood, Position, Source, Time, Topic
from claimtrack.screens.terminal import page
from claimtrack.screens.tracking_display import source_table, timeline_blocks, topic_table
from claimtrack.screens.view import View
from claimtrack.store import SourceCount, Store
from claimtrack.tracking.pairing import update_pairs
from claimtrack.tracking.timeline import timeline
from tests.conftest import Ended, make_claim, make_document
from tests.test_cli import start

Run = Callable[..., Ended]
Snapshot = Callable[[str, str], None]

QUIST = Source(id="person:mara-quist", name="Mara Quist", kind="person")
ODE = Source(id="person:tom-ode", name="Tom [/x] Ode\x1b[2J", kind="person")
PERU = Source(id="country:peru", name="Peru", kind="state")
CHILE = Source(id="country:chile", name="Chile", kind="state")
WAR = {
    "frame": Frame(predicate="be", event="war", parties=("country:chile", "country:peru")), "kind": "prediction",
    "time": Time(text="by June", start=None, end="2025-06-30", relation="future"), "topics": ("chile-peru", "war"),
}  # fmt: skip
UNLIKELY = Likelihood(low=0.1, high=0.25, point=0.2, phrase="unlikely")
LIKELY = Likelihood(low=0.67, high=0.8, point=0.75, phrase="likely")
FIRST_DAY = 1_735_689_600  # 2025-01-01


def stands(holder: str, value: str) -> dict[str, Any]:
    """The fields of a claim that tells who is for or against the Lapis Corridor."""
    held = Position(
        holder=holder, holder_id=f"country:{holder.lower()}", target="Lapis Corridor", target_id="place:lapis-corridor",
        value=value,
    )  # fmt: skip
    return {"positions": (held,), "kind": "opinion", "topics": ("lapis-corridor", "air-strikes")}


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store into which three articles came on three days: forecasts of a war, positions on a corridor."""
    path = tmp_path / "claimtrack.db"
    days: list[tuple[str, str, list[tuple[str, Source, dict[str, Any]]]]] = [
        ("2024-05-01", "Mara: war is unlikely. Peru backs the Lapis Corridor.", [
            ("war is unlikely", QUIST, WAR | {"likelihood": UNLIKELY, "stance": "doubt"}),
            ("Peru backs the Lapis Corridor", PERU, stands("Peru", "favor"))]),
        ("2024-06", "War will hardly come, says Tom [/x].\x1b[2J Chile opposes the Lapis Corridor.", [
            ("War will hardly come", ODE, WAR | {"likelihood": UNLIKELY}),
            ("Chile opposes the Lapis Corridor", CHILE, stands("Chile", "against"))]),
        ("2024-07-01", "Mara now says: war is likely.", [("war is likely", QUIST, WAR | {"likelihood": LIKELY})]),
    ]  # fmt: skip
    with Store(path) as store:
        for number, (published, text, claims) in enumerate(days):
            monkeypatch.setenv("SOURCE_DATE_EPOCH", str(FIRST_DAY + 86_400 * number))
            document = make_document(
                text, path=f"{number}.txt", published=published, title=f"[b]Article\x1b {number}", publisher="The Mail"
            )
            made = [
                make_claim(document, words, source=source, id=f"clm_{number}{i}{'0' * 14}", **over)
                for i, (words, source, over) in enumerate(claims)
            ]
            store.add(document, made)
        update_pairs(store)
    return path


# --- what they print ---------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("timeline", ["timeline", "--topic", "war"]),
        ("timeline_event", ["timeline", "--topic", "lapis corridor", "--by", "event"]),
        ("timeline_since", ["timeline", "--topic", "war", "--source", "mara", "--since", "2024-06", "--scale", "phia"]),
        ("timeline_none", ["timeline", "--topic", "war", "--until", "2023"]),
        ("new", ["new", "--since", "2025-01-02"]),
        ("new_limited", ["new", "--since", "2025", "--topic", "war", "--limit", "1"]),
        ("new_none", ["new", "--since", "2026"]),
        ("topics", ["topics", "--all"]),
        ("sources", ["sources"]),
        ("sources_show", ["sources", "show", "mara"]),
    ],
)
def test_tracking_prints_what_it_printed(run: Run, snapshot: Snapshot, name: str, arguments: list[str]) -> None:
    """Each command's output is as in its snapshot, ends with 0, and holds no control character."""
    ended = run(*arguments)
    assert (ended.code, ended.err) == (0, "")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", ended.out)
    snapshot(f"tracking_{name}.txt", ended.out)


@pytest.mark.usefixtures("filled")
def test_tracking_json_holds_whole_records(run: Run) -> None:
    """Programs get the records with the schema's version: entries, arrivals, topics, and one profile."""
    told = json.loads(run("timeline", "--topic", "war", "--json").out)
    assert [(one["when"], (one["changed_from"] or {}).get("id")) for one in told["timeline"]] == [
        ("2024-05-01", None), ("2024-06", None), ("2024-07-01", f"clm_00{'0' * 14}")
    ]  # fmt: skip
    new = json.loads(run("new", "--since", "2025-01-02", "--json").out)
    assert {key: len(new[key]) for key in ("claims", "contradictions", "confirmations", "reversals")} == {
        "claims": 3, "contradictions": 2, "confirmations": 1, "reversals": 1
    }  # fmt: skip
    topics = json.loads(run("topics", "--json").out)["topics"]
    assert [(one["topic"], one["claims"], one["documents"]) for one in topics] == [
        ("chile-peru", 3, 3), ("war", 3, 3), ("air-strikes", 2, 2), ("lapis-corridor", 2, 2)
    ]  # fmt: skip
    assert {told["schema_version"], new["schema_version"]} == {"1.0"}
    profile = json.loads(run("sources", "show", "mara", "--json").out)
    assert (profile["record"], profile["id"], len(profile["reversals"])) == ("source_profile", QUIST.id, 1)


# --- what people decide ------------------------------------------------------------------------------------------


def decided(ended: Ended) -> str:
    """The id of the decision that a command says it logged."""
    assert (ended.code, ended.out) == (0, "")
    found = re.match(r"dec_[0-9a-f]{16}", ended.err)
    assert found
    return found[0]


@pytest.mark.usefixtures("filled")
def test_tracking_topics_are_merged_placed_and_undone(run: Run) -> None:
    """A merge and a place change what a topic finds and how it is listed, until they are undone."""
    merged = decided(run("topics", "merge", "Lapis corridor", "air-strike", "--by", "ann"))
    assert "also air strikes" in run("topics").out
    assert run("list", "--topic", "air strikes").out.endswith("2 claims.\n")
    decided(run("topics", "place", "lapis-corridor", "--under", "Trade routes"))
    assert re.search(r"^Trade routes .*\n  lapis corridor", run("topics").out, re.MULTILINE)
    assert run("timeline", "--topic", "trade routes").out.endswith("2 claims.\n")
    decided(run("topics", "place", "lapis-corridor"))
    assert run("list", "--topic", "trade routes").out == "No claims found.\n"
    decided(run("undo", merged))
    assert "also" not in run("topics").out


@pytest.mark.usefixtures("filled")
def test_tracking_sources_are_merged_rated_and_noted(run: Run) -> None:
    """Decisions on a source are shown with it, a merge in every list; hostile names change nothing."""
    merged = decided(run("sources", "merge", "Mara", "Ode", "--note", "one person"))
    assert run("list", "--source", "mara").out.endswith("3 claims.\n")
    decided(run("sources", "rate", "Mara", "--reliability", "B", "--note", "met her", "--by", "ann"))
    decided(run("sources", "note", "Mara", "writes [/x] for\x1b the keepers"))
    shown = run("sources", "show", ODE.id).out
    assert re.search(r"^reliability +B, usually reliable \(by ann, \d{4}-\d\d-\d\d\): met her$", shown, re.MULTILINE)
    assert "writes [/x] for␛ the keepers" in shown
    assert "reliability B" in run("sources").out
    decided(run("undo", merged))
    assert run("list", "--source", "mara").out.endswith("2 claims.\n")


@pytest.mark.usefixtures("filled")
def test_tracking_a_claim_is_rated_apart_from_its_source(run: Run) -> None:
    """Credibility stands with the claim, and leaves the source unrated."""
    decided(run("rate", "clm_00", "--credibility", "5", "--by", "ann"))
    assert re.search(r"^reviewed +credibility 5 by ann$", run("show", "clm_00").out, re.MULTILINE)
    assert json.loads(run("sources", "show", "mara", "--json").out)["reliability"] is None


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("code", "fault", "arguments"),
    [
        (2, "--since 'May' is not a date", ["new", "--since", "May"]),
        (2, "--until 'soon' is not a date", ["timeline", "--topic", "war", "--until", "soon"]),
        (2, "topic", ["timeline"]),
        (1, "No topic is called 'moon'", ["topics", "merge", "war", "moon"]),
        (2, "cannot be merged with itself", ["topics", "merge", "wars", "war"]),
        (2, "cannot be put under 'war'", ["topics", "place", "war", "--under", "war"]),
        (2, "holds no word", ["topics", "place", "war", "--under", "!"]),
        (2, "nothing", ["topics", "nothing"]),
        (1, "No source is called 'nobody'", ["sources", "show", "nobody"]),
        (2, "cannot be merged with itself", ["sources", "merge", "Mara", "person:mara-quist"]),
        (2, "--reliability 'Z' is not known. Choose one of: A, B", ["sources", "rate", "Mara", "-r", "Z"]),
        (2, "less than or equal to 6", ["rate", "clm_00", "-c", "7"]),
        (1, "No record's id begins with 'clm_ff'", ["rate", "clm_ff", "-c", "1"]),
        (1, "No store at", ["topics", "merge", "war", "chile-peru", "--db", "missing.db"]),
        (1, "No store at", ["topics", "--db", "missing.db", "merge", "war", "chile-peru"]),
    ],
)
def test_tracking_errors_name_the_fault(run: Run, code: int, fault: str, arguments: list[str]) -> None:
    """What cannot be done is told on standard error, with its exit code, and nothing is logged."""
    ended = run(*arguments)
    assert (ended.code, ended.out) == (code, "")
    assert fault in ended.err
    assert "Traceback" not in ended.err
    assert run("reviews").out == "No decisions found.\n"


def test_tracking_commands_say_what_an_empty_store_holds(run: Run, tmp_path: Path) -> None:
    """Nothing stored is nothing found, in words."""
    Store(tmp_path / "claimtrack.db").close()
    assert run("topics").out == "No topics found.\n"
    assert run("sources").out == "No sources found.\n"
    assert run("timeline", "--topic", "war").out == "No claims found.\n"
    assert run("new", "--since", "2025").out == "No claim came in since 2025.\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("claimtrack list --topic air", ["air-strikes"]),
        ("claimtrack list --topic Bomb", ["Bombing"]),
        ("claimtrack list --topic trade", ["trade-routes"]),
        ("claimtrack timeline --topic la", ["lapis-corridor"]),
        ("claimtrack sources show Mar", ["Mara Quist"]),
        ("claimtrack topics merge wa", ["war"]),
    ],
)
def test_tracking_completes_every_name(run: Run, filled: Path, words: str, expected: list[str]) -> None:
    """The shell's completion offers topics, the user's aliases and headings, and sources."""
    run("alias", "add", "Bombing", "air strikes")
    run("topics", "place", "war", "--under", "Trade routes")
    environment = {"_CLAIMTRACK_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": "3"}
    assert start(CLAIMTRACK_DB=str(filled), **environment).stdout.splitlines() == expected


COMMANDS = ["timeline", "new", "topics", "topics merge", "topics place", "sources", "sources show", "sources merge",
            "sources rate", "sources note", "rate"]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_tracking_help_has_two_examples(run: Run, command: str) -> None:
    """The help of each command ends with two examples of it."""
    examples = run(*command.split(), "--help").out.split("Examples:\n")[1].strip().splitlines()
    assert len(examples) == 2
    assert all(example.strip().startswith(f"claimtrack {command}") for example in examples)


@settings(max_examples=30, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_tracking_shows_any_text(text: str) -> None:
    """Names, dates and propositions of any characters are shown without a control character among them."""
    document = make_document(text, path=text, published=text, publisher=text)
    claim = make_claim(document, proposition=text, source=Source(id=text, name=text, kind="person"), published=text)
    entries = timeline([claim], "said", (), (), {})
    topic = Topic(topic=text, name=text, claims=1, documents=1, sources=1, contradictions=0, aliases=(text,))
    blocks = [
        *timeline_blocks(entries, View(lambda _: document)), topic_table([topic]),
        source_table([SourceCount(text, text, "person", 1, 1, None)], {text: "A"}, View(lambda _: document)),
    ]  # fmt: skip
    for block in blocks:
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", page(block))
