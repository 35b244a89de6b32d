"""The command that writes a report."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.commands.asking import check_topic
from claimtrack.commands.options import AsJson, Db, Topic, examples
from claimtrack.commands.output import limit_of, put, write, write_file
from claimtrack.commands.stores import open_store, pair_up
from claimtrack.errors import UsageError

if TYPE_CHECKING:
    from claimtrack.screens.report_parts import Report

app = typer.Typer()


@app.command(epilog=examples("report --topic zangezur -o zangezur.html", "report --topic zangezur -o zangezur.docx"))
def report(
    ctx: typer.Context,
    topic: Topic = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="The file to write; - for standard output.")
    ] = Path("report.html"),
    limit: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="Quote at most so many claims; 0 for all. [default: 1000]")
    ] = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Write a report as one HTML, Markdown or Word file.

    It holds who is for and against, contradictions, timeline, forecasts, sources and quotations.

    The HTML file stands alone: it loads nothing, runs no script, and prints well. With 1,000 claims it has about
    1.5 MB. FILE.md and FILE.docx hold the same as running text with citations. Word needs: pip install
    'claimtrack[report]'
    """
    from claimtrack.screens.report import CLAIMS_SHOWN, gather

    to_output = str(output) == "-"
    if as_json and to_output:
        raise UsageError("--json and -o - both claim standard output. Name a file with -o.")
    write_as = _writer(output)
    with open_store(ctx, db) as store:
        pair_up(store)
        check_topic(store, topic)
        found = gather(store, topic, limit_of(limit, CLAIMS_SHOWN, as_json=False))
    page = write_as(found)
    if to_output:
        write([page.decode("utf8")])
        return
    write_file(output, [page])
    _summarize(found, output, len(page), as_json)


def _writer(output: Path) -> Callable[[Report], bytes]:
    """How a report is written into a file, by its ending."""
    from claimtrack.screens.report_files import docx, markdown
    from claimtrack.screens.report_page import html

    text = {".html": html, ".htm": html, "": html, ".md": markdown}
    ending = output.suffix.lower()
    if ending == ".docx":
        return docx
    if ending not in text:
        words = "a report is HTML, Markdown or Word. Name a file that ends in .html, .md or .docx."
        raise UsageError(f"-o {str(output)!r}: {words}")
    return lambda found: text[ending](found).encode("utf8", "backslashreplace")


def _summarize(found: Report, path: Path, size: int, as_json: bool) -> None:
    from claimtrack.exports.json_lists import envelope
    from claimtrack.screens.terminal import counted

    if as_json:
        counts = {
            "file": str(path), "bytes": size, "topic": found.topic, "claims": found.claims,
            "quoted": found.shown_claims, "sources": found.sources, "documents": found.documents,
            "contradictions": found.contradictions, "tensions": found.tensions, "forecasts": found.forecasts,
        }  # fmt: skip
        write(envelope(reports=[json.dumps(counts, ensure_ascii=False)]))
        return
    claims = f"{counted(found.claims, 'claim')} by {counted(found.sources, 'source')}"
    pairs = f"{counted(found.contradictions, 'contradiction')}, {counted(found.tensions, 'tension')}"
    put(f"{str(path)!r}: {claims} in {counted(found.documents, 'document')}; {pairs}.")
    if found.shown_claims < found.claims:
        put(f"{found.shown_claims:,} claims are quoted; --limit 0 for all.")
