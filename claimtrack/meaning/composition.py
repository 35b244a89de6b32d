"""Compose FactBank's values (Saurí & Pustejovsky 2009) from the outside in over the layers of `scope`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimtrack.meaning import modality, predicates
from claimtrack.meaning.condition import conditionals
from claimtrack.meaning.scope import Layer
from claimtrack.schema import Factuality

if TYPE_CHECKING:
    from spacy.tokens import Token


def compose(chain: Sequence[Layer]) -> Factuality:
    """Compose the FactBank value of the innermost layer from the outside in."""
    value: Factuality = "CT+"
    layers = list(chain)
    if layers[-1].link in ("relative", "adverbial"):
        last = layers.pop()
        if last.link == "adverbial":
            value = _adverbial_value(last.marker)
    for index in range(len(layers) - 1, -1, -1):
        layer = layers[index]
        if layer.link == "conjunct":
            continue
        value = _operate(layer, value)
        if index:
            value = _govern(layer, value)
        elif layer.attribute is not None:
            value = cap(layer.attribute.affirmed, value[:2]) if value[-1] == "+" else value
    return value


def _adverbial_value(marker: str) -> Factuality:
    if marker in conditionals() or marker in ("whether", "to", "lest"):
        return "Uu"
    return "CT-" if marker == "without" else "CT+"


def _operate(layer: Layer, value: Factuality) -> Factuality:
    """Apply the modal and the negations of one predicate."""
    reading = modality.modal_reading(layer.modal, layer.head) if layer.modal is not None else None
    if reading in ("possibility", "permission"):
        value = cap(value, "PS")
    elif reading == "ability":
        telling = layer.entry is not None and layer.entry.kind in ("factive", "report")  # "We can confirm that …"
        value = value if layer.negated or telling else cap(value, "PS")
    elif layer.modal is not None and layer.modal.lower_ == "must" and _is_perfect(layer.head):
        value = cap(value, "PR")  # "must have left" infers
    elif reading in ("necessity", "conditional") and not _foretells(layer):
        value = "Uu"
    return negate(value) if layer.negated else value


def _foretells(layer: Layer) -> bool:
    return layer.modal is not None and layer.modal.lower_ in predicates.WILL


def _is_perfect(head: Token) -> bool:
    return any(a.lemma_ == "have" for a in predicates.auxiliaries(head))


def _govern(layer: Layer, value: Factuality) -> Factuality:
    """Give the value of what a governor governs, from the value of the governor."""
    entry = layer.entry
    if layer.head.lower_ == "without":
        return negate(value)
    if entry is None:
        return value if layer.marker != "to" or layer.link != "clause" else "Uu"
    if entry.kind == "factive" and entry.denied == "CT+":
        return "CT+"
    if value[-1] == "u":
        return "Uu"
    chosen = entry.affirmed if value[-1] == "+" else entry.denied
    return cap(chosen, value[:2])


def cap(value: Factuality, level: str) -> Factuality:
    """Lower the certainty of a value to at most `level` (CT, PR, PS)."""
    order = ("CT", "PR", "PS")
    if value[-1] == "u":
        return "Uu"
    weaker = max(order.index(value[:2]), order.index(level))
    return f"{order[weaker]}{value[-1]}"  # type: ignore[return-value]  # built of the Literal's own parts


def negate(value: Factuality) -> Factuality:
    """Turn a value over; what is open stays open."""
    turned: dict[Factuality, Factuality] = {"CT+": "CT-", "CT-": "CT+", "PR+": "PR-", "PR-": "PR+", "PS+": "PS-",
                                            "PS-": "PS+", "CTu": "CTu", "Uu": "Uu"}
    return turned[value]
