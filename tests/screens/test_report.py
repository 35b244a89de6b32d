"""The report: what it shows is in the store, stands where it says, loads nothing, runs nothing, and can be read."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from lxml import html as lxml_html

from claimtrack import screens
from claimtrack.schema import (
    Claim,
    Contradiction,
    Document,
    Evidence,
    Likelihood,
    Section,
    Source,
    Span,
    Time,
)
from claimtrack.screens import report
from claimtrack.screens.report import CLAIMS_SHOWN, gather
from claimtrack.screens.report_page import html
from claimtrack.screens.terminal import flat
from claimtrack.store import Query, Store
from claimtrack.tracking import reviews
from tests.conftest import Ended, make_claim, make_document
from tests.samples import articles

Run = Callable[..., Ended]
Page = lxml_html.HtmlElement

CANAL = (
    "Canal to open?\n\n"
    "It is unlikely that the canal opens by May, Mara Quist wrote, if the lakes stay dry.\n\n"
    "The ministry denied that the canal is for sale. The canal is for sale, officials said."
)
NOTE = "The canal, said the harbour union, will open. The harbour union also wants more pay."
MINISTRY = Source(id="organization:ministry", name="the ministry", kind="organization")
OFFICIALS = Source(id="group:officials", name="officials", kind="group")
UNION = Source(id="organization:union", name="the harbour union", kind="organization")


def span(text: str, words: str) -> Span:
    """Where words stand in a text, the last time they do."""
    start = text.rindex(words)
    return start, start + len(words)


def paragraphs(text: str) -> tuple[Section, ...]:
    """A section for each paragraph."""
    return tuple(Section(kind="body", start=m.start(), end=m.end()) for m in re.finditer(r"[^\n]+", text))


ARTICLE = make_document(
    CANAL, path="/home/quist/secret/canal.txt", title="Canal to open?", byline=("Mara Quist",), published="2024-05-01",
    publisher="The Lock Keeper", url="https://example.org/canal", sections=paragraphs(CANAL),
)  # fmt: skip
LETTER = make_document(NOTE, path="letter.txt", sections=paragraphs(NOTE))


def sentence(document: Document, words: str) -> dict[str, object]:
    """The context of a claim, as fields of it."""
    return {"context": words, "context_span": span(document.text, words)}


QUIST = make_claim(
    ARTICLE, "the canal opens by May", id="clm_00000000000000a0", kind="prediction", stance="doubt", factuality="PR-",
    likelihood=Likelihood(low=0.1, high=0.25, point=0.2, phrase="unlikely", scale="capphrase2026"), topics=("canal",),
    condition=span(CANAL, "if the lakes stay dry"), time=Time(relation="future", end="2024-05-31"),
    proposition="The canal opens by May 2024",
    **sentence(ARTICLE, "It is unlikely that the canal opens by May, Mara Quist wrote, if the lakes stay dry."),
)  # fmt: skip
DENIAL = make_claim(
    ARTICLE, "the canal is for sale", id="clm_00000000000000b0", stance="deny", factuality="CT-", source=MINISTRY,
    topics=("canal",), **sentence(ARTICLE, "The ministry denied that the canal is for sale."),
)  # fmt: skip
SALE = make_claim(
    ARTICLE, "The canal is for sale", id="clm_00000000000000c0", source=OFFICIALS, topics=("canal",),
    **sentence(ARTICLE, "The canal is for sale, officials said."),
)  # fmt: skip
OPENS = make_claim(
    LETTER, "The canal", id="clm_00000000000000d0", source=UNION, kind="prediction", topics=("canal",), confidence=0.6,
    spans=((0, 9), span(NOTE, "will open")), time=Time(relation="future"), proposition="The canal will open",
    likelihood=Likelihood(low=0.9, high=1, point=0.97, phrase="will", basis="tense", scale="claimtrack_default"),
    **sentence(LETTER, "The canal, said the harbour union, will open."),
)  # fmt: skip
PAY = make_claim(
    LETTER, "The harbour union also wants more pay", id="clm_00000000000000e0", source=UNION, topics=("pay",),
    **sentence(LETTER, "The harbour union also wants more pay."),
)  # fmt: skip
CLASH = Contradiction(
    id="ctr_00000000000000c0", kind="denial", strength="contradiction", score=0.93, same_source=False,
    explanation="Officials say that the canal is for sale, the ministry denies it.", same_document=True,
    evidence=(Evidence(field="stance", a="deny", b="affirm", a_span=span(CANAL, "denied"),
                       b_span=span(CANAL, "said")),),
    a=DENIAL, b=SALE, topics=("canal",),
)  # fmt: skip
TENSION = Contradiction(
    id="ctr_00000000000000d0", kind="likelihood", strength="tension", score=0.4, same_source=False, same_document=False,
    explanation="Mara Quist holds it unlikely, the harbour union says that it will be.", topics=("canal",),
    evidence=(Evidence(field="likelihood", a="unlikely", b="will", a_span=span(CANAL, "unlikely"),
                       b_span=span(NOTE, "will")),),
    a=QUIST, b=OPENS,
)  # fmt: skip
CLAIMS = (QUIST, DENIAL, SALE, OPENS, PAY)


def fill(store: Store, documents: dict[Document, list[Claim]], pairs: list[Contradiction]) -> None:
    """Store documents with their claims and pairs, as if they had been compared."""
    for document, claims in documents.items():
        store.add(document, claims)
    claims = [claim for of in documents.values() for claim in of]
    with store.transaction():
        for claim in claims:
            store.seat(claim.id, [("all", claim.id)])
        store.settle(store.block("all", len(claims)), pairs)


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717200000")  # 1 June 2024


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where no file is yet."""
    return tmp_path / "claimtrack.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An article and a letter, five claims, a contradiction and a tension."""
    with Store(path) as store:
        fill(store, {ARTICLE: [QUIST, DENIAL, SALE], LETTER: [OPENS, PAY]}, [CLASH, TENSION])
        yield store


