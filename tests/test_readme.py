"""README tells what the program has: its commands, options and formats exist, and its example runs."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer

from claimtrack.cli import app
from claimtrack.exports import formats as exports
from claimtrack.meaning import scales as likelihood_scales

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf8")
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
EVERYWHERE = {"--help", "--version", "--db", "--profile", "--install-completion"}


@cache
def options(command: str) -> frozenset[str]:
    """Every spelling of every option of a command, and of the commands below it."""
    found = COMMANDS[command]
    parts = [found, *getattr(found, "commands", {}).values()]
    return frozenset(name for part in parts for param in part.params for name in param.opts)


def told() -> list[tuple[str, str]]:
    """Every command with the rest of its code, and of its row where it begins a row of a table."""
    rows = re.findall(r"^\| `claimtrack ([a-z]+)(.*)\|$", README, re.MULTILINE)
    inline = re.findall(r"`claimtrack ([a-z]+)([^`]*)`", README)
    sessions = re.findall(r"^\$ claimtrack ([a-z]+)(.*)$", README, re.MULTILINE)
    return rows + inline + sessions


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_readme_names_every_command(command: str) -> None:
    """A reader of README hears of every command."""
    assert re.search(rf"`(claimtrack )?{command}[ `]", README)


def test_readme_commands_and_options_exist() -> None:
    """Every command that README shows exists, with every option shown beside it."""
    assert told()
    for command, words in told():
        assert command in COMMANDS
        assert set(re.findall(r"(?<![\w-])--?[a-zA-Z][\w-]*", words)) <= options(command) | EVERYWHERE


def test_readme_names_no_unknown_option() -> None:
    """Every option named anywhere in README is one of some command."""
    known = EVERYWHERE.union(*map(options, COMMANDS))
    assert set(re.findall(r"(?<![\w-])--[a-z][\w-]*", README)) <= known


def test_readme_formats_and_scales_are_all_there_are() -> None:
    """The export formats and house scales that README lists are those the program has."""
    listed = re.search(r"export --format ([\w\\|]+)", README)
    assert listed
    assert sorted(listed[1].replace("\\", "").split("|")) == list(exports.formats())
    scales = re.search(r"--scale ([\w|]+)", README)
    assert scales
    assert set(scales[1].split("|")) == set(likelihood_scales.HOUSE_SCALES)


def test_readme_files_exist() -> None:
    """Every file of the repository that README links to is there."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_readme_example_runs(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python example runs as it is printed, and gives claims of the two who differ."""
    example = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert example
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("claimtrack.pipeline.load", lambda: nlp)
    names: dict[str, Any] = {}
    exec(example[1], names)
    assert {claim.source.name for claim in names["doc"]._.claims} >= {"Peru"}
    assert names["claims"]
    assert names["pairs"]
