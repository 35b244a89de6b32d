"""Reading: formats, encodings, bad input, ids, metadata; and sections: kinds, voices, borders."""

from __future__ import annotations

import io
import json
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack import lexicon
from claimtrack.errors import EmptyDocument, UnreadableDocument
from claimtrack.reading import ingest
from claimtrack.reading.imprint import ImprintMark, iso_date
from claimtrack.reading.ingest import Failure, Metadata, Unchanged, from_text, read, read_all
from claimtrack.reading.paragraphs import FunctionWord
from claimtrack.reading.reporting_clauses import QuoteCue
from claimtrack.reading.section_cues import SectionCue
from claimtrack.reading.sections import sectionize
from claimtrack.reading.sniffing import kind_of
from claimtrack.schema import Document

DOCUMENTS = Path(__file__).parents[1] / "documents"
SEEDS = Path(__file__).parents[2] / "seeds"


def outline(document: Document) -> list[tuple[str, str, str]]:
    """Kind, voice and first words of every section."""
    return [(s.kind, s.voice, document.text[s.start : s.end][:24]) for s in document.sections]


def voices_of(document: Document, kind: str) -> list[tuple[str, str]]:
    """Voice and first words of the sections of a kind."""
    return [(voice, words) for k, voice, words in outline(document) if k == kind]


# --- decoding


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("crlf.txt", "The canal opens.\n\nThe port closes.\n"),
        ("bom.txt", "The canal opens.\n"),
        ("utf16.txt", "The canal opens.\n"),
        ("windows.txt", "The mayor of São Tomé said “the canal opens”.\n"),
        ("cyrillic.txt", "Президент посетил порт и сказал, что канал скоро откроют. Жители города ему не поверили.\n"),
    ],
)
def test_ingest_decodes_any_encoding(name: str, text: str) -> None:
    r"""The text is the file's content, without its byte order mark, and with \n for \r\n."""
    assert read(DOCUMENTS / name).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@settings(deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda t: t.strip()))
def test_ingest_keeps_every_character_of_marked_encodings(
    tmp_path_factory: pytest.TempPathFactory, encoding: str, text: str
) -> None:
    """No character of a text is changed by reading it, unless its bytes are unmistakably of another format."""
    path = tmp_path_factory.mktemp("read") / "a.txt"
    path.write_bytes(text.encode(encoding))
    if not text.startswith("\ufeff") and "\0" not in text and _is_plain(path):
        assert read(path).text == text


def _is_plain(path: Path) -> bool:
    """Tell a text from one that only looks like a page, a record or a mail ("<html", '{"text": "…"}')."""
    try:
        return kind_of(path.read_bytes(), ".txt", str(path)) == ".txt"
    except UnreadableDocument:
        return False


def test_ingest_ids_come_from_the_bytes() -> None:
    """The id is of the file's bytes, not of the decoded text, and the same wherever the file lies."""
    raw = (DOCUMENTS / "crlf.txt").read_bytes()
    assert read(DOCUMENTS / "crlf.txt").id == ingest.content_id(raw) == "doc_639d70ef82edc86c"
    assert from_text("The canal opens.").id == from_text("The canal opens.", path="elsewhere.txt").id


# --- formats


def test_ingest_reads_html_as_article_with_metadata_and_comments() -> None:
    """A page gives its title, article and comments, and what its head says about it."""
    page = read(DOCUMENTS / "article.html")
    assert (page.title, page.byline, page.publisher, page.published) == (
        "A quarrel over water", ("Mara Quist",), "Example Times", "2021-10-06"
    )
    assert outline(page) == [
        ("title", "Mara Quist", "A quarrel over water"),
        ("body", "Mara Quist", "The port authority said "),
        ("heading", "Mara Quist", "What comes next"),
        ("body", "Mara Quist", "The mayor of São Tomé sa"),
        ("boilerplate", "Mara Quist", "2 comments"),
        ("comment", "Otto", "Otto says: I do not beli"),
    ]


def test_ingest_reads_pdf_and_joins_words_parted_at_line_ends() -> None:
    """A word parted by the typesetter is whole again; a hyphen of its own stays."""
    text = read(DOCUMENTS / "article.pdf").text
    assert "plan for the canal\nwould" in text
    assert text.count("long-term") == 2


