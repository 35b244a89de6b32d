"""The commands that read the store: list, show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.commands.asking import sought
from claimtrack.commands.completion import complete_ids, complete_literal
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
from claimtrack.commands.output import print_records, put, write
from claimtrack.commands.stores import open_store, pair_up, view_of, whole_id
from claimtrack.commands.tables import (
    Bom,
    Fields,
    Format,
    Layout,
    Sort,
    check_columns,
    known_to,
    layout,
    put_list,
    write_rows,
)
from claimtrack.errors import StoreError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from claimtrack.schema import Claim
    from claimtrack.screens.view import View
    from claimtrack.store import Query, Store

app = typer.Typer()


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
    format: Format = "table",
    fields: Fields = None,
    sort: Sort = None,
    bom: Bom = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """List the claims of the store, newest first.

    As a table to read, as whole records (json), or as flat rows: csv, tsv, md and jsonl have a column for all that is
    known of a claim, its source and its document, and what people decided on it.
    """
    from claimtrack.store import Query

    how = layout(format, fields, sort, bom, limit, as_json)
    check_one_of("--kind", kind, "ClaimKind")
    check_one_of("--stance", stance, "Stance")
    check_date("--since", since)
    check_date("--until", until)
    with open_store(ctx, db) as store:
        query = Query(
            topic=topic, source=sought(store, topic, source), kind=kind, stance=stance, since=since, until=until,
            min_confidence=min_confidence, max_confidence=max_confidence, search=search, limit=how.reads,
        )  # fmt: skip
        _put_claims(store, query, how, view_of(store, scale))


def _put_claims(store: Store, query: Query, how: Layout, view: View) -> None:
    """Print the claims of a query; those that need no order as they are read, so that a million fit into memory."""
    from claimtrack.exports.flat_columns import CLAIMS
    from claimtrack.exports.json_lists import envelope

    check_columns(how, CLAIMS)
    if how.shape == "json" and how.sort is None:
        write(envelope(claims=store.claim_records(query)))
    elif how.is_flat and how.sort is None:
        write_rows(how, CLAIMS, store.claims(query), known_to(view))
    else:
        from claimtrack.screens.claim_tables import claim_table

        put_list(
            how, CLAIMS, list(store.claims(query)), known_to(view), lambda shown: (claim_table(shown, view), ""),
            ("claims", "claim"), store.count_claims(query),
        )  # fmt: skip


@app.command(epilog=examples("show clm_3f62", "show doc_080be54c --json"))
def show(
    ctx: typer.Context,
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="Id of any record or proposition, or how it begins.", autocompletion=complete_ids
        ),
    ],
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
