"""The quotation tagger: what it finds, where it stands, and that nothing else changes it."""

import json
import shutil
from pathlib import Path

import pytest

from claimtrack.attribution import Quotation, Tagger
from claimtrack.errors import ModelError

MODEL = Path(__file__).parents[2] / "models" / "attribution"


@pytest.fixture(scope="module")
def tagger():
    """The committed model."""
    return Tagger.load(MODEL)


def paragraphs(text):
    """The characters of each line."""
    spans, start = [], 0
    for line in text.split("\n"):
        if line:
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def found(tagger, text):
    """(source, cue, content parts) of each quotation, as words."""

    def words(span):
        return text[slice(*span)] if span else None

    quotations = tagger.quotations(text, paragraphs(text))
    return [(words(q.source), words(q.cue), [words(part) for part in q.content]) for q in quotations]


def test_quotations_indirect(tagger):
    """A reported clause after its cue is found whole."""
    text = "The harbour master said that the two ferries would stay in port until Monday."
    assert found(tagger, text) == [
        ("The harbour master", "said", ["that the two ferries would stay in port until Monday"])
    ]


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""', "«»", "„“"])
def test_quotations_any_marks(tagger, opening, closing):
    """The family of quotation marks makes no difference."""
    text = f"{opening}We will not sell the mill to anybody,{closing} Greta Holm told the council."
    ((source, cue, content),) = found(tagger, text)
    assert (source, cue) == ("Greta Holm", "told")
    assert content == [f"{opening}We will not sell the mill to anybody,{closing}"]


def test_quotations_cut_by_cue(tagger):
    """A content cut in two by its cue stays one quotation."""
    text = "“The bridge is safe,” Mr. Okafor said, “and it will be open by the end of the month.”"
    ((source, cue, content),) = found(tagger, text)
    assert (source, cue) == ("Mr. Okafor", "said")
    assert content == ["“The bridge is safe,”", "“and it will be open by the end of the month.”"]


def test_quotations_several(tagger):
    """Each content gets its own source."""
    text = "Ms. Adeyemi said the price was fair. Her rival argued that it was far too high."
    assert [source for source, _, _ in found(tagger, text)] == ["Ms. Adeyemi", "Her rival"]


def test_quotations_outside_blocks_unread(tagger):
    """Text outside the blocks yields nothing and changes nothing."""
    shared, line = "Share this! The editor said that nobody reads this.\n", "He said that the lake had frozen."
    block = (len(shared), len(shared) + len(line))
    (inside,) = tagger.quotations(shared + line, [block])
    (alone,) = tagger.quotations(line, [(0, len(line))])
    assert (inside.content_score, inside.source_score) == (alone.content_score, alone.source_score)
    assert inside.content == tuple((s + len(shared), e + len(shared)) for s, e in alone.content)


def test_quotations_independent_of_company(tagger):
    """Windows before and after, and earlier calls, leave a window's result as it is."""
    line = "The minister denied that the dam was leaking, and an engineer said “it never has.” "
    text = (line * 40).strip()
    once = tagger.quotations(text, [(0, len(text))])
    windows = tagger.windows(text, [(0, len(text))])
    assert len(windows) > 3
    tagger.quotations("Nobody said a word.", [(0, 19)])
    assert tagger.quotations(text, [(0, len(text))]) == once
    alone = tagger.tag(windows[2]).probabilities
    tagger.tag(windows[0])
    assert (tagger.tag(windows[2]).probabilities == alone).all()


def test_quotations_scores_in_range(tagger):
    """Scores are probabilities, and spans lie inside the text, in order."""
    text = "Analysts expect a late thaw. “Perhaps,” said Lund. The guild fears, rightly, a strike; it says so."
    for quotation in tagger.quotations(text, [(0, len(text))]):
        assert 0 <= quotation.content_score <= 1
        assert 0 <= quotation.source_score <= 1
        assert list(quotation.content) == sorted(quotation.content)
        assert all(0 <= start < end <= len(text) for start, end in quotation.content)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00\x01\x7f",
        "🙂" * 500,
        '"' * 1000,
        "”“" * 300,
        "said " * 3000,
        "x" * 5000,
        "\ud800 he said",
        "é́́" * 400,
    ],
    ids=["empty", "blank", "control", "emoji", "marks", "crossed", "cues", "word", "surrogate", "accents"],
)
def test_quotations_odd_text(tagger, text):
    """No text makes the tagger raise."""
    assert all(isinstance(q, Quotation) for q in tagger.quotations(text, [(0, len(text))]))


def test_quotations_no_blocks(tagger):
    """Without blocks there is nothing to read."""
    assert tagger.quotations("He said it rained.", []) == []


def test_load_missing_folder(tmp_path):
    """A folder without a model is named in the error."""
    with pytest.raises(ModelError, match="nowhere"):
        Tagger.load(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "config.json"])
def test_load_broken_file(tmp_path, name):
    """A damaged file is a ModelError, whichever it is."""
    for file in ("model.onnx", "tokenizer.json", "config.json"):
        shutil.copy(MODEL / file, tmp_path / file)
    (tmp_path / name).write_text(json.dumps({"not": "it"}))
    with pytest.raises(ModelError):
        Tagger.load(tmp_path)
