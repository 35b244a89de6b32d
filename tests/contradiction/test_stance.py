"""How articles bear on headlines: invented headlines and articles, and the command on them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack import lexicon
from claimtrack.contradiction import refutation
from claimtrack.contradiction.refutation import Hearsay, HearsayRole, Refutation
from claimtrack.contradiction.stance import bearing
from claimtrack.reading import ingest
from tests.conftest import Ended

Run = Callable[..., Ended]
Snapshot = Callable[[str, str], None]

HEADLINE = "Mayor of Ruvia resigns over harbour scandal"
TOLD = "The mayor of Ruvia resigned on Sunday over the harbour scandal. Her deputy took over at noon."
HOAX = (
    "The story that the mayor of Ruvia resigned over the harbour scandal is a hoax. "
    "A blog had published a fabricated letter. She met the council on Tuesday."
)
DENIED = "The mayor of Ruvia denied reports that she had resigned over the harbour scandal."
RUMORED = (
    "The mayor of Ruvia reportedly resigned over the harbour scandal, a blog claims. "
    "According to unconfirmed reports, she left on Sunday."
)
SHEEP = "Sheep prices rose in the north. Farmers are pleased, and so are the dogs."


def label(headline: str, text: str) -> str:
    """Judge a text against a headline."""
    return bearing(headline, ingest.from_text(text)).label


def found(sentence: str) -> list[tuple[str, str, float]]:
    """List the words of refutation of one sentence: role, words, share of their weight."""
    words = list(refutation.tokenizer()(sentence))
    return [(cue.role, sentence[slice(*cue.span)].lower(), cue.share) for cue in refutation.cues(words)]


# --- lexicons


def test_stance_refutations_are_proved_by_their_examples() -> None:
    """Each word of refutation is found with its role in its own sentence, and counts in full."""
    entries = lexicon.read("refutation", Refutation)
    wrong = [entry.phrase for entry in entries if (entry.role, entry.phrase, 1.0) not in found(entry.example)]
    assert wrong == []


def test_stance_hearsay_is_proved_by_its_examples() -> None:
    """Each word of hearsay hands its own sentence on, each doubt halves the word of refutation beside it."""
    entries = lexicon.read("hearsay", Hearsay)
    examples = {role: [e.example for e in entries if e.role == role] for role in get_args(HearsayRole)}
    tokenizer = refutation.tokenizer()
    assert [e for e in examples["hearsay"] + examples["speech"] if not refutation.hands_on(list(tokenizer(e)))] == []
    assert [e for e in examples["doubt"] if [cue[2] for cue in found(e)] != [0.5]] == []
    stories = [e.replace("old", "bogus") for e in examples["story"]]
    assert [e for e in stories if not all(cue.of_story for cue in refutation.cues(list(tokenizer(e))))] == []


@pytest.mark.parametrize("sentence", [
    "The letter is not a hoax.", "He denies that the clip was staged.", "She bought a satirical magazine.",
    "There is no doubt, and nobody denied it.",
])  # fmt: skip
def test_stance_denied_words_refute_nothing(sentence: str) -> None:
    """A word of refutation that is denied itself, or said of nothing, never counts in full."""
    assert [cue for cue in found(sentence) if cue[2] == 1.0 and cue[0] != "denial"] == []


@pytest.mark.parametrize(("one", "other"), [
    ("denies", "denied"), ("third", "3"), ("stories", "story"), ("planned", "plan"), ("resigns", "resigning"),
])  # fmt: skip
def test_stance_forms_of_a_word_meet(one: str, other: str) -> None:
    """Two forms of a word have one key."""
    assert refutation.key(one) == refutation.key(other)


def test_stance_sentences_keep_their_opening_quotation_marks() -> None:
    """A quotation mark behind white space belongs to the sentence that it opens."""
    words = refutation.sentences('They met on Monday. "It is a hoax," she said. He left.')
    assert [" ".join(token.text for token in sentence) for sentence in words] == [
        "They met on Monday .", '" It is a hoax , " she said .', "He left .",
    ]  # fmt: skip


# --- judging


@pytest.mark.parametrize(("headline", "text", "expected"), [
    (HEADLINE, TOLD, "agree"), (HEADLINE, HOAX, "disagree"), (HEADLINE, DENIED, "disagree"),
    (HEADLINE, RUMORED, "discuss"), (HEADLINE, SHEEP, "unrelated"), (HEADLINE, " ", "unrelated"),
    ("", TOLD, "unrelated"),
    ("No, the mayor of Ruvia did not resign", TOLD, "disagree"),
    ("No, the mayor of Ruvia did not resign", HOAX, "agree"),
    ("Resignation of Ruvia's mayor over harbour scandal is a hoax", TOLD, "disagree"),
    ("Mayor of Ruvia did not resign over harbour scandal; so what did she do?", TOLD, "disagree"),
    ("Resignation of Ruvia's mayor over harbour scandal is not a hoax", TOLD, "agree"),
    ("Ruvia mayor resigns so that she won't be tried", TOLD, "agree"),
    ("Mayor of Ruvia \"will not resign\" over harbour scandal", TOLD, "agree"),
    ("Has the mayor of Ruvia resigned over the harbour scandal?", HOAX, "discuss"),
    ("Blog claims mayor of Ruvia resigned over harbour scandal", HOAX, "discuss"),
])  # fmt: skip
def test_stance_labels(headline: str, text: str, expected: str) -> None:
    """One that calls false what the other tells disagrees; who only asks or hands a story on takes no side."""
    assert label(headline, text) == expected


def test_stance_refutation_of_another_story_is_none() -> None:
    """An article that calls something else false still tells the headline's story."""
    text = TOLD + " " + "She had bought the bridge, too. " * 8 + "Her claim to a title in Physics is bogus."
    assert label(HEADLINE, text) == "agree"


