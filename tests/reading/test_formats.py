"""Formats: each file of `tests/documents` gives its true text, title, author and date; what is not read is named."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from claimtrack import lexicon
from claimtrack.errors import DocumentError, UnreadableDocument, UsageError
from claimtrack.reading.ingest import Failure, Metadata, MetadataTable, Unchanged, content_id, from_text, read, read_all
from claimtrack.schema import Document
from tests.reading.test_ingest import DOCUMENTS, outline


def documents(name: str) -> list[Document]:
    """The documents of a file."""
    return [d for d in read_all([str(DOCUMENTS / name)]) if isinstance(d, Document)]


def imprint(document: Document) -> tuple[object, ...]:
    """What is known of a document."""
    return (document.title, document.byline, document.publisher, document.published)


def test_formats_read_mail_with_the_voices_of_its_replies() -> None:
    """Encoded words are decoded, head and signature are none of the text, each reply is its writer's."""
    mail = read(DOCUMENTS / "mail.eml")
    assert imprint(mail) == ("The canal", ("Mara Quíst",), None, "2021-10-06")
    assert "the canal won’t open in May, and the council will not pay" in mail.text
    assert [(k, v, w) for k, v, w in outline(mail) if k != "boilerplate"] == [
        ("body", "Mara Quíst", "I think that the canal w"),
        ("quote_block", "Teo Brandt", "> The canal is safe."),
        ("quote_block", "Ines Calder", ">> The locks are rotten."),
    ]


def test_formats_read_each_mail_of_a_box(tmp_path: Path) -> None:
    """A mail is named by its id; a line that begins like a mail is written as it was sent."""
    letters = "".join(
        f"From a@b.example Wed Oct  6 0{n}:00:00 2021\nFrom: Mara Quist <a@b.example>\nTo: c@d.example\n"
        f"Message-ID: <{n}@b>\nDate: Wed, 6 Oct 2021 0{n}:00:00 +0000\n\n"
        f">From May on, lock {n} is shut.\nFrom here it looks safe.\n\n"
        for n in (1, 2)
    )
    (tmp_path / "box").write_text(letters, encoding="utf8")
    mails = [d for d in read_all([str(tmp_path / "box")]) if isinstance(d, Document)]
    assert [(Path(d.path).name, d.byline, d.published) for d in mails] == [
        ("box:1@b", ("Mara Quist",), "2021-10-06"), ("box:2@b", ("Mara Quist",), "2021-10-06"),
    ]  # fmt: skip
    assert "\nFrom May on, lock 2 is shut.\nFrom here it looks safe." in mails[1].text


def test_formats_read_mail_pasted_as_text() -> None:
    """Its text stays as it is; the head is no prose, the message below the line is its sender's."""
    mail = read(DOCUMENTS / "pasted_mail.txt")
    assert mail.text == (DOCUMENTS / "pasted_mail.txt").read_text(encoding="utf8")
    assert imprint(mail) == ("The canal", ("Mara Quist",), None, "2021-10-06")
    assert [(v, w) for k, v, w in outline(mail) if k != "boilerplate"] == [
        ("Mara Quist", "The canal will not open "), ("Teo Brandt", "The canal is safe."),
    ]


def test_formats_read_each_entry_of_a_feed() -> None:
    """An entry is a document with its own author and day; the whole article wins over its summary."""
    first, second = documents("feed.rss")
    assert imprint(first) == ("Canal to open", ("Mara Quist",), "Example Times", "2021-10-06")
    assert first.text == "Canal to open\n\nThe canal will open, the mayor’s office said.\n\nNobody pays."
    assert (second.published, second.url) == ("2021-10-07", "https://times.example/b")
    assert second.path.endswith("feed.rss:https://times.example/b")
    assert [(imprint(d), d.url) for d in documents("feed.atom")] == [
        (("Canal to open", ("Mara Quist",), "Example Times", "2021-10-06"), "https://times.example/a")
    ]


@pytest.mark.parametrize(
    ("name", "text", "title", "byline"),
    [
        ("article.docx", "A quarrel over water\n\nThe canal will not open,\nthe mayor said.", "Water", ("Mara Quist",)),
        ("article.odt", "A quarrel over water\n\nThe canal will not open, the mayor said.", "A quarrel over water", ()),
    ],
)
def test_formats_read_office_texts(name: str, text: str, title: str, byline: tuple[str, ...]) -> None:
    """Tracked changes count as made, notes and deleted words do not."""
    document = read(DOCUMENTS / name)
    assert (document.text, document.title, document.byline) == (text, title, byline)


