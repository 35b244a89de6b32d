"""The commands that tell about claimtrack itself: schema, doctor, config."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.commands.options import AsJson, Db, Model, examples
from claimtrack.commands.output import put, write
from claimtrack.commands.statements import rules_pipeline
from claimtrack.commands.stores import store_path
from claimtrack.errors import ClaimtrackError

if TYPE_CHECKING:
    from claimtrack.commands.settings import Setting

app = typer.Typer()
_WEIGHTS = ("attribution/model", "nli/model", "commitment/model", "judge/model", "judge_large/model", "retriever/model",
            "coreference/encoder", "coreference/scorer")


@app.command(epilog=examples("schema", "schema > claimtrack.schema.json"))
def schema() -> None:
    """Print the JSON Schema of the records."""
    from claimtrack.exports.json_lists import json_schema

    write([json_schema() + "\n"])


@app.command(epilog=examples("doctor", "doctor --db other.db"))
def doctor(ctx: typer.Context, model: Model = None, db: Db = None) -> None:
    """Check that all that claimtrack needs is there.

    Ends with 1 if something is not.
    """
    from claimtrack.screens.terminal import details

    checks: dict[str, Callable[[], str]] = {
        "claimtrack": version,
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


def version() -> str:
    """The version that is installed."""
    from importlib import metadata

    try:
        return metadata.version("claimtrack")
    except metadata.PackageNotFoundError:
        return "not installed, run from its folder"


def _libraries() -> str:
    from importlib import import_module, metadata

    names = ("spacy", "pydantic", "typer", "rich", "onnxruntime", "tokenizers", "trafilatura", "pdfminer.six")
    for name in names:
        import_module(name.partition(".")[0])  # a library that is there may still miss one of its own
    return ", ".join(f"{name} {metadata.version(name)}" for name in names)


def _pipeline(model: str | None) -> str:
    nlp = rules_pipeline(model)
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}: {', '.join(nlp.pipe_names)}"


def _weights() -> str:
    from claimtrack.onnx_session import models_folder, open_session

    folder = models_folder()
    for name in _WEIGHTS:
        open_session(folder / f"{name}.onnx")
    return f"{', '.join(dict.fromkeys(name.split('/')[0] for name in _WEIGHTS))} in {str(folder)!r}"


def _stored(path: Path) -> str:
    from claimtrack.store import Store

    if not path.exists():
        return f"no store yet at {str(path)!r}"
    with Store(path) as store:
        return f"{str(path)!r}: {store.count_claims():,} claims"


@app.command(epilog=examples("config", "config --path"))
def config(
    ctx: typer.Context,
    path: Annotated[bool, typer.Option("--path", help="Print where the file is, or would be, and no more.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what is set, where, and by what.

    The file of settings is TOML. Its keys are options under their names, which hold for every command that has them:
    db, format, judge, judge_model, min_score, offline, scale, seconds_per_document. Under [profiles.NAME], the same
    keys hold with --profile NAME alone. The command line beats the environment ($CLAIMTRACK_DB, $CLAIMTRACK_MIN_SCORE,
    ...), that the profile, that the rest of the file. A db is looked for beside the file, unless its path says where.
    """
    from claimtrack.commands import settings
    from claimtrack.commands.tables import write_json
    from claimtrack.exports import visible
    from claimtrack.screens.terminal import row_table

    if path:
        write([f"{settings.path()}\n"])
        return
    profile = ctx.find_root().params.get("profile")
    found = settings.read(profile)
    rows = [_setting(key, found.get(key)) for key in settings.Settings.model_fields]
    if as_json:
        write_json(settings=rows)
        return
    there = "" if settings.path().exists() else ", which is not there yet"
    chosen = settings.chosen(profile)
    known = ", ".join(f"{name} (chosen)" if name == chosen else name for name in settings.profiles()) or "none"
    write([visible(f"File: {settings.path()}{there}\nProfiles: {known}\n\n")])
    put(row_table(("setting", "value", "from"), rows))


def _setting(key: str, found: Setting | None) -> dict[str, object]:
    value = str(found.value) if found and isinstance(found.value, Path) else found and found.value
    return {"setting": key, "value": value, "from": found.origin if found else "not set"}