def test_ingest_reads_markdown_as_it_is() -> None:
    """Links and escapes stay in the text; headings, byline and date line are seen in spite of the marks."""
    page = read(DOCUMENTS / "article.md")
    assert page.text == (DOCUMENTS / "article.md").read_text(encoding="utf8")
    assert (page.title, page.byline, page.publisher, page.published) == (
        "A quarrel over water", ("Mara Quist",), "Example Times", "2021-10-06"
    )
    assert [kind for kind, _, _ in outline(page)] == ["title", "byline", "byline", "body", "heading", "body"]


def test_ingest_reads_no_claims_that_claimtrack_wrote(tmp_path: Path) -> None:
    """An export in a folder of articles is no article; a field of that name in somebody else's rows means nothing."""
    claim = {"record": "claim", "text": "The canal opens.", "proposition": "The canal opens."}
    rows = [{"record": 17, "text": "The canal opens."}, claim]
    (tmp_path / "e.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    document, failure = read_all([str(tmp_path / "e.jsonl")])
    assert isinstance(document, Document)
    assert isinstance(failure, Failure)
    assert "no article but a claim that claimtrack wrote" in str(failure.error)


def test_ingest_reads_records_a_line_and_goes_on_after_bad_ones() -> None:
    """Each line is a document of its own; a bad one is named by its number and does not stop the others."""
    first, broken, textless, last = read_all([str(DOCUMENTS / "records.jsonl")])
    assert isinstance(first, Document)
    assert (first.title, first.byline, first.publisher, first.published, first.url) == (
        "Water", ("Mara Quist", "Teo Brandt"), "Example Times", "2021-10-06", "https://news.example/a"
    )
    assert [isinstance(f, Failure) and f.path.rsplit(":")[-1] for f in (broken, textless)] == ["2", "4"]
    assert isinstance(last, Document)
    assert last.text == "The port closes.\nHalf a pair: \ufffd"


@pytest.mark.parametrize(("original", "copy"), [("article.html", "page"), ("article.pdf", "paper.dat")])
def test_ingest_detects_unknown_extensions_by_content(tmp_path: Path, original: str, copy: str) -> None:
    """A page or PDF is read as such without its extension."""
    (tmp_path / copy).write_bytes((DOCUMENTS / original).read_bytes())
    assert read(tmp_path / copy).text == read(DOCUMENTS / original).text


@pytest.mark.parametrize(
    ("raw", "texts"),
    [(b"The canal opens.", ["The canal opens."]), (b'{"text": "One."}\n{"text": "Two."}\n', ["One.", "Two."])],
)
def test_ingest_reads_standard_input(monkeypatch: pytest.MonkeyPatch, raw: bytes, texts: list[str]) -> None:
    """Standard input, "-", is a text or records."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    assert [d.text for d in read_all(["-"]) if isinstance(d, Document)] == texts


def test_ingest_reads_folders_in_order_without_files_about_them(tmp_path: Path) -> None:
    """Folders are read with those below, sorted; hidden, unknown and describing files are left out."""
    for name in ("b.txt", "a/c.md", "README.md", ".hidden.txt", "notes.ann"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"The canal of {name} opens.", encoding="utf8")
    assert [Path(d.path).name for d in read_all([str(tmp_path)])] == ["c.md", "b.txt"]


def test_ingest_skips_known_content(tmp_path: Path) -> None:
    """Content whose id is known is named as unchanged and not read, be it a file or a record."""
    (tmp_path / "a.txt").write_text("The canal opens.", encoding="utf8")
    (tmp_path / "b.jsonl").write_text('{"text": "One."}\n{"text": "Two."}\n', encoding="utf8")
    known = {ingest.content_id(b"The canal opens."), ingest.content_id(b'{"text": "Two."}')}
    unchanged, read_anew, unchanged_too = read_all([str(tmp_path)], known=known)
    assert isinstance(read_anew, Document)
    assert [unchanged, unchanged_too] == [
        Unchanged(str(tmp_path / "a.txt"), ingest.content_id(b"The canal opens.")),
        Unchanged(str(tmp_path / "b.jsonl:2"), ingest.content_id(b'{"text": "Two."}')),
    ]


# --- bad input


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        ("missing.txt", UnreadableDocument, "check the name"),
        ("empty.txt", EmptyDocument, "is empty"),
        ("blank.txt", EmptyDocument, "holds no text"),
        ("binary.txt", UnreadableDocument, "binary data"),
        ("broken.pdf", UnreadableDocument, "broken PDF"),
        ("encrypted.pdf", UnreadableDocument, "without a password"),
        ("scanned.pdf", EmptyDocument, "text recognition"),
        ("navigation.html", EmptyDocument, "without an article"),
        ("records.jsonl", UnreadableDocument, "read_all"),
    ],
)
def test_ingest_says_what_is_wrong_and_what_to_do(name: str, error: type[Exception], words: str) -> None:
    """Every bad input is an error that names it, the fault and the next step."""
    with pytest.raises(error, match=words) as caught:
        read(DOCUMENTS / name)
    assert name in str(caught.value)


def test_ingest_names_a_folder_without_documents(tmp_path: Path) -> None:
    """An empty folder is a failure, and the other inputs are read."""
    failure, document = read_all([str(tmp_path), str(DOCUMENTS / "bom.txt")])
    assert isinstance(failure, Failure)
    assert "holds no documents" in str(failure.error)
    assert isinstance(document, Document)


def test_ingest_refuses_texts_that_are_too_long(tmp_path: Path) -> None:
    """20 MB of text is refused at once, with the advice to split it."""
    path = tmp_path / "long.txt"
    path.write_bytes(b"The canal opens.\n" * 1_200_000)
    started = time.perf_counter()
    with pytest.raises(UnreadableDocument, match="split it"):
        read(path)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("piece", ["The canal opens and ", "[](", "“A\" said, ", "Aa.Bb", "x", "\0a", "A A, "])
def test_ingest_reads_a_line_of_a_megabyte_fast(piece: str) -> None:
    """One endless line costs seconds at most, whatever it holds."""
    text = (piece * (1_000_000 // len(piece) + 1))[:999_999]
    started = time.perf_counter()
    assert sum(s.end - s.start for s in sectionize(text)) >= 999_998
    assert time.perf_counter() - started < 10


def test_ingest_allows_control_characters_in_text(tmp_path: Path) -> None:
    """A stray NUL or escape in a text stays where it is."""
    path = tmp_path / "odd.txt"
    path.write_text("The canal\0 opens \x1b[31msoon. " * 3, encoding="utf8")
    assert read(path).text == "The canal\0 opens \x1b[31msoon. " * 3


# --- sections


@settings(deadline=None)
@given(st.text() | st.lists(st.sampled_from(
    ["The canal opens. ", "A port", "\n", "\n\n", "“Yes,” he said:", "Quist said.", "- item", ",", "3 comments", " for",
     "By Mara Quist", "https://a.example", "Will it?It will.", "\r\n", "\u2028", "# Head", "H/T Mara", "I think so."]
)).map("".join))
def test_ingest_sections_cover_all_but_white_space_in_order(text: str) -> None:
    """Sections neither overlap nor leave out a character, and begin and end with one."""
    sections = sectionize(text)
    borders = [border for s in sections for border in (s.start, s.end)]
    assert borders == sorted(borders)
    gaps = zip([0, *borders[1::2]], [*borders[::2], len(text)], strict=True)
    assert all(not text[start:end].strip() for start, end in gaps)
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] != "" for s in sections)


def test_ingest_sections_join_wrapped_lines() -> None:
    """Wrapped prose is one section a paragraph, an item of a list one section with its second line."""
    assert [(k, w) for k, _, w in outline(read(DOCUMENTS / "wrapped.txt"))] == [
        ("title", "The Long Canal"), ("byline", "By Mara Quist"), ("body", "The port authority said "),
        ("body", "- The first lock was clo"), ("body", "- The second lock may cl"),
        ("body", "Engineers expect that re"),
    ]


def test_ingest_sections_join_a_sentence_over_an_empty_line() -> None:
    """A paragraph that breaks off behind "for" goes on behind the empty line."""
    document = read(DOCUMENTS / "gap.txt")
    first, second = (document.text[s.start : s.end] for s in document.sections)
    assert "However, for\n\nLorvania" in first
    assert second.startswith("The council")


def test_ingest_sections_keep_one_paragraph_a_line() -> None:
    """Whole sentences on lines of their own, however even, are paragraphs."""
    text = "Iran opposes the long canal.\nTurkey favors the long canal.\nNobody opens the long canal.\nIt stays closed."
    assert len(sectionize(text)) == 4
    headlines = ("Mayor of the port town says the canal will stay shut", "Ministers leave before the vote on the toll",
                 "Storm at the northern locks keeps the ships at sea", "Nobody knows")
    assert len(sectionize("\n".join(headlines))) == 4


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Will it last?Below is a column.", ["Will it last?", "Below is a column."]),
        ("They left the port.Then it rained.", ["They left the port.", "Then it rained."]),
        ("It was in News.Ex and at Canal.Com today.", ["It was in News.Ex and at Canal.Com today."]),
        ("Gen.Quist of the U.S.Canal Corps wrote.", ["Gen.Quist of the U.S.Canal Corps wrote."]),
        ("See https://a.example/is.It/so.Then now.", ["See https://a.example/is.It/so.Then now."]),
        ("He said: “It is over now.We must leave.”", ["He said: “It is over now.We must leave.”"]),
    ],
)
def test_ingest_sections_part_glued_sentences_only(text: str, parts: list[str]) -> None:
    """A lost line break parts sections; names, addresses and quotations stay whole."""
    assert [text[s.start : s.end] for s in sectionize(text)] == parts


def test_ingest_sections_tell_reposter_author_and_commenters() -> None:
    """The blogger's frame and remarks, the op-ed, and each comment have voices of their own."""
    page = read(DOCUMENTS / "repost.txt")
    assert (page.title, page.byline, page.publisher) == ("A quarrel over water", ("Teo Brandt",), "Canal.Ex")
    assert outline(page) == [
        ("body", "reposter", "Have you heard of the qu"),
        ("body", "reposter", "Below is an opinion piec"),
        ("byline", "Teo Brandt", "Teo Brandt is a Lorvania"),
        ("body", "Teo Brandt", "The quarrel over the can"),
        ("body", "reposter", "Yes, I think the arrests"),
        ("body", "Teo Brandt", "It is plausible that Lor"),
        ("boilerplate", "Teo Brandt", "3 replies on “A quarrel "),
        ("boilerplate", "Teo Brandt", "https://blog.example/201"),
        ("comment", "commenter", "More on this here"),
        ("comment", "Ines Calder", "It is as if somebody wan"),
        ("comment", "Ines Calder", "“We are delighted with t"),
        ("comment", "commenter", "From Ines Calder's subst"),
        ("comment", "commenter", "What is going on is abou"),
        ("comment", "Otto", "Otto says:"),
        ("comment", "Otto", "I do not believe a word "),
    ]


def test_ingest_sections_find_quotations_without_marks() -> None:
    """A clause with a colon quotes the paragraph after it; a bare clause behind a comma those before it."""
    assert voices_of(read(DOCUMENTS / "block_quotes.txt"), "quote_block") == [
        ("an angry letter", "Under these threats, the"),
        ("Ines Calder", "The state is likely to u"),
        ("Ines Calder", "If someone thinks that o"),
        ("Ines Calder", "In our state, a rich lob"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said:\n\n“The port closes.”\n\nNobody left.",
        "We saw two towns:\n\n- The port closes.\n- The canal opens.",
        "As I wrote in May:\n\nThe port closes today.",
        "There are two facts:\n\nThe port closes today.",
        "The first reports of it came from one source, the paper in town, as usual:\n\nThe port closes today.",
    ],
)
def test_ingest_sections_leave_other_colons_alone(text: str) -> None:
    """Marked quotations, lists, the author's own words and plain colons make no quote block."""
    assert "quote_block" not in {s.kind for s in sectionize(text)}


def test_ingest_seeds_show_their_imprint_as_printed() -> None:
    """Title, author, outlet and date of the seeds are what stands in them; nothing is invented."""
    found = [(d.byline, d.publisher, d.original_publisher, d.published, d.language)
             for d in read_all([str(SEEDS)]) if isinstance(d, Document)]
    assert found == [
        (("Paul Antonopoulos",), "Global Research", "InfoBrics", "2021-10-06", "en"),
        ((), None, None, None, "en"),
        (("Engin Ozer",), "News.Az", None, None, "en"),
        ((), None, None, None, "en"),
        (("Ilia Golovnyov",), None, None, None, "en"),
    ]


def test_ingest_seeds_show_their_sections() -> None:
    """How many sections of which kind each seed has."""
    kinds = [dict(Counter(s.kind for s in d.sections)) for d in read_all([str(SEEDS)]) if isinstance(d, Document)]
    assert kinds == [
        {"title": 1, "byline": 4, "boilerplate": 14, "body": 11, "caption": 2},
        {"title": 1, "body": 25, "heading": 4},
        {"body": 13, "byline": 1, "boilerplate": 7, "comment": 12},
        {"title": 1, "body": 6, "heading": 1},
        {"title": 1, "byline": 2, "body": 25, "quote_block": 4, "caption": 2, "heading": 6, "boilerplate": 2},
    ]


# --- metadata


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("Global Times, October 06, 2021", "2021-10-06"), ("6th Oct. 2021", "2021-10-06"),
        ("2021-10-06T10:00Z", "2021-10-06"),
        ("06.10.2021", "2021-10-06"), ("October 2021", "2021-10"), ("2021-10", "2021-10"), ("2021", "2021"),
        ("05/06/2021", None), ("45 May 2021", None), ("On 28 April", None), ("2021-13-01", None),
    ],
)
def test_ingest_dates_are_as_precise_as_printed(words: str, date: str | None) -> None:
    """Dates are ISO 8601; what is ambiguous or in no calendar is unknown."""
    assert iso_date(words) == date


