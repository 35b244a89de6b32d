"""Reading: from the bytes of any common format to a `Document` with its sections, their voices, and its imprint.

In come files, folders, records or standard input; out go `Document`s, and a `Failure` for each input that cannot be
read. The modules in the order in which a document walks them:

    ingest             read the inputs, and put together what the others find
    folders            the files of an input, how many documents they hold, and those that come to a folder
    sniffing           what a file is, by its bytes; what is not read is refused by its name
    addresses          pages of the web, fetched once and kept
    registry           the readers by their extensions, what they give, and how large it may be
    decoding           bytes to characters
    formats            plain text; names the modules with the readers of all other formats:
      web_pages          articles of web pages; page_dates, when they were published; page_people, who wrote them and
                         their comments; live_pages, entries with times
      pdf, office        print and office documents
      mail               mails and web archives; quoted_lines, whose the replies in them are
      feeds, subtitles   entries of feeds, what is spoken in films
      archives           zip, gzip, web archives and books: several documents a file
      records            JSON lines
      front_matter       what stands before a text about it; tables, what a table beside the documents says
      markup             pieces of HTML to plain words
    paragraphs         the text to paragraphs, whatever its line breaks mean
    section_cues       the set phrases of pages
    kinds              what each paragraph is: heading, caption, byline, prose
    voices             who speaks in it: a reposter, a commenter
    reporting_clauses  who is handed the floor, before any parse
    turns              who speaks in the turns of a transcript
    quote_blocks       paragraphs that are quotations without marks
    sections           all of that, as the sections of a document
    imprint            author, outlet, date, as the page itself says
    legible            the text as a reader sees it, for the parser, and the way back to the text as stored
    capitals           text in capitals alone as it is usually written
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
