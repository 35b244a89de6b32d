"""The commands that judge statements without a store: compare, qualify, refer."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.commands.input import rows
from claimtrack.commands.options import AsJson, Model, examples
from claimtrack.commands.output import print_records, put, write
from claimtrack.errors import UsageError

if TYPE_CHECKING:
    from spacy.language import Language

    from claimtrack.claims.comparison import Agreement
    from claimtrack.contradiction.nli import PairModel
    from claimtrack.schema import Verdict

app = typer.Typer()


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
    from claimtrack.screens.contradiction_display import verdict

    found = pair_judge(pair_model(), model)(premise, hypothesis)
    if as_json:
        print_records([found.model_dump_json()])
    else:
        put(verdict(found))


def pair_judge(pairs: PairModel, model: str | None = None) -> Callable[[str, str], Verdict]:
    """The judge of two statements: the rules with the reason, and the trained model."""
    from claimtrack.claims.comparison import compare

    nlp = rules_pipeline(model)
    return lambda premise, hypothesis: compare(premise, hypothesis, nlp, pairs)


def side_judge(model: str | None = None) -> Callable[[str, str], Agreement | None]:
    """The judge of who is on which side in two statements."""
    from claimtrack.claims.comparison import positions

    nlp = rules_pipeline(model)
    return lambda premise, hypothesis: positions(premise, hypothesis, nlp)


def rules_pipeline(model: str | None) -> Language:
    """The pipeline without the trained tagger and ranker: for single statements, which nobody reports."""
    from claimtrack import pipeline

    return pipeline.load(model or pipeline.DEFAULT_MODEL, attribution="rules", reference="rules")


def pair_model() -> PairModel:
    """The trained model that reads two statements."""
    from claimtrack.contradiction.nli import PairModel
    from claimtrack.onnx_session import models_folder

    return PairModel.load(models_folder() / "nli")


def _compare_lines() -> None:
    from dataclasses import asdict

    model = pair_model()
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

    parsed = lru_cache(8)(rules_pipeline(model))
    opinion = _commitment_model()
    for text, start, end in rows({"text": str, "start": int, "end": int}):
        found = factuality.qualify_span(parsed(text), start, end, opinion)
        wanted = {"factuality", "commitment", "polarity", "likelihood", "time", "kind", "stance"}
        print_records([found.model_dump_json(include=wanted)])


@app.command(epilog=examples("refer --jsonl < texts.jsonl", "refer --jsonl < texts.jsonl > clusters.jsonl"))
def refer(
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read {"text"} a line, print {"clusters"} a line, in order.')
    ] = False,
    model: Model = None,
) -> None:
    """Say which words of a text mean one thing.

    Prints for each text its clusters: the spans of the names, descriptions and pronouns of one thing, in characters.
    """
    if not jsonl:
        raise UsageError("refer reads texts from standard input: add --jsonl.")
    from claimtrack import pipeline

    nlp = pipeline.load(model or pipeline.DEFAULT_MODEL)
    nlp.select_pipes(disable=["claimtrack_claims"])
    for (text,) in rows({"text": str}):
        with nlp.memory_zone():
            chains = nlp(text)._.links.chains
        write([json.dumps({"clusters": chains}) + "\n"])


def _commitment_model() -> Callable[[str, int, int], float] | None:
    """The trained second opinion on commitment, where its weights are there."""
    from claimtrack.meaning.commitment_model import CommitmentModel
    from claimtrack.onnx_session import shipped_folder

    folder = shipped_folder("commitment", "commitment goes by the rules alone")
    if folder is None:
        return None
    model = CommitmentModel.load(folder)
    return lambda text, start, end: model.commitment([(text, start, end)])[0]
