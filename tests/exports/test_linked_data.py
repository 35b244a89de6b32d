"""schema.org claims pass the shapes of schema.org, Web Annotations are read as RDF, and both quote the text."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, Namespace
from rdflib.namespace import RDF

from claimtrack.exports.linked_data import web_address
from claimtrack.schema import Claim, Document
from tests.samples import DENIED, FORECAST, HOSTILE, TOLD, alone, articles, written

SCHEMA = Namespace("http://schema.org/")
OURS = Namespace("urn:claimtrack:")
CONTEXT: dict[str, Any] = {
    "oa": "http://www.w3.org/ns/oa#", "as": "http://www.w3.org/ns/activitystreams#", "id": "@id", "type": "@type",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "claimtrack": "urn:claimtrack:",
    "body": "oa:hasBody", "target": "oa:hasTarget", "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": "oa:hasSelector", "value": "rdf:value", "purpose": "oa:hasPurpose",
    "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix", "start": "oa:start", "end": "oa:end",
    "items": {"@id": "as:items", "@container": "@list"}, "first": "as:first", "total": "as:totalItems",
    "Annotation": "oa:Annotation", "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector", "AnnotationCollection": "as:OrderedCollection",
}  # fmt: skip
"""What http://www.w3.org/ns/anno.jsonld says of the names that occur: tests have no network."""

SELECTED = """
PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?claim ?text ?exact ?prefix ?suffix ?start ?end WHERE {
    ?claim a oa:Annotation ; oa:hasTarget ?target .
    ?target oa:hasSource ?text ; oa:hasSelector ?quote, ?position .
    ?quote a oa:TextQuoteSelector ; oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix .
    ?position a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
} ORDER BY ?claim ?start
"""


@lru_cache(1)
def shapes() -> Graph:
    """The shapes of schema.org, as pyshacl brings them along."""
    return Graph().parse(Path(pyshacl.__file__).parent / "assets" / "schema.ttl")


def graph(file: bytes) -> Graph:
    """The claims as rdflib reads them."""
    return Graph().parse(data=file.decode(), format="json-ld")


def nodes(kind: str) -> list[dict[str, Any]]:
    """The nodes of a type in the sample's graph."""
    return [node for node in json.loads(written("jsonld"))["@graph"] if node["@type"] == kind]


# ---------------------------------------------------------------------------------------------------------- schema.org


def test_linked_data_conforms_to_schema_org() -> None:
    """The validator finds no violation of the shapes of schema.org; a person for an article would be one."""
    data = graph(written("jsonld"))
    conforms, _, report = pyshacl.validate(data, shacl_graph=shapes(), ont_graph=shapes())
    assert conforms, report
    data.add((OURS[FORECAST.id], SCHEMA.appearance, OURS["person:mara-quist"]))
    assert not pyshacl.validate(data, shacl_graph=shapes(), ont_graph=shapes())[0]


def test_linked_data_names_who_claims_what_and_where() -> None:
    """A claim has its author, its words and its article; what a source denies is not put in its mouth."""
    data = graph(written("jsonld"))
    claim = OURS[FORECAST.id]
    assert (claim, RDF.type, SCHEMA.Claim) in data
    assert data.value(claim, SCHEMA.appearance) == OURS[HOSTILE.id]
    assert str(data.value(data.value(claim, SCHEMA.author), SCHEMA.name)) == "=cmd()"
    denied = OURS[DENIED.id]
    assert str(data.value(denied, SCHEMA.name)) == "Denied by Küstenland: the canal is for sale"
    assert str(data.value(denied, SCHEMA.text)) == DENIED.context
    assert (None, SCHEMA.firstAppearance, None) not in data


def test_linked_data_reviews_come_from_people() -> None:
    """Each decision in force is a ClaimReview in words by who decided; claims alone are none, an undone one is gone."""
    verdicts = [(one["author"]["name"], one["reviewAspect"], one["reviewRating"]) for one in nodes("ClaimReview")]
    said = ("The source claims this.", "The source does not claim this.",
            "The event that the claim is about did not take place (2024-06-30).")  # fmt: skip
    assert verdicts == [
        ("Ada Brandt", aspect, {"@type": "Rating", "alternateName": words})
        for aspect, words in zip(("attribution", "attribution", "outcome"), said, strict=True)
    ]
    interpreters = {one["identifier"]: one.get("claimInterpreter") for one in nodes("Claim")}
    assert [id for id, person in interpreters.items() if person] == [FORECAST.id]


