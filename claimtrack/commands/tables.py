"""How every list is printed: as a table to read, as records (json), or as flat rows; in which order, how many."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import typer

from claimtrack.commands.output import LISTED, limit_of, put, shown_of, write
from claimtrack.errors import UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from claimtrack.exports.flat_columns import Known, Table
    from claimtrack.exports.flat_table import Row
    from claimtrack.screens.view import View

T = TypeVar("T")
Shape = Literal["table", "json", "jsonl", "csv", "tsv", "md"]
FLAT = ("csv", "tsv", "md", "jsonl")

Format = Annotated[
    Shape, typer.Option("--format", "-f", help="A table to read, json records, or flat rows: jsonl, csv, tsv, md.")
]
Fields = Annotated[str | None, typer.Option(metavar="A,B,…", help="Which columns of flat rows, in this order.")]
Sort = Annotated[
    str | None, typer.Option(metavar="FIELD", help="Order by a column, least first; -FIELD: greatest first.")
]
Bom = Annotated[bool, typer.Option("--bom", help="Mark csv and tsv as UTF-8, for Excel.")]


@dataclass(frozen=True)
class Layout:
    """How a list is to be printed, and how many of it: None for all."""

    shape: Shape
    fields: str | None = None
    sort: str | None = None
    bom: bool = False
    limit: int | None = None

    @property
    def is_flat(self) -> bool:
        """Whether rows are asked for."""
        return self.shape in FLAT

    @property
    def reads(self) -> int | None:
        """How many records have to be read: all of them where an order decides which come first."""
        return None if self.sort else self.limit


def layout(
    format: Shape, fields: str | None, sort: str | None, bom: bool, limit: int | None, as_json: bool,
    shown: int = LISTED,
) -> Layout:  # fmt: skip
    """How a list is to be printed by its options; what is for programs is whole unless a limit is given."""
    shape: Shape = "json" if as_json else format
    if fields is not None and shape not in FLAT:
        raise UsageError(f"--fields goes with --format {', '.join(FLAT)}, not with {shape}.")
    return Layout(shape, fields, sort, bom, limit_of(limit, shown, shape not in {"table", "md"}))


def check_columns(how: Layout, table: Table[Any]) -> None:
    """Raise UsageError where a column is asked for that a list does not have."""
    for name in [*(how.fields or "").split(","), (how.sort or "").removeprefix("-")]:
        if name and name not in table.fields:
            raise UsageError(f"There is no column {name!r}. Choose from: {', '.join(table.fields)}.")


def known_to(view: View) -> Known:
    """What a view knows beside a record."""
    from claimtrack.exports.flat_columns import Known

    return Known(view.library, view.reviews)


def arranged(how: Layout, table: Table[T], records: Iterable[T], known: Known) -> list[T]:
    """The records in the order asked for, those without a value last; cut to the limit."""
    if how.sort is None:
        return list(records)[: how.limit]
    check_columns(replace(how, fields=None), table)
    name = how.sort.removeprefix("-")
    valued = [(table.row(record, known)[name], record) for record in records]
    some = [pair for pair in valued if pair[0] is not None]
    some.sort(key=lambda pair: pair[0], reverse=how.sort.startswith("-"))  # type: ignore[arg-type,return-value]  # one column holds numbers or words
    return [record for _, record in (*some, *(pair for pair in valued if pair[0] is None))][: how.limit]


def write_rows(how: Layout, table: Table[T], records: Iterable[T], known: Known) -> None:
    """Print records as flat rows."""
    from claimtrack.exports.flat_table import written

    check_columns(how, table)
    rows: Iterable[Row] = (table.row(record, known) for record in records)
    columns = how.fields.split(",") if how.fields else table.fields
    write(written(rows, how.shape, columns, bom=how.bom))


def put_list(
    how: Layout,
    table: Table[T],
    records: Sequence[T],
    known: Known,
    screen: Callable[[Sequence[T]], Iterable[RenderableType | str]],
    nouns: tuple[str, str],
    total: int | None = None,
    more: Mapping[str, Iterable[Any]] | None = None,
) -> None:
    """Print a list as it is asked for.

    Args:
        how: the layout.
        table: its columns.
        records: what is listed.
        known: what the columns need beside the records.
        screen: what is printed to read, of the records shown; not asked where there are none.
        nouns: what the records are called, many and one: the line below says how many there are.
        total: how many there are, where `records` are not all of them.
        more: other lists that JSON has beside it.
    """
    check_columns(how, table)
    shown = arranged(how, table, records, known)
    if how.shape == "json":
        write_json(**{table.name: shown}, **(more or {}))
    elif how.is_flat:
        write_rows(how, table, shown, known)
    else:
        put(*(screen(shown) if shown else ()))
        put(shown_of(len(shown), len(records) if total is None else total, *nouns))


def write_json(**lists: Iterable[Any]) -> None:
    """Write lists of records by their names as one JSON document."""
    from claimtrack.exports.json_lists import envelope

    write(envelope(**{name: map(_json, records) for name, records in lists.items()}))


def _json(record: Any) -> str:  # noqa: ANN401  # a row, a record of the schema, or a dataclass of the store
    if isinstance(record, dict):
        return json.dumps(record, ensure_ascii=False)
    if is_dataclass(record) and not isinstance(record, type):
        return json.dumps(asdict(record), ensure_ascii=False)
    return str(record.model_dump_json())
