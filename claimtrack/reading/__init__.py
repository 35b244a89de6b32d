"""Reading: from the bytes of any common format to a `Document` with its sections, their voices, and its imprint.

In come files, folders, records or standard input; out go `Document`s, and a `Failure` for each input that cannot be
read. The modules in the order in which a document walks them:

    ingest             find the inputs, and put together what the others find
    decoding           bytes to characters
    formats            each format to its text: the place for a new reader
    paragraphs         the text to paragraphs, whatever its line breaks mean
    section_cues       the set phrases of pages
    kinds              what each paragraph is: heading, caption, byline, prose
    voices             who speaks in it: a reposter, a commenter
    reporting_clauses  who is handed the floor, before any parse
    quote_blocks       paragraphs that are quotations without marks
    sections           all of that, as the sections of a document
    imprint            author, outlet, date, as the page itself says
    reprints           which documents are one text in several outlets
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimtrack.reading.imprint import Metadata
    from claimtrack.reading.ingest import Failure, Unchanged, from_text, read, read_all
    from claimtrack.reading.reprints import Print, prints
    from claimtrack.reading.sections import sectionize

__all__ = ["Failure", "Metadata", "Print", "Unchanged", "from_text", "prints", "read", "read_all", "sectionize"]

_HOMES = {
    "imprint": ("Metadata",),
    "ingest": ("Failure", "Unchanged", "from_text", "read", "read_all"),
    "reprints": ("Print", "prints"),
    "sections": ("sectionize",),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  public names are of every type
    """Import a public name where it lives, on first use: `list` needs of this wing but a word and starts fast."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"claimtrack.reading.{module}"), name)
    raise AttributeError(f"module 'claimtrack.reading' has no attribute {name!r}")
