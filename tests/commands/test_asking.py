"""Topics and sources that a store does not have: said, with the nearest, and other names are understood."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from claimtrack.schema import Source
from claimtrack.store import Store
from tests.conftest import Ended, make_claim, make_document

Run = Callable[..., Ended]

IRAN = Source(id="country:iran", name="Iran", kind="state")
ADA = Source(id="person:ada-antonopoulos", name="Ada Antonopoulos", kind="author")


@pytest.fixture
def filled(tmp_path: Path) -> None:
    """A store with a claim of a state and one of a person."""
    document = make_document("The corridor opens. War is near.", published="2024")
    opens = make_claim(document, "The corridor opens", source=IRAN, topics=("zangezur-corridor", "iran"))
    war = make_claim(document, "War is near", source=ADA, topics=("iran-azerbaijan-war",))
    with Store(tmp_path / "claimtrack.db") as store:
        store.add(document, [opens, war])


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "arguments",
    [
        ["list"], ["contradict"], ["contrast"], ["corroborate"], ["timeline"], ["predictions"], ["due"], ["score"],
        ["new", "--since", "2020"], ["export"],
    ],
    ids=lambda arguments: arguments[0],
)  # fmt: skip
def test_asking_for_a_misspelt_topic_offers_the_nearest(run: Run, arguments: list[str]) -> None:
    """Nothing found is no error; that no claim bears such a topic is said beside it, on standard error."""
    ended = run(*arguments, "--topic", "zangezr")
    assert ended.code == 0
    offered = "Do you mean zangezur-corridor? `claimtrack topics --all` shows them.\n"
    assert ended.err == f"note: no claim is on the topic 'zangezr'. {offered}"


@pytest.mark.usefixtures("filled")
def test_asking_offers_words_corrected_one_by_one(run: Run) -> None:
    """Each misspelt word is corrected; what resembles nothing is not guessed at."""
    assert "Do you mean iran-azerbaijan-war? " in run("list", "--topic", "azerbajan war").err
    assert "Do you mean corridor war? " in run("list", "--topic", "coridor war").err
    assert run("list", "--topic", "moon").err.startswith("note: no claim is on the topic 'moon'. `claimtrack topics")
    assert "Do you mean Ada Antonopoulos? " in run("list", "--source", "Antonopolos").err


@pytest.mark.usefixtures("filled")
def test_asking_for_a_source_by_another_name_finds_it(run: Run) -> None:
    """A capital stands for its state, and the user's alias for what it is read as."""
    for command in (["list"], ["timeline", "--topic", "corridor"]):
        ended = run(*command, "--source", "tehran")
        assert (ended.code, ended.err) == (0, "")
        assert ended.out.endswith("\n1 claim.\n")
    assert "country:iran" in run("sources", "show", "Tehran").out
    run("alias", "add", "AA", "Ada Antonopoulos")
    assert run("list", "--source", "AA").out.endswith("\n1 claim.\n")
    assert "person:ada-antonopoulos" in run("sources", "show", "AA").out
    failed = run("sources", "show", "Antonopolos")
    assert (failed.code, failed.err) == (
        1, "error: No source is called 'Antonopolos'. Do you mean Ada Antonopoulos? `claimtrack sources` shows them.\n"
    )  # fmt: skip


@pytest.mark.usefixtures("filled")
def test_asking_for_a_report_on_nothing_writes_none(run: Run, tmp_path: Path) -> None:
    """A report that would hold nothing is refused, and no file is left."""
    ended = run("report", "--topic", "zangezr", "-o", "report.html")
    assert (ended.code, ended.out) == (1, "")
    assert "error: No claim is on the topic 'zangezr'. Do you mean zangezur-corridor?" in ended.err
    assert not (tmp_path / "report.html").exists()


def test_asking_an_empty_store_says_nothing_of_names(run: Run, tmp_path: Path) -> None:
    """A store without claims has no names to offer."""
    Store(tmp_path / "claimtrack.db").close()
    assert run("list", "--topic", "war", "--source", "Iran").err == ""
