"""The command that reads documents and keeps their claims."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.commands.options import AttributionMode, Db, Model, check_date, examples
from claimtrack.commands.output import print_records, progress, put, say, watched
from claimtrack.commands.stores import called, open_store, pair_up

if TYPE_CHECKING:
    from claimtrack.reading.ingest import Failure, Metadata, MetadataTable, Pages, Unchanged
    from claimtrack.schema import Claim, Decision, Document
    from claimtrack.store import Store
    from claimtrack.workers import Extracted, Recipe

DOCUMENTS_SHOWN = 20
FILES_NAMED = 5  # of those that nobody reads: a web page that was saved may come with hundreds of pictures
app = typer.Typer()


@dataclass
class _Tally:
    """What became of the inputs of one `extract`."""

    documents: int = 0
    claims: int = 0
    unchanged: int = 0
    failed: int = 0
    sources: set[str] = field(default_factory=set)
    rows: list[tuple[Document, int, int]] = field(default_factory=list)
    log: list[Decision] | None = None

    @property
    def done(self) -> int:
        """How many inputs are dealt with."""
        return self.documents + self.unchanged + self.failed

    def decisions(self, store: Store) -> list[Decision]:
        """The decisions in force, read once."""
        if self.log is None:
            from claimtrack.tracking import reviews

            self.log = reviews.active(store.decisions())
        return self.log

    def count(self, document: Document, claims: Sequence[Claim]) -> None:
        from claimtrack.reading.ingest import is_foreign

        if is_foreign(document):
            found = f"the {len(claims):,} found can hardly be right" if claims else "none is found"
            say(f"note: {document.path!r} seems not to be English; only claims in English are read: {found}.")
        sources = {claim.source.id for claim in claims}
        self.documents += 1
        self.claims += len(claims)
        self.sources |= sources
        if len(self.rows) < DOCUMENTS_SHOWN:
            self.rows.append((document.model_copy(update={"text": ""}), len(claims), len(sources)))

    def fail(self, failure: Failure) -> None:
        self.failed += 1
        say(f"failed: {failure.error}")

    def exit_code(self) -> int:
        if not self.failed:
            return 0
        return 3 if self.documents or self.unchanged else 1


@dataclass(frozen=True)
class _Asked:
    """What one call asks for all its inputs."""

    given: Metadata
    table: MetadataTable | None
    pages: Pages
    recipe: Callable[[], Recipe]
    seconds: float
    jobs: int
    jsonl: bool
    force: bool

    @property
    def replaces(self) -> bool:
        """Whether a stored document may come anew though its content did not change."""
        return self.force or self.table is not None or any(value for _, value in self.given)


@app.command(epilog=examples("extract articles/ report.pdf", "extract --no-store --jsonl - < article.txt"))
def extract(
    ctx: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders, web addresses, or -.")],
    no_store: Annotated[bool, typer.Option("--no-store", help="Do not keep anything.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Print each document, then its claims, a line each.")] = False,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, metavar="N", help="How many processes.")] = 1,
    seconds_per_document: Annotated[float, typer.Option(min=1, metavar="SECONDS", help="How long 100,000 characters "
                                                        "of a document may take; a shorter one may, too.")] = 60,
    force: Annotated[bool, typer.Option("--force", help="Read unchanged documents again, too.")] = False,
    title: Annotated[str | None, typer.Option(help="The title, where the text does not tell.")] = None,
    author: Annotated[list[str] | None, typer.Option(help="The author; may be given several times.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    date: Annotated[str | None, typer.Option(help="When it was published: 2021, 2021-10 or 2021-10-06.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it was published.")] = None,
    metadata: Annotated[str | None, typer.Option(metavar="FILE", help="Title, author, publisher, date by path or url: "
                                                 "a CSV or BibTeX file.")] = None,
    offline: Annotated[bool, typer.Option("--offline/--online", help="Fetch nothing, take kept pages alone.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Then read what comes to the folders, until Ctrl-C.")] = False,
    model: Model = None,
    attribution: Annotated[AttributionMode, typer.Option(help="Trained tagger and rules, or rules alone.")] = "model",
    db: Db = None,
) -> None:
    """Read documents and keep their claims.

    Text, Markdown, HTML, PDF, mails, feeds, Word and OpenDocument texts, subtitles, books, zip and gzip files of these,
    folders, and JSON Lines with "text" and any of title, author, date, url and publisher. Documents that are stored
    unchanged are skipped, unless new metadata is given; one that changed replaces its former self. A web address is
    fetched once; its page is kept in the folder STORE.pages, and fetched anew with --force. A document that takes
    longer than --seconds-per-document, or has more than 500,000 characters, is left out and named, and the next one
    is read. Only English is read. With --watch, what comes to the folders or changes there is read, too, until
    Ctrl-C. Needs: pip install 'claimtrack[watch]'
    """
    from claimtrack.reading.ingest import Metadata, MetadataTable, Pages, arrivals

    check_date("--date", date)
    table = MetadataTable.read(metadata) if metadata is not None else None
    given = Metadata(title=title, byline=tuple(author or ()), publisher=publisher, published=date, url=url)
    tally = _Tally()
    with ExitStack() as stack:
        store = None if no_store else stack.enter_context(open_store(ctx, db, create=True))
        kept = None if store is None else store.path.with_name(f"{store.path.name}.pages")
        asked = _Asked(
            given, table, Pages(kept, offline, force), lambda: _recipe(model, attribution, store, seconds_per_document),
            seconds_per_document, jobs, jsonl, force,
        )  # fmt: skip
        for turn, found in enumerate(arrivals(paths) if watch else [paths]):
            tally = _read(found, asked, store, came=turn > 0)
            if turn == 0 or tally.documents:
                _summarize(tally, store, jsonl)
            if turn == 0 and table is not None and table.missed:
                first, number = next(iter(table.missed)), len(table.missed)
                say(f"The table {metadata!r} has no row for {first!r}{f' and {number - 1:,} more' * (number > 1)}.")
            if watch and turn == 0:
                say("Watching for documents that come or change; Ctrl-C ends it.")
    raise typer.Exit(tally.exit_code())


def _read(paths: Sequence[str], asked: _Asked, store: Store | None, *, came: bool) -> _Tally:
    """Read documents, keep or print their claims, and bring the pairs up to date.

    Files that came to a watched folder are read as what is in one: a pipe among them is left out.
    """
    from claimtrack.reading.folders import expected
    from claimtrack.reading.ingest import read_all

    tally = _Tally()
    known: Container[str] = () if store is None or asked.force else store
    with progress("reading") as advance:
        total = expected(paths) if watched() else None
        inputs = read_all(
            paths, asked.given, known, table=asked.table, is_news=lambda *found: _is_news(store, *found),
            pages=asked.pages, seconds=asked.seconds, watched=came,
        )  # fmt: skip
        documents = _readable(inputs, tally, store, asked.jsonl)
        for done in _extract(documents, asked.recipe, asked.jobs):
            _keep(done, store, tally, asked.jsonl, asked.replaces)
            advance(tally.done, total, "documents")
    _name_passed_over(paths)
    if store is not None:
        _follow(store)
        pair_up(store)
    return tally


def _is_news(store: Store | None, document_id: str, given: Metadata) -> bool:
    """Tell whether what is given of a stored document differs from what the store knows of it."""
    document = store.document(document_id) if store is not None else None
    return document is not None and any(value and value != getattr(document, name) for name, value in given)


def _readable(
    inputs: Iterable[Document | Failure | Unchanged], tally: _Tally, store: Store | None, jsonl: bool
) -> Iterator[Document]:
    """The documents to extract; what failed, and what is stored already, is dealt with on the way."""
    from claimtrack.reading.ingest import Failure, Unchanged

    for one in inputs:
        if isinstance(one, Failure):
            tally.fail(one)
        elif isinstance(one, Unchanged):
            tally.unchanged += 1
            if store is not None:
                store.move(one.id, one.path)
                if jsonl:
                    _print_stored(store, one.id)
        else:
            yield one


def _extract(
    documents: Iterator[Document], recipe: Callable[[], Recipe], jobs: int
) -> Iterator[Extracted | Failure]:
    """Extract documents; the pipeline, and spaCy with it, is only imported when there is one."""
    first = next(documents, None)
    if first is None:
        return
    from itertools import chain

    from claimtrack.workers import extract_all

    yield from extract_all(chain([first], documents), recipe(), jobs)


def _recipe(model: str | None, attribution: AttributionMode, store: Store | None, seconds: float) -> Recipe:
    from claimtrack.reference.linking import Alias
    from claimtrack.workers import Recipe

    lines = store.aliases if store is not None else ()
    aliases = tuple(Alias(alias=line.alias, name=_shipped(line.name)) for line in lines)
    return Recipe(model, attribution, aliases, seconds)


def _shipped(name: str) -> str:
    """A name as the lexicons spell it: the Zangezur corridor is the Zangezur Corridor, not another thing."""
    from claimtrack.tracking.suggestions import linked

    found = linked(name)
    return found.name if found else name


def _keep(done: Extracted | Failure, store: Store | None, tally: _Tally, jsonl: bool, force: bool) -> None:
    from claimtrack.reading.ingest import Failure

    if isinstance(done, Failure):
        tally.fail(done)
        return
    if store is not None:
        from claimtrack.tracking import reviews
        from claimtrack.tracking.fold import fold

        found = fold(done.document, done.claims, reviews.concerning(done.document, tally.decisions(store)))
        store.add(done.document, found.claims, machine=found.machine, force=force)
    tally.count(done.document, done.claims)
    if jsonl:
        print_records([done.document.model_dump_json(), *(claim.model_dump_json() for claim in done.claims)])


def _name_passed_over(paths: Sequence[str]) -> None:
    from claimtrack.reading.folders import passed_over
    from claimtrack.screens.terminal import counted

    if left := passed_over(paths):
        named = ", ".join(map(repr, left[:FILES_NAMED])) + (", …" if len(left) > FILES_NAMED else "")
        say(f"note: passed over {counted(len(left), 'file')}, of no format that is read: {named}.")


def _follow(store: Store) -> None:
    """Keep decisions on pairs in force after documents came anew, and name those whose claim is gone."""
    from claimtrack.tracking import reviews

    if decisions := reviews.active(store.decisions()):
        reviews.silence(store, decisions)
    if gone := reviews.lost(store):
        ids = ", ".join(decision.id for decision in gone[:3]) + (", …" if len(gone) > 3 else "")
        say(f"Decisions whose claim is nowhere to be found now: {len(gone)} ({ids}). See claimtrack reviews --lost.")


def _print_stored(store: Store, document_id: str) -> None:
    document = store.document(document_id)
    if document is not None:
        print_records([document.model_dump_json(), *store.claims_of(document_id)])


def _summarize(tally: _Tally, store: Store | None, jsonl: bool) -> None:
    """Say what was read: on standard output, unless records are printed there."""
    from claimtrack.screens.claim_tables import document_table
    from claimtrack.screens.terminal import counted

    parts = [f"{tally.documents:,} read"]
    if tally.documents:
        parts.append(f"{counted(tally.claims, 'claim')} by {counted(len(tally.sources), 'source')}")
    if tally.unchanged:
        parts.append(f"{tally.unchanged:,} unchanged and skipped")
    if tally.failed:
        parts.append(f"{tally.failed:,} failed")
    summary = f"Documents: {', '.join(parts)}."
    if jsonl:
        say(summary)
        return
    if tally.rows:
        put(document_table(tally.rows), "")
    put(summary)
    if tally.documents > len(tally.rows):
        put(f"The first {len(tally.rows)} are shown.")
    if store is not None and (tally.documents or tally.unchanged):
        put(f"The store {str(store.path)!r} holds {counted(store.count_claims(), 'claim')}.")
        call = called(store.path)
        put(f"Next: {call} contradict, {call} list, {call} topics.")
