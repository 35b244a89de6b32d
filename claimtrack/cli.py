"""The command line: parse the arguments, call one function, show the result.

Everything heavy is imported inside the command that needs it: `--help`, completion and `list` start without spaCy.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.commands import deciding, exporting, forecasts, propositions, report, stance, tracking
from claimtrack.commands.shared import (
    LISTED,
    AsJson,
    AttributionMode,
    Db,
    Limit,
    Model,
    Scale,
    Source,
    Topic,
    check_date,
    check_one_of,
    complete_literal,
    examples,
    limit_of,
    list_counts,
    open_store,
    pair_up,
    print_records,
    progress,
    put,
    rows,
    say,
    shown_of,
    store_path,
    view_of,
    whole_id,
    write,
)
from claimtrack.errors import ClaimtrackError, StoreError, UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType
    from spacy.language import Language

    from claimtrack.contradiction.nli import PairModel
    from claimtrack.reading.ingest import Failure, Unchanged
    from claimtrack.schema import Claim, Decision, Document
    from claimtrack.store import Store
    from claimtrack.workers import Extracted, Recipe

__all__ = ["app", "main"]

DOCUMENTS_SHOWN = 20
INTERRUPTED = 130

app = typer.Typer(
    help="Who claims what, how sure they are, and who contradicts whom.",
    epilog="\b\nExamples:\n  claimtrack extract articles/\n  claimtrack contradict --topic zangezur",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
alias_app = typer.Typer(
    help="Names of your own for things the articles speak of.",
    epilog="\b\nExamples:\n  claimtrack alias add 'Syunik corridor' 'Zangezur corridor'\n  claimtrack alias list",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(propositions.app)
app.add_typer(alias_app, name="alias")
app.add_typer(deciding.app)
app.add_typer(exporting.app)
app.add_typer(forecasts.app)
app.add_typer(report.app)
app.add_typer(stance.app)
app.add_typer(tracking.app)


# ----------------------------------------------------------------------------------------------------------- extract


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

    def decisions(self, store: Store) -> list[Decision]:
        """The decisions in force, read once."""
        if self.log is None:
            from claimtrack.tracking import reviews

            self.log = reviews.active(store.decisions())
        return self.log

    def count(self, document: Document, claims: Sequence[Claim]) -> None:
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


@app.command(epilog=examples("extract articles/ report.pdf", "extract --no-store --jsonl - < article.txt"))
def extract(
    ctx: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders, or - for standard input.")],
    no_store: Annotated[bool, typer.Option("--no-store", help="Do not keep anything.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Print each document, then its claims, a line each.")] = False,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, metavar="N", help="How many processes.")] = 1,
    force: Annotated[bool, typer.Option("--force", help="Read unchanged documents again, too.")] = False,
    title: Annotated[str | None, typer.Option(help="The title, where the text does not tell.")] = None,
    author: Annotated[list[str] | None, typer.Option(help="The author; may be given several times.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    date: Annotated[str | None, typer.Option(help="When it was published: 2021, 2021-10 or 2021-10-06.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it was published.")] = None,
    model: Model = None,
    attribution: Annotated[AttributionMode, typer.Option(help="Trained tagger and rules, or rules alone.")] = "model",
    db: Db = None,
) -> None:
    """Read documents and keep their claims.

    Text, Markdown, HTML, PDF, folders of these, and JSON Lines with "text" and any of title, author, date, url and
    publisher. Documents that are stored unchanged are skipped; one that changed replaces its former self.
    """
    from claimtrack.reading.ingest import Metadata, read_all

    check_date("--date", date)
    metadata = Metadata(title=title, byline=tuple(author or ()), publisher=publisher, published=date, url=url)
    tally = _Tally()
    with ExitStack() as stack:
        store = None if no_store else stack.enter_context(open_store(ctx, db, create=True))
        known: Container[str] = () if store is None or force else store
        with progress("reading") as advance:
            documents = _readable(read_all(paths, metadata, known), tally, store, jsonl)
            for done in _extract(documents, lambda: _recipe(model, attribution, store), jobs):
                _keep(done, store, tally, jsonl, force)
                advance(tally.documents + tally.failed, None, "documents")
        if store is not None:
            _follow(store)
            pair_up(store)
        _summarize(tally, store, jsonl)
    raise typer.Exit(tally.exit_code())


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


def _recipe(model: str | None, attribution: AttributionMode, store: Store | None) -> Recipe:
    from claimtrack.reference.linking import Alias
    from claimtrack.workers import Recipe

    aliases = tuple(Alias(alias=line.alias, name=line.name) for line in (store.aliases if store is not None else ()))
    return Recipe(model, attribution, aliases)


def _keep(done: Extracted | Failure, store: Store | None, tally: _Tally, jsonl: bool, force: bool) -> None:
    from claimtrack.reading.ingest import Failure

    if isinstance(done, Failure):
        tally.fail(done)
        return
    if store is not None:
        from claimtrack.tracking import reviews

        found = reviews.fold(done.document, done.claims, reviews.concerning(done.document, tally.decisions(store)))
        store.add(done.document, found.claims, machine=found.machine, force=force)
    tally.count(done.document, done.claims)
    if jsonl:
        print_records([done.document.model_dump_json(), *(claim.model_dump_json() for claim in done.claims)])


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
    from claimtrack.screens.claim_display import document_table
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
        put("Next: claimtrack contradict, claimtrack list, claimtrack topics.")


# -------------------------------------------------------------------------------------------------------------- read


@app.command("list", epilog=examples("list --topic zangezur", "list --kind prediction --since 2021-10"))
def list_claims(
    ctx: typer.Context,
    topic: Topic = None,
    source: Source = None,
    kind: Annotated[
        str | None, typer.Option(help="fact, prediction, opinion, …", autocompletion=complete_literal("ClaimKind"))
    ] = None,
    stance: Annotated[
        str | None, typer.Option(help="affirm, deny, doubt, …", autocompletion=complete_literal("Stance"))
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Published on or after: 2021, 2021-10 …")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Published on or before.")] = None,
    min_confidence: Annotated[float | None, typer.Option(min=0, max=1, help="Only claims read as surely.")] = None,
    search: Annotated[str | None, typer.Option(metavar="WORDS", help='Words, "phrases" and prefix* to find.')] = None,
    limit: Limit = None,
    scale: Scale = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """List the claims of the store, newest first."""
    from claimtrack.store import Query

    check_one_of("--kind", kind, "ClaimKind")
    check_one_of("--stance", stance, "Stance")
    check_date("--since", since)
    check_date("--until", until)
    query = Query(
        topic=topic, source=source, kind=kind, stance=stance, since=since, until=until,
        min_confidence=min_confidence, search=search, limit=limit_of(limit, LISTED, as_json),
    )  # fmt: skip
    with open_store(ctx, db) as store:
        if as_json:
            from claimtrack.exports.json_lists import envelope

            write(envelope(claims=store.claim_records(query)))
            return
        claims = list(store.claims(query))
        if claims:
            from claimtrack.screens.claim_display import claim_table

            put(claim_table(claims, view_of(store, scale)), "")
        put(shown_of(len(claims), store.count_claims(query), "claims", "claim"))


@app.command(epilog=examples("show clm_3f62", "show doc_080be54c --json"))
def show(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="Id of any record or proposition, or how it begins.")],
    scale: Scale = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Show all of one record or proposition."""
    from claimtrack.screens.claim_display import claim_block, document_block
    from claimtrack.screens.contradiction_display import pair_block
    from claimtrack.screens.decision_display import decision_table
    from claimtrack.screens.proposition_display import proposition_block
    from claimtrack.tracking.pairing import proposition

    with open_store(ctx, db) as store:
        if id.startswith("prp"):
            pair_up(store)  # which also tells what claims say the same
        record_id = whole_id(store, id)
        view = view_of(store, scale)
        if claim := store.claim(record_id) or store.set_aside(record_id):
            shown: RenderableType = claim_block(claim, view, list(store.contradictions_of(record_id)))
            record = claim.model_dump_json()
        elif document := store.document(record_id):
            shown, record = document_block(document, _claims_of(store, record_id), view), document.model_dump_json()
        elif pair := store.contradiction(record_id):
            shown, record = pair_block(pair, view), pair.model_dump_json()
        elif contrast := proposition(store, record_id):
            shown, record = proposition_block(contrast, view), contrast.model_dump_json()
        elif decision := next((d for d in store.decisions() if d.id == record_id), None):
            shown, record = decision_table([decision], _in_force(store)), decision.model_dump_json()
        else:
            raise StoreError(f"The record {record_id!r} went while it was looked up. Try again.")
        if as_json:
            print_records([record])
        else:
            put(shown)


