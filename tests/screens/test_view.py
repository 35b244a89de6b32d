"""What a screen calls a source, and where it says that a claim stands."""

from __future__ import annotations

from claimtrack.screens.view import View
from tests.conftest import make_claim, make_document

TITLED = make_document("The canal opens.", path="seeds/001_3f62.txt", title="A canal")
BARE = make_document("The dam breaks.", path="seeds/002_9a01.txt")
VIEW = View({TITLED.id: TITLED, BARE.id: BARE}.get)


def test_view_names_a_document_by_publisher_title_or_file() -> None:
    """A reader knows an article by its title rather than by a path."""
    published = TITLED.model_copy(update={"publisher": "The Mail 24/7"})
    assert View({published.id: published}.get).outlet(make_claim(published)) == "The Mail 24/7"
    assert VIEW.outlet(make_claim(TITLED)) == "A canal"
    assert VIEW.outlet(make_claim(BARE)) == "002_9a01.txt"


def test_view_tells_nameless_voices_of_two_articles_apart() -> None:
    """Two articles each have an author without a name; the title says which is meant."""
    assert VIEW.holder("author", f"voice:{TITLED.id}:author") == "author, “A canal”"
    assert VIEW.holder("author", f"voice:{BARE.id}:author") == "author"
    assert VIEW.holder("Mara Quist", "person:mara-quist") == "Mara Quist"
