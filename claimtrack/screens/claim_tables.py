"""Claims and documents to rows of tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.table import Table

from claimtrack.schema import Claim, Document
from claimtrack.screens.terminal import ID_WIDTH, line, plain_table, stacked
from claimtrack.screens.view import View
from claimtrack.screens.wording import certainty, doing

__all__ = ["claim_table", "document_table"]

Notes = Mapping[str, Sequence[str]]
NO_NOTES: Notes = {}


def claim_table(claims: Iterable[Claim], view: View, notes: Notes = NO_NOTES) -> Table:
    """A table of claims: id, date and our confidence; who says it and where; what is said and how sure they are.

    Below that, what is noted of a claim, by its id.
    """
    table = plain_table("Claim", "Source", "What is claimed")
    table.columns[0].no_wrap, table.columns[0].min_width = True, ID_WIDTH
    table.columns[1].min_width, table.columns[1].max_width = 14, 22
    table.columns[2].ratio = 1
    for claim in claims:
        table.add_row(
            stacked(
                claim.id,
                claim.published or "no date",
                f"confidence {claim.confidence:.2f}",
                line(view.reviews(claim.id)),
            ),
            stacked(line(claim.source.name), claim.source.kind, view.outlet(claim), dim_from=1),
            stacked(line(claim.proposition), _qualities(claim, view), *notes.get(claim.id, ()), dim_from=1),
        )
    return table


def _qualities(claim: Claim, view: View) -> str:
    parts = [doing(claim), certainty(claim, view.scale)]
    if condition := view.words(claim, claim.condition):
        parts.append(f"condition: “{condition}”")
    if claim.time.text:
        parts.append(f"when: {line(claim.time.text)}")
    return " · ".join(parts)


def document_table(rows: Iterable[tuple[Document, int, int]]) -> Table:
    """A table of documents, each with how many claims by how many sources it gave."""
    table = plain_table("Document", "Published", "Claims", "Sources")
    table.columns[1].no_wrap = True
    table.columns[1].min_width = 10
    for document, claims, sources in rows:
        name = stacked(line(document.title or document.path), document.id, dim_from=1)
        table.add_row(name, document.published or "no date", f"{claims:,}", f"{sources:,}")
    return table