def _in_force(store: Store) -> set[str]:
    from claimtrack.tracking import reviews

    return {decision.id for decision in reviews.active(store.decisions())}


def _claims_of(store: Store, document_id: str) -> list[Claim]:
    from claimtrack.schema import Claim

    return [Claim.model_validate_json(record) for record in store.claims_of(document_id)]


# -------------------------------------------------------------------------------------------------------- statements


@app.command(
    epilog=examples('compare "Iran opposes the corridor." "Iran backs the corridor."', "compare --jsonl < pairs.jsonl")
)
def compare(
    premise: Annotated[str | None, typer.Argument(metavar="[A]", help="A statement.")] = None,
    hypothesis: Annotated[str | None, typer.Argument(metavar="[B]", help="Another one.")] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read {"premise", "hypothesis"} a line, print probabilities a line.')
    ] = False,
    as_json: AsJson = False,
    model: Model = None,
) -> None:
    """Judge whether two statements clash.

    Two statements are judged by the rules, with the reason, and the trained model; pairs a line by the model alone.
    """
    if jsonl:
        _compare_lines()
        return
    if not (premise and hypothesis and premise.strip() and hypothesis.strip()):
        raise UsageError("compare needs two statements, or --jsonl and pairs on standard input.")
    from claimtrack.claims import comparison
    from claimtrack.screens.contradiction_display import verdict

    found = comparison.compare(premise, hypothesis, _rules(model), _pair_model())
    if as_json:
        print_records([found.model_dump_json()])
    else:
        put(verdict(found))


