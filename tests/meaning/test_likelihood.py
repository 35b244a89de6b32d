"""Tests of meaning.likelihood: the survey's phrases and others, each in several shapes, on invented sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from claimtrack import lexicon
from claimtrack.errors import UsageError
from claimtrack.meaning import factuality, hedges, likelihood, probability, scales, scope
from claimtrack.schema import Likelihood

if TYPE_CHECKING:
    from spacy.language import Language


def read(parser: Language, sentence: str) -> Likelihood | None:
    """Read the likelihood of the main event of a sentence."""
    root = next(t for t in parser(sentence) if t.dep_ == "ROOT")
    return factuality.qualify(hedges.event_of(root)).likelihood


SHAPES = {
    "likely": ("The firm is likely to close.", "It is likely that the firm will close.", "The firm will likely close.",
               "A strike is likely."),
    "highly likely": ("The firm is highly likely to close.", "It is very likely that the firm will close.",
                      "A strike seems highly likely.", "In all likelihood, the firm will close."),
    "unlikely": ("The firm is unlikely to close.", "It is unlikely that the firm will close.",
                 "A strike remains unlikely.", "The possibility of a strike seems unlikely."),
    "highly unlikely": ("The firm is highly unlikely to close.", "It is very unlikely that the firm will close.",
                        "A strike is extremely unlikely."),
    "probable": ("It is probable that the firm will close.", "The firm will probably close.", "A strike is probable."),
    "improbable": ("It is improbable that the firm will close.", "A strike is improbable.",
                   "A strike remains improbable."),
    "almost certain": ("The firm is almost certain to close.", "It is almost certain that the firm will close.",
                       "The firm will almost certainly close.", "A strike is virtually certain."),
    "almost no chance": ("There is almost no chance that it will hold.", "The dam has almost no chance of holding.",
                         "There is virtually no chance of a truce.", "There is almost no chance of a truce."),
    "little chance": ("There is little chance that the dam will hold.", "There is little chance of a truce.",
                      "The chance of a truce is small.", "The chances of a truce are poor."),
    "remote chance": ("There is a remote chance that the dam will hold.", "There is a remote chance of a truce.",
                      "The chance of a truce is remote.", "There is only a very slim chance of a truce."),
    "chances are slight": ("The chances are slight that the dam will hold.", "The chances of a truce are slight.",
                           "There is a slight chance of a truce.", "There is a slim chance that the dam will hold."),
    "very good chance": ("There is a very good chance that it will hold.", "There is a very good chance of a truce.",
                         "The chances of a truce are very good.", "The chance of a truce is excellent."),
    "realistic possibility": ("There is a realistic possibility that the dam will hold.",
                              "A truce is a realistic possibility.", "There is a real possibility of a truce.",
                              "There is a serious possibility of a truce."),
    "about even": ("There is an even chance that the dam will hold.", "The chances of a truce are even.",
                   "A truce is about as likely as not.", "There is a 50-50 chance of a truce."),
    "better than even": ("There is a better than even chance that the dam will hold.",
                         "The chances of a truce are better than even.", "A truce is more likely than not."),
    "may happen": ("The firm may close.", "A strike may follow the vote.", "The firm may well be sold or may close."),
    "might happen": ("The firm might close.", "A strike might follow the vote.", "The firm might be sold."),
    "could happen": ("The firm could close.", "A strike could follow the vote.", "The firm could be sold."),
    "will happen": ("A strike will happen.", "It will happen.", "A strike will take place.",
                    "A strike is going to happen."),
}


@pytest.mark.parametrize(("phrase", "sentence"), [(p, s) for p, shapes in SHAPES.items() for s in shapes])
def test_likelihood_survey_phrase_lies_in_the_readers_middle_half(parser: Language, phrase: str, sentence: str) -> None:
    """Every phrase of the survey, in three shapes or more, gives a point in the middle half of its readers."""
    row = next(r for r in scales.scale_rows("capphrase2026") if r.phrase == phrase)
    found = read(parser, sentence)
    assert found is not None
    assert found.point is not None
    assert row.low <= found.point <= row.high


def test_likelihood_every_survey_phrase_is_tested() -> None:
    """No row of the survey is left out of the shapes."""
    assert {r.phrase for r in scales.scale_rows("capphrase2026")} == set(SHAPES)
    assert min(map(len, SHAPES.values())) >= 3


@pytest.mark.parametrize(("sentence", "expected"), [
    ("The line is expected to open.", (0.75, "phrase", "claimtrack_default")),
    ("The line is set to open.", (0.75, "phrase", "claimtrack_default")),
    ("The line is poised to open.", (0.75, "phrase", "claimtrack_default")),
    ("The plan is bound to fail.", (0.98, "phrase", "claimtrack_default")),
    ("A strike can be ruled out.", (0.01, "phrase", "claimtrack_default")),
    ("A strike cannot be ruled out.", (0.2, "phrase", "claimtrack_default")),
    ("It is entirely plausible that they may leave.", (0.5, "phrase", "claimtrack_default")),
    ("I would be surprised if they left.", (0.15, "phrase", "claimtrack_default")),
    ("I doubt that they will leave.", (0.25, "phrase", "claimtrack_default")),
    ("I don't think they will leave.", (0.25, "phrase", "claimtrack_default")),
    ("No one believes that they will leave.", (0.1, "phrase", "claimtrack_default")),
    ("I believe that they will leave.", (0.7, "phrase", "perceptions2015")),
    ("The likelihood of a strike is quite high.", (0.8, "phrase", "claimtrack_default")),
    ("There is a risk of frost.", (0.3, "phrase", "claimtrack_default")),
    ("They will most likely leave.", (0.8, "phrase", "claimtrack_default")),
    ("It is not likely that they will leave.", (0.2, "phrase", "claimtrack_default")),
    ("They are not unlikely to leave.", (0.55, "phrase", "claimtrack_default")),
    ("They are likely not to leave.", (0.25, "phrase", "capphrase2026")),
    ("They probably won't leave.", (0.265, "phrase", "perceptions2015")),
    ("They may not leave.", (0.6, "modal", "capphrase2026")),
    ("They will leave.", (0.97, "tense", "claimtrack_default")),
    ("They will not leave.", (0.03, "tense", "claimtrack_default")),
    ("They will no longer leave.", (0.03, "tense", "claimtrack_default")),
    ("There is a 30 per cent chance of rain.", (0.3, "number", None)),
    ("There is a 30% chance that it will rain.", (0.3, "number", None)),
    ("There is a one-in-five chance of rain.", (0.2, "number", None)),
    ("The odds of rain are 3 to 1.", (0.25, "number", None)),
    ("The probability of rain is 70 percent.", (0.7, "number", None)),
    ("The bank puts the odds of rain at 60 percent.", (0.6, "number", None)),
    ("The odds are 60 percent that it will rain.", (0.6, "number", None)),
    ("The chance that it rains is 20 percent.", (0.2, "number", None)),
    ("A strike is less likely.", (None, "rank", None)),
    ("This is the most likely scenario.", (None, "rank", None)),
])
def test_likelihood_reads_all_forms(
    parser: Language, sentence: str, expected: tuple[float | None, str, str | None]
) -> None:
    """Verbs, nouns, numbers, doubt, moved negation, modals and ranks give point, basis and scale."""
    found = read(parser, sentence)
    assert found is not None
    assert (found.point, found.basis, found.scale) == expected


@pytest.mark.parametrize("sentence", [
    "They can swim.", "You may enter.", "We could see the coast.", "They should leave.", "A certain sum was paid.",
    "The delay is due to a strike.", "They left.", "The reports may not be copied.",
])
def test_likelihood_ability_and_permission_give_none(parser: Language, sentence: str) -> None:
    """Can and may carry a likelihood only where they speak of what may happen."""
    assert read(parser, sentence) is None


@pytest.mark.parametrize(("sentence", "point"), [
    ("We will fight.", 0.97), ("I will not sign the treaty.", 0.03), ("A ban would harm the port.", 0.97),
    ("The tax would not close the mill.", 0.03), ("If it rains, we will stay.", 0.97),
])
def test_likelihood_reads_what_speakers_announce_and_suppose(parser: Language, sentence: str, point: float) -> None:
    """What speakers say they will do, and what they say would come of a thing, is as sure as a forecast."""
    found = read(parser, sentence)
    assert found is not None
    assert (found.point, found.basis) == (point, "tense")


def test_likelihood_leaves_wishes_and_the_unreal_open(parser: Language) -> None:
    """"Would like" and "would have" foretell nothing."""
    assert read(parser, "We would like a port.") is None
    assert read(parser, "The law would have saved the mill.") is None


def test_likelihood_seeming_widens_the_range(parser: Language) -> None:
    """"Seems unlikely" is vaguer than "is unlikely", with the same point."""
    plain, vague = read(parser, "A strike is unlikely."), read(parser, "A strike seems unlikely.")
    assert plain is not None
    assert vague is not None
    assert (plain.low, plain.point, plain.high) == (0.1, 0.2, 0.25)
    assert (vague.low, vague.point, vague.high) == (0.05, 0.2, 0.3)


def test_likelihood_phrase_is_its_own_words(parser: Language) -> None:
    """The phrase names the words that gave the number, and its span covers them."""
    sentence = "The firm is highly unlikely to close."
    found = read(parser, sentence)
    assert found is not None
    assert found.phrase_span is not None
    assert found.phrase == "highly unlikely" == sentence[slice(*found.phrase_span)]


@pytest.mark.parametrize(("scale", "word"), [
    ("icd203", "very unlikely"), ("phia", "highly unlikely"), ("nato", "unlikely"), ("ipcc", "unlikely"),
])
def test_likelihood_on_scale_names_the_house_word(parser: Language, scale: str, word: str) -> None:
    """A reader's "unlikely" (20 %) is named in the words of each house."""
    found = read(parser, "A strike is unlikely.")
    assert found is not None
    assert scales.on_scale(found, scale) == word