def test_formats_read_rich_text() -> None:
    """Rich text is read where its library is installed."""
    pytest.importorskip("striprtf")
    words = " ".join(read(DOCUMENTS / "article.rtf").text.split())
    assert words == "A quarrel over water The canal won’t open, the mayor said."


@pytest.mark.parametrize(
    ("library", "name"), [("striprtf.striprtf", "article.rtf"), ("warcio.archiveiterator", "formats/crawl.warc")]
)
def test_formats_name_the_extra_that_is_missing(monkeypatch: pytest.MonkeyPatch, library: str, name: str) -> None:
    """Without the library of a format, the message says what to install."""
    monkeypatch.setitem(__import__("sys").modules, library, None)
    (failure,) = read_all([str(DOCUMENTS / name)])
    assert isinstance(failure, Failure)
    assert "claimtrack[formats]" in str(failure.error)


@pytest.mark.parametrize("name", ["film.srt", "film.vtt"])
def test_formats_read_subtitles_in_the_voices_of_their_speakers(name: str) -> None:
    """Lines of one speaker are one paragraph; numbers, times and labels are none of it."""
    assert [(v, read(DOCUMENTS / name).text[s.start : s.end]) for s in read(DOCUMENTS / name).sections
            for v in (s.voice,)][:2] == [("Mara Quist", "The canal will not open in May."), ("Teo Brandt", "It will.")]


def test_formats_open_archives_and_name_what_they_cannot_read() -> None:
    """Articles in a zip file are read by name, hidden files and style sheets passed over, a picture is refused."""
    first, picture, second = read_all([str(DOCUMENTS / "articles.zip")])
    assert [d.text for d in (first, second) if isinstance(d, Document)] == ["The canal opens.", "The port closes."]
    assert isinstance(picture, Failure)
    assert "articles.zip:picture.txt' is a picture" in str(picture.error)
    assert [d.text for d in documents("page.html.gz")] == [read(DOCUMENTS / "article.html").text]


def test_formats_read_books_chapter_by_chapter() -> None:
    """Chapters come in the order of reading, with what the book says of itself."""
    chapters = documents("book.epub")
    assert [d.text for d in chapters] == ["One\n\nThe canal opens.", "The port closes."]
    assert {imprint(d) for d in chapters} == {("The Long Canal", ("Mara Quist",), None, "2021-10")}


def test_formats_read_web_archives_as_pages() -> None:
    """A page that a browser saved with its pictures is the page."""
    (page,) = documents("page.mhtml")
    assert (page.title, page.published) == ("A quarrel over water", "2021-10-06")
    assert "the mayor’s council had no money left." in page.text


def test_formats_know_a_page_by_its_content() -> None:
    """A page under another name is a page: its own day, no cookie text, quotations with their voices."""
    page = read(DOCUMENTS / "page.txt")
    assert imprint(page) == ("A quarrel over water", (), None, "2021-10-06")
    assert "“We won’t pay,” she said." in page.text
    assert "cookies" not in page.text
    assert "Tunnel" not in page.text
    assert ("quote_block", "Ines Calder", "The canal is doomed.") in outline(page)


PROSE = [f"The board of the canal said on day {n} that lock {n} would not be opened again." for n in range(9)]


@pytest.mark.parametrize("box", ["paywall", "entry-content-read-more", "related content"])
def test_formats_pages_keep_an_article_in_a_box_of_an_odd_name(tmp_path: Path, box: str) -> None:
    """What holds most of a page's prose is the article, also where its box is called as banners are."""
    article = "".join(f"<p>{words}</p>" for words in PROSE)
    (tmp_path / "a.html").write_text(
        f"<html><body><script>{'x = 1;' * 999}</script><h1>Locks stay shut</h1><div class='{box}'>{article}</div>"
        "<div class='related'><p>A tunnel opens.</p></div>", encoding="utf8",
    )  # fmt: skip
    text = read(tmp_path / "a.html").text
    assert text.count("would not be opened again.") == len(PROSE)
    assert "tunnel" not in text


def test_formats_pages_do_not_take_comments_for_the_article(tmp_path: Path) -> None:
    """Readers' comments that the library only knows to leave out are comments."""
    said = "<div class='content'><p>I doubt what the board says.</p>It never told the truth, as readers know.</div>"
    (tmp_path / "a.html").write_text(
        "<html><body><h1>Locks stay shut</h1><div id='content'><div class='article'><div>" + " ".join(PROSE) +
        f"</div><div class='comments'>[ ]</div></div><div id='commentsContainer'><div id='comments'>{said}</div></div>",
        encoding="utf8",
    )  # fmt: skip
    parts = outline(read(tmp_path / "a.html"))
    assert [w for k, _, w in parts if k == "comment"] == ["I doubt what the board s", "It never told the truth,"]
    assert [w for k, _, w in parts if k == "body"] == ["The board of the canal s"]


