"""A user's own names for things: what they change."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack.commands import extracting
from claimtrack.store import Store


@pytest.mark.parametrize(
    ("name", "read_as"),
    [
        ("zangezur corridor", "Zangezur Corridor"),
        ("Zangezur corridor", "Zangezur Corridor"),
        ("iran", "Iran"),
        ("Lapis corridor", "Lapis corridor"),
    ],
)
def test_aliases_mean_the_thing_that_the_lexicons_know(tmp_path: Path, name: str, read_as: str) -> None:
    """However the user writes a name that the lexicons hold, its alias is linked to that thing, not to a second one."""
    with Store(tmp_path / "claimtrack.db") as store:
        store.add_alias("Meghri road", name)
        recipe = extracting._recipe(None, "rules", store, 60)
    assert [(alias.alias, alias.name) for alias in recipe.aliases] == [("Meghri road", read_as)]
