"""The commands that read the store: list, show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

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
from claimtrack.commands.output import LISTED, limit_of, print_records, put, shown_of, write
from claimtrack.commands.stores import open_store, pair_up, view_of, whole_id
from claimtrack.errors import StoreError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from claimtrack.schema import Claim
    from claimtrack.store import Store

app = typer.Typer()


@app.command("list", epilog=examples("list --topic zangezur", "list --kind prediction --since 2021-10"))
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
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """List the claims of the store, newest first."""
    from claimtrack.store import Query

    check_one_of("--kind", kind, "ClaimKind")
    check_one_of("--stance", stance, "Stance")
    check_date("--since", since)
    check_date("--until", until)
    with open_store(ctx, db) as store:
        query = Query(
            topic=topic, source=sought(store, topic, source), kind=kind, stance=stance, since=since, until=until,
            min_confidence=min_confidence, max_confidence=max_confidence, search=search,
            limit=limit_of(limit, LISTED, as_json),
        )  # fmt: skip
        if as_json:
            from claimtrack.exports.json_lists import envelope

            write(envelope(claims=store.claim_records(query)))
            return
        claims = list(store.claims(query))
        if claims:
            from claimtrack.screens.claim_tables import claim_table

            put(claim_table(claims, view_of(store, scale)), "")
        put(shown_of(len(claims), store.count_claims(query), "claims", "claim"))


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
