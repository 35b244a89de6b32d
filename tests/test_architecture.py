"""The shape of the package: imports go down only, public names are complete and sorted."""

import ast
from collections.abc import Iterator
from pathlib import Path

import claimtrack

PACKAGE = Path(claimtrack.__file__).parent
LEVELS = (
    {"errors"},
    {"schema", "onnx_session", "clock", "figures"},
    {"lexicon", "store", "nli", "tagger", "quotes", "quantity", "dates", "reprints", "taxonomy"},
    {"imprint", "scope", "gazetteer", "propositions", "reviews"},
    {"paragraphs", "condition", "likelihood", "timing", "naming", "noun_phrases", "brat", "linked_data", "parquet",
     "falsity"},
    {"sections", "coreference", "commitment", "joining", "stix", "refutation"},
    {"ingest", "linking", "exports"},
    {"attribution", "factuality", "contradiction", "stance"},
    {"extraction"},
    {"pipeline", "tracking", "forecasts", "topics", "timeline"},
    {"workers", "arrivals", "profiles"},
    {"display"},
    {"forecast_display", "report", "tracking_display", "stance_display"},
    {"commands"},
    {"cli"},
)


def _imports(path: Path) -> Iterator[str]:
    """The modules of the package that a file imports anywhere."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "claimtrack":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("claimtrack."):
            yield node.module.split(".")[1]


def test_architecture_imports_go_down_only() -> None:
    """No module imports one of its own level or above, so that there are no cycles."""
    level = {name: i for i, names in enumerate(LEVELS) for name in names}
    modules = {path: path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("__")}
    assert {*modules.values(), "commands"} == set(level)
    modules |= dict.fromkeys(PACKAGE.glob("commands/*.py"), "commands")
    upward = [(p.stem, other) for p, name in modules.items() for other in _imports(p) if level[other] >= level[name]]
    among_commands = {(p.stem, "commands") for p, name in modules.items() if name == "commands" and p.stem != "shared"}
    assert set(upward) <= among_commands


def test_architecture_public_names_are_complete_and_sorted() -> None:
    """`__all__` names what the package gives, each of it exists, in order."""
    assert claimtrack.__all__ == sorted(set(claimtrack.__all__))
    assert all(hasattr(claimtrack, name) for name in claimtrack.__all__)
