"""Read what stands before a text in lines of its own about it: YAML or TOML between lines of dashes or pluses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from claimtrack.reading.imprint import Metadata
from claimtrack.reading.records import metadata_of
from claimtrack.schema import Section

__all__ = ["described", "front_matter"]

_BLOCK = re.compile(r"\A\ufeff?\s{0,20}(---|\+\+\+)[ \t]*\n(.{0,20000}?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_NAMES = {
    "title": ("title", "headline", "name"),
    "author": ("author", "authors", "byline", "creator", "by"),
    "date": ("date", "published", "publication date", "publication_date", "publishdate", "pubdate", "date_published",
             "datepublished", "created", "issued"),
    "publisher": ("publisher", "publication", "publication title", "journal", "site", "website", "outlet", "sitename"),
    "url": ("url", "link", "source", "source_url", "canonical", "canonical_url"),
}


def front_matter(text: str) -> tuple[Metadata, tuple[Section, ...]]:
    """Give what a text's front matter says and where it stands; unknown and nowhere where there is none.

    "---", "title: A quarrel over water", "date: 2021-10-06", "---".
    """
    block = _BLOCK.match(text)
    fields = _fields(block[1], block[2]) if block else None
    if block is None or not fields:
        return Metadata(), ()
    end = len(text[: block.end()].rstrip())
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    return described(fields), (Section(kind="boilerplate", start=start, end=end, voice="publisher"),)


def _fields(fence: str, block: str) -> Mapping[object, object] | None:
    """Give the fields of the block; None when it is none, but text between two rules."""
    import tomllib

    import yaml

    try:
        found: object = yaml.safe_load(block) if fence == "---" else tomllib.loads(block)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def described(fields: Mapping[Any, object]) -> Metadata:
    """Give the metadata of fields by whatever of their usual names: author, authors or creator."""
    known = {str(name).strip().lower().replace("-", "_"): value for name, value in fields.items()}
    known |= {name.replace("_", " "): value for name, value in known.items()}
    record: dict[str, object] = {}
    for field, names in _NAMES.items():
        record[field] = next((_plain(known[name]) for name in names if known.get(name)), None)
    url = record["url"]
    if isinstance(url, str) and not url.startswith("http"):
        record |= {"url": None, "publisher": record["publisher"] or url}
    return metadata_of(record)


def _plain(value: object) -> object:
    """Give a date as text, names as a list of texts, without the brackets of links between notes ("[[Jane Holm]]")."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(one.get("name", "") if isinstance(one, dict) else one) for one in value]
    return re.sub(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]", r"\1", str(value)).strip()
