"""The command that asks the store in SQL: sql."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.commands.options import AsJson, Db, Limit, examples
from claimtrack.commands.output import put
from claimtrack.commands.stores import open_store, pair_up, store_path
from claimtrack.commands.tables import Bom, Fields, Format, Sort, layout, put_list

app = typer.Typer()

@app.command(
    epilog=examples(
        'sql "select source, count(*) n from flat_claims group by 1 order by n desc"',
        'sql "select * from flat_contradictions where score > 0.8" --format csv > clashes.csv',
        "sql",
    )
)
def sql(
    ctx: typer.Context,
    question: Annotated[str | None, typer.Argument(metavar="[SELECT]", help="A question in SQL.")] = None,
    limit: Limit = None,
    format: Format = "table",
    fields: Fields = None,
    sort: Sort = None,
    bom: Bom = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Ask the store in SQL; it can only be read.

    The views named flat_… have one value a cell; without a question, they are listed with their columns. Other programs
    read them from the store's file as well: datasette, DuckDB, pandas.read_sql.
    """
    from claimtrack.exports.flat_columns import Known, Table
    from claimtrack.screens.terminal import row_table
    from claimtrack.store import select, views

    how = layout(format, fields, sort, bom, limit, as_json)
    with open_store(ctx, db) as store:  # which brings an older file up to date
        pair_up(store)
    path = store_path(ctx, db)
    answer = select(path, question, how.reads) if question else views(path)
    table: Table[dict[str, object]] = Table("rows", answer.columns, lambda row, _: row)
    put_list(how, table, answer.rows, Known(), lambda rows: (row_table(answer.columns, rows), ""), ("rows", "row"))
    if answer.is_cut and how.shape == "table":
        put("There are more; --limit 0 for all.")


