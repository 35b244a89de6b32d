"""The imprint as pages and clippings print it: bylines, date lines, and what stands around an article."""

from __future__ import annotations

import pytest

from claimtrack import lexicon
from claimtrack.reading.imprint import authors, byline_of, dateline_of
from claimtrack.reading.ingest import from_text
from claimtrack.schema import Document
from tests.reading.test_ingest import outline


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Mara Quist, October 5, 2021", ("Mara Quist",)),
        ("By Mara Quist on 5 October 2021", ("Mara Quist",)),
        ("Posted by Mara Quist on 5 October 2021", ("Mara Quist",)),
        ("by Mara Quist and Teo Brandt | October 5, 2021 | 10:15 am | 3 min read", ("Mara Quist", "Teo Brandt")),
        ("BY MARA QUIST AND TEO BRANDT", ("Mara Quist", "Teo Brandt")),
        ("By Mara Quist, Example Agency", ("Mara Quist",)),
        ("By Mara Quist, Energy Correspondent", ("Mara Quist",)),
        ("By Mara Quist in Riga", ("Mara Quist",)),
        ("By Mara Quist for the Example Times", ("Mara Quist",)),
        ("By Mara Quist and agencies", ("Mara Quist",)),
        ("(Reporting by Mara Quist and Teo Brandt; Editing by Ines Calder)", ("Mara Quist", "Teo Brandt")),
        ("By Mara Quist in a hurry", ()),
        ("By March 2022, Mara Quist will leave.", ()),
        ("By Example Agency", ()),
    ],
)
def test_imprint_reads_bylines_of_all_kinds(line: str, names: tuple[str, ...]) -> None:
    """Offices, outlets, places and days beside the authors are none of them."""
    assert byline_of(line) == names


@pytest.mark.parametrize(
    ("names", "people"),
    [
        (["MARA QUIST", " Teo Brandt Monday", ""], ("Mara Quist", "Teo Brandt")),
        (["Mara Quist", "Staff writer", "Example Press"], ("Mara Quist",)),
        (["Example Press"], ("Example Press",)),
        ([""], ()),
    ],
)
def test_imprint_authors_in_a_pages_data_are_cleaned(names: list[str], people: tuple[str, ...]) -> None:
    """Offices and outlets beside an author are none; an outlet alone is."""
    assert authors(names) == people


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Wednesday, October 6, 2021", "2021-10-06"),
        ("Updated 9:14 AM ET, Wed October 6, 2021", "2021-10-06"),
        ("Tue 5 Oct 2021 17.01 BST", "2021-10-05"),
        ("Last modified on Wed 6 Oct 2021 09.14 BST", "2021-10-06"),
        ("Date: Tue, 5 Oct 2021", "2021-10-05"),
        ("By Mara Quist, October 5, 2021", "2021-10-05"),
        ("Mara Quist | Example Times | Oct 5, 2021", "2021-10-05"),
        ("Oct. 5, 2021 / 5:01 PM EDT / Example News", "2021-10-05"),
        ("Published: October 5, 2021 at 5:01 p.m. | Updated: October 6, 2021 at 9:14 a.m.", "2021-10-05"),
        ("October 5, 2021, updated October 7, 2021", "2021-10-05"),
        ("2021/10/05", "2021-10-05"),
        ("Correction: October 5, 2021", None),
        ("The port shut on 5 October 2021 | It was cheap.", None),
        ("05/10/2021", None),
    ],
)
def test_imprint_reads_date_lines_of_all_kinds(line: str, day: str | None) -> None:
    """Weekday, time, author and a later change may stand beside the day."""
    found = dateline_of(line)
    assert (found.published if found else None) == day
    assert found is None or found.publisher is None


def test_imprint_publisher_behind_the_author() -> None:
    """An outlet that a byline names is the publisher; the paper in a date line is so all the more."""
    text = "Port to shut\nBy Mara Quist, Example Agency\n\nThe port will shut, the board said."
    assert from_text(text).publisher == "Example Agency"
    text = text.replace("\n\n", "\nExample Times, 5 October 2021\n\n")
    assert (from_text(text).publisher, from_text(text).published) == ("Example Times", "2021-10-05")


@pytest.mark.parametrize("title", ["Q&A: Will the port shut?", "The port is doomed.", "“We will shut it,” says Orr"])
def test_imprint_a_headline_may_end_as_a_sentence(title: str) -> None:
    """What stands alone above byline and date is the headline."""
    page = from_text(f"{title}\nBy Mara Quist\nOctober 5, 2021\n\nThe port will shut, ministers said.\n\nNobody paid.")
    assert (page.title, page.byline, page.published) == (title, ("Mara Quist",), "2021-10-05")


def test_imprint_a_report_above_its_credit_is_no_headline() -> None:
    """An agency names its reporters below the text."""
    page = from_text("The port will shut, the board said.\n(Reporting by Mara Quist)\nOur standards are online.")
    assert [kind for kind, _, _ in outline(page)][:2] == ["body", "byline"]
    assert page.byline == ("Mara Quist",)


