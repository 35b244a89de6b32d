"""Where a claim stands, and the day that holds there."""

from __future__ import annotations

from spacy.language import Language

from claimtrack.claims.extraction import extract
from claimtrack.reading.ingest import Metadata, from_text


def test_spans_claims_of_a_dated_section_are_of_its_day(nlp: Language) -> None:
    """What an entry of a live page calls today is its own day; elsewhere the document's holds."""
    text = "The mayor resigned today.\n\n9.30am\n\nThe locks failed today."
    page = from_text(text, metadata=Metadata(published="2021-10-05"), days=((text.index("9.30am"), "2021-10-06"),))
    found = {c.text.split()[1]: (c.published, c.time.start) for c in extract(page, nlp)}
    assert found["mayor"] == ("2021-10-05", "2021-10-05")
    assert found["locks"] == ("2021-10-06", "2021-10-06")
