"""What is set for good: by a file, a profile in it, or the environment, and where each value comes from.

The command line beats the environment, which beats the profile, which beats the rest of the file.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from claimtrack.commands.tables import Shape
from claimtrack.errors import UsageError

if TYPE_CHECKING:
    from typer._click.core import Command

DEFAULT_STORE = Path("claimtrack.db")
APART = {("export", "format")}
"""Options that are called as a setting and mean something else."""


class Settings(BaseModel):
    """The keys: each is the option of the same name of every command that has it; None is not set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    db: Path | None = None
    format: Shape | None = None
    judge: str | None = None
    judge_model: str | None = None
    min_score: Annotated[float, Field(ge=0, le=1)] | None = None
    offline: bool | None = None
    scale: Literal["icd203", "phia", "nato", "ipcc", "kent"] | None = None
    seconds_per_document: Annotated[float, Field(ge=1)] | None = None


class _File(Settings):
    """The file: settings, and under `profiles` those that hold where one is chosen."""

    profiles: dict[str, Settings] = {}


class Setting(NamedTuple):
    """A value, and where it comes from: "file", "profile NAME" or "$VARIABLE"."""

    value: Any
    origin: str


def path() -> Path:
    """The file, which need not be there."""
    if named := os.environ.get("CLAIMTRACK_CONFIG"):
        return Path(named)
    import platformdirs

    return platformdirs.user_config_path("claimtrack", appauthor=False) / "config.toml"


def profiles() -> list[str]:
    """The names of the profiles in the file.

    Raises:
        UsageError: the file cannot be read.
    """
    return sorted(_file().profiles)


def chosen(profile: str | None) -> str | None:
    """The profile in force: the one that the command line names, else the environment."""
    return profile or os.environ.get("CLAIMTRACK_PROFILE") or None


def read(profile: str | None = None) -> dict[str, Setting]:
    """Give what is set, by its key.

    Raises:
        UsageError: the file or a variable holds what is no setting, or there is no such profile.
    """
    file, name = _file(), chosen(profile)
    found = dict(_told(file, "file"))
    if name is not None:
        if name not in file.profiles:
            known = ", ".join(sorted(file.profiles)) or "none"
            raise UsageError(f"There is no profile {name!r} in {str(path())!r}. It has: {known}.")
        found |= _told(file.profiles[name], f"profile {name}")
    return found | dict(_environment())


def store(profile: str | None = None) -> Path:
    """Give the store that is worked on where the command line names none; raises as `read` does."""
    found = read(profile)
    return found["db"].value if "db" in found else DEFAULT_STORE


def defaults(command: Command, found: Mapping[str, Setting]) -> dict[str, Any]:
    """Give the values that options take where nothing is typed: of a command, and by name of those below it.

    The store is left out: `store_path` finds it, since it may be named above the command, too.
    """
    names = [str(param.name) for param in command.params]
    own = {n: found[n].value for n in names if n in found and n != "db" and (command.name, n) not in APART}
    return own | {name: defaults(below, found) for name, below in getattr(command, "commands", {}).items()}


def _file() -> _File:
    where = path()
    try:
        told = tomllib.loads(where.read_text(encoding="utf8"))
    except FileNotFoundError:
        if os.environ.get("CLAIMTRACK_CONFIG"):
            raise UsageError(f"CLAIMTRACK_CONFIG names {str(where)!r}, which is not there.") from None
        return _File()
    except OSError as error:
        raise UsageError(f"The settings in {str(where)!r} cannot be read: {error.strerror or error}.") from error
    except ValueError as error:  # also of what is no UTF-8
        raise UsageError(f"The settings in {str(where)!r} are no TOML: {error}.") from error
    try:
        return _File.model_validate(told)
    except ValidationError as error:
        raise UsageError(f"{str(where)!r}: {_fault(error)}") from error


def _told(settings: Settings, origin: str) -> Iterator[tuple[str, Setting]]:
    """The keys that a part of the file sets; a store stands beside the file unless its path says where."""
    for key in Settings.model_fields:
        if (value := getattr(settings, key)) is not None:
            yield key, Setting(path().parent / value.expanduser() if isinstance(value, Path) else value, origin)


def _environment() -> Iterator[tuple[str, Setting]]:
    for key in Settings.model_fields:
        variable = f"CLAIMTRACK_{key.upper()}"
        if value := os.environ.get(variable):
            try:
                yield key, Setting(getattr(Settings.model_validate({key: value}), key), f"${variable}")
            except ValidationError as error:
                raise UsageError(f"{variable}: {_fault(error)}") from error


def _fault(error: ValidationError) -> str:
    """What is wrong, by the name that stands there."""
    first = error.errors()[0]
    name = ".".join(map(str, first["loc"]))
    if first["type"] == "extra_forbidden":
        return f"there is no setting {name!r}. Choose from: {', '.join(Settings.model_fields)}."
    return f"{name} is {first['input']!r}. {first['msg']}."