def test_imprint_a_press_release_has_its_own_headline() -> None:
    """What a release says to editors is no headline and no author."""
    page = from_text(
        "FOR IMMEDIATE RELEASE\nOctober 5, 2021\nContact: Mara Quist, desk@port.example\n\nPort to shut for a month\n\n"
        "RIGA, Oct. 5, 2021 /NewsExample/ -- The port will shut, the board announced."
    )
    assert (page.title, page.byline, page.published) == ("Port to shut for a month", (), "2021-10-05")


def test_imprint_headlines_of_other_stories_are_boilerplate() -> None:
    """A list of other stories ends where prose begins; buttons are no headings."""
    page = from_text(
        "Port to shut\n\nThe port will shut.\n\nEmail this article\n\nMore from the Courier\n\nFerries cost more\n\n"
        "Harbour master leaves\n\nThe board did not answer.\n\nWhat comes next\n\nIt will open in May."
    )
    assert [(k, w) for k, _, w in outline(page) if k != "body"] == [
        ("title", "Port to shut"), ("boilerplate", "Email this article"), ("boilerplate", "More from the Courier"),
        ("boilerplate", "Ferries cost more"), ("boilerplate", "Harbour master leaves"), ("heading", "What comes next"),
    ]  # fmt: skip


def voices(document: Document) -> list[tuple[str, str]]:
    """Voice and first words of all that is said by somebody."""
    return [(v, w) for k, v, w in outline(document) if k in ("body", "comment")]


@pytest.mark.parametrize(
    ("title", "body", "voice"),
    [
        ("Port will not be sold – Berg", "Mayor Anna Berg said so on Monday.", "Anna Berg"),
        ("Port will not be sold - Tarvo Berg", "The mayor, Tarvo Berg, said so on Monday.", "Tarvo Berg"),
        ("Port will not be sold - Example Times", "The Example Times said so on Monday.", "author"),
        ("Port of Riga – Latvia", "The port of Riga will not be sold, the mayor said.", "author"),
    ],
)
def test_imprint_headlines_may_name_their_speaker_at_the_end(title: str, body: str, voice: str) -> None:
    """Behind a dash stands who says so, where the text has him; an outlet or a place is nobody."""
    page = from_text(f"{title}\n\n{body}")
    assert [(s.kind, s.voice) for s in page.sections] == [("title", voice), ("body", "author")]


def test_imprint_comments_have_the_voice_of_the_name_above_their_day() -> None:
    """A date is nobody's name; the button below a comment is none of it."""
    page = from_text(
        "Port to shut\n\nThe port will shut.\n\nComments (2)\n\nJonas Ek\nOctober 7, 2021 at 3:12 pm\nThe board lies.\n"
        "Reply\n\nmira77 • 1 day ago\nIt does not."
    )
    assert voices(page)[1:] == [
        ("Jonas Ek", "Jonas Ek"), ("Jonas Ek", "October 7, 2021 at 3:12 "), ("Jonas Ek", "The board lies."),
        ("mira77", "mira77 • 1 day ago"), ("mira77", "It does not."),
    ]  # fmt: skip
    days = [section.published for section in page.sections if section.kind == "comment"]
    assert days == [None, "2021-10-07", "2021-10-07", None, None]


@pytest.mark.parametrize(
    "text",
    [
        "INTERVIEW WITH ORR\n5 October 2021\n\nINTERVIEWER: Will it shut?\nOLA ORR: It will.\nORR: The walls are bad.",
        "Interviewer  00:00:05\nWill it shut?\n\nOla Orr  00:00:09\nIt will.\n\nOrr  0:12\nThe walls are bad.",
        "Interviewer [00:00:05]\nWill it shut?\n\nOla Orr [00:00:09]\nIt will.\n\nOrr [00:00:12]\nThe walls are bad.",
    ],
)
def test_imprint_transcripts_may_have_a_head_or_times(text: str) -> None:
    """Labels below a title, or above what is said; a surname is the full name that ends in it."""
    said = [(voice.split()[-1].lower(), words) for voice, words in voices(from_text(text))]
    assert said == [("interviewer", "Will it shut?"), ("orr", "It will."), ("orr", "The walls are bad.")]
    assert {voice for voice, words in voices(from_text(text)) if words != "Will it shut?"} == {"Ola Orr"}


@pytest.mark.parametrize(
    ("name", "role"),
    [("name_words", "office"), ("name_words", "outlet"), ("name_words", "crowd"), ("speaker_words", "edited"),
     ("speaker_words", "no_speaker")],
)
def test_imprint_lexicons_show_their_words(name: str, role: str) -> None:
    """Every entry's example holds its word."""
    rows = [row for row in lexicon.read(name, lexicon.Word) if row.role == role]
    assert [row for row in rows if row.phrase not in row.example.lower()] == []