def _rules(model: str | None) -> Language:
    """The pipeline without the trained tagger: for single statements, which nobody reports."""
    from claimtrack import pipeline

    return pipeline.load(model or pipeline.DEFAULT_MODEL, attribution="rules")


def _pair_model() -> PairModel:
    from claimtrack.contradiction.nli import PairModel
    from claimtrack.onnx_session import models_folder

    return PairModel.load(models_folder() / "nli")


def _compare_lines() -> None:
    from dataclasses import asdict

    model = _pair_model()
    for premise, hypothesis in rows({"premise": str, "hypothesis": str}):
        write([json.dumps(asdict(model.judge([(premise, hypothesis)])[0])) + "\n"])


@app.command(epilog=examples("qualify --jsonl < rows.jsonl", "qualify --jsonl --model en_core_web_md < rows.jsonl"))
def qualify(
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read {"text", "start", "end"} a line, print a qualification a line.')
    ] = False,
    model: Model = None,
) -> None:
    """Say how sure a text is of an event in it.

    Reads the span of an event word or clause; prints factuality, commitment, polarity, likelihood and time,
    according to the author of the text.
    """
    if not jsonl:
        raise UsageError("qualify reads rows from standard input: add --jsonl.")
    from claimtrack.meaning import factuality

    parsed = lru_cache(8)(_rules(model))
    opinion = _commitment_model()
    for text, start, end in rows({"text": str, "start": int, "end": int}):
        found = factuality.qualify_span(parsed(text), start, end, opinion)
        wanted = {"factuality", "commitment", "polarity", "likelihood", "time", "kind", "stance"}
        print_records([found.model_dump_json(include=wanted)])


def _commitment_model() -> Callable[[str, int, int], float] | None:
    """The trained second opinion on commitment, where its weights are there."""
    from claimtrack.contradiction.nli import CommitmentModel
    from claimtrack.onnx_session import models_folder

    folder = models_folder() / "commitment"
    if not folder.is_dir():
        return None
    model = CommitmentModel.load(folder)
    return lambda text, start, end: model.commitment([(text, start, end)])[0]


# ------------------------------------------------------------------------------------------------------------ schema


