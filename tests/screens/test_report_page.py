"""The page of a report loads nothing, runs nothing, and can be read by everybody."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from claimtrack import lexicon, screens
from claimtrack.reading.paragraphs import FunctionWord
from claimtrack.schema import Claim, Document, Likelihood, Source
from claimtrack.screens.report import gather
from claimtrack.screens.report_page import html
from claimtrack.screens.terminal import flat
from claimtrack.store import Store
from claimtrack.store import words as words_of
from claimtrack.tracking import reviews
from tests.conftest import Ended, make_claim, make_document
from tests.samples import articles
from tests.screens.report_samples import (
    ARTICLE,
    CLAIMS,
    CLASH,
    LETTER,
    OPENS,
    TENSION,
    broken_links,
    fill,
    page,
    parsed,
    told,
    words,
)

Run = Callable[..., Ended]


# -------------------------------------------------------------------------------------------------- stands alone, inert


def test_report_anchors_resolve(store: Store) -> None:
    """Every link within the page leads somewhere, ids are unique, each claim and pair can be linked to by its id."""
    found = page(store)
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert broken_links(found) == set()
    assert {claim.id for claim in CLAIMS} | {CLASH.id, TENSION.id, "C1", "T1", "D1", "D2"} <= set(ids)


def test_report_loads_nothing(store: Store) -> None:
    """No element fetches anything, and the policy would forbid it; the one address leads to the article, if clicked."""
    found = page(store)
    fetching = "script link img iframe object embed audio video source track base form input image use foreignObject"
    assert [element.tag for tag in fetching.split() for element in found.iter(tag)] == []
    assert found.xpath("//@src | //@srcset | //@style | //@action | //@ping | //@xlink:href",
                       namespaces={"xlink": "http://www.w3.org/1999/xlink"}) == []  # fmt: skip
    assert not re.search(r"@import|url\(|@font-face|expression", found.find(".//style").text)
    away = [a for a in found.iter("a") if not a.get("href").startswith("#")]
    assert [a.get("href") for a in away] == ["https://example.org/canal"]
    assert away[0].get("rel") == "noopener noreferrer nofollow"


def test_report_policy_allows_its_own_style_alone(store: Store) -> None:
    """The content security policy forbids all but the style block, which it names by its hash."""
    found = page(store)
    digest = base64.b64encode(hashlib.sha256(found.find(".//style").text.encode()).digest()).decode()
    policy = found.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


HOSTILE = '<script>alert(1)</script>" onmouseover="alert(2)\u202e\x1b[2J{{ 7 * 7 }}</style></title><!--'


def test_report_is_inert_to_hostile_text(path: Path) -> None:
    """Markup, scripts, control characters, overrides of direction and templates in documents are but text."""
    document = make_document(
        f"{HOSTILE} said it. {HOSTILE}", path=f"{HOSTILE}.txt", title=HOSTILE, byline=(HOSTILE,), publisher=HOSTILE,
        url=f"javascript:alert('{HOSTILE}')", published="2024-05-01",
    )  # fmt: skip
    source = Source(id=f"person:{HOSTILE}", name=HOSTILE, kind="person")
    over = {"source": source, "proposition": HOSTILE, "topics": (HOSTILE,), "kind": "prediction", "time": OPENS.time}
    phrase = Likelihood(low=0.1, high=0.2, point=0.1, phrase=HOSTILE)
    claims = [make_claim(document, HOSTILE, likelihood=phrase, stance=stance, **over) for stance in ("affirm", "deny")]
    pair = CLASH.model_copy(update={"a": claims[0], "b": claims[1], "explanation": HOSTILE, "evidence": ()})
    with Store(path) as store:
        fill(store, {document: claims}, [pair])
        reviews.decide(store, "accept", claims[0].id, by=HOSTILE)
        text = html(gather(store))
    found = parsed(text)
    assert list(found.iter("script")) == []
    assert found.xpath("//@*[starts-with(name(), 'on')]") == []
    assert [a for a in found.iter("a") if not a.get("href").startswith("#")] == []
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)
    assert "{{ 7 * 7 }}" in text
    shown = flat(HOSTILE)
    assert told(found, "D1").startswith(f"D1 {shown}")
    assert [words(p) for p in found.find_class("why")] == [shown]
    assert shown in [piece.text for piece in found.xpath("//span[@class='own']")]
    assert found.xpath("string(//svg/title)") != ""


@settings(max_examples=40, deadline=None)
@given(articles())
def test_report_shows_any_text(article: tuple[Document, Claim]) -> None:
    """Whatever a document and its names hold, the page has the same elements, and the claim's words in their place."""
    document, claim = article
    with TemporaryDirectory() as folder, Store(Path(folder) / "claims.db") as store:
        store.add(document, [claim])
        found = page(store)
    assert {element.tag for element in found.iter()} <= ELEMENTS
    assert broken_links(found) == set()
    if not found.xpath("//*[@id=$id]", id=claim.id):  # only what says nothing by itself may be left out
        assert set(words_of(claim.proposition)) <= lexicon.phrases("function_words", FunctionWord).keys()
        return
    item = found.get_element_by_id(claim.id)
    own = "".join(piece.text or "" for piece in item.xpath(".//blockquote/span[@class='own']"))
    assert own.split() == flat("".join(document.text[start:end] for start, end in claim.spans)).split()


ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "header", "nav", "main", "footer", "section", "article", "h1",
    "h2", "h3", "p", "a", "b", "i", "span", "bdi", "mark", "time", "cite", "small", "br", "ol", "ul", "li", "dl", "div",
    "dt", "dd", "blockquote", "figure", "figcaption", "details", "summary", "table", "caption", "thead", "tbody", "tr",
    "th", "td", "svg", "desc", "g", "line", "path", "rect", "circle", "text",
}


