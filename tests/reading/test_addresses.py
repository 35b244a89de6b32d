"""Web addresses: fetched once from a server on the loopback, kept, and off with `offline`."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from claimtrack.errors import UnreadableDocument
from claimtrack.reading import addresses
from claimtrack.reading.addresses import Pages
from claimtrack.reading.ingest import Failure, read_all
from claimtrack.schema import Document
from tests.reading.test_ingest import DOCUMENTS

ASKED: list[str] = []


class Server(BaseHTTPRequestHandler):
    """A site of one article, an old address of it, and a page that is too large."""

    def do_GET(self) -> None:
        """Answer, and note who asks."""
        ASKED.append(f"{self.path} {self.headers['User-Agent'].split()[0]}")
        if self.path == "/old":
            self.send_response(301)
            self.send_header("Location", "/article")
            self.end_headers()
            return
        self.send_response(200 if self.path in ("/article", "/large") else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((DOCUMENTS / "article.html").read_bytes() if self.path == "/article" else b"x" * 5000)

    def log_message(self, *_: object) -> None:
        """Keep silent."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of the server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    ASKED.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_addresses_are_fetched_once_and_kept(site: str, tmp_path: Path) -> None:
    """Redirections are followed; a second reading takes the bytes that were kept, a fresh one asks again."""
    pages = Pages(tmp_path / "store.pages")
    for each in (pages, pages, Pages(pages.folder, offline=True)):
        (page,) = read_all([f"{site}/old"], pages=each)
        assert isinstance(page, Document)
        assert (page.title, page.path, page.url) == ("A quarrel over water", f"{site}/old", f"{site}/old")
    assert ASKED == ["/old claimtrack", "/article claimtrack"]
    (kept,) = (tmp_path / "store.pages").iterdir()
    assert kept.read_bytes() == (DOCUMENTS / "article.html").read_bytes()
    list(read_all([f"{site}/article"], pages=Pages(pages.folder, fresh=True)))
    assert len(ASKED) == 3


def test_addresses_that_fail_are_named(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing page, one that is too large, and a server that is none are failures; the next input is read."""
    monkeypatch.setattr(addresses, "LARGEST", 4000)
    found = list(read_all([f"{site}/gone", f"{site}/large", "http://127.0.0.1:9/a", f"{site}/article"]))
    words = [str(one.error) for one in found if isinstance(one, Failure)]
    assert len(words) == 3
    assert "404" in words[0]
    assert "larger than" in words[1]
    assert "cannot be reached" in words[2]
    assert isinstance(found[-1], Document)


def test_addresses_that_send_for_ever_are_left(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is never silent, and never done, does not hold the run up."""
    monkeypatch.setattr(addresses, "LONGEST", 0.0)
    (failure,) = read_all([f"{site}/article"])
    assert isinstance(failure, Failure)
    assert "takes longer than" in str(failure.error)


def test_addresses_are_not_fetched_offline(site: str) -> None:
    """With `offline`, nobody is asked."""
    with pytest.raises(UnreadableDocument, match="--offline"):
        Pages(offline=True).fetch(f"{site}/article")
    assert ASKED == []