def parsed(text: str) -> Page:
    """The page as a browser's parser sees it, near enough."""
    return lxml_html.document_fromstring(text)


def page(store: Store, topic: str | None = None, limit: int | None = CLAIMS_SHOWN) -> Page:
    """The page of a report."""
    return parsed(html(gather(store, topic, limit)))


def words(element: Page) -> str:
    """An element's text on one line."""
    return " ".join(element.text_content().split())


def told(page: Page, id: str) -> str:
    """The text of the element with this id."""
    return words(page.get_element_by_id(id))


# ------------------------------------------------------------------------------------------------------ what is shown


def test_report_counts_agree_with_the_store(store: Store) -> None:
    """The figures on top are those that list, sources and contradict give."""
    figures = {words(div.find("dt")): words(div.find("dd")) for div in page(store).find_class("figures")[0]}
    assert figures == {"Claims": "5", "Sources": "4", "Documents": "2", "Contradiction": "1", "Tension": "1"}
    assert store.count_claims() == 5
    assert len(store.sources()) == 4
    assert len(list(store.documents())) == 2
    assert store.count_contradictions() == (1, 1)


def test_report_on_a_topic_shows_what_bears_it(store: Store) -> None:
    """On a topic, its claims and pairs stand in the report, and the claims of no other."""
    found = page(store, "pay")
    assert [item.get("id") for item in found.xpath("//ol[@class='entries']/li")] == [PAY.id]
    assert told(found, "contradictions") == "Contradictions None found."
    assert told(found, "tensions") == "Tensions None found."
    assert words(found.find(".//h1")) == "Claims on pay"
    on_canal = [item.get("id") for item in page(store, "canal").xpath("//ol[@class='entries']/li")]
    assert sorted(on_canal) == sorted(claim.id for claim in store.claims(Query(topic="canal")))


def test_report_without_claims_says_so(store: Store) -> None:
    """A topic that no claim bears gives a page all the same."""
    found = gather(store, "nothing")
    assert (found.claims, found.documents, found.contradictions, found.forecasts) == (0, 0, 0, 0)
    assert told(page(store, "nothing"), "claims") == "Claims None found."


def test_report_says_when_and_how_many_have_no_date(store: Store) -> None:
    """The period covers the dated documents, and the others are counted."""
    assert "Published: 2024-05-01; 1 document of 2 without a date." in told(page(store), "summary")
    assert "No document bears a date." in told(page(store, "pay"), "summary")


