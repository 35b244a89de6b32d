"""What refers back is resolved where the text is clear, and left open where it is not."""

from __future__ import annotations

import pytest

from claimtrack.reference import linking
from tests.reference.parsed import document, english, meant


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Peru has two bases in Chile. Though Peru denies having bases there, it trains.", "there", ["country:chile"]),
        ("The Lapis Corridor is long. The corridor will open.", "The corridor", ["place:lapis-corridor"]),
        ("Oman supports the Lapis Corridor. Qatar rejects the project.", "the project", ["place:lapis-corridor"]),
        ("Japan and Fiji signed it. The two countries are close.",
         "The two countries", ["country:japan", "country:fiji"]),
        ("Japan and Fiji signed it. Both sides are glad.", "Both sides", ["country:japan", "country:fiji"]),
        ("Talks between Peru and Chile failed, though the former was keen.", "the former", ["country:peru"]),
        ("Angela Merkel met Emmanuel Macron. She said so.", "She", ["person:angela-merkel"]),
        ("Kenya's president, William Ruto, said he would stay.", 'he', ['person:william-ruto']),
        ('William Ruto spoke. "I hope so," he said.', 'he', ['person:william-ruto']),
        ("William Ruto met Emmanuel Macron. Ruto praised him.", "him", ["person:emmanuel-macron"]),
        ("The Kenyan president, William Ruto, met Yoweri Museveni. The Kenyan president smiled.",
         "The Kenyan president", ["person:william-ruto"]),
        ("It is unlikely that Peru will act.", "It", []),
        ("The trucks left Peru because they were late.", "they", ["thing:doc_0:the-trucks"]),
        ("The corridor will open.", "The corridor", []),
        ("A soldier saw Peter Banda. Police told him to stop.", "him", ["person:peter-banda"]),
        ("Peter Banda is late. Roads are full. Trains are full. Nobody knows where he is.",
         "he", ["person:peter-banda"]),
        ("Angela Banda met Peter Cruz. Then he slept.", "he", ["person:peter-cruz"]),
        ("The historian Peter Banda spoke. He was tired.", "He", ["person:peter-banda"]),
        ("Peter Banda met Luis Cruz. Cruz lost his hat.", "his", ["person:luis-cruz"]),
        ("Peter Banda is ill, he said.", "he", ["person:peter-banda"]),
        ('Ana Cruz spoke of turning Peter Banda down. "He feels old," Cruz said.', 'He', ['person:peter-banda']),
        ("I met many. He was tired.", "He", []),
        ("The Banda Herald sued. Its roof fell.", "Its", ["org:banda-herald"]),
        ("Peru takes a risk by threatening Chile as it could reignite the war.", "it", []),
        ("Oman supports the Lapis Corridor. Peru opposes the project, viewing it as a threat.",
         "it", ["place:lapis-corridor"]),
        ("Peru is calm. It was a glad moment.", "It", []),
        ("Peru kept pots. Chile hurled them away.", "them", ["thing:doc_0:pots"]),
        ("Peter Banda rose. It was heavy.", "It", []),
        ("Chad backs the canal. Kenya rejected claims that it sold the canal.", "it", ["country:kenya"]),
        ('"It would last," Rob Banda, a former official and a friend of the plan, said. He left.', "He",
         ["person:rob-banda"]),
    ],
)
def test_coreference_resolves_what_is_clear(text: str, words: str, found: list[str]) -> None:
    """What refers back is linked to what it means; an "it" that means nothing stays open."""
    assert meant(text, words) == found


@pytest.mark.xfail(strict=True, reason="the ranker learned too little of these kinds")
@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Peru spoke. Given its losses, Chile was silent.", "its", ["country:chile"]),
        ('William Ruto said: "He is dead."', 'He', []),
        ("Chile accused Peru of lying. Peru denied it.", "it", []),
        ("The gunman shot at Nathan Banda. Then he fled.", "he", []),
        ("Reporters of the Banda Herald left. He was tired.", "He", []),
        ("If Peru were to resort to force in the region, it would start soon.", "it", []),
        ("Peru is calm. It is early.", "It", []),
        ("Peru is calm. It is time to go.", "It", []),
        ("Peru is calm. It is its absence from the list that some fear.", "It", []),
    ],
)
def test_coreference_cannot_tell_yet(text: str, words: str, found: list[str]) -> None:
    """Cataphora, empty "it" and agreement that a careful reader would not miss."""
    assert meant(text, words) == found


def test_coreference_first_person_is_the_voice_of_the_section():
    """Whoever writes a section is its "I", except between quotation marks."""
    text = 'I doubt it. "I agree," said Peru.'
    doc = english()(text)
    links = linking.link(doc, document(text, voice="Ana Cruz"))
    assert [(m.start, m.entity.name) for m in links.mentions if m.via == "pronoun"] == [(0, "Ana Cruz")]
