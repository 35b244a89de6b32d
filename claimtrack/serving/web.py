"""The local site: a store in the browser, rendered here, readable without scripts, loading nothing from outside."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from claimtrack.errors import ClaimtrackError, UsageError
from claimtrack.exports import flat_columns
from claimtrack.exports.flat_table import written
from claimtrack.screens.markup import environment
from claimtrack.serving import pages
from claimtrack.serving.desk import bring_up_to_date
from claimtrack.serving.guard import Guard, check_form
from claimtrack.serving.pages import Filters
from claimtrack.store import Store

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from claimtrack.exports.flat_table import Row

__all__ = ["site"]

LISTS: Mapping[str, Callable[[Store, Filters], pages.Context]] = {
    "claims": pages.claims, "contradictions": pages.contradictions, "timeline": pages.timeline,
    "forecasts": pages.forecasts, "sources": pages.sources,
}  # fmt: skip
"""The pages that list something, by their address, which is the name of their template, too."""

ASSETS = {"desk.css": "text/css", "desk.js": "text/javascript"}
FORMATS = {"csv": "text/csv", "tsv": "text/tab-separated-values", "md": "text/markdown", "jsonl": "application/jsonl"}
DEEDS = frozenset({"accept", "reject", "comment"})


def site(path: Path, token: str, by: str) -> ASGIApp:
    """The site of a store, which must be there.

    Args:
        path: the store.
        token: what a browser must bring along.
        by: in whose name is decided what is decided there.
    """
    with Store(path, create=False) as store:
        bring_up_to_date(store)
    shown = _Site(path, by)
    routes = [
        Route("/", lambda _: RedirectResponse("/claims", 303)),
        *(Route(f"/{name}", shown.listing) for name in LISTS),
        Route("/claims/{id}", shown.claim), Route("/sources/{id:path}", shown.source),
        Route("/review", shown.review), Route("/decide", shown.decide, methods=["POST"]),
        Route("/export/{name}.{format}", shown.export), Route("/static/{name}", _asset),
    ]  # fmt: skip
    return Guard(Starlette(routes=routes, exception_handlers={ClaimtrackError: _faulty}), token)


class _Site:
    """The pages of one store; each answer opens it anew, for reading only unless something is decided."""

    def __init__(self, path: Path, by: str) -> None:
        self._path = path
        self._by = by
        self._word = secrets.token_urlsafe(16)
        self._templates = environment("claimtrack.serving")

    def listing(self, request: Request) -> Response:
        """A list, narrowed to what the address says."""
        name = request.url.path.strip("/")
        asked = Filters.of(request.query_params)
        with self._store() as store:
            return self._page(name, asked, **LISTS[name](store, asked))

    def claim(self, request: Request) -> Response:
        """One claim."""
        with self._store() as store:
            found = pages.claim_page(store, request.path_params["id"])
        return self._page("claim", Filters(), **found) if found else _missing()

    def source(self, request: Request) -> Response:
        """One source."""
        with self._store() as store:
            found = pages.source_page(store, request.path_params["id"])
        return self._page("source", Filters(), **found) if found else _missing()

    def review(self, request: Request) -> Response:
        """The next claim to decide on."""
        asked = Filters.of(request.query_params)
        with self._store() as store:
            return self._page("review", asked, **pages.next_review(store, asked, request.query_params.get("after", "")))

    async def decide(self, request: Request) -> Response:
        """Log a decision that a form of the site sends, and go back to where it was sent from."""
        form = await request.form(max_files=0, max_fields=20)
        if not check_form(form.get("word"), self._word):
            return PlainTextResponse("This form is not of this session: load the page again.", 403)
        told = {name: str(form.get(name, "")) for name in ("id", "action", "note", "back")}
        if told["action"] not in DEEDS:
            return PlainTextResponse("There is no such decision.", 400)
        from starlette.concurrency import run_in_threadpool

        await run_in_threadpool(self._decide, told)
        return RedirectResponse(_inside(told["back"]), 303)

    def _decide(self, told: Mapping[str, str]) -> None:
        from claimtrack.tracking import reviews

        with Store(self._path, create=False) as store:
            reviews.decide(store, told["action"], told["id"], by=self._by, note=told["note"] or None)  # type: ignore[arg-type]  # one of DEEDS

    def export(self, request: Request) -> Response:
        """A list as a file, narrowed as its page is."""
        name, format = request.path_params["name"], request.path_params["format"]
        if name not in LISTS or format not in FORMATS:
            return _missing()
        head = {"content-disposition": f'attachment; filename="{name}.{format}"'}
        asked = Filters.of(request.query_params)
        if asked.faults:
            raise UsageError(" ".join(asked.faults))
        with self._store() as store:
            rows, columns = _rows(store, name, asked)
            text = "".join(written(rows, format, columns, bom=format == "csv"))
        return StreamingResponse(iter([text]), media_type=FORMATS[format], headers=head)

    def _store(self) -> Store:
        return Store(self._path, readonly=True)

    def _page(self, template: str, asked: Filters, **context: object) -> Response:
        page = self._templates.get_template(f"{template}.html.j2")
        return HTMLResponse(page.render(
            here=template, asked=asked, word=self._word, store=self._path.name, size=pages.PAGE, **context
        ))  # fmt: skip


def _rows(store: Store, name: str, asked: Filters) -> tuple[Iterator[Row], tuple[str, ...]]:
    """All rows of a list, and its columns."""
    from claimtrack.tracking import pairing, profiles

    view = pages.view_of(store)
    known = flat_columns.Known(view.library, view.reviews)
    lists: Mapping[str, Callable[[], tuple[flat_columns.Table, Iterator[object]]]] = {  # type: ignore[type-arg]  # of each its own records
        "claims": lambda: (flat_columns.CLAIMS, store.claims(asked.query())),
        "contradictions": lambda: (flat_columns.PAIRS, iter(pairing.best_pairs(store, asked.pairs()))),
        "timeline": lambda: (flat_columns.TIMELINE, iter(pages.entries_of(store, asked))),
        "forecasts": lambda: (flat_columns.FORECASTS, iter(pages.forecasts_of(store, asked))),
        "sources": lambda: (flat_columns.sources(profiles.ratings(store)), iter(pages.sources_of(store, asked))),
    }
    table, records = lists[name]()
    return (table.row(record, known) for record in records), table.fields


def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in ASSETS:
        return _missing()
    text = files("claimtrack.serving").joinpath("static", name).read_text(encoding="utf8")
    return Response(text, media_type=ASSETS[name])


def _inside(address: str) -> str:
    """An address of this site to go back to; what leads elsewhere leads to the claims."""
    parts = URL(address)
    own = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return address if own else "/claims"


def _missing() -> Response:
    return PlainTextResponse("There is nothing at this address.", 404)


def _faulty(_: Request, error: Exception) -> Response:
    from claimtrack.exports import visible

    return PlainTextResponse(visible(str(error)), 400)
