"""How far the author of a text commits to an event: a linear model over what stands above the event in the parse.

The features name the composed FactBank value, the governors with their kinds, forms and negations, modals, tense and
the event word itself; `models/train/commitment_rules.py` fits their weights to the ratings of UW (Lee et al. 2015) and
MEANTIME (Minard et al. 2016) by iteratively reweighted least squares, halfway between mean and median. Governors and
events enter by lemma where the ratings have them often enough, so that the weights hold no text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from claimtrack.errors import ModelError
from claimtrack.meaning import modality, predicates, tense
from claimtrack.meaning.scope import Layer
from claimtrack.schema import Factuality, Likelihood

if TYPE_CHECKING:
    from spacy.tokens import Token

# Governors further out than the third add nothing that the composed value does not hold.
NAMED_GOVERNORS = 3


def score(chain: Sequence[Layer], value: Factuality, reading: Likelihood | None, conditional: bool) -> float:
    """Rate the author's commitment in [-3, 3] to the event of `chain`, which is all layers up to the root.

    `value` is the composed value, `reading` the likelihood that the author's own words give, `conditional` tells of an
    if-clause.

    Raises:
        ModelError: the weights are missing or broken.
    """
    weights = _weights()
    total = sum(weights.get(f, 0.0) for f in set(features(chain, value, reading, conditional)))
    return max(-3.0, min(3.0, total))


@cache
def _weights() -> dict[str, float]:
    path = resources.files("claimtrack") / "lexicons" / "commitment_weights.json"
    try:
        return {str(k): float(v) for k, v in json.loads(path.read_text(encoding="utf8")).items()}
    except (OSError, ValueError, AttributeError) as error:
        raise ModelError(f"The weights of commitment cannot be read: {error}. Reinstall claimtrack.") from error


def features(
    chain: Sequence[Layer], value: Factuality, reading: Likelihood | None, conditional: bool
) -> Iterator[str]:
    """Name the features of an event, innermost things first; the names are the keys of the weights."""
    yield "bias"
    yield f"value={value}"
    yield from _event_features(chain[0])
    yield from _governor_features(chain)
    yield f"relation={tense.relation_of(chain)}"
    if reading is not None:
        yield f"basis={reading.basis}"
        if reading.point is not None:
            yield f"point={reading.point:.1f}"
    if conditional:
        yield "conditional"
    doc = chain[0].head.doc
    if doc[-1].text == "?":
        yield "question"
    if doc[0].text in ('"', "``", "“"):
        yield "quoted"


def _event_features(layer: Layer) -> Iterator[str]:
    head = layer.head
    yield from (f"pos={head.pos_}", f"tag={head.tag_}", f"dep={predicates.top(head).dep_}")
    yield from (f"pos_dep={head.pos_}:{predicates.top(head).dep_}", f"event={head.lemma_.lower()}")
    yield f"subject={_kind_of_subject(head)}"
    yield f"tense={tense.tense(head)}"
    if layer.modal is not None:
        reading = modality.modal_reading(layer.modal, head)
        yield from (f"modal={layer.modal.lower_}", f"reading={reading}{_sign(layer)}")
    if any(a.lower_ == "have" for a in predicates.auxiliaries(head)):
        yield f"perfect:{layer.modal is not None}"
    if layer.negated:
        yield from ("negated", f"negation={layer.negations[0].lower_}")
    if layer.attribute is not None:
        yield f"attribute={layer.attribute.kind}"
    yield from _modifier_features(head)


def _modifier_features(head: Token) -> Iterator[str]:
    determined = False
    for child in head.children:
        if child.dep_ in ("advmod", "mark"):
            yield f"adverb={child.lower_}"
        elif head.pos_ == "NOUN" and child.dep_ in ("det", "amod"):
            determined |= child.dep_ == "det"
            yield f"{child.dep_}={child.lower_}"
    if head.pos_ == "NOUN" and not determined:
        yield "bare_noun"


def _governor_features(chain: Sequence[Layer]) -> Iterator[str]:
    outer = [layer for layer in chain[1:] if layer.link not in ("conjunct", "relative", "adverbial")]
    last = chain[-1]
    if last.link in ("relative", "adverbial"):
        yield f"last={last.link}:{last.marker}"
        yield f"last_tense={last.link}:{tense.tense(chain[-2].head)}"
    if any(layer.link == "conjunct" for layer in chain[1:]):
        yield "conjunct"
    for number, layer in enumerate(outer, start=1):
        kind = f"{layer.entry.kind if layer.entry else 'other'}{_sign(layer)}"
        yield f"any={kind}"
        if number <= NAMED_GOVERNORS:
            yield f"governor{number}={kind}:{layer.marker}"
            if layer.entry is not None:
                yield f"signature={layer.entry.denied if layer.negated else layer.entry.affirmed}"
        if layer.modal is not None:
            yield from (f"above={layer.modal.lower_}", f"above{number}={layer.modal.lower_}")
        if layer.negated:
            yield f"above_negated{min(number, NAMED_GOVERNORS)}"
    if outer:
        yield from _nearest_features(outer[0], chain[0].head)
    if len(outer) > 1:
        yield f"second={outer[1].head.lemma_.lower()}{_sign(outer[1])}"
    yield f"depth={min(len(outer), 4)}"


def _nearest_features(layer: Layer, event: Token) -> Iterator[str]:
    lemma = f"{layer.head.lemma_.lower()}{_sign(layer)}"
    yield from (f"nearest={lemma}", f"nearest={lemma}:{layer.marker}", f"nearest_tense={tense.tense(layer.head)}")
    yield from (f"link={layer.link}:{event.pos_}", f"holder={_kind_of_subject(layer.head)}")


def _sign(layer: Layer) -> str:
    return "-" if layer.negated else ""


def _kind_of_subject(token: Token) -> str:
    subject = predicates.subject(token)
    if subject is None:
        return "none"
    return subject.lower_ if subject.pos_ == "PRON" else "noun"
