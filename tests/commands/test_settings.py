"""Settings: a file, its profiles and the environment stand in for options; where each comes from is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
import typer
from typer.core import TyperCommand

from claimtrack.cli import _complete_profiles, app
from claimtrack.commands import settings
from claimtrack.commands.completion import complete_topics
from claimtrack.meaning.scales import HOUSE_SCALES
from claimtrack.store import Store
from tests.conftest import Ended, make_claim, make_document

Run = Callable[..., Ended]
FILE = """
db = "main.db"
format = "md"
min_score = 0.6

[profiles.war]
db = "war.db"
format = "tsv"
seconds_per_document = 5
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with a profile, and a store beside it for each."""
    home = tmp_path / "home"
    home.mkdir()
    path = home / "config.toml"
    path.write_text(FILE, encoding="utf8")
    for name in ("main", "war"):
        with Store(home / f"{name}.db") as store:
            document = make_document(f"The {name} dam opens.")
            store.add(document, [make_claim(document, topics=(f"{name}-dam",))])
    monkeypatch.setenv("CLAIMTRACK_CONFIG", str(path))
    return path


def told(run: Run, *above: str) -> dict[str, tuple[object, str]]:
    """What `config` tells of each setting: value and origin."""
    rows = json.loads(run(*above, "config", "--json").out)["settings"]
    return {row["setting"]: (row["value"], row["from"]) for row in rows}


@pytest.mark.usefixtures("file")
def test_settings_beat_one_another_in_order(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line beats the environment, that the profile, that the file, that the program."""
    asked = ["list", "--fields", "id,source"]
    assert run(*asked).out.startswith("| id | source |")
    assert run("--profile", "war", *asked).out.startswith("id\tsource\n")
    monkeypatch.setenv("CLAIMTRACK_PROFILE", "war")
    monkeypatch.setenv("CLAIMTRACK_FORMAT", "jsonl")
    assert run(*asked).out.startswith('{"id"')
    assert run(*asked, "--format", "csv").out.startswith("id,source\n")
    assert run("list", "--json").out.startswith("{")


def test_settings_are_told_with_their_origin(run: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each key is listed with its value and the file, profile or variable that sets it."""
    monkeypatch.setenv("CLAIMTRACK_OFFLINE", "yes")
    found = told(run, "--profile", "war")
    assert found["db"] == (str(file.parent / "war.db"), "profile war")
    assert found["min_score"] == (0.6, "file")
    assert found["offline"] == (True, "$CLAIMTRACK_OFFLINE")
    assert found["judge"] == (None, "not set")
    shown = run("config").out
    assert f"File: {file}\nProfiles: war\n" in shown
    assert "\nProfiles: war (chosen)\n" in run("--profile", "war", "config").out
    assert run("config", "--path").out == f"{file}\n"


def test_settings_need_no_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one nothing is set, and it is said where it would be."""
    monkeypatch.delenv("CLAIMTRACK_CONFIG")
    monkeypatch.setattr("platformdirs.user_config_path", lambda name, appauthor: tmp_path / name)  # noqa: ARG005  its names
    expected = tmp_path / "claimtrack" / "config.toml"
    assert run("config").out.startswith(f"File: {expected}, which is not there yet\nProfiles: none\n")
    assert {origin for _, origin in told(run).values()} == {"not set"}


@pytest.mark.usefixtures("file")
def test_settings_name_the_store(run: Run, tmp_path: Path) -> None:
    """A store is looked for beside the file; --db, before or behind the command, beats it."""
    assert "The main dam opens" in run("list", "--format", "table").out
    assert "The war dam opens" in run("--profile", "war", "list", "-f", "table").out
    Store(tmp_path / "other.db").close()
    assert run("--db", "other.db", "list", "-f", "table").out == "No claims found.\n"
    assert run("list", "--db", "other.db", "-f", "table").out == "No claims found.\n"


@pytest.mark.usefixtures("file", "reader")
def test_settings_next_steps_find_the_store_again(run: Run, tmp_path: Path) -> None:
    """What extract says to do next names the store unless it is found without."""
    (tmp_path / "a.txt").write_text("The canal opened today.", encoding="utf8")
    assert "Next: claimtrack contradict" in run("extract", "a.txt").out
    assert "war.db" in run("--profile", "war", "extract", "a.txt").out.partition("Next: claimtrack --db")[2]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("minscore = 0.5", "there is no setting 'minscore'. Choose from: db, format, judge, judge_model, min_score"),
        ("[profiles.war]\nbd = 'x'", "there is no setting 'profiles.war.bd'. Choose from: db"),
        ("format = 'xml'", "format is 'xml'. Input should be 'table'"),
        ("min_score = 3", "min_score is 3. Input should be less than or equal to 1"),
        ("profiles = 'war'", "profiles is 'war'"),
        ("format = table", "are no TOML"),
        ("\xff", "are no TOML"),
    ],
)
def test_settings_name_what_is_wrong(run: Run, file: Path, text: str, fault: str) -> None:
    """No command goes on with a file that holds what is no setting; where the file is, is told all the same."""
    file.write_bytes(text.encode("latin-1"))
    for command in ("list", "config"):
        ended = run(command)
        assert (ended.code, ended.out) == (2, "")
        assert str(file) in ended.err
        assert fault in ended.err
    assert run("config", "--path").out == f"{file}\n"
    assert run("--help").code == 0