def test_likelihood_on_scale_keeps_ranks_and_names_unknown_scales(parser: Language) -> None:
    """A rank has no number to place; a scale that does not exist is a usage error."""
    rank = read(parser, "A strike is less likely.")
    assert rank is not None
    assert scales.on_scale(rank, "icd203") == "less likely"
    with pytest.raises(UsageError, match="'cia'"):
        scales.on_scale(rank, "cia")


@pytest.mark.parametrize(("text", "value"), [
    ("70-80 %", (0.7, 0.75, 0.8)), ("about 30 per cent", (0.25, 0.3, 0.35)), ("one in five", (0.2, 0.2, 0.2)),
    ("fifty-fifty", (0.5, 0.5, 0.5)), ("3 to 1 on", (0.75, 0.75, 0.75)), ("140 %", None), ("soon", None),
    ("less than 20 percent", (0.0, 0.2, 0.2)), ("at least 60 %", (0.6, 0.6, 1.0)),
])
def test_likelihood_probability_reads_figures(text: str, value: tuple[float, float, float] | None) -> None:
    """Percentages, shares and odds come as low, point and high; what exceeds 1 is none."""
    assert probability.probability(text) == (pytest.approx(value) if value else None)


def test_likelihood_lexicon_rows_exist_and_are_ordered() -> None:
    """Every phrase of the lexicon leads to numbers with low <= point <= high in [0, 1]."""
    for phrase in lexicon.read("likelihood", scales.Phrase):
        low, point, high = scales.numbers_of(phrase)
        assert 0 <= low <= point <= high <= 1, phrase.phrase


def test_likelihood_of_what_ends_is_turned_over(parser: Language) -> None:
    """What will stop or fail to happen is as unlikely as the stopping is likely; "will not stop" turns it back."""
    points = []
    for sentence in ("The mill will stop selling flour.", "The mill will fail to sell flour.",
                     "The mill will not stop selling flour."):
        event = next(t for t in parser(sentence) if t.lemma_ == "sell")
        found = likelihood.read(scope.layers(event))
        points.append(found.point if found else None)
    assert points == [0.03, 0.03, 0.97]
