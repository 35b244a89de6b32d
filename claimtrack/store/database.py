"""An open store file: transactions, and the rows and records that queries give."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from claimtrack.errors import StoreError
from claimtrack.store import file, migrations

if TYPE_CHECKING:
    from claimtrack.schema import Record

SqlValue = str | bytes | float | None
R = TypeVar("R", bound="Record")
T = TypeVar("T")


class Database:
    """An open store file, its tables up to date; also a context manager that closes it.

    Args:
        path: the file; made where it is missing.
        create: False raises where the file is missing instead of making it.
        readonly: the file, which must be there and up to date, can only be read.

    Raises:
        StoreError: the path is a folder, is missing or may not be written, or is no store of claimtrack.
        StoreVersionError: a newer claimtrack wrote it.
    """

    def __init__(self, path: str | Path, *, create: bool = True, readonly: bool = False) -> None:
        self.path = Path(path)
        self._stamp: tuple[int, int] | None = None
        self._remembered: dict[Hashable, Any] = {}
        file.check_place(self.path, create and not readonly)
        with file.explained(self.path):
            self._db = file.connect(self.path, readonly=readonly)
            try:
                migrations.bring_up_to_date(self._db, self.path)
            except BaseException:
                self._db.close()
                raise

    def __enter__(self) -> Self:
        """Give the open store."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Close the file; what was not committed is undone."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the store for writing until the block ends; an exception, or a kill, undoes all of it."""
        with file.explained(self.path), file.transaction(self._db):
            yield

    def run(self, sql: str, values: Sequence[SqlValue] = ()) -> int:
        """Run a statement inside a transaction; gives how many rows it wrote."""
        return self._db.execute(sql, values).rowcount

    def run_many(self, sql: str, rows: Iterable[Sequence[SqlValue]]) -> None:
        """Run a statement inside a transaction, once for each row of values."""
        self._db.executemany(sql, rows)

    def rows(self, sql: str, *values: SqlValue) -> list[tuple[Any, ...]]:
        """All rows that a query gives."""
        with file.explained(self.path):
            return self._db.execute(sql, values).fetchall()

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, asked for once as long as nobody, in this process or another, writes the store."""
        stamp = self._db.total_changes, self.rows("PRAGMA data_version")[0][0]
        if stamp != self._stamp:
            self._stamp, self._remembered = stamp, {}
        if key not in self._remembered:
            self._remembered[key] = make()
        found: T = self._remembered[key]
        return found

    def stream(self, sql: str, *values: SqlValue) -> Iterator[tuple[Any, ...]]:
        """The rows that a query gives, read as they are asked for."""
        with file.explained(self.path):
            for row in self._db.execute(sql, values):  # noqa: UP028  `yield from` would close a cursor of a closed store
                yield row

    def texts(self, sql: str, *values: SqlValue) -> Iterator[str]:
        """The first column of each row, read as it is asked for."""
        for row in self.stream(sql, *values):
            yield row[0]

    def parse(self, kind: type[R], texts: Iterable[str]) -> Iterator[R]:
        """Read records from their JSON texts, as they are asked for.

        Raises:
            StoreError: one is not what this version reads.
        """
        for text in texts:
            try:
                yield kind.model_validate_json(text)
            except ValueError as error:
                words = f"The store {str(self.path)!r} holds a record that this claimtrack cannot read"
                raise StoreError(f"{words}: extract its documents into a new store. ({error})") from error
