"""The commands that read the store: list, show."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from claimtrack.commands.asking import sought
from claimtrack.commands.completion import complete_literal
from claimtrack.commands.decisions import in_force
from claimtrack.commands.options import (
    AsJson,
    Db,
    Kind,
    Limit,
    MaxConfidence,
    MinConfidence,
    Scale,
    Search,
    Since,
    Source,
    Topic,
    Until,
    check_date,
    check_one_of,
    examples,
)
from claimtrack.commands.output import LISTED, limit_of, print_records, put, shown_of, write, write_lists
from claimtrack.commands.stores import open_store, pair_up, view_of, whole_id
from claimtrack.errors import StoreError, UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from claimtrack.exports.flat_table import Row
    from claimtrack.schema import Claim
    from claimtrack.store import Query, Store

app = typer.Typer()

Shape = Literal["table", "json", "jsonl", "csv", "tsv", "md"]
FLAT = ("csv", "tsv", "md", "jsonl")


@app.command("list", epilog=examples("list --topic zangezur", "list --format csv --sort -confidence > claims.csv"))
def list_claims(
    ctx: typer.Context,
    topic: Topic = None,
    source: Source = None,
    kind: Kind = None,
    stance: Annotated[
        str | None, typer.Option(help="affirm, deny, doubt, …", autocompletion=complete_literal("Stance"))
    ] = None,
    since: Since = None,
    until: Until = None,
    min_confidence: MinConfidence = None,
    max_confidence: MaxConfidence = None,
    search: Search = None,
    limit: Limit = None,
    scale: Scale = None,
    format: Annotated[Shape, typer.Option("--format", "-f", help="How to print them.")] = "table",
    fields: Annotated[
        str | None, typer.Option(metavar="A,B,…", help="Which columns of csv, tsv, md or jsonl, in this order.")
    ] = None,
    sort: Annotated[
        str | None, typer.Option(metavar="FIELD", help="Order by a column, least first; -FIELD: greatest first.")
    ] = None,
    bom: Annotated[bool, typer.Option("--bom", help="Mark csv and tsv as UTF-8, for Excel.")] = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """List the claims of the store, newest first.

    As a table to read, as whole records (json), or as flat rows: csv, tsv, md and jsonl have a column for all that is
    known of a claim, its source and its document, and what people decided on it.
    """
    from claimtrack.store import Query

    format = "json" if as_json else format
    _check_columns(format, fields, sort)
    check_one_of("--kind", kind, "ClaimKind")
    check_one_of("--stance", stance, "Stance")
    check_date("--since", since)
    check_date("--until", until)
    with open_store(ctx, db) as store:
        query = Query(
            topic=topic, source=sought(store, topic, source), kind=kind, stance=stance, since=since, until=until,
            min_confidence=min_confidence, max_confidence=max_confidence, search=search,
            limit=limit_of(limit, LISTED, format not in {"table", "md"}),
        )  # fmt: skip
        if format in FLAT:
            from claimtrack.exports import flat_table

            rows = _rows(store, query, sort)
            columns = fields.split(",") if fields else flat_table.FIELDS
            write(flat_table.written((row for _, row in rows), format, columns, bom=bom))
            return
        if format == "json" and sort is None:
            from claimtrack.exports.json_lists import envelope

            write(envelope(claims=store.claim_records(query)))
            return
        claims = [claim for claim, _ in _rows(store, query, sort)] if sort else list(store.claims(query))
        if format == "json":
            write_lists(claims=claims)
            return
        if claims:
            from claimtrack.screens.claim_tables import claim_table

            put(claim_table(claims, view_of(store, scale)), "")
        put(shown_of(len(claims), store.count_claims(query), "claims", "claim"))


def _check_columns(format: Shape, fields: str | None, sort: str | None) -> None:
    """Raise UsageError where a column is not known, or columns are asked of a format without them."""
    from claimtrack.exports.flat_table import FIELDS

    if fields is not None and format not in FLAT:
        raise UsageError(f"--fields goes with --format {', '.join(FLAT)}, not with {format}.")
    for name in [*(fields or "").split(","), (sort or "").removeprefix("-")]:
        if name and name not in FIELDS:
            raise UsageError(f"There is no column {name!r}. Choose from: {', '.join(FIELDS)}.")


def _rows(store: Store, query: Query, sort: str | None) -> list[tuple[Claim, Row]]:
    """The claims of a query with their flat rows; sorted, those without a value last, before a limit cuts the end."""
    from claimtrack.exports.flat_table import row

    view = view_of(store)
    everything = replace(query, limit=None) if sort else query
    rows = [(c, row(c, view.library(c.document), view.reviews(c.id))) for c in store.claims(everything)]
    if sort:
        name = sort.removeprefix("-")
        valued = [each for each in rows if each[1][name] is not None]
        valued.sort(key=lambda each: each[1][name], reverse=sort.startswith("-"))  # type: ignore[arg-type,return-value]  # one column holds numbers or words
        rows = valued + [each for each in rows if each[1][name] is None]
    return rows[: query.limit]


@app.command(epilog=examples("show clm_3f62", "show doc_080be54c --json"))
def show(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="Id of any record or proposition, or how it begins.")],
    scale: Scale = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Show all of one record or proposition."""
    from claimtrack.screens.claim_display import claim_block, document_block
    from claimtrack.screens.contradiction_display import pair_block
    from claimtrack.screens.decision_display import decision_table
    from claimtrack.screens.proposition_display import proposition_block
    from claimtrack.tracking.pairing import proposition

    with open_store(ctx, db) as store:
        if id.startswith("prp"):
            pair_up(store)  # which also tells what claims say the same
        record_id = whole_id(store, id)
        view = view_of(store, scale)
        if claim := store.claim(record_id) or store.set_aside(record_id):
            shown: RenderableType = claim_block(claim, view, list(store.contradictions_of(record_id)))
            record = claim.model_dump_json()
        elif document := store.document(record_id):
            shown, record = document_block(document, _claims_of(store, record_id), view), document.model_dump_json()
        elif pair := store.contradiction(record_id):
            shown, record = pair_block(pair, view), pair.model_dump_json()
        elif contrast := proposition(store, record_id):
            shown, record = proposition_block(contrast, view), contrast.model_dump_json()
        elif decision := next((d for d in store.decisions() if d.id == record_id), None):
            shown, record = decision_table([decision], in_force(store)), decision.model_dump_json()
        else:
            raise StoreError(f"The record {record_id!r} went while it was looked up. Try again.")
        if as_json:
            print_records([record])
        else:
            put(shown)


def _claims_of(store: Store, document_id: str) -> list[Claim]:
    from claimtrack.schema import Claim

    return [Claim.model_validate_json(record) for record in store.claims_of(document_id)]
