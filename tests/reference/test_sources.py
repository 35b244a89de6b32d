"""Sources: who is meant by a source mention, or who speaks where nobody is named."""

from __future__ import annotations

import pytest

from claimtrack.reference import linking, sources
from claimtrack.schema import Document, Source
from tests.reference.parsed import document, english, linked, source

GUESSED = pytest.mark.xfail(strict=True, reason="without attributions the ranker takes the only name")


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
        ("Luis Cruz came. Rain fell. Roads flooded. He said so.", "He", "Luis Cruz"),
        pytest.param("Ana Cruz came. Rain fell. Roads flooded. He said so.", "He", "unnamed", marks=GUESSED),
        pytest.param('"Luis Cruz lied," he said.', "he", "unnamed", marks=GUESSED),
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
    first, second = (sources.resolve_source(doc, links, told, span, 0) for span in [(0, 2), (12, 15)])
    assert first.id != second.id


def test_resolve_source_without_a_mention_is_the_voice():
    """Where nobody is named the section's voice speaks: the byline's author, or a role; an author's with the outlet."""
    text = "It will rain."
    doc = english()(text)
    named = Document(id="doc_0", path="-", text=text, byline=("Ana Cruz",), sections=document(text).sections)
    published = document(text).model_copy(update={"publisher": "Lima Post"})
    reprinted = published.model_copy(update={"original_publisher": "Andes Wire"})
    for told, expected in [
        (named, Source(id="person:ana-cruz", name="Ana Cruz", kind="author")),
        (document(text), Source(id="voice:doc_0:author", name="author", kind="author")),
        (published, Source(id="voice:doc_0:author", name="author (Lima Post)", kind="author")),
        (reprinted, Source(id="voice:doc_0:author", name="author (Andes Wire)", kind="author")),
        (document(text, "commenter"), Source(id="voice:doc_0:commenter", name="commenter", kind="voice")),
        (document(text, "Luis Cruz"), Source(id="person:luis-cruz", name="Luis Cruz", kind="voice")),
    ]:
        assert sources.resolve_source(doc, linking.link(doc, told), told, None, 0) == expected


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
    found = sources.resolve_source(doc, links, document(text), (0, len(words)), 0)
    assert (found.name, found.kind) == (name, kind)