def test_report_quotes_what_stands_at_the_offsets(store: Store) -> None:
    """Each claim's own words are those between the offsets that are printed beside them, and its place is named."""
    texts = {claim.id: (ARTICLE if claim.document == ARTICLE.id else LETTER).text for claim in CLAIMS}
    for item in page(store).xpath("//ol[@class='entries']/li"):
        own = [piece.text for piece in item.xpath(".//blockquote/span[@class='own']")]
        places = [tuple(map(int, s.text.split("–"))) for s in item.find_class("known")[0].xpath(".//*[@class='span']")
                  if s.text[0].isdigit()]  # fmt: skip
        assert own == [texts[item.get("id")][start:end] for start, end in places]
        assert item.xpath("string(.//blockquote)") in texts[item.get("id")]
    assert "Place: paragraph 2, characters 36–58" in told(page(store), QUIST.id)
    assert "Place: paragraph 1, characters 0–9 and 35–44" in told(page(store), OPENS.id)


def test_report_marks_the_words_that_clash(store: Store) -> None:
    """Both sides of a pair have their clashing words marked, also where these stand outside the claim's own."""
    found = page(store)
    for label, a, b in (("C1", "denied", "said"), ("T1", "unlikely", "will")):
        sides = found.get_element_by_id(label).find_class("side")
        assert [[mark.text for mark in side.iter("mark")] for side in sides] == [[a], [b]]
    assert found.get_element_by_id("C1").xpath(".//blockquote")[0].text_content() == DENIAL.context
    assert not list(found.get_element_by_id("claims").iter("mark"))


def test_report_tells_who_where_and_why_of_a_pair(store: Store) -> None:
    """A pair comes with its explanation, kind and score, and each side with voice, outlet, title, date and place."""
    text = told(page(store), "C1")
    assert text.startswith(f"C1 the ministry against officials {CLASH.explanation} contradiction of denial · score 0.9")
    start, end = DENIAL.spans[0]
    place = f"(D1), 2024-05-01; paragraph 3, characters {start}–{end}"
    assert f"Where: The Lock Keeper, Canal to open? {place}" in text


def test_report_keeps_likelihood_and_confidence_apart(store: Store) -> None:
    """What the source thinks and how sure the program is never stand in one phrase."""
    for phrase in page(store).xpath("//dd | //p | //td | //th | //caption | //figcaption"):
        assert not re.search(r"confidence|score", words(phrase)) or "%" not in words(phrase)
    facts = page(store).get_element_by_id(OPENS.id).find_class("known")[0]
    said = {words(div.find("dt")): words(div.find("dd")) for div in facts}
    assert said["How sure the source is:"] == "will (90–100 %)†"
    assert said["Our confidence:"] == "0.60"


def test_report_gathers_forecasts_by_proposition(store: Store) -> None:
    """One row a forecast under what it forecasts, the range drawn from low to high, hollow under a condition."""
    table = page(store).find_class("plot")[0]
    groups = [words(head) for head in table.xpath(".//th[@scope='rowgroup']")]
    assert sorted(groups) == ["The canal opens by May 2024", "The canal will open"]
    rows = {words(row.find("th")).split(",")[0]: row for row in table.xpath(".//tr[td]")}
    assert "unlikely (10–25 %)" in words(rows["Mara Quist"])
    assert "condition: “if the lakes stay dry”" in words(rows["Mara Quist"])
    assert "by 2024-05-31" in words(rows["Mara Quist"])
    drawn = {who: row.find(".//rect") for who, row in rows.items()}
    assert dict(drawn["Mara Quist"].items()).items() >= {"class": "range open", "x": "10%", "width": "15%"}.items()
    assert dict(drawn["the harbour union"].items()).items() >= {"class": "range", "x": "90%", "width": "10%"}.items()
    assert rows["the harbour union"].find(".//circle").get("cx") == "97%"
    assert rows["the harbour union"].find(".//svg/title").text == "will (90–100 %)"


def test_report_says_how_forecasts_turned_out_and_what_was_reviewed(store: Store) -> None:
    """What people decided on claims, pairs and forecasts stands beside them."""
    assert "No person has looked at them." in told(page(store), "summary")
    reviews.decide(store, "resolve", QUIST.id, by="ann", outcome="no", on="2024-05-31")
    reviews.decide(store, "accept", DENIAL.id, by="ann")
    reviews.decide(store, "accept", CLASH.id, by="ann")
    found = page(store)
    assert "A person looked at 2 claims" in told(found, "summary")
    assert "outcome: did not take place (2024-05-31)" in told(found, "forecasts")
    assert "accepted by ann" in told(found, DENIAL.id)
    assert f"{CLASH.id} · accepted by ann" in told(found, "C1")


