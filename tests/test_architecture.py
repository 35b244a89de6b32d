"""The shape of the package: wings in one direction, no cycles, public names, nothing too long to read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

import claimtrack

PACKAGE = Path(claimtrack.__file__).parent
LEVELS = (
    {"errors"},
    {"schema", "clock", "deadline", "onnx_session"},
    {"lexicon", "store"},
    {"reading", "meaning"},
    {"attribution"},
    {"reference"},
    {"contradiction"},
    {"claims"},
    {"tracking"},
    {"exports"},
    {"screens"},
    {"pipeline"},
    {"workers"},
    {"serving"},
    {"commands"},
    {"cli"},
    {"__main__"},
    {""},  # the package itself, which offers names from everywhere
)
"""What stands directly in the package, from the ground up: each may import what stands lower."""

MODULE_LINES, CLASS_LINES = 500, 250
TOLERATED: dict[str, int] = {}
"""Modules and classes ("module:Class") that may be longer, by how many lines they may have; each says why."""


def _name(path: Path) -> str:
    """The dotted name of a file below the package: "store.pairs", "store" for its __init__, "" for the package's."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix("__init__").removesuffix(".")


MODULES = {_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
WINGS = [name for name, path in MODULES.items() if path.stem == "__init__"]


@cache
def _tree(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text(encoding="utf8"))


def _imports(name: str) -> Iterator[str]:
    """The modules of the package that a module imports: anywhere in it, inside functions and for types alone, too.

    An import for types alone does not run, but whoever reads the module has to know what it names.
    """
    for node in ast.walk(_tree(name)):
        if isinstance(node, ast.Import):
            yield from (_home(alias.name) for alias in node.names if alias.name.split(".")[0] == "claimtrack")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "claimtrack":
            assert node.module is not None
            yield from (_home(f"{node.module}.{alias.name}") for alias in node.names)


def _home(dotted: str) -> str:
    """The module that an import reads: "claimtrack.store.Store" is in the __init__ of "store"."""
    inside = dotted.removeprefix("claimtrack").removeprefix(".")
    return inside if inside in MODULES else inside.rpartition(".")[0]


def test_architecture_imports_go_down_only() -> None:
    """No wing imports one of its own level or above; a new one has to be given its place first."""
    level = {name: i for i, names in enumerate(LEVELS) for name in names}
    wing = {name: name.partition(".")[0] for name in MODULES}
    assert set(wing.values()) == set(level)
    assert [
        f"{name} imports {other}"
        for name in MODULES
        for other in _imports(name)
        if wing[name] != wing[other] and level[wing[other]] >= level[wing[name]]
    ] == []


def test_architecture_has_no_cycles() -> None:
    """No module imports, by whatever way, one that imports it: within a wing, too, the modules have an order."""
    try:
        TopologicalSorter({name: {*_imports(name)} for name in MODULES}).prepare()
    except CycleError as error:
        pytest.fail(f"modules import each other: {' <- '.join(error.args[1])}")


def _public(name: str) -> set[str]:
    """The public names that an __init__ takes from the package or defines."""
    found: set[str] = set()
    for node in ast.walk(_tree(name)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "claimtrack":
            found |= {alias.asname or alias.name for alias in node.names}
    for statement in _tree(name).body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            found.add(statement.name)
    return {name for name in found if not name.startswith("_")}


@pytest.mark.parametrize("name", WINGS)
def test_architecture_public_names_are_complete_and_sorted(name: str) -> None:
    """A wing's `__all__` names what the wing gives, each of it exists, constants before classes before functions."""
    wing = import_module(f"claimtrack.{name}".rstrip("."))
    assert wing.__all__ == sorted(set(wing.__all__), key=lambda name: (not name.isupper(), name[0].islower(), name))
    assert set(wing.__all__) == _public(name)
    assert all(hasattr(wing, name) for name in wing.__all__)


@pytest.mark.parametrize("name", WINGS)
def test_architecture_wings_say_what_they_are(name: str) -> None:
    """A wing's docstring names each of its modules, so that nobody has to guess where something is."""
    told = ast.get_docstring(_tree(name)) or ""
    assert told
    inside = [path.stem for path in MODULES[name].parent.glob("*.py") if not path.stem.startswith("__")]
    assert [stem for stem in inside if name and stem not in told] == []


def test_architecture_nothing_is_too_long_to_read() -> None:
    """No module and no class is longer than can be read at once."""
    lengths = {name: len(path.read_text(encoding="utf8").splitlines()) for name, path in MODULES.items()}
    allowed = dict.fromkeys(lengths, MODULE_LINES)
    for name in MODULES:
        for node in ast.walk(_tree(name)):
            if isinstance(node, ast.ClassDef):
                lengths[f"{name}:{node.name}"] = (node.end_lineno or 0) - node.lineno + 1
                allowed[f"{name}:{node.name}"] = CLASS_LINES
    allowed |= TOLERATED
    assert {name: lines for name, lines in lengths.items() if lines > allowed[name]} == {}
    assert set(TOLERATED) <= set(lengths)
