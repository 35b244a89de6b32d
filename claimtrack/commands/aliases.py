"""The commands on the user's own names for things: alias add, alias list, alias remove."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.commands.options import AsJson, Db, Limit, examples
from claimtrack.commands.output import say
from claimtrack.commands.stores import open_store
from claimtrack.commands.tables import Bom, Fields, Format, Sort, layout, put_list
from claimtrack.errors import StoreError

app = typer.Typer()
alias_app = typer.Typer(
    help="Names of your own for things the articles speak of.",
    epilog=examples("alias add 'Syunik Province' Zangezur", "alias list"),
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(alias_app, name="alias")


@alias_app.command("add", epilog=examples("alias add 'Syunik Province' Zangezur", "alias add Oz Australia"))
def alias_add(
    ctx: typer.Context,
    alias: Annotated[str, typer.Argument(metavar="ALIAS", help="The other name.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name it is read as.")],
    db: Db = None,
) -> None:
    """Read one name as another: at once in queries, in links of what is extracted from now on."""
    with open_store(ctx, db, create=True) as store:
        store.add_alias(alias, name)
    say(f"{alias!r} is read as {name!r}. For documents already stored: claimtrack extract --force.")


@alias_app.command("list", epilog=examples("alias list", "alias list --json"))
def alias_list(
    ctx: typer.Context,
    limit: Limit = None,
    format: Format = "table",
    fields: Fields = None,
    sort: Sort = None,
    bom: Bom = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """List your aliases."""
    from claimtrack.exports.flat_columns import ALIASES, Known
    from claimtrack.screens.decision_display import alias_table

    how = layout(format, fields, sort, bom, limit or 0, as_json)
    with open_store(ctx, db) as store:
        nouns = "aliases", "alias"
        put_list(how, ALIASES, store.aliases, Known(), lambda shown: (alias_table(shown), ""), nouns)


@alias_app.command("remove", epilog=examples("alias remove 'Syunik Province'", "alias remove Oz"))
def alias_remove(
    ctx: typer.Context,
    alias: Annotated[str, typer.Argument(metavar="ALIAS", help="The name to forget.")],
    db: Db = None,
) -> None:
    """Forget an alias."""
    with open_store(ctx, db) as store:
        if not store.remove_alias(alias):
            raise StoreError(f"There is no alias {alias!r}. `claimtrack alias list` shows them.")