def test_stance_quotes_the_sentences_that_decide() -> None:
    """What refutes is quoted with its offsets, the strongest first, its words of refutation marked, and explained."""
    found = bearing(HEADLINE, ingest.from_text(HOAX))
    quoted = [(p.role, p.span, [HOAX[slice(*mark)] for mark in p.marks]) for p in found.passages]
    assert quoted == [("refutes", (0, 78), ["hoax"]), ("refutes", (79, 120), ["fabricated"])]
    assert found.explanation == "The article calls the story false: “hoax”, “fabricated”."


def test_stance_quotes_the_nearest_sentence_where_none_refutes() -> None:
    """Without a refutation, the sentence nearest to the headline is quoted, the words of both marked."""
    found = bearing(HEADLINE, ingest.from_text(TOLD))
    assert [(p.role, p.text) for p in found.passages] == [("tells", TOLD[:63])]
    marked = [TOLD[slice(*mark)] for mark in found.passages[0].marks]
    assert marked == ["mayor", "Ruvia", "resigned", "harbour", "scandal"]


@given(
    st.text(max_size=60) | st.just(HEADLINE),
    st.lists(st.sampled_from([TOLD, HOAX, DENIED, SHEEP, "\n\n", "“", "?"]) | st.text(max_size=30), max_size=6),
)
def test_stance_scores_add_up_and_quotations_are_verbatim(headline: str, pieces: list[str]) -> None:
    """Whatever the texts, four scores add up to 1 and each passage and mark stands where it says."""
    document = ingest.from_text(" ".join(pieces))
    found = bearing(headline, document)
    assert found.disagree + found.agree + found.discuss + found.unrelated == pytest.approx(1, abs=0.0003)
    for passage in found.passages:
        start, end = passage.span
        assert document.text[start:end] == passage.text
        assert all(start <= first < last <= end for first, last in passage.marks)


def test_stance_takes_time_in_proportion_to_the_text() -> None:
    """A text without an end of a sentence, full of words of refutation, costs no more than its length."""
    start = time.perf_counter()
    found = bearing("Is it not fake? " * 10_000, ingest.from_text("it is not fake or a hoax " * 12_000))
    assert time.perf_counter() - start < 20
    assert found.label == "discuss"


# --- the command


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with an article of each kind; one has a hostile title."""
    folder = tmp_path / "articles"
    folder.mkdir()
    texts = {"told": f"Mayor\x1b[2J [/x] gone\n\n{TOLD}", "hoax": HOAX, "rumored": RUMORED, "sheep": SHEEP}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf8")
    return folder


@pytest.mark.usefixtures("articles")
def test_stance_shows_what_disagrees_first(run: Run, snapshot: Snapshot) -> None:
    """A fact-checker reads the refutations first, with the sentences that decided; text steers no terminal."""
    ended = run("stance", HEADLINE, "articles")
    assert (ended.code, ended.err) == (0, "")
    snapshot("stance.txt", ended.out)


@pytest.mark.usefixtures("articles")
def test_stance_prints_json(run: Run) -> None:
    """`--json` gives whole records in the same order."""
    shown = json.loads(run("stance", HEADLINE, "articles", "--json").out)
    assert [one["label"] for one in shown["bearings"]] == ["disagree", "agree", "discuss", "unrelated"]
    assert shown["bearings"][0]["passages"][0]["text"] == HOAX[:78]


def test_stance_answers_lines_in_order(run: Run) -> None:
    """`--jsonl` answers each pair with a label and four scores, and stops at a line that is no pair."""
    typed = "".join(json.dumps({"headline": HEADLINE, "text": text}) + "\n" for text in (SHEEP, HOAX))
    ended = run("stance", "--jsonl", typed=typed + '{"headline": 1}\n')
    answers = [json.loads(line) for line in ended.out.splitlines()]
    assert [set(answer) for answer in answers] == [{"label", "disagree", "agree", "discuss", "unrelated"}] * 2
    assert [answer["label"] for answer in answers] == ["unrelated", "disagree"]
    assert ended.code == 2
    assert "Line 3" in ended.err


def test_stance_names_what_it_cannot_read(run: Run, articles: Path) -> None:
    """A missing article is named and the others are judged; nothing to judge, or no headline, is an error."""
    some, none = run("stance", HEADLINE, str(articles), "gone.txt"), run("stance", HEADLINE, "gone.txt")
    assert (some.code, none.code, run("stance").code, run("stance", HEADLINE).code) == (3, 1, 2, 2)
    assert "4 articles: 1 disagree, 1 agree, 1 discuss, 1 unrelated." in some.out
    assert "'gone.txt'" in some.err
    assert none.out == ""
