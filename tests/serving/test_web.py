"""The local site: what its pages show, and that nobody else can ask or change anything."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from claimtrack.store import Store

pytest.importorskip("starlette", reason="needs the extra: pip install 'claimtrack[serve]'")
pytest.importorskip("httpx", reason="asks the site")

from starlette.testclient import TestClient

from claimtrack.serving.guard import COOKIE
from claimtrack.serving.web import site

TOKEN = "the-token"
HERE = "http://127.0.0.1:8741"
FIRST = "clm_1000000000000000"


def stranger(path: Path) -> TestClient:
    """A client without the token."""
    return TestClient(site(path, TOKEN, "ann"), base_url=HERE, follow_redirects=False)


@pytest.fixture
def client(served: Path) -> TestClient:
    """A client that opened the address with the token."""
    opened = stranger(served)
    opened.get(f"/?token={TOKEN}")
    return opened


def form(client: TestClient, **over: str) -> dict[str, str]:
    """The fields of a decision as the page sends them."""
    page = client.get("/review").text
    found = re.search(r'name="word" value="([^"]+)"', page)
    assert found
    return {"word": found[1], "id": FIRST, "action": "accept", "back": "/review"} | over


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/claims", ["3 claims", "Peru backs the Quoll Dam", "2025-01-02"]),
        ("/claims?source=Peru", ["1 claim<"]),
        ("/claims?q=break&kind=prediction", ["1 claim<", "likely"]),
        ("/claims?kind=nonsense", ["No claims found"]),
        ("/claims?page=2", ["Part 2", 'rel="prev"']),
        ("/contradictions", ["contradiction", "Chile fights", "Peru backs", 'aria-label="A"', 'aria-label="B"']),
        ("/timeline?topic=quoll", ["2025-01-01", "contradicts Chile", "Timeline of quoll"]),
        ("/forecasts", ["due", "2025-05-31", "likely"]),
        ("/sources", ["Peru", "Mara Quist", 'data-head="Claims"']),
        ("/claims?since=foo&source=Peru", ["since &#39;foo&#39; is no date. Write 2021", 'role="alert"', "1 claim<"]),
        ("/timeline?until=2025-13", ["until &#39;2025-13&#39; is no date", "3 claims"]),
        ("/sources/country%3Aperu", ["Who contradicts", "Chile", "Claims over time"]),
        (f"/claims/{FIRST}", ["Clashes", "characters 0–25"]),
        ("/review", ["3 claims left", "data-key"]),
    ],
)
def test_web_shows(client: TestClient, address: str, shown: list[str]) -> None:
    """Each page has what it is for, escaped, with the headers that forbid everything from outside."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert [words for words in shown if words not in answer.text] == []
    assert "<script>alert" not in answer.text
    assert "<b>1</b>" not in answer.text
    assert "\x1b" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert re.findall(r'(?:src|href|action)="(?!/|#)', answer.text) == []


def test_web_marks_the_words_that_clash(client: TestClient, served: Path) -> None:
    """In a pair, evidence is marked in its sentence; the words around stand there, too."""
    with Store(served) as store:
        [pair] = store.contradictions()
    [evidence] = [e for e in pair.evidence if e.a_span] or [None]
    page = client.get("/contradictions").text
    assert page.count("<blockquote>") == 2
    assert ("<mark>" in page.split("</form>")[1]) is (evidence is not None)


def test_web_saves_what_it_shows(client: TestClient) -> None:
    """A list is saved with the filters of its page, in every format, and only lists are."""
    answer = client.get("/export/claims.csv?source=Peru")
    assert answer.headers["content-disposition"] == 'attachment; filename="claims.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["id"] for row in rows] == [FIRST]
    for name in ("contradictions", "timeline", "forecasts", "sources"):
        assert client.get(f"/export/{name}.jsonl").text.count("\n") >= 1
    narrow = {"timeline": "until=2025-01-01", "forecasts": "status=open", "sources": "q=mara"}
    counts = {name: client.get(f"/export/{name}.jsonl?{asked}").text.count("\n") for name, asked in narrow.items()}
    assert counts == {"timeline": 1, "forecasts": 0, "sources": 1}
    refused = client.get("/export/claims.csv?since=foo")
    assert (refused.status_code, "'foo' is no date" in refused.text) == (400, True)
    assert {client.get(f"/export/{n}").status_code for n in ("claims.xml", "review.csv", "..%2fclaims.csv")} == {404}


