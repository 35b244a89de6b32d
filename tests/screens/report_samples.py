"""Records that reports are made of, and a page as a reader of HTML sees it."""

from __future__ import annotations

import re

from lxml import html as lxml_html

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
from claimtrack.screens.report import CLAIMS_SHOWN, gather
from claimtrack.screens.report_page import html
from claimtrack.store import Store
from tests.conftest import make_claim, make_document

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


def broken_links(page: Page) -> set[str]:
    """The links within the page that lead nowhere."""
    return {a.get("href") for a in page.iter("a") if a.get("href", "").startswith("#")} - {
        f"#{id}" for id in page.xpath("//@id")
    }
