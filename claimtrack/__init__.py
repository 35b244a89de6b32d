"""claimtrack: who claims what, how sure they are, and who contradicts whom."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimtrack.claims.comparison import compare
    from claimtrack.claims.extraction import extract
    from claimtrack.contradiction.contrasts import contrast
    from claimtrack.contradiction.judging import contradictions, near_misses
    from claimtrack.errors import ClaimtrackError
    from claimtrack.pipeline import load
    from claimtrack.reading.ingest import Metadata, read
    from claimtrack.schema import Claim, Contradiction, Document, NearMiss
    from claimtrack.store import Store

__all__ = [
    "Claim",
    "ClaimtrackError",
    "Contradiction",
    "Document",
    "Metadata",
    "NearMiss",
    "Store",
    "compare",
    "contradictions",
    "contrast",
    "extract",
    "load",
    "near_misses",
    "read",
]

_HOMES = {
    "claims.comparison": ("compare",),
    "claims.extraction": ("extract",),
    "contradiction.contrasts": ("contrast",),
    "contradiction.judging": ("contradictions", "near_misses"),
    "errors": ("ClaimtrackError",),
    "pipeline": ("load",),
    "reading.ingest": ("Metadata", "read"),
    "schema": ("Claim", "Contradiction", "Document", "NearMiss"),
    "store": ("Store",),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  public names are of every type
    """Import a public name where it lives, on first use: spaCy takes more than a second to import."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"claimtrack.{module}"), name)
    raise AttributeError(f"module 'claimtrack' has no attribute {name!r}")
