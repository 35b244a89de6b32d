"""Who holds a claim where the text says it in few words, over paragraphs, in turns or in lists."""

from __future__ import annotations

import pytest

from tests.claims.sentences import claims_of

Held = tuple[str, str, str]


def held(nlp, text: str) -> set[Held]:
    """Source, proposition and factuality of each claim, bare of marks and full stops."""
    return {(c.source.name, c.proposition.strip("\"“”."), c.factuality) for c in claims_of(nlp, text)}


@pytest.mark.parametrize(("text", "expected"), [
    ("Peru says the ship was sunk and Chile that it is afloat.",
     {("Peru", "The ship was sunk", "CT+"), ("Chile", "The ship is afloat", "CT+")}),
    ("Farmers say the river is clean, officials that it is poisoned.",
     {("farmers", "The river is clean", "CT+"), ("officials", "The river is poisoned", "CT+")}),
    ("The ministry said the dam was safe. Engineers rejected the claim.",
     {("the ministry", "The dam was safe", "CT+"), ("engineers", "The dam was safe", "CT-")}),
    ("Peru says the road is open, but Chile disagrees.",
     {("Peru", "The road is open", "CT+"), ("Chile", "The road is open", "CT-")}),
    ("Peru says that the dam has failed. That is a lie, Chile said.",
     {("Peru", "The dam has failed", "CT+"), ("Chile", "The dam has failed", "CT-")}),
    ("The mayor said that, according to police, the ferry had sunk.", {("police", "The ferry had sunk", "CT+")}),
    ("Asked if he had taken bribes, Mara Quist answered yes.", {("Mara Quist", "He had taken bribes", "CT+")}),
    ("When asked whether Chile had sent the letter, Mara Quist replied: \"No.\"",
     {("Mara Quist", "Chile had sent the letter", "CT-")}),
    ("\"Who pays for it?\" Mara Quist asked. \"The council has no money.\"",
     {("Mara Quist", "Who pays for it?", "Uu"), ("Mara Quist", "The council has no money", "CT-")}),
    ("Rumor: The mayor was shot.\nRating: Fake", {("author", "The mayor was shot", "CT-")}),
    ("\"We will sell the mill.\" — Mara Quist, owner", {("Mara Quist", "We will sell the mill", "CT+")}),
])
def test_holders_of_views_told_in_few_words(nlp, text: str, expected: set[Held]) -> None:
    """A view without a verb, an answer, a refutation and a signature have their own holder."""
    assert expected <= held(nlp, text)


def test_holders_leave_what_somebody_was_told_to_who_told_it(nlp) -> None:
    """Who is told a thing does not hold it, and the rest of the sentence is a claim by itself."""
    found = held(nlp, "Told that Peru had left the pact, the envoy shrugged.")
    assert ("author", "The envoy shrugged", "CT+") in found
    assert not any("envoy" in source for source, said, _ in found if said == "Peru had left the pact")


@pytest.mark.parametrize("text", [
    "A clerk who did not want to be identified said the mine had closed.",
    "The Herald, quoting three diplomats, said the mine had closed.",
    "The envoy said that the mine — the oldest in the valley — had closed.",
])
def test_holders_make_no_claim_of_the_words_around_one(nlp, text: str) -> None:
    """Who asks for no name, who is cited and what stands between dashes give no claim of their own."""
    (claim,) = claims_of(nlp, text)
    assert "closed" in claim.text
    assert claim.text.startswith("the mine")


@pytest.mark.parametrize("text", [
    "“The mine is safe,” Mara Quist said. “We have checked it.\n\n“Nobody will be hurt.”\n\nThe union laughed.",
    "Mara Quist was furious.\n\n“They have sold the mine.\n\n“Nobody will be hurt.”",
    "Mara Quist listed two reasons:\n\n- The mine is safe.\n- Nobody will be hurt.\n\nThe union laughed.",
    "TEO BRANDT: Is the mine safe?\nMARA QUIST: Nobody will be hurt.",
    "[00:01] Teo Brandt: Is the mine safe?\n[00:07] Mara Quist: Nobody will be hurt.\n[00:09] Teo Brandt: Good.",
])
def test_holders_over_paragraphs_lists_and_turns(nlp, text: str) -> None:
    """A quotation over paragraphs, a list and a turn of a transcript are one speaker's."""
    assert ("Mara Quist", "Nobody will be hurt", "CT-") in held(nlp, text)


def test_holders_take_no_page_label_for_a_speaker(nlp) -> None:
    """Labels of a page are no turns."""
    found = held(nlp, "Published Date: 3 May 2021\nLast Update: 5 May 2021\nThe port of Lima was closed.")
    assert found == {("author", "The port of Lima was closed", "CT+")}
