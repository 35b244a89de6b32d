"""Fetch web addresses, each once, and keep their bytes, so that offsets into a page can be checked when it is gone."""

from __future__ import annotations

import hashlib
import http.client
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from claimtrack.errors import EmptyDocument, UnreadableDocument
from claimtrack.reading.registry import CONTAINERS, READERS

__all__ = ["Pages", "is_address"]

TIMEOUT = 20.0
"""How long a server may be silent, in seconds."""

LONGEST = 120.0
"""How long a page may take in all, in seconds: a server may send byte after byte, and is never silent."""

LARGEST = 20_000_000
"""The largest page that is fetched, in bytes."""

_AGENT = "claimtrack (reads single pages for an analyst)"
_TYPES = {"text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf", "text/plain": ".txt"}


def is_address(path: str) -> bool:
    """Tell whether an input is an address of the web."""
    return path.lower().startswith(("http://", "https://"))


@dataclass(frozen=True)
class Pages:
    """Pages by their addresses; those in `folder` are not fetched again, unless `fresh`; None keeps nothing."""

    folder: Path | None = None
    offline: bool = False
    fresh: bool = False

    def fetch(self, address: str) -> tuple[bytes, str]:
        """Give the bytes of a page and the extension under which they are read, which may be empty.

        Redirections are followed.

        Raises:
            UnreadableDocument: the network is off, the server cannot be reached or refuses, or the page is too large.
            EmptyDocument: there is nothing at the address.
        """
        kept = self._kept(address)
        if kept is not None and (self.offline or not self.fresh):
            return kept.read_bytes(), kept.suffix
        if self.offline:
            raise UnreadableDocument(f"{address!r} is not fetched with --offline: save the page and name its file.")
        raw, kind = _fetch(address)
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / (_key(address) + kind)).write_bytes(raw)
        return raw, kind

    def _kept(self, address: str) -> Path | None:
        """Give the file of a page that was fetched before."""
        found = sorted(self.folder.glob(f"{_key(address)}*")) if self.folder is not None else []
        return found[0] if found else None


def _key(address: str) -> str:
    """Give the name under which a page is kept: 16 hexadecimal digits of its address's SHA-256."""
    return hashlib.sha256(address.encode("utf-8")).hexdigest()[:16]


def _received(answer: http.client.HTTPResponse, address: str) -> bytes:
    """Give what a server sends, up to one byte more than is allowed."""
    started, pieces, size = time.monotonic(), [b""], 0
    while size <= LARGEST and (piece := answer.read1(LARGEST + 1 - size)):
        pieces.append(piece)
        size += len(piece)
        if time.monotonic() - started > LONGEST:
            words = f"{address!r} takes longer than {LONGEST:,.0f} s: save the page in a browser and name its file."
            raise UnreadableDocument(words)
    return b"".join(pieces)


def _fetch(address: str) -> tuple[bytes, str]:
    """Fetch a page once."""
    try:
        request = urllib.request.Request(address, headers={"User-Agent": _AGENT, "Accept": "text/html,*/*;q=0.8"})
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            raw = _received(answer, address)
            kind = _TYPES.get(answer.headers.get_content_type(), "")
    except urllib.error.HTTPError as error:
        step = "check the address" if error.code in (404, 410) else "save the page in a browser and name its file"
        words = f"{address!r} is refused by its server ({error.code} {error.reason}): {step}."
        raise UnreadableDocument(words) from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        words = f"{address!r} cannot be reached ({reason}): check the address and the network."
        raise UnreadableDocument(words) from error
    if len(raw) > LARGEST:
        raise UnreadableDocument(f"{address!r} is larger than {LARGEST // 1_000_000} MB: save it and name its file.")
    if not raw.strip():
        raise EmptyDocument(f"{address!r} is an empty page: check the address.")
    suffix = PurePosixPath(urlsplit(address).path).suffix.lower()
    return raw, suffix if suffix in (*READERS, *CONTAINERS) and kind != ".html" else kind