LIVE = """<html><head><title>Canal live</title><script type="application/ld+json">{"@type": "LiveBlogPosting",
"headline": "Canal live", "datePublished": "2021-10-05", "liveBlogUpdate": [{"@type": "BlogPosting", "headline":
"Mayor speaks", "datePublished": "2021-10-06", "articleBody": "The mayor spoke."}]}</script></head><body><article>
<h1>Canal live</h1><div class="live"><div class="post"><time datetime="2021-10-06T09:30:00Z">9.30am</time>
<h2>Mayor speaks</h2>%s</div><div class="post"><time datetime="2021-10-05T08:00:00Z">8am</time><p>The locks failed this
morning, the board said, and nobody knows why they did.</p></div></div></article>"""


def test_formats_live_pages_tell_the_day_of_each_entry(tmp_path: Path) -> None:
    """All entries are read, each with its time and its day; title and day are those of the page."""
    page = LIVE % "".join(f"<p>{words}</p>" for words in PROSE)
    (tmp_path / "a.html").write_text(page, encoding="utf8")
    document = read(tmp_path / "a.html")
    assert imprint(document) == ("Canal live", (), None, "2021-10-05")
    told = [(s.published, document.text[s.start : s.end]) for s in document.sections if s.published]
    assert [words for day, words in told if day == "2021-10-06"] == ["9.30am", "Mayor speaks", *PROSE]
    assert [day for day, words in told if words == "8am" or words.startswith("The locks failed")] == ["2021-10-05"] * 2


def test_formats_posts_in_pages_have_the_voice_of_who_signs_them(tmp_path: Path) -> None:
    """A post is signed behind its words, with its day; handle and link are none of the text."""
    post = "<blockquote><p>The canal is doomed.</p>— Ines Calder (@icalder) <a>October 4, 2021</a></blockquote>"
    article = post.join(f"<p>{words}</p>" for words in PROSE[:2])
    (tmp_path / "a.html").write_text(f"<html><body><article><h1>Locks stay shut</h1>{article}", encoding="utf8")
    document = read(tmp_path / "a.html")
    (quoted,) = (s for s in document.sections if s.kind == "quote_block")
    assert (quoted.voice, quoted.published, document.text[quoted.start : quoted.end]) == (
        "Ines Calder", "2021-10-04", "The canal is doomed."
    )  # fmt: skip
    assert "icalder" not in document.text


def test_formats_pages_name_who_wrote_them_and_their_comments(tmp_path: Path) -> None:
    """A printed byline is read; a comment has the voice and day that stand above it, and its day is not the page's."""
    article = "".join(f"<p>{words}</p>" for words in PROSE)
    comments = "".join(
        f"<li class='comment'><b class='comment-author'>{name}</b><time>{day} October 2022</time><p>{words}</p></li>"
        for name, day, words in (("Otto Kern", 7, "The board lies, and always has."), ("Ada Roe", 8, "It does not."))
    )
    (tmp_path / "a.html").write_text(
        f"<html><body><article><h1>Locks stay shut</h1><p>By <a>Mara Quist</a>, Energy Editor</p>{article}</article>"
        f"<div id='comments'><ol class='comment-list'>{comments}</ol></div></body></html>", encoding="utf8",
    )  # fmt: skip
    page = read(tmp_path / "a.html")
    assert imprint(page) == ("Locks stay shut", ("Mara Quist",), None, None)
    said = {page.text[s.start : s.end]: (s.voice, s.published) for s in page.sections if s.kind == "comment"}
    assert said["The board lies, and always has."] == ("Otto Kern", "2022-10-07")
    assert said["It does not."] == ("Ada Roe", "2022-10-08")


def test_formats_refuse_pages_that_show_nothing_without_scripts(tmp_path: Path) -> None:
    """What such a page says instead of its article is no article."""
    (tmp_path / "a.html").write_text(
        "<html><body><div id='root'></div>"
        "<noscript>You need to enable JavaScript to run this app.</noscript></body></html>", encoding="utf8",
    )  # fmt: skip
    with pytest.raises(DocumentError, match="by scripts"):
        read(tmp_path / "a.html")