def test_report_is_the_same_to_the_byte(tmp_path: Path) -> None:
    """The same documents give the same page, whichever came first, on the same day."""
    pages = []
    for i, order in enumerate(([ARTICLE, LETTER], [LETTER, ARTICLE])):
        with Store(tmp_path / f"{i}.db") as store:
            fill(store, {d: [c for c in CLAIMS if c.document == d.id] for d in order}, [CLASH, TENSION])
            pages.append(html(gather(store)))
    assert pages[0] == pages[1]
    assert "2024-06-01" in pages[0]


# ---------------------------------------------------------------------------------------------------------- accessible


def test_report_can_be_found_ones_way_in(store: Store) -> None:
    """The page has a language, landmarks, a skip link, one h1 and no heading that skips a level."""
    found = page(store)
    assert found.get("lang") == "en"
    assert [element.tag for element in found.find("body")] == ["a", "header", "nav", "main", "footer"]
    assert found.find("body/a").get("href") == "#main"
    levels = [int(element.tag[1]) for element in found.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))
    contents = {a.get("href")[1:] for a in found.find(".//nav").iter("a")}
    assert contents == {section.get("id") for section in found.xpath("//main/section")}
    names = {section.get("aria-labelledby") for section in found.iter("section") if not section.get("aria-label")}
    assert names <= set(found.xpath("//@id"))


def test_report_tables_and_figures_have_words(store: Store) -> None:
    """Every table has a caption and scoped heads; every figure a title, a description, and its content as a table."""
    found = page(store)
    tables = list(found.iter("table"))
    assert len(tables) == 3
    assert all(words(table.find("caption")) for table in tables)
    assert {th.get("scope") for th in found.iter("th")} <= {"col", "row", "rowgroup"}
    for svg in found.iter("svg"):
        assert svg.get("aria-hidden") == "true" or (svg.get("role") == "img" and svg.find("title").text)
    for timeline in found.find_class("timeline"):
        named = [found.get_element_by_id(id) for id in timeline.get("aria-labelledby").split()]
        assert [element.tag for element in named] == ["title", "desc"]
        assert "C1 joins the ministry and officials" in named[1].text
    rows = [[words(cell) for cell in row] for row in found.xpath("//details//tbody/tr")]
    assert ["2024-05-01", "D1", "Mara Quist", "1", "2024-05-31", "T1"] in rows


def schemes() -> dict[str, dict[str, str]]:
    """The colours of the page when light, dark and printed, by name."""
    css = (Path(screens.__file__).parent / "templates" / "report.css").read_text(encoding="utf8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    colours = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block)) for block in blocks]
    return dict(zip(("light", "dark", "print"), colours, strict=True))


def contrast_ratio(a: str, b: str) -> float:
    """The contrast of two colours, as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_report_has_contrast(scheme: str) -> None:
    """Text stands out by 4.5 to 1 and what is drawn by 3 to 1, on a light page, a dark one, and paper."""
    colours = schemes()[scheme]
    texts = [(ink, paper) for ink in ("ink", "muted", "link", "clash") for paper in ("paper", "raised")]
    texts += [("mark-ink", "mark"), ("dot-ink", "dot")]
    assert [pair for pair in texts if contrast_ratio(colours[pair[0]], colours[pair[1]]) < 4.5] == []
    drawn = ("bar", "dot", "clash", "strong")
    assert [name for name in drawn if contrast_ratio(colours[name], colours["paper"]) < 3] == []


# ------------------------------------------------------------------------------------------------------------- command


@pytest.mark.usefixtures("store")
def test_report_command_writes_a_file_and_says_what_is_in_it(run: Run, tmp_path: Path) -> None:
    """The file holds the page, standard output a summary, or the same as JSON."""
    ended = run("report", "--topic", "canal", "-o", "canal.html")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "'canal.html': 4 claims by 4 sources in 2 documents; 1 contradiction, 1 tension.\n"
    text = (tmp_path / "canal.html").read_text(encoding="utf8")
    assert run("report", "--topic", "canal", "-o", "-").out == text
    [counts] = json.loads(run("report", "--topic", "canal", "-o", "canal.html", "--json").out)["reports"]
    assert counts == {
        "file": "canal.html", "bytes": len(text.encode()), "topic": "canal", "claims": 4, "quoted": 4, "sources": 4,
        "documents": 2, "contradictions": 1, "tensions": 1, "forecasts": 2,
    }  # fmt: skip


@pytest.mark.usefixtures("store")
def test_report_command_says_what_is_left_out(run: Run, tmp_path: Path) -> None:
    """Fewer quotations than claims are mentioned; a file that cannot be written is named, and none is left behind."""
    assert run("report", "--limit", "1").out.endswith("; 1 contradiction, 1 tension.\n")
    (tmp_path / "report.html").unlink()
    ended = run("report", "-o", "no/such/folder.html")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("error: 'no/such/folder.html' cannot be written")
    assert run("report", "-o", "-", "--json").code == 2
    assert [file.name for file in tmp_path.iterdir() if "html" in file.name] == []
