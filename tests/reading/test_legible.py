"""The text as a reader sees it, and the way back to the text as stored."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.reading.ingest import from_text, read
from claimtrack.reading.legible import legible
from tests.conftest import make_claim
from tests.reading.test_ingest import DOCUMENTS


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        ("The dam **will not** break.", "The dam will not break."),
        ("They _did not_ and *did **not*** leave.", "They did not and did not leave."),
        ("The [dam](https://a.example/b_(c)_d \"A dam\") and [[Dam|it]] broke.", "The dam and it broke."),
        ("It is safe.[2] It is not.[^1] It was[12, 13] so.", "It is safe. It is not. It was so."),
        ("He <b>did</b> not<!-- check -->.", "He did not."),
        ("It’s shut, they’re sure; the firms’ port.", "It's shut, they're sure; the firms’ port."),
        ("It didn´t, didn`t, didnʼt, didn\x92t, didn&#39;t.", "It didn't, didn't, didn't, didn't, didn't."),
        ("They wont pay, as is his wont.", "They won't pay, as is his wont."),
        ("An un\u00adlike\u200bly e\ufb03cient plan", "An unlikely efficient plan"),
        ("said the\u200bbank\u00a0will", "said the bank will"),
        ("â€œWe wonâ€™t,â€\ufffd said the cafÃ©.", "“We won’t,” said the café."),
        ("See https://a.example/b?c=d. Berg said so.", "See this page. Berg said so."),
        ("Read https://a.example/b, Berg said.", "Read a.example, Berg said."),
        ("It sank, says mayor\nBy Jo Day\n\nIt sank.", "It sank, says mayor.\nBy Jo Day\n\nIt sank."),
        ("ANNA QUIST OF NATO SAID PORT MAY CLOSE. MARK ORR LEFT SOUTH KOREA.",
         "Anna Quist of NATO said port may close. Mark Orr left South Korea."),
        ("PERU TO SELL PORT TO CHINA", "Peru to sell port to China"),
        ("> The locks\n> are *rotten*.", "The locks\nare rotten."),
        ("It %%check this%% did {{< ref \"a\" >}}not.", "It  did not."),
        ("- [ ] It broke.\n- [x] It sank.", "- It broke.\n- It sank."),
        ("> [!note] It broke.\n> It sank.", "It broke.\nIt sank."),
        ("It [broke][1].[^2]\n\n[^2]: So they say.\n\n[1]: https://a.example/b", "It broke.\n\nSo they say.\n\n"),
        ("It broke.<br/>It sank by 5&nbsp;%.", "It broke. It sank by 5 %."),
        ("Jose\u0301 Nu\u0301n\u0303ez", "José Núñez"),
    ],
)
def test_legible_shows_what_a_reader_sees(stored: str, seen: str) -> None:
    """Marks and hidden characters go, apostrophes of all kinds are one."""
    assert legible(from_text(stored)).document.text == seen


@pytest.mark.parametrize(
    "text",
    ["5*3*2 is 30.", "It is snake_case_here.", "See [the map] and [a] here.", "a * b * c",
     "AT&T and R&D", "The U.S.-led *coalition", "An area of 5 km² is dry.", "[1]", "> ", "Ã la carte"],
)
def test_legible_leaves_other_marks_alone(text: str) -> None:
    """What only looks like a mark stays, and then nothing is copied."""
    document = from_text(text)
    assert legible(document).document is document


def test_legible_leads_claims_back_to_the_stored_text() -> None:
    """Spans count the characters of the stored text, and the words are what stands there."""
    stored = from_text("The dam **will not** break, she said.")
    seen = legible(stored)
    claim = make_claim(seen.document).model_copy(update={"spans": ((0, 22),), "text": "The dam will not break"})
    back = seen.restore(claim)
    assert (back.text, back.spans) == ("The dam **will not** break", ((0, 26),))


def test_legible_moves_the_sections() -> None:
    """Sections cover the same words; one of nothing but a comment is gone."""
    seen = legible(read(DOCUMENTS / "front_matter.md")).document
    assert [seen.text[s.start : s.end] for s in seen.sections if s.kind != "boilerplate"] == [
        "A quarrel over water", "The canal will not open in May.", "The locks are rotten.", "— Ines Calder",
    ]


@settings(deadline=None)
@given(st.lists(st.sampled_from(
    ["**", "_", "*", "not", " ", "\n", "[a](b)", "[", "](", "\u00ad", "’", "&#39;", "<!--", "-->", ">", "wont", "â€™"]
)).map("".join))
def test_legible_places_every_character(text: str) -> None:
    """Each character seen lies somewhere in the stored text, in order."""
    seen = legible(from_text(text))
    assert len(seen.begins) == len(seen.ends) == (len(seen.document.text) if seen.begins else 0)
    assert all(0 <= begin <= end <= len(text) for begin, end in zip(seen.begins, seen.ends, strict=True))
    assert list(seen.begins) == sorted(seen.begins)