@app.command(epilog=examples("schema", "schema > claimtrack.schema.json"))
def schema() -> None:
    """Print the JSON Schema of the records."""
    from claimtrack.exports.json_lists import json_schema

    write([json_schema() + "\n"])


# ------------------------------------------------------------------------------------------------------------- alias


@alias_app.command("add", epilog=examples("alias add 'Syunik corridor' 'Zangezur corridor'", "alias add Oz Australia"))
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
def alias_list(ctx: typer.Context, as_json: AsJson = False, db: Db = None) -> None:
    """List your aliases."""
    from claimtrack.screens.decision_display import alias_table

    with open_store(ctx, db) as store:
        list_counts("aliases", "alias", store.aliases, alias_table, 0, as_json)


@alias_app.command("remove", epilog=examples("alias remove 'Syunik corridor'", "alias remove Oz"))
def alias_remove(
    ctx: typer.Context,
    alias: Annotated[str, typer.Argument(metavar="ALIAS", help="The name to forget.")],
    db: Db = None,
) -> None:
    """Forget an alias."""
    with open_store(ctx, db) as store:
        if not store.remove_alias(alias):
            raise StoreError(f"There is no alias {alias!r}. `claimtrack alias list` shows them.")


# ------------------------------------------------------------------------------------------------------------ doctor


@app.command(epilog=examples("doctor", "doctor --db other.db"))
def doctor(ctx: typer.Context, model: Model = None, db: Db = None) -> None:
    """Check that all that claimtrack needs is there.

    Ends with 1 if something is not.
    """
    from claimtrack.screens.terminal import details

    checks: dict[str, Callable[[], str]] = {
        "claimtrack": _version,
        "python": lambda: sys.version.split()[0],
        "libraries": _libraries,
        "pipeline": lambda: _pipeline(model),
        "weights": _weights,
        "store": lambda: _stored(store_path(ctx, db)),
    }
    found = {name: _checked(check) for name, check in checks.items()}
    put(details((name, f"{'ok' if ok else 'FAULT'}  {words}") for name, (ok, words) in found.items()))
    if not all(ok for ok, _ in found.values()):
        raise typer.Exit(1)


def _checked(check: Callable[[], str]) -> tuple[bool, str]:
    try:
        return True, check()
    except (ClaimtrackError, ImportError) as error:
        return False, str(error)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("claimtrack")
    except PackageNotFoundError:
        return "not installed, run from its folder"


def _libraries() -> str:
    from importlib import import_module
    from importlib.metadata import version

    names = ("spacy", "pydantic", "typer", "rich", "onnxruntime", "tokenizers", "trafilatura", "pypdf")
    for name in names:
        import_module(name)  # a library that is there may still miss one of its own
    return ", ".join(f"{name} {version(name)}" for name in names)


def _pipeline(model: str | None) -> str:
    nlp = _rules(model)
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}: {', '.join(nlp.pipe_names)}"


def _weights() -> str:
    from claimtrack.onnx_session import models_folder, open_session

    folder = models_folder()
    for name in ("attribution", "nli", "commitment"):
        open_session(folder / name / "model.onnx")
    return f"attribution, nli, commitment in {str(folder)!r}"


def _stored(path: Path) -> str:
    from claimtrack.store import Store

    if not path.exists():
        return f"no store yet at {str(path)!r}"
    with Store(path) as store:
        return f"{str(path)!r}: {store.count_claims():,} claims"


# -------------------------------------------------------------------------------------------------------------- main


def _print_version(wanted: bool) -> None:
    if wanted:
        write([f"claimtrack {_version()}\n"])
        raise typer.Exit()


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and end.", callback=_print_version, is_eager=True)
    ] = False,
    db: Db = None,
) -> None:
    """Who claims what, how sure they are, and who contradicts whom."""


def main() -> None:
    """Run the command line and end the process: errors become a message on standard error and an exit code."""
    if not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # a TextIOWrapper
    try:
        app(prog_name="claimtrack")
    except ClaimtrackError as error:
        say(f"error: {error}")
        sys.exit(error.exit_code)
    except SystemExit as end:
        if end.code == INTERRUPTED:
            say("interrupted; the store is whole")
        raise