def test_formats_pages_may_be_in_any_script(tmp_path: Path) -> None:
    """Sentences end with other stops elsewhere."""
    page = "<html><body><article><p>運河は五月に開かない、と市長は月曜日に述べた。</p><p>市には金がない。</p></article>"
    (tmp_path / "a.html").write_text(page, encoding="utf8")
    assert "市には金がない。" in read(tmp_path / "a.html").text


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "a picture"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "old Office file"),
        (b"ID3\x03" + b"\0" * 40, "a sound file"), (b"PK\x03\x04 and more", "broken zip"),
        (b"<?xml version='1.0'?><invoice><a>The canal opens.</a></invoice>", "'invoice'"),
        (b'[{"text": "The canal opens."}]', "a JSON list"), (b"\x00\x00\x00\x20ftypmp42", "a film"),
        (b"\\documentclass{article}\\begin{document}x\\end{document}", "LaTeX"),
        (b"\x1f\x8b\x08 broken", "broken gzip"),
        (b"SQLite format 3\0" + b"\0" * 90, "SQLite"), (b"%!PS-Adobe-3.0\n", "PostScript"),
    ],
)
def test_formats_refuse_by_name_what_they_do_not_read(tmp_path: Path, raw: bytes, words: str) -> None:
    """Whatever the file is called, its bytes tell what it is, and nothing of it passes as plain text."""
    (tmp_path / "notes.txt").write_bytes(raw)
    with pytest.raises(DocumentError, match=words) as caught:
        read(tmp_path / "notes.txt")
    assert "notes.txt" in str(caught.value)


@pytest.mark.parametrize("name", ["table.csv", "program.py", "works.bib"])
def test_formats_refuse_text_that_is_no_prose(tmp_path: Path, name: str) -> None:
    """A table or a program is not read as prose."""
    (tmp_path / name).write_text("The canal opens.", encoding="utf8")
    with pytest.raises(UnreadableDocument, match=name):
        read(tmp_path / name)


@pytest.mark.parametrize(
    "text",
    ["[1] The canal opens.", "{sic} The canal opens.", "From: the port, to: the canal, nothing came.\n\nIt rained.",
     "PK said the canal opens.", "<b>The canal opens.", "1\nThe canal opens."],
)
def test_formats_leave_plain_text_alone(tmp_path: Path, text: str) -> None:
    """Text that only begins like another format is text."""
    (tmp_path / "a.txt").write_text(text, encoding="utf8")
    assert read(tmp_path / "a.txt").text == text


def test_formats_sheets_in_the_zip_format_are_refused(tmp_path: Path) -> None:
    """A spreadsheet is a zip archive, and yet no archive of articles."""
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(UnreadableDocument, match="a spreadsheet"):
        read(tmp_path / "a.xlsx")


def test_formats_pdf_sentences_go_on_over_pages() -> None:
    """Running heads and note numbers go, halves of words meet, compounds keep their hyphens."""
    text = read(DOCUMENTS / "pages.pdf").text
    assert " ".join(text.split()) == (
        "A quarrel over water The mayor of the port, a well-known engineer, said on Monday that the state-of-the-art "
        "locks were unsafe. She told the council that the canal would not be reopened in May, because the city had no "
        "money left. 12 Interview with the mayor, 4 October 2021."
    )


def test_formats_pdf_narrow_columns_are_running_text() -> None:
    """Short lines of a column are no verse."""
    parts = [words for _, _, words in outline(read(DOCUMENTS / "columns.pdf"))]
    assert parts == ["The mayor, Mara Quist, s", "Teo Brandt, an engineer,"]


def test_formats_pdf_columns_are_read_one_after_the_other() -> None:
    """Also where the file draws them line by line over both."""
    text = " ".join(read(DOCUMENTS / "rows.pdf").text.split())
    assert text.startswith("A quarrel over water The mayor of the port said on Monday that the locks were unsafe and")
    assert "expected her to say so in public. Teo Brandt, who had built the upper basin, called the decision" in text


@pytest.mark.parametrize(
    ("name", "words"),
    [("two_encodings.txt", "The mayor’s plan is dead.\n“We won’t pay,” she said.\n"),
     ("mac_roman.txt", "The café’s owner said: “We won’t pay.”\n")],
)
def test_formats_decode_what_programs_of_old_wrote(name: str, words: str) -> None:
    """One foreign line costs only itself; Mac Roman is known by its quotation marks."""
    assert read(DOCUMENTS / name).text == words


# --- what is known of a document besides its text


def test_formats_front_matter_tells_title_author_and_day() -> None:
    """YAML before a note is read and is no prose; neither is an HTML comment; a signed quotation is its speaker's."""
    note = read(DOCUMENTS / "front_matter.md")
    assert (*imprint(note), note.url) == (
        "A quarrel over water", ("Mara Quist", "Teo Brandt"), None, "2021-10-06", "https://times.example/a"
    )
    assert [(k, w) for k, _, w in outline(note) if k != "boilerplate"] == [
        ("title", "# A quarrel over water"), ("body", "The canal will **not** o"),
        ("quote_block", "> The locks are rotten."), ("byline", "> — Ines Calder"),
    ]