def test_ingest_metadata_set_by_hand_wins() -> None:
    """What the user sets stands over what the page says, and what he leaves open is taken from the page."""
    by_hand = Metadata(byline=("Otto Lind",), published="2020")
    page = read(DOCUMENTS / "article.md", by_hand)
    assert (page.title, page.byline, page.published) == ("A quarrel over water", ("Otto Lind",), "2020")
    assert {s.voice for s in page.sections} == {"Otto Lind"}


def test_ingest_takes_no_date_below_the_head_unless_it_is_labelled() -> None:
    """A correction's date is not the page's; a date of publication is, wherever it stands."""
    article = "A quarrel over water\n\nThe canal opens today.\n\nCorrection: August 19, 2014\n\nMap Room, 3 May 2014"
    assert from_text(article).published is None
    assert from_text(f"{article}\n\nPublished: 6 October 2021, 10:15").published == "2021-10-06"


@pytest.mark.parametrize(
    "line",
    ["By 2030, trade will double.", "By the river, two ships wait.", "June 16, 2015 The port opens.", "Author unknown"],
)
def test_ingest_takes_no_sentence_for_a_byline(line: str) -> None:
    """Sentences that begin like bylines or date lines are body."""
    document = from_text(f"A quarrel over water\n\n{line}\n\nThe canal opens today, said nobody.")
    assert (document.byline, document.published) == ((), None)


