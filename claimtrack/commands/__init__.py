"""The commands: options come in, a function of the wings below is called, and what it gives is printed.

A module is a command or a few that belong together, each with an `app` that `claimtrack.cli` gathers, in the order in
which an analyst meets them: `extracting`, `listing`, `statements`, `about`, `propositions`, `aliases`, `deciding`,
`review_log`, `importing`, `review_walk`, `exporting`, `querying`, `forecasts`, `report`, `stance`, `timeline`,
`rating`, `topics`, `sources`, `standing`, `serving`. What they share: `options`, defined once, `settings`, what is
set for good, and `completion`; `stores`, the store that is worked on; `asking`, what a topic or source means there;
`decisions`, how one is logged and told; `input` and `output`; `tables`, how every list is printed; `own_judge`, pairs
that a model of the user's own was asked about.
"""

from claimtrack.commands import (
    about,
    aliases,
    deciding,
    exporting,
    extracting,
    forecasts,
    importing,
    listing,
    propositions,
    querying,
    rating,
    report,
    review_log,
    review_walk,
    serving,
    sources,
    stance,
    standing,
    statements,
    timeline,
    topics,
)

__all__ = [
    "about", "aliases", "deciding", "exporting", "extracting", "forecasts", "importing", "listing", "propositions",
    "querying", "rating", "report", "review_log", "review_walk", "serving", "sources", "stance", "standing",
    "statements", "timeline", "topics",
]  # fmt: skip