def test_web_takes_decisions_from_its_own_forms(client: TestClient, served: Path) -> None:
    """Accepting is logged in the name given, and leads back; the claim is not asked for again."""
    answer = client.post("/decide", data=form(client))
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    with Store(served) as store:
        assert [(d.action, d.target, d.by) for d in store.decisions()] == [("accept", FIRST, "ann")]
    assert "2 claims left" in client.get("/review").text
    assert "accepted by ann" in client.get(f"/claims/{FIRST}").text
    assert "2 claims left" not in client.get("/review?after=clm_2000000000000000").text


@pytest.mark.parametrize(
    ("fields", "headers"),
    [
        ({"word": "guessed"}, {}),
        ({"word": ""}, {}),
        ({}, {"origin": "http://evil.example"}),
        ({}, {"origin": "null"}),
        ({}, {"origin": "http://127.0.0.1:9999"}),
        ({}, {"sec-fetch-site": "cross-site"}),
        ({}, {"cookie": f"{COOKIE}=guessed"}),
        ({}, {"host": "evil.example"}),
    ],
)
def test_web_refuses_forged_decisions(
    client: TestClient, served: Path, fields: dict[str, str], headers: dict[str, str]
) -> None:
    """Without the page's word, from another origin, without the token, or under another name, nothing is decided."""
    sent = form(client, **fields)
    if "cookie" in headers:
        client.cookies.clear()
    assert client.post("/decide", data=sent, headers=headers).status_code in {403, 421}
    with Store(served) as store:
        assert list(store.decisions()) == []


def test_web_asks_for_the_token(served: Path) -> None:
    """Whoever lacks it sees nothing; who has it is led to an address without it, and keeps it in a strict cookie."""
    client = stranger(served)
    for address in ("/claims", "/?token=guessed", "/static/desk.css", "/export/claims.csv", "/?token="):
        answer = client.get(address)
        assert (answer.status_code, "Peru" in answer.text) == (403, False)
    answer = client.get(f"/claims?source=Peru&token={TOKEN}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/claims?source=Peru")
    assert all(word in answer.headers["set-cookie"] for word in ("HttpOnly", "SameSite=strict"))
    assert not client.get(f"/%2Fevil.example/?token={TOKEN}").headers["location"].startswith("//")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1:80", "", "localhost:x", "[::2]"])
def test_web_answers_to_the_loopback_alone(client: TestClient, host: str) -> None:
    """A name that is made to lead here is refused, with the token too."""
    assert client.get("/claims", headers={"host": host}).status_code == 421
    for known in ("localhost:8741", "127.0.0.1", "[::1]:8741"):
        assert client.get("/claims", headers={"host": known, "cookie": f"{COOKIE}={TOKEN}"}).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/static/..%2f..%2f..%2fetc%2fpasswd", "/static/../web.py", "/static/desk.py", "/claims/..%2f..%2fetc%2fpasswd",
     "/claims/clm_0", "/sources/nobody", "/claimtrack.db", "/export/..%2f..%2fetc%2fpasswd.csv"],
)  # fmt: skip
def test_web_serves_no_files(client: TestClient, address: str) -> None:
    """No path leads out of the site."""
    answer = client.get(address)
    assert (answer.status_code, "root:" in answer.text) == (404, False)


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_web_leads_nowhere_else(client: TestClient, back: str) -> None:
    """What a form names to go back to stays on the site."""
    assert client.post("/decide", data=form(client, back=back)).headers["location"] == "/claims"


def test_web_tells_faults(client: TestClient) -> None:
    """A decision on nothing, or one that there is not, is answered with what is wrong."""
    answer = client.post("/decide", data=form(client, id="clm_0000000000000009"))
    assert (answer.status_code, "clm_0000000000000009" in answer.text) == (400, True)
    assert client.post("/decide", data=form(client, action="undo")).status_code == 400
    assert client.get("/static/desk.js").headers["content-type"].startswith("text/javascript")