def test_report_counts_the_clashes_of_each_source(store: Store) -> None:
    """Those that contradict most stand first, with claims, documents, contradictions and tensions."""
    rows = [[words(cell) for cell in row] for row in page(store).find_class("sources")[0].find("tbody")]
    assert rows == [
        ["officials group, 2024-05-01", "1", "1", "1", "0"],
        ["the ministry organization, 2024-05-01", "1", "1", "1", "0"],
        ["the harbour union organization, no date", "2", "1", "0", "1"],
        ["Mara Quist person, 2024-05-01", "1", "1", "0", "1"],
    ]


def test_report_tells_sources_of_one_document_apart(store: Store) -> None:
    """A source that only its document makes clear, such as its author, is named with it."""
    author = Source(id=f"voice:{LETTER.id}:author", name="author", kind="author")
    store.add(LETTER, [make_claim(LETTER, "said", source=author)], force=True)
    assert "author (D2)" in told(page(store), "sources")


def test_report_names_documents_without_their_folders(store: Store) -> None:
    """Whoever gets the file does not learn where the documents lie on the analyst's machine."""
    text = html(gather(store))
    assert "secret" not in text
    assert "canal.txt" in text


# ------------------------------------------------------------------------------------------------------------- limits


def test_report_quotes_at_most_so_many_and_says_so(store: Store) -> None:
    """Claims of shown pairs always stand there, of the others the newest, and the rest is counted."""
    found = page(store, limit=0)
    assert sorted(item.get("id") for item in found.xpath("//ol[@class='entries']/li")) == sorted(
        claim.id for claim in CLAIMS if claim != PAY
    )
    assert "4 of 5 claims are shown here" in told(found, "claims")
    assert "are shown here" not in told(page(store), "claims")


def test_report_stays_small_and_readable_with_many(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much there is, pairs, forecasts, sources and rows stop at a limit, and each says how many there are."""
    monkeypatch.setattr(report, "PAIRS_SHOWN", 3)
    monkeypatch.setattr(report, "FORECASTS_SHOWN", 4)
    monkeypatch.setattr(report, "ROWS_SHOWN", 5)
    documents, pairs = {}, []
    for i in range(30):
        document = make_document(f"Voice {i} said: bridge {i} opens.", path=f"{i}.txt", published=f"2024-01-{i + 1:02}")
        claims = [
            make_claim(document, document.text, kind="prediction", likelihood=TENSION.b.likelihood, time=OPENS.time,
                       source=Source(id=f"person:{i}", name=f"Voice {i}", kind="person"), stance=stance,
                       proposition=f"Bridge {i} opens")
            for stance in ("affirm", "deny")
        ]  # fmt: skip
        documents[document] = claims
        pairs.append(CLASH.model_copy(update={
            "id": f"ctr_{i:016x}", "a": claims[0], "b": claims[1], "evidence": (), "score": i / 100,
        }))  # fmt: skip
    with Store(path) as store:
        fill(store, documents, pairs)
        found = page(store, limit=10)
    assert len(found.find_class("pair")) == 3
    assert "3 of 30 contradictions are shown here" in told(found, "contradictions")
    assert "4 of 30 forecasts are shown here" in told(found, "forecasts")
    assert "5 of 30 sources are shown here" in told(found, "sources")
    assert "5 of 30 rows are shown here" in told(found, "timeline")
    assert "16 of 60 claims are shown here" in told(found, "claims")
    assert broken_links(found) == set()


def test_report_cuts_endless_sentences(store: Store) -> None:
    """A text without a full stop is quoted in part, and says so."""
    endless = make_document("word " * 2_000 + "the canal opens" + " word" * 2_000, path="endless.txt")
    store.add(endless, [make_claim(endless, "the canal opens", id="clm_00000000000000f0")])
    quotation = page(store).get_element_by_id("clm_00000000000000f0").find(".//blockquote").text_content()
    assert quotation == "… " + "word " * 60 + "the canal opens" + " word" * 60 + " …"


# -------------------------------------------------------------------------------------------------- stands alone, inert


def broken_links(page: Page) -> set[str]:
    """The links within the page that lead nowhere."""
    return {a.get("href") for a in page.iter("a") if a.get("href", "").startswith("#")} - {
        f"#{id}" for id in page.xpath("//@id")
    }


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
    item = found.get_element_by_id(claim.id)
    own = "".join(piece.text or "" for piece in item.xpath(".//blockquote/span[@class='own']"))
    assert own.split() == flat("".join(document.text[start:end] for start, end in claim.spans)).split()
    assert {element.tag for element in found.iter()} <= ELEMENTS
    assert broken_links(found) == set()


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
