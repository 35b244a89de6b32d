"""Read what is known of documents from a table beside them: CSV by any usual column names, Zotero's too, or BibTeX."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from claimtrack.errors import UsageError
from claimtrack.reading import imprint
from claimtrack.reading.decoding import decode
from claimtrack.reading.front_matter import described
from claimtrack.reading.imprint import Metadata

__all__ = ["MetadataTable"]

_PATHS = ("path", "file", "filename", "file name", "file attachments")
_BIB_ENTRY = re.compile(
    r"@(?!comment|string|preamble)\w+\s*\{([^,}]*),(.*?)(?=\n\s*@\w+\s*\{|\Z)", re.DOTALL | re.IGNORECASE
)
_BIB_FIELD = re.compile(r"(\w[\w-]*)\s*=\s*(\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|\"[^\"]*\"|\w+)\s*,?")


@dataclass(frozen=True)
class MetadataTable:
    """Metadata by path, by the name of a file, and by address; `missed` are the paths that were asked for in vain."""

    rows: Mapping[str, Metadata]
    missed: dict[str, None] = field(default_factory=dict)

    @classmethod
    def read(cls, path: str) -> MetadataTable:
        """Read a table.

        A row names its document by path (from the table's folder or the current one), by the file's name, or by url.

        Raises:
            UsageError: the table cannot be opened, or has no column that names documents.
        """
        try:
            text = decode(Path(path).read_bytes(), path)
        except OSError as error:
            raise UsageError(f"The table {path!r} cannot be opened ({error.strerror}): check its name.") from error
        found = list(_bibliography(text) if Path(path).suffix.lower() == ".bib" else _rows(text))
        rows: dict[str, Metadata] = {}
        for fields in found:
            metadata = _metadata(fields)
            for key in _keys(fields, metadata, Path(path).parent):
                rows.setdefault(key, metadata)
        if not rows:
            raise UsageError(
                f"The table {path!r} names no document: give it a column \"path\" or \"url\" beside title, author, "
                "publisher and date."
            )
        return cls(rows)

    def of(self, path: str, url: str | None = None) -> Metadata:
        """Give what the table tells of a document; unknown where it has no row for it."""
        keys = (os.path.abspath(path), PurePath(path).name, *((_address(url),) if url else ()))
        found = next((self.rows[key] for key in keys if key in self.rows), None)
        if found is None:
            self.missed[path] = None
        return found or Metadata()


def _rows(text: str) -> Iterator[dict[str, str]]:
    """Give the rows of a table whose first line names the columns, parted by commas, semicolons or tabs."""
    lines = text.splitlines()
    head = lines[0] if lines else ""
    mark = max(",;\t", key=head.count)
    for row in csv.DictReader(lines, delimiter=mark):
        yield {name.strip().lower(): value.strip() for name, value in row.items() if name and isinstance(value, str)}


def _bibliography(text: str) -> Iterator[dict[str, str]]:
    """Give the entries of a BibTeX file."""
    for entry in _BIB_ENTRY.finditer(text):
        fields = {name.lower(): re.sub(r"[{}]", "", value).strip('" ') for name, value in _BIB_FIELD.findall(entry[2])}
        date = fields.get("date") or "-".join(filter(None, (fields.get("year"), _month(fields.get("month", "")))))
        yield fields | {"date": date, "author": re.sub(r"\s+and\s+", "; ", fields.get("author", ""))}


def _month(words: str) -> str:
    """Give the number of a month as BibTeX has it: "oct" or 10."""
    found = imprint.iso_date(f"{words} 2000") if words.isalpha() else None
    return found[5:] if found else words.zfill(2) if words.isdigit() else ""


def _metadata(fields: Mapping[str, str]) -> Metadata:
    """Give the metadata of a row; names in the form "Holm, Jane; Stone, Mark" are turned round."""
    names = re.split(r"\s*;\s*", next((fields[n] for n in ("author", "authors", "byline") if fields.get(n)), ""))
    turned = [" ".join(reversed(re.split(r",\s*", name, maxsplit=1))) for name in names if name]
    others = {name: value for name, value in fields.items() if name not in ("author", "authors", "byline")}
    return described(others | {"author": turned})


def _keys(fields: Mapping[str, str], metadata: Metadata, folder: Path) -> Iterator[str]:
    """Give under which keys a row is found."""
    for name in _PATHS:
        for path in _attached(fields.get(name, "")):
            yield os.path.abspath(folder / path)
            yield os.path.abspath(path)
            yield PurePath(path).name
    if metadata.url:
        yield _address(metadata.url)


def _attached(cell: str) -> Iterable[str]:
    """Give the paths of a cell: one, or Zotero's and BibTeX's lists ("PDF:a/b.pdf:application/pdf; c.html")."""
    for one in re.split(r"\s*;\s*", cell):
        listed = re.fullmatch(r"[^:\\/]*:(.+):[\w.+/-]+", one)
        if path := (listed[1] if listed else one).strip():
            yield path


def _address(url: str) -> str:
    """Give an address without what differs between copies of it."""
    return re.sub(r"^https?://(?:www\.)?|[#?].*$|/$", "", url.strip().lower())
