"""What a report's page shows, as its template prints it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimtrack.schema import Claim, Contradiction, Forecast

__all__ = [
    "Camp", "Clash", "Entry", "ForecastGroup", "ForecastRow", "Member", "Moment", "Paper", "Piece", "Report",
    "SourceRow",
]  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """Some words of a quotation: whether they are the claim's own or stand around it, and whether they clash."""

    text: str
    own: bool
    clash: bool


@dataclass(frozen=True)
class Paper:
    """A document as the page names it; `href` is its address where that is one of the web."""

    label: str
    id: str
    title: str
    outlet: str
    original: str
    byline: str
    published: str | None
    url: str | None
    href: str | None
    file: str


@dataclass(frozen=True)
class Entry:
    """A claim as the page shows it.

    `href` leads to its quotation, `pairs` name the clashes it takes part in, `review` tells what a person decided.
    """

    claim: Claim
    who: str
    via: str
    paper: Paper
    pieces: tuple[Piece, ...]
    place: str
    spans: tuple[str, ...]
    doing: str
    certainty: str
    condition: str | None
    restated: bool
    href: str | None
    pairs: tuple[str, ...]
    review: str


@dataclass(frozen=True)
class Clash:
    """A contradiction or tension with its two sides; `alike` are the labels of others on the same matter."""

    label: str
    pair: Contradiction
    a: Entry
    b: Entry
    alike: tuple[str, ...]
    review: str


@dataclass(frozen=True)
class ForecastRow:
    """A forecast with its likelihood as a figure, empty where the words give no number, and how it turned out."""

    forecast: Forecast
    entry: Entry
    strip: str
    condition: str | None
    outcome: str


@dataclass(frozen=True)
class ForecastGroup:
    """The forecasts of one proposition, the likeliest first."""

    proposition: str
    rows: tuple[ForecastRow, ...]


@dataclass(frozen=True)
class SourceRow:
    """A source with how much it says and how often that clashes."""

    name: str
    kind: str
    period: str
    claims: int
    documents: int
    contradictions: int
    tensions: int
    review: str


@dataclass(frozen=True)
class Moment:
    """A row of the timeline as a table: what one source says in one document."""

    published: str | None
    paper: str
    source: str
    claims: int
    horizons: tuple[str, ...]
    pairs: tuple[str, ...]


@dataclass(frozen=True)
class Member:
    """Who stands on a side, and a claim that says so."""

    who: str
    claim: str


@dataclass(frozen=True)
class Camp:
    """Who is for and who against one thing."""

    proposition: str
    favor: tuple[Member, ...]
    against: tuple[Member, ...]


@dataclass(frozen=True)
class Report:
    """What the page shows: counts are of all that was found, sequences what is shown of it."""

    title: str
    topic: str | None
    made: str
    period: str
    undated: int
    claims: int
    off_topic: int
    reviewed: int
    documents: int
    sources: int
    contradictions: int
    tensions: int
    forecasts: int
    moments: int
    camps: tuple[Camp, ...]
    shown_contradictions: tuple[Clash, ...]
    shown_tensions: tuple[Clash, ...]
    shown_forecasts: tuple[ForecastGroup, ...]
    shown_sources: tuple[SourceRow, ...]
    shown_moments: tuple[Moment, ...]
    shown_papers: tuple[tuple[Paper, tuple[Entry, ...]], ...]
    timelines: tuple[str, ...]

    @property
    def shown_claims(self) -> int:
        """How many claims are quoted."""
        return sum(len(entries) for _, entries in self.shown_papers)

    @property
    def plotted(self) -> int:
        """How many forecasts are shown."""
        return sum(len(group.rows) for group in self.shown_forecasts)