@pytest.mark.parametrize(
    ("name", "entry"),
    [("sections", SectionCue), ("imprint", ImprintMark), ("quote_cues", QuoteCue), ("function_words", FunctionWord)],
)
def test_ingest_lexicons_hold_examples_of_their_phrases(name: str, entry: type[lexicon.Entry]) -> None:
    """Every entry's example shows its phrase, or one of its forms."""
    for row in lexicon.read(name, entry):
        forms = getattr(row, "forms", (row.phrase,))
        shown = row.example.lower()
        assert any(all(part in shown for part in form.split("#")) for form in forms), row


def test_ingest_boilerplate_phrases_do_as_their_examples_show() -> None:
    """Each example of a boilerplate or caption phrase, below an article, is of that kind."""
    for cue in lexicon.read("sections", SectionCue):
        if cue.role in ("boilerplate", "caption"):
            text = f"The canal opens.\n\nThe port closes.\n\n{cue.example}\n\nThe end."
            assert sectionize(text)[2].kind == cue.role, cue


def test_ingest_quote_cues_do_as_their_examples_show() -> None:
    """The sentence of each cue, cut at its colon, hands the paragraph below to its speaker."""
    for cue in lexicon.read("quote_cues", QuoteCue):
        clause, _, words = cue.example.partition(": ")
        assert sectionize(f"{clause}:\n\n{words.capitalize()}")[-1].kind == "quote_block", cue


def test_ingest_records_may_hold_any_json(tmp_path: Path) -> None:
    """Records of any shape are documents or failures, never a crash."""
    rows = [[1], "text", {"text": 3}, {"text": "One.", "author": {"name": "x"}, "date": 5, "title": ["t"]}, None]
    path = tmp_path / "odd.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf8")
    assert [type(d).__name__ for d in read_all([str(path)])] == ["Failure", "Failure", "Failure", "Document", "Failure"]
