"""Reprints: texts that are nearly the same are one, stories on one event are not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.reading.reprints import prints
from claimtrack.schema import Document, Section
from tests.conftest import make_document

WORDS = ["canal", "lock", "barge", "river", "gate", "pilot", "toll", "harbour", "crew", "freight", "dredge", "quay"]


def story(seed: int, length: int = 200) -> str:
    """A text of random words."""
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def printed(text: str, path: str, **over: object) -> Document:
    """A document of one section, with an id of its own."""
    return make_document(text, path=path, id=f"doc_{path}", **over)


def originals(*documents: Document) -> dict[str, str]:
    """Which document each is taken for a print of, by path."""
    return {id.removeprefix("doc_"): p.original.removeprefix("doc_") for id, p in prints(documents).items()}


@pytest.mark.parametrize(("kept", "original"), [(1.0, "a"), (0.8, "a"), (0.6, "a"), (0.2, "b"), (0.0, "b")])
def test_reprints_are_told_by_the_share_of_text(kept: float, original: str) -> None:
    """A text of which half or more stands in another is its reprint; a common paragraph makes none."""
    first = story(1).split()
    copied = [*first[: int(len(first) * kept)], *story(2).split()[int(len(first) * kept) :]]
    assert originals(printed(" ".join(first), "a"), printed(" ".join(copied), "b")) == {"a": "a", "b": original}


def test_reprints_follow_the_oldest() -> None:
    """The oldest of several prints is the original, whichever comes first; the outlet is the publisher, or the path."""
    text = story(1)
    found = prints([
        printed(text, "b", published="2024-05-02", publisher="Echo"), printed(text, "c"),
        printed(text, "a", published="2024-05-01", publisher="The Lock Keeper"),
    ])  # fmt: skip
    assert {id: (p.outlet, p.original) for id, p in found.items()} == {
        "doc_a": ("The Lock Keeper", "doc_a"), "doc_b": ("Echo", "doc_a"), "doc_c": ("c", "doc_a"),
    }  # fmt: skip


def test_reprints_are_not_told_by_what_sites_add() -> None:
    """Boilerplate and comments that two articles share do not make them one, nor part one that they do not share."""
    boilerplate, body = story(3, 400), [story(1), story(2)]

    def framed(text: str, frame: str, path: str) -> Document:
        sections = (Section(kind="body", start=0, end=len(text)),
                    Section(kind="boilerplate", start=len(text) + 1, end=len(text) + 1 + len(frame)))
        return printed(f"{text} {frame}", path, sections=sections)

    assert originals(framed(body[0], boilerplate, "a"), framed(body[1], boilerplate, "b")) == {"a": "a", "b": "b"}
    assert originals(framed(body[0], boilerplate, "a"), framed(body[0], story(4, 400), "b")) == {"a": "a", "b": "a"}


def test_reprints_of_short_texts() -> None:
    """A text shorter than a shingle is like no other; an empty one does no harm."""
    assert originals(printed("It opens.", "a"), printed("It opens.", "b"), printed("", "c")) == {
        "a": "a", "b": "b", "c": "c"}


@given(st.lists(st.integers(0, 5), max_size=12))
def test_reprints_form_families(seeds: list[int]) -> None:
    """Every original is its own original, and texts are put together if and only if they are the same story."""
    found = originals(*(printed(story(seed), f"{i:02}") for i, seed in enumerate(seeds)))
    assert {found[original] for original in found.values()} == set(found.values())
    assert found == {f"{i:02}": f"{seeds.index(seed):02}" for i, seed in enumerate(seeds)}
