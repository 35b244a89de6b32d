"""The two trained models, on invented sentences."""

from pathlib import Path

import pytest

from claimtrack.contradiction.nli import CommitmentModel, PairModel, Verdict
from claimtrack.errors import ModelError

MODELS = Path(__file__).parents[2] / "models"


@pytest.fixture(scope="module")
def pairs() -> PairModel:
    """The pair model as it ships."""
    return PairModel.load(MODELS / "nli")


@pytest.fixture(scope="module")
def commitments() -> CommitmentModel:
    """The commitment model as it ships."""
    return CommitmentModel.load(MODELS / "commitment")


def best(verdict: Verdict) -> str:
    """The likeliest label."""
    return max(vars(verdict), key=lambda name: getattr(verdict, name))


def rate(model: CommitmentModel, text: str, word: str) -> float:
    """The commitment to the first occurrence of a word."""
    start = text.index(word)
    return model.commitment([(text, start, start + len(word))])[0]


@pytest.mark.parametrize(
    ("premise", "hypothesis", "label"),
    [
        ("The mayor opened the new bridge.", "The mayor did not open the new bridge.", "contradiction"),
        ("The factory in Ghent was closed.", "The factory in Ghent is still open.", "contradiction"),
        ("Peru denies having sold the tanks.", "Peru has sold the tanks.", "contradiction"),
        ("The union backs the pension reform.", "The union opposes the pension reform.", "contradiction"),
        (
            "It is entirely plausible that the treaty will be annulled.",
            "I would be surprised if the treaty were annulled.",
            "contradiction",
        ),
        ("The farmers bought a red tractor.", "The farmers purchased a tractor.", "entailment"),
        ("The dam is unlikely to break.", "I doubt that the dam will break.", "entailment"),
        ("The farmers bought a tractor.", "The orchestra is touring in Chile.", "neutral"),
        ("A war between Peru and Chile is likely.", "A war between Peru and Bolivia is unlikely.", "neutral"),
        ("If the rain goes on, the dam will break.", "The dam will break.", "neutral"),
        ("It cannot be ruled out that the dam will break.", "The dam is unlikely to break.", "neutral"),
    ],
)
def test_nli_judges_clear_pairs(pairs: PairModel, premise: str, hypothesis: str, label: str) -> None:
    """A clear pair gets the label a reader gives it."""
    assert best(pairs.judge([(premise, hypothesis)])[0]) == label


def test_nli_probabilities_sum_to_one(pairs: PairModel) -> None:
    """The three numbers are probabilities."""
    for verdict in pairs.judge([("A man left.", "A woman left."), ("", ""), ("?", "\ud800 \x00")]):
        assert sum(vars(verdict).values()) == pytest.approx(1)
        assert min(vars(verdict).values()) >= 0


def test_nli_verdict_is_independent_of_the_batch(pairs: PairModel) -> None:
    """A pair gets the same verdict to the last bit, alone or among others."""
    some = [
        ("The sun rose.", "The sun set."),
        ("Rain fell. " * 40, "It was dry."),
        ("A dog barked.", "An animal made a noise."),
    ]
    assert pairs.judge(some) == [pairs.judge([pair])[0] for pair in some] == pairs.judge(some[::-1])[::-1]


def test_nli_reads_typographic_marks_as_plain_ones(pairs: PairModel) -> None:
    """Curly quotation marks and apostrophes change nothing."""
    curly, plain = pairs.judge([("He didn’t “leave”.", "He left."), ('He didn\'t "leave".', "He left.")])
    assert curly == plain


def test_nli_takes_long_texts_and_none(pairs: PairModel) -> None:
    """A text longer than the model's window is cut; no pairs give no verdicts."""
    assert len(pairs.judge([("The river rose again. " * 2000, "The river rose.")])) == 1
    assert pairs.judge([]) == []


def test_nli_missing_model_is_named(tmp_path: Path) -> None:
    """A folder without weights raises an error that names the file."""
    with pytest.raises(ModelError, match=r"model\.onnx"):
        PairModel.load(tmp_path)


def test_nli_broken_model_is_named(tmp_path: Path) -> None:
    """A damaged weights file, and a config that lacks a key, are reported as such."""
    (tmp_path / "model.onnx").write_bytes(b"not a model")
    with pytest.raises(ModelError, match="damaged"):
        CommitmentModel.load(tmp_path)
    (tmp_path / "model.onnx").write_bytes((MODELS / "nli" / "model.onnx").read_bytes())
    (tmp_path / "tokenizer.json").write_bytes((MODELS / "nli" / "tokenizer.json").read_bytes())
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match="max_length, temperature"):
        PairModel.load(tmp_path)


def test_commitment_orders_negation_modal_and_assertion(commitments: CommitmentModel) -> None:
    """What did not happen is below zero, what may happen is in between, what happened is near three."""
    denied = rate(commitments, "The coach did not leave the club.", "leave")
    possible = rate(commitments, "The coach might leave the club.", "leave")
    held = rate(commitments, "The coach left the club.", "left")
    assert denied < 0 < held
    assert denied < possible < held
    assert held > 2


def test_commitment_heeds_attribution(commitments: CommitmentModel) -> None:
    """An event under a denial is held less than the denial."""
    text = "The firm denied that it had bribed the inspectors."
    assert rate(commitments, text, "bribed") < rate(commitments, text, "denied")


def test_commitment_rates_a_clause_like_its_head(commitments: CommitmentModel) -> None:
    """The span of a whole clause is near enough to that of its verb."""
    text = "The ministry never signed the contract."
    assert rate(commitments, text, "signed the contract") == pytest.approx(rate(commitments, text, "signed"), abs=1.5)


def test_commitment_is_independent_of_the_batch(commitments: CommitmentModel) -> None:
    """A target gets the same value to the last bit, alone or with others of its text or of another."""
    text = "The firm said it would sell the plant, but never sold it."
    rows = [(text, at, at + 4) for at in range(0, len(text), 3)] + [("Nobody came.", 7, 11)]
    assert commitments.commitment(rows) == [commitments.commitment([row])[0] for row in rows]


def test_commitment_takes_odd_texts(commitments: CommitmentModel) -> None:
    """Empty texts, spans that miss the text and stray code points get a value on the scale, none for nothing."""
    rows = [
        ("", 0, 0),
        (" ", 0, 1),
        ("Rain fell.", 50, 90),
        ("Rain fell.", -4, 2),
        ("Rain fell.", 7, 3),
        ("\ud800\x00", 0, 2),
    ]
    values = commitments.commitment(rows)
    assert all(-3 <= value <= 3 for value in values)
    assert values[:2] == [0, 0]
    assert commitments.commitment([]) == []


def test_commitment_reads_around_the_target_in_a_long_text(commitments: CommitmentModel) -> None:
    """A negation far into a long text is seen, because the window follows the target."""
    text = "The river rose again. " * 500 + "The dam did not break. " + "The sun shone. " * 500
    assert rate(commitments, text, "break") < 0
