"""The brat corpus is read back by bioc with every span, and its offsets quote the text files."""

from __future__ import annotations

import io
from zipfile import ZipFile

from bioc import brat
from hypothesis import given, settings

from claimtrack.exports.formats import Export
from claimtrack.schema import Claim, Document
from tests.samples import DENIED, FORECAST, FORMULA, HOSTILE, SILENT, TOLD, alone, articles, sample, written


def files(what: Export) -> dict[str, str]:
    """The texts of the archive's files by name."""
    with ZipFile(io.BytesIO(written("brat", what))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def read(what: Export, document: Document) -> brat.BratDocument:
    """One document as bioc reads it."""
    corpus = files(what)
    return brat.loads(corpus[f"{document.id}.txt"], corpus[f"{document.id}.ann"])


def spans(entity: brat.BratEntity) -> list[tuple[int, int]]:
    """The places of a text-bound annotation."""
    return sorted((place.begin, place.end) for place in entity.locations)


def test_brat_has_a_text_and_annotations_for_each_document() -> None:
    """Documents without claims are there, too, and brat's configuration names all that occurs."""
    names = {f"{document.id}.{ending}" for document in (HOSTILE, TOLD, SILENT) for ending in ("txt", "ann")}
    assert set(files(sample())) == names | {"annotation.conf"}
    assert files(sample())[f"{SILENT.id}.ann"] == ""


def test_brat_annotates_sources_cues_and_contents() -> None:
    """An attribution is an event of its cue; a discontinuous claim lies in its content, and no piece ends a line."""
    told = read(sample(), TOLD)
    found = {entity.type: (spans(entity), entity.text) for entity in told.entities}
    pieces = ([(30, 40), (54, 65)], "the canal, is�for sale")
    assert found == {
        "Source": ([(3, 13)], "Küstenland"), "Cue": ([(14, 20)], "denied"), "Content": pieces, "Claim": pieces
    }  # fmt: skip
    ids = {entity.type: entity.id for entity in told.entities}
    assert [event.arguments for event in told.events] == [{"Source": ids["Source"], "Content": ids["Content"]}]
    assert told.events[0].trigger_id == ids["Cue"]
    assert [(r.type, r.arguments) for r in told.relations] == [
        ("Part_of", {"Arg1": ids["Claim"], "Arg2": ids["Content"]})
    ]


def test_brat_says_how_a_claim_is_held() -> None:
    """Attributes and a note stand on each claim, and a tension within a document joins two."""
    hostile = read(sample(), HOSTILE)
    claims = {entity.id: spans(entity) for entity in hostile.entities if entity.type == "Claim"}
    assert list(claims.values()) == [[FORECAST.spans[0]], [FORMULA.spans[0]]]
    first, second = claims
    assert [(a.type, a.attributes) for a in hostile.attributes if a.refid == first] == [
        ("Kind", {"prediction"}), ("Stance", {"affirm"}), ("Polarity", {"positive"}), ("Factuality", {"CT+"})
    ]  # fmt: skip
    assert [note.text for note in hostile.notes if note.refid == second] == [f"{FORMULA.id}; Mara Quist: @SUM(A1:A9)"]
    assert [(r.type, r.arguments) for r in hostile.relations if r.type != "Part_of"] == [
        ("In_tension_with", {"Arg1": first, "Arg2": second})
    ]


@settings(deadline=None, max_examples=100)
@given(articles())
def test_brat_quotes_any_text(article: tuple[Document, Claim]) -> None:
    """Each annotation's text is what its offsets cut from the file, which is as long as the document's text."""
    document, claim = article
    found = read(alone(document, claim), document)
    assert len(found.text) == len(document.text)
    assert all(" ".join(found.text[s:e] for s, e in spans(entity)) == entity.text for entity in found.entities)
    worded = any(found.text[start:end].strip() for start, end in claim.spans)
    assert ("Claim" in {entity.type for entity in found.entities}) == worded


def test_brat_names_no_file_outside_the_folder() -> None:
    """An id from elsewhere leads nowhere else."""
    document = SILENT.model_copy(update={"id": "../../etc/passwd"})
    named = files(Export([document.model_dump_json()], ()))
    assert set(named) == {"annotation.conf", "______etc_passwd.txt", "______etc_passwd.ann"}


def test_brat_text_steers_no_terminal() -> None:
    """Control characters are replaced one for one, and the offsets hold."""
    text = files(sample())[f"{TOLD.id}.txt"]
    assert text == "🛳� Küstenland denied␛[2J that the canal,\nit insisted, is�for sale."
    assert [text[start:end] for start, end in DENIED.spans] == ["the canal,\n", "is�for sale"]
