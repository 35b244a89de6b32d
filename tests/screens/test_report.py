"""The report: what it shows is in the store, stands where it says, and says what it leaves out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from claimtrack.schema import Source
from claimtrack.screens import report
from claimtrack.screens.report import gather
from claimtrack.screens.report_page import html
from claimtrack.store import Query, Store
from claimtrack.tracking import reviews
from tests.conftest import make_claim, make_document
from tests.screens.report_samples import (
    ARTICLE,
    CLAIMS,
    CLASH,
    DENIAL,
    LETTER,
    OPENS,
    PAY,
    QUIST,
    TENSION,
    broken_links,
    fill,
    page,
    told,
    words,
)

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
    assert words(found.find(".//h1")) == "What is claimed on pay"
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
