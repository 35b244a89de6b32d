"""A store to report on, and the day on which it is done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from claimtrack.store import Store
from tests.screens.report_samples import ARTICLE, CLASH, DENIAL, LETTER, OPENS, PAY, QUIST, SALE, TENSION, fill


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717200000")  # 1 June 2024


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where no file is yet."""
    return tmp_path / "claimtrack.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An article and a letter, five claims, a contradiction and a tension."""
    with Store(path) as store:
        fill(store, {ARTICLE: [QUIST, DENIAL, SALE], LETTER: [OPENS, PAY]}, [CLASH, TENSION])
        yield store