@pytest.mark.usefixtures("file")
def test_settings_name_what_is_wrong_around_the_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Profiles that there are not, bad variables, and a file that is named and missing."""
    assert "There is no profile 'peace'" in (ended := run("--profile", "peace", "list")).err
    assert ended.err.endswith("It has: war.\n")
    monkeypatch.setenv("CLAIMTRACK_MIN_SCORE", "high")
    assert "CLAIMTRACK_MIN_SCORE: min_score is 'high'" in run("list").err
    monkeypatch.setenv("CLAIMTRACK_CONFIG", "nowhere.toml")
    assert "CLAIMTRACK_CONFIG names 'nowhere.toml', which is not there" in run("list").err


@pytest.mark.usefixtures("file")
def test_settings_reach_the_commands_that_have_the_option() -> None:
    """An option gets its setting in every command below; export's formats, of another kind, stay as they are."""
    found = settings.defaults(typer.main.get_command(app), settings.read("war"))
    assert found["extract"] == {"seconds_per_document": 5}
    assert found["contradict"] == {"min_score": 0.6, "format": "tsv"}
    assert found["topics"]["format"] == found["alias"]["list"]["format"] == "tsv"
    assert found["export"] == found["report"] == {}


def test_settings_know_every_scale() -> None:
    """The house scales that may be set are those there are."""
    [wanted, _] = get_args(settings.Settings.model_fields["scale"].annotation)
    assert set(get_args(wanted)) == set(HOUSE_SCALES)


@pytest.mark.usefixtures("file")
def test_settings_are_heeded_by_completion() -> None:
    """The shell is offered profiles, and the topics of the store that the profile names."""
    assert _complete_profiles("w") == ["war"]
    context = typer.Context(TyperCommand("list"))
    assert complete_topics(context, "") == ["main-dam"]
    context.params["profile"] = "war"
    assert complete_topics(context, "") == ["war-dam"]
    context.params["profile"] = "peace"
    assert complete_topics(context, "") == []


NAMES = {"id", "ids", "topic", "topics", "source", "sources", "others", "under"}


def test_settings_every_name_of_a_record_is_completed() -> None:
    """Whatever takes an id, a topic or a source offers them to the shell."""
    top = typer.main.get_command(app)
    commands = [one for each in top.commands.values() for one in (each, *getattr(each, "commands", {}).values())]
    without = [
        f"{command.name} {param.name}"
        for command in commands for param in command.params
        if param.name in NAMES and param._custom_shell_complete is None
    ]  # fmt: skip
    assert without == []
