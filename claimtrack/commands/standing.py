"""The commands on who stands where, and where words stand: stands, shifts, open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.commands.asking import sought
from claimtrack.commands.options import AsJson, Db, Id, Limit, Source, Topic, examples
from claimtrack.commands.output import put
from claimtrack.commands.stores import open_store, pair_up, view_of, whole_id
from claimtrack.commands.tables import Bom, Fields, Format, Sort, known_to, layout, put_list, write_json
from claimtrack.errors import StoreError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from claimtrack.schema import Document
    from claimtrack.tracking.stands import Stand

app = typer.Typer()
COLUMNS_SHOWN = 4
"""Things that fit beside each other on a terminal; flat rows have them all."""


@app.command(epilog=examples("stands --topic zangezur", "stands --format csv > stands.csv"))
def stands(
    ctx: typer.Context,
    topic: Topic = None,
    source: Source = None,
    limit: Limit = None,
    format: Format = "table",
    fields: Fields = None,
    sort: Sort = None,
    bom: Bom = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Show who is for and who against what.

    A row a source, a column a project: for, against, changed (the other side at a later date) or mixed. Flat rows hold
    one source and one project each, with the claims that tell it.
    """
    from claimtrack.exports.flat_columns import STANDS
    from claimtrack.store import Query
    from claimtrack.tracking.stands import stands as stands_of

    how = layout(format, fields, sort, bom, limit, as_json)
    with open_store(ctx, db) as store:
        found = stands_of(store.claims(Query(topic=topic, source=sought(store, topic, source))))
        put_list(how, STANDS, found, known_to(view_of(store)), _matrix, ("positions", "position"))


def _matrix(found: Sequence[Stand]) -> Iterator[RenderableType]:
    """Sources by projects, those most spoken of; the rest is named below."""
    from claimtrack.screens.terminal import row_table

    targets = dict.fromkeys(stand.target for stand in found)
    shown = list(targets)[:COLUMNS_SHOWN]
    rows: dict[str, dict[str, object]] = {}
    for stand in found:
        if stand.target in shown:
            row = rows.setdefault(stand.source, {"source": stand.source, **dict.fromkeys(shown)})
            row[stand.target] = f"{stand.value} ({len(stand.claims)})"
    yield row_table(("source", *shown), rows.values())
    yield ""
    if rest := len(targets) - len(shown):
        yield f"{rest:,} more projects; --format csv has them all."


@app.command(epilog=examples("shifts", "shifts --topic zangezur --format md"))
def shifts(
    ctx: typer.Context,
    topic: Topic = None,
    limit: Limit = None,
    format: Format = "table",
    fields: Fields = None,
    sort: Sort = None,
    bom: Bom = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Show who shifted.

    Sources that took the other side of the same proposition at a later date.
    """
    from claimtrack.exports.flat_columns import SHIFTS
    from claimtrack.screens.tracking_display import reversal_blocks
    from claimtrack.tracking import chronology

    how = layout(format, fields, sort, bom, limit, as_json)
    with open_store(ctx, db) as store:
        pair_up(store)
        sought(store, topic)
        view, nouns = view_of(store), ("changes of side", "change of side")
        found = chronology.reversals(store, topic)
        put_list(how, SHIFTS, found, known_to(view), lambda shown: reversal_blocks(shown, view), nouns)


@app.command("open", epilog=examples("open clm_3f62", "open 3f62 --launch"))
def open_place(
    ctx: typer.Context,
    id: Id,
    launch: Annotated[bool, typer.Option("--launch", help="Open the file with its own program, too.")] = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Say in which file and line a claim stands.

    Of a pair, both. As PATH:LINE:COLUMN, which editors and terminals open. Lines are those of the text as it was read:
    in a PDF or a web page they are not those of the file.
    """
    with open_store(ctx, db) as store:
        found = whole_id(store, id)
        pair = store.contradiction(found)
        claims = [pair.a, pair.b] if pair else [c for c in [store.claim(found) or store.set_aside(found)] if c]
        places = [(claim.id, claim.spans[0][0], store.document(claim.document)) for claim in claims]
        places = places or [(found, 0, store.document(found))]
    known = [_place(id, start, document) for id, start, document in places if document]
    if not known:
        raise StoreError(f"{found!r} stands in no document.")
    _tell(known, as_json)
    if launch:
        typer.launch(str(known[0]["path"]))


def _place(id: str, start: int, document: Document) -> dict[str, object]:
    before = document.text[:start]
    line, column = before.count("\n") + 1, start - (before.rfind("\n") + 1) + 1
    return {"id": id, "path": document.url or document.path, "line": line, "column": column, "start": start}


def _tell(places: Iterable[dict[str, object]], as_json: bool) -> None:
    if as_json:
        write_json(places=places)
        return
    put(*(f"{place['path']}:{place['line']}:{place['column']}  {place['id']}" for place in places))