def test_linked_data_makes_up_no_day() -> None:
    """A month is no date of schema.org's, and is kept as it is."""
    dates = [(one.get("datePublished"), one.get("claimtrack:published")) for one in nodes("Article")]
    assert dates == [("2024-05-01", "2024-05-01"), (None, None), (None, "2024-06")]


@settings(deadline=None, max_examples=20)
@given(articles())
def test_linked_data_of_any_text_is_read(article: tuple[Document, Claim]) -> None:
    """A graph of any text is read, and holds the words."""
    document, claim = article
    data = graph(written("jsonld", alone(document, claim)))
    assert str(data.value(OURS[claim.id], SCHEMA.text)) == claim.text
    assert data.value(OURS[document.id], RDF.type) == SCHEMA.Article


@pytest.mark.parametrize(("text", "address"), [
    ("https://example.org/ü?a=b c", "https://example.org/%C3%BC?a=b%20c"),
    ("http://example.org:80/%41#x", "http://example.org:80/%41#x"),
    ("javascript:alert(1)", None),
    ("https://ex ample.org/", None),
    ("http://[::1", None),
    ("//example.org", None),
    (None, None),
])  # fmt: skip
def test_linked_data_passes_on_addresses_of_the_web(text: str | None, address: str | None) -> None:
    """Odd characters are escaped; what is no address of the web is none."""
    assert web_address(text) == address


@given(st.text())
def test_linked_data_addresses_hold_no_odd_character(text: str) -> None:
    """Whatever follows the host, the address is ASCII without spaces and brackets."""
    address = web_address(f"https://example.org/{text}") or ""
    assert address.isascii()
    assert not set(address) & set(' <>"{}|\\^`\n')


# ------------------------------------------------------------------------------------------------------ web annotation


def selected(file: bytes) -> list[tuple[Any, ...]]:
    """Each claim's selectors, as rdflib finds them: claim, text, exact, prefix, suffix, start, end."""
    collection = json.loads(file)
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    read = graph(json.dumps(collection | {"@context": CONTEXT}).encode())
    return [tuple(value.toPython() for value in row) for row in read.query(SELECTED)]


def test_linked_data_annotations_are_a_collection() -> None:
    """One page holds all annotations, a claim each, and the collection knows how many."""
    collection = json.loads(written("annotations"))
    items = collection["first"]["items"]
    assert (collection["type"], collection["total"], len(items)) == ("AnnotationCollection", 3, 3)
    assert {one["type"] for one in items} == {"Annotation"}
    bodies = [(body["purpose"], body["value"]) for body in items[2]["body"]]
    assert bodies == [
        ("describing", "Denied by Küstenland: the canal is for sale"), ("identifying", "Küstenland"),
        ("classifying", "fact"), ("tagging", "harbour"),
    ]  # fmt: skip


def test_linked_data_annotations_point_at_each_piece() -> None:
    """A claim in two pieces has two targets, each with quotation and position, in code points behind an emoji."""
    found = [row for row in selected(written("annotations")) if row[0] == f"urn:claimtrack:{DENIED.id}"]
    assert found == [
        (f"urn:claimtrack:{DENIED.id}", f"urn:claimtrack:{TOLD.id}", TOLD.text[start:end], before, after, start, end)
        for (start, end), before, after in zip(
            DENIED.spans, (TOLD.text[:30], TOLD.text[22:54]), (TOLD.text[41:], "."), strict=True
        )
    ]


@settings(deadline=None, max_examples=40)
@given(articles())
def test_linked_data_annotations_quote_any_text(article: tuple[Document, Claim]) -> None:
    """Quotation and context are what the positions cut from the text, whatever it is."""
    document, claim = article
    text = document.text
    rows = {row[2:] for row in selected(written("annotations", alone(document, claim)))}
    assert rows == {(text[s:e], text[max(0, s - 32) : s], text[e : e + 32], s, e) for s, e in claim.spans}
