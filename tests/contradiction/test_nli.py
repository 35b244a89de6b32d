"""The pair model, on invented sentences."""

from pathlib import Path

import pytest

from claimtrack.contradiction.nli import PairModel, Verdict
from claimtrack.errors import ModelError
from claimtrack.meaning.commitment_model import CommitmentModel

MODELS = Path(__file__).parents[2] / "models"


@pytest.fixture(scope="module")
def pairs() -> PairModel:
    """The pair model as it ships."""
    return PairModel.load(MODELS / "nli")


def best(verdict: Verdict) -> str:
    """The likeliest label."""
    return max(vars(verdict), key=lambda name: getattr(verdict, name))


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
