"""The STIX bundle is one that OASIS's own parser and validator take, and that claims nothing the program cannot."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import stix2
from hypothesis import given, settings
from stix2validator import ValidationOptions, validate_string

from claimtrack.exports.formats import Export
from claimtrack.schema import Claim, Document
from tests.samples import DENIED, FORECAST, FORMULA, HOSTILE, alone, articles, sample, written

EXPLAINED = {
    "Given ID value": "ids of version 5 follow from ours, so that a second import updates the first",
    "is not a suggested relationship source object": "STIX names none between notes, and lets others name them",
    "has a URL but no hash": "nobody fetches the page to hash it",
}
"""The recommendations that the bundle does not follow, and why."""


def objects(kind: str | None = None) -> list[dict[str, Any]]:
    """The objects of the sample's bundle, of one kind or of all."""
    return [one for one in json.loads(written("stix"))["objects"] if kind in {None, one["type"]}]


def extension(one: dict[str, Any]) -> dict[str, Any]:
    """What claimtrack says of an object."""
    return dict(next(iter(one.get("extensions", {}).values()), {}))


def claim_of(note: dict[str, Any]) -> str | None:
    """The id of the claim that a note gives, None for other notes."""
    return extension(note).get("claim_id")


def valid(bundle: str) -> None:
    """Check that the validator finds no error and no warning but those explained."""
    found = validate_string(bundle, ValidationOptions(version="2.1", enforce_refs=True, strict_types=True))
    assert found.is_valid, found.errors
    assert [w for w in map(str, found.warnings) if not any(words in w for words in EXPLAINED)] == []


def test_stix_validates() -> None:
    """No errors, every reference is in the bundle; warnings are those explained, and each of these occurs."""
    valid(written("stix").decode())
    found = validate_string(written("stix").decode(), ValidationOptions(version="2.1"))
    assert all(any(words in str(w) for w in found.warnings) for words in EXPLAINED)


def test_stix_is_read_by_the_library_of_oasis() -> None:
    """The parser takes the bundle without custom content allowed, and finds all that was exported."""
    bundle = stix2.parse(written("stix").decode(), allow_custom=False)
    assert sorted(one.type for one in bundle.objects) == [
        "extension-definition", "grouping", *["identity"] * 5, "marking-definition", *["note"] * 6, "opinion",
        *["relationship"] * 2, "report",
    ]  # fmt: skip


@settings(deadline=None, max_examples=15)
@given(articles())
def test_stix_of_any_text_validates(article: tuple[Document, Claim]) -> None:
    """Whatever the names, texts, addresses and dates, the bundle is valid."""
    valid(written("stix", alone(*article)).decode())


def test_stix_keeps_the_programs_confidence_out_of_stix_confidence() -> None:
    """How sure the program is stands under a name of its own, so that no reader takes it for an analyst's word."""
    assert not any("confidence" in one for one in objects())
    notes = [extension(one) for one in objects("note") if claim_of(one)]
    assert [one["extraction_confidence"] for one in notes] == [0.8, 0.8, 0.8]


def test_stix_says_what_was_denied() -> None:
    """The abstract of a denial cannot be read as a claim."""
    abstracts = {one["abstract"] for one in objects("note") if claim_of(one)}
    assert abstracts == {
        f"=cmd(): {FORECAST.proposition}", "Mara Quist: @SUM(A1:A9)", "Denied by Küstenland: the canal is for sale"
    }  # fmt: skip


def test_stix_marks_what_no_person_has_accepted() -> None:
    """An accepted claim loses the marking and gets an opinion by who accepted it; what was undone does not count."""
    unreviewed = {claim_of(one) for one in objects("note") if "object_marking_refs" in one}
    assert {FORMULA.id, DENIED.id} <= unreviewed
    assert FORECAST.id not in unreviewed
    (opinion,) = objects("opinion")
    assert (opinion["opinion"], opinion["authors"], opinion["explanation"]) == ("agree", ["Ada Brandt"], "Heard it.")
    assert opinion["created"] == "2024-07-03T09:30:00.000Z"


def test_stix_joins_claims_that_contradict() -> None:
    """A contradiction is a relationship of two notes, and a note on both with the quotations side by side."""
    names = {one["id"]: claim_of(one) for one in objects("note") if claim_of(one)}
    found = [(names[r["source_ref"]], r["relationship_type"], names[r["target_ref"]]) for r in objects("relationship")]
    assert found == [
        (FORECAST.id, "contradicts", DENIED.id), (FORECAST.id, "in-tension-with", FORMULA.id)
    ]  # fmt: skip
    clash = next(one for one in objects("note") if one.get("abstract", "").startswith("Contradiction: "))
    assert clash["content"].count("“") == 2
    assert set(names) & set(clash["object_refs"]) == {id for id, name in names.items() if name != FORMULA.id}


def test_stix_makes_up_no_date() -> None:
    """A document without a date is a grouping, since a report must have one; what is known of a date is kept."""
    (report,), (grouping,) = objects("report"), objects("grouping")
    assert (report["name"], report["published"]) == ("+1 for the canal", "2024-05-01T00:00:00.000Z")
    assert (grouping["name"], grouping["created"]) == ("told.txt", "1970-01-01T00:00:00.000Z")
    month = HOSTILE.model_copy(update={"published": "2024-05"}).model_dump_json()
    bundle = json.loads(written("stix", Export([month], sample().claims)))
    (report,) = (one for one in bundle["objects"] if one["type"] == "report")
    assert (report["published"], extension(report)["published"]) == ("2024-05-01T00:00:00.000Z", "2024-05")


def test_stix_knows_when_people_last_changed_the_store() -> None:
    """Whoever imports a store again after a decision gets a newer version of the same objects."""
    assert {one["modified"] for one in objects() if one["type"] != "marking-definition"} == {"2024-07-05T09:30:00.000Z"}
    before = {one["id"] for one in json.loads(written("stix", replace(sample(), decisions=())))["objects"]}
    assert before < {one["id"] for one in objects()}
