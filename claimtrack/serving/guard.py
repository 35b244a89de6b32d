"""Who may ask the local page: only a browser on this machine that was given the token, from the page's own address.

Any web page may make a browser send requests to this machine, and a name of its own may be made to lead here. So the
Host header must name the loopback (against rebinding of names), the token must come once in the address and then in a
cookie that other pages do not send, and what changes something must come from the page's own origin with a word that
only the page knows.
"""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["COOKIE", "HEADERS", "Guard", "check_form", "new_token"]

COOKIE = "claimtrack_token"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}


class Guard:
    """Stands before an application and lets through only what may ask."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, by the application or by a refusal; every answer carries `HEADERS`."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        answer = self._refusal(Request(scope)) or self._app
        await answer(scope, receive, _with_headers(send))

    def _refusal(self, request: Request) -> Response | None:
        """The answer to what may not go on: None lets it through."""
        if not _is_loopback(request.headers.get("host", "")):
            return PlainTextResponse("This page answers to 127.0.0.1 and localhost only.", 421)
        given = request.query_params.get("token")
        if given is not None:
            return self._admitted(request) if _same(given, self._token) else _unknown()
        if not _same(request.cookies.get(COOKIE, ""), self._token):
            return _unknown()
        return None if request.method in {"GET", "HEAD"} or _is_own(request) else _foreign()

    def _admitted(self, request: Request) -> Response:
        """Keep the token in a cookie, and the address without it."""
        rest = urlencode([(name, value) for name, value in parse_qsl(request.url.query) if name != "token"])
        answer = RedirectResponse("/" + request.url.path.lstrip("/") + (f"?{rest}" if rest else ""), 303)
        answer.set_cookie(COOKIE, self._token, httponly=True, samesite="strict", path="/")
        return answer


def check_form(given: object, word: str) -> bool:
    """Tell whether a form carries the word that only the page knows."""
    return isinstance(given, str) and _same(given, word)


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf8", "surrogateescape"), expected.encode("utf8"))


def _is_loopback(host: str) -> bool:
    name, colon, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    return (name if colon else host) in LOOPBACK and (not colon or port.isdigit())


def _is_own(request: Request) -> bool:
    """Tell whether a request comes from a page of this address; browsers say where a form was sent from."""
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    return site == "same-origin" and (origin is None or URL(origin).netloc == request.headers["host"])


def _unknown() -> Response:
    words = "Open the address that `claimtrack serve` printed: it carries the token of this session."
    return PlainTextResponse(words, 403)


def _foreign() -> Response:
    return PlainTextResponse("Changes are taken from this page alone.", 403)


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *((k.encode(), v.encode()) for k, v in HEADERS.items())]
        await send(message)

    return sent


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(32)