def test_formats_text_between_rules_is_no_front_matter(tmp_path: Path) -> None:
    """Dashes around prose are dashes."""
    (tmp_path / "a.md").write_text("---\nThe canal opens.\n---\n\nThe port closes.", encoding="utf8")
    assert ("body", "author", "The canal opens.") in outline(read(tmp_path / "a.md"))


TABLES = {
    "z.csv": "Key,Title,Author,Publication Title,Date,File Attachments\n"
             'X,Water,"Quist, Mara; Brandt, Teo",Example Times,2021-10-06,/home/m/a.txt\n',
    "b.bib": "@article{x,\n title = {{Water}},\n author = {Quist, Mara and Brandt, Teo},\n journal = \"Example Times\","
             "\n year = 2021, month = oct,\n file = {Text:files/a.txt:text/plain}\n}\n",
}


@pytest.mark.parametrize(("name", "date"), [("z.csv", "2021-10-06"), ("b.bib", "2021-10")])
def test_formats_tables_tell_of_undated_clippings(tmp_path: Path, name: str, date: str) -> None:
    """A table, Zotero's or BibTeX's, names title, authors, outlet and day of the files that it lists."""
    (tmp_path / name).write_text(TABLES[name], encoding="utf8")
    (tmp_path / "a.txt").write_text("The canal opens.", encoding="utf8")
    (document,) = read_all([str(tmp_path / "a.txt")], table=MetadataTable.read(str(tmp_path / name)))
    assert isinstance(document, Document)
    assert imprint(document) == ("Water", ("Mara Quist", "Teo Brandt"), "Example Times", date)


def test_formats_tables_must_name_documents(tmp_path: Path) -> None:
    """A table without paths or addresses, or none at all, is a mistake of the call."""
    (tmp_path / "m.csv").write_text("title,date\nWater,2021\n", encoding="utf8")
    for path, words in ((tmp_path / "m.csv", "names no document"), (tmp_path / "none.csv", "cannot be opened")):
        with pytest.raises(UsageError, match=words):
            MetadataTable.read(str(path))


def test_formats_known_documents_are_read_again_for_news_of_them(tmp_path: Path) -> None:
    """A known document is passed over, but not where what is given of it is news."""
    (tmp_path / "a.txt").write_text("The canal opens.", encoding="utf8")
    known = {content_id(b"The canal opens.")}
    day = Metadata(published="2021-10-06")
    (passed,) = read_all([str(tmp_path / "a.txt")], day, known)
    (again,) = read_all([str(tmp_path / "a.txt")], day, known, is_news=lambda _, given: given == day)
    assert isinstance(passed, Unchanged)
    assert isinstance(again, Document)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_formats_folders_name_pipes_and_go_on(tmp_path: Path) -> None:
    """A pipe in a folder, which would block for ever, is named and left out."""
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text("The canal opens.", encoding="utf8")
    pipe, document = read_all([str(tmp_path)])
    assert isinstance(pipe, Failure)
    assert "is a pipe" in str(pipe.error)
    assert isinstance(document, Document)


@pytest.mark.parametrize(
    ("name", "role"), [("compound_words", "first"), ("contraction_words", "bare"), ("contraction_words", "owner")]
)
def test_formats_lexicons_show_their_words(name: str, role: str) -> None:
    """Every entry's example holds its word."""
    rows = [row for row in lexicon.read(name, lexicon.Word) if row.role == role]
    assert [row for row in rows if row.phrase not in row.example.lower()] == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("LONDON, Oct 5, 2021 (Example Agency) - The port will close.", "2021-10-05"),
        ("NEW YORK, N.Y., 5 October 2021 — The port will close.", "2021-10-05"),
        ("LONDON, Oct 5 (Example Agency) - The port will close.", None),
        ("NATO said on October 5, 2021 that the port will close - and it did.", None),
    ],
)
def test_formats_datelines_of_agencies_tell_the_day(text: str, day: str | None) -> None:
    """The day in an agency's dateline is the report's; one without a year, or of an event, is not."""
    assert from_text(text).published == day


def test_formats_a_name_between_headline_and_day_is_the_author() -> None:
    """The author may stand without "By"."""
    page = from_text("Port has failed, says board\nMara Quist\n6 October 2021\n\nThe board said so on Monday.")
    assert (page.byline, page.published) == (("Mara Quist",), "2021-10-06")
