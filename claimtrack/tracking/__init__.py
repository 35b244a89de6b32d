"""What the claims of a store come to together: comes in a store of claims; goes out what holds of all of them.

That is which pairs clash, what people decided, what changed over time. The modules in the order in which claims meet
them:

- `pairing`, `meeting`: which claims of the store clash, by the rules and as neighbours, kept up to date
- `anchors`, `edits`, `fold`: how a decision finds its claim again, what it changes, and the claims that it leaves
- `reviews`, `standing`: the log of decisions, and what it says of each record; `joining`: the logs of two stores
- `suggestions`, `taxonomy`, `topics`: names that come near, how people ordered the topics, and which there are
- `timeline`, `chronology`, `arrivals`: claims in order of time, of a topic or source, and what came in since a day
- `stands`: who is for and who against what; `own_judge`: what a model of the user's own says of pairs
- `headlines`: what an article says of another's headline
- `forecasts`, `outcomes`, `profiles`: how forecasts turned out, what was told of them, and all of one source
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimtrack.tracking.pairing import best_blocks, best_pairs, prints, proposition, update_pairs
    from claimtrack.tracking.reviews import active, decide
    from claimtrack.tracking.standing import judgements, resolutions

__all__ = [
    "active",
    "best_blocks",
    "best_pairs",
    "decide",
    "judgements",
    "prints",
    "proposition",
    "resolutions",
    "update_pairs",
]

_HOMES = {
    "pairing": ("best_blocks", "best_pairs", "prints", "proposition", "update_pairs"),
    "reviews": ("active", "decide"),
    "standing": ("judgements", "resolutions"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  public names are of every type
    """Import a public name where it lives, on first use: `list` needs what people decided, and no pair."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"claimtrack.tracking.{module}"), name)
    raise AttributeError(f"module 'claimtrack.tracking' has no attribute {name!r}")
