"""From a parsed, attributed, linked text to `Claim` records: one proposition, one source, one place.

What comes in is a spaCy `Doc` that carries its document, links and attributions; what goes out are its claims, and a
verdict on two statements. A document walks the modules in this order:

    contents       which attribution covers a word, and whether what it covers holds a clause
    clauses        where a sentence is cut into clauses that assert something, and who holds each
    qualification  how an event of a clause is held: kind, stance, factuality, likelihood
    frames         who does what to whom; what a claim is about
    positions      who is for or against what
    kind_model     what kind of claim it is, learned
    wording        the proposition, a sentence that can stand alone; verb forms from `inflection`
    spans          where the claim stands in its text
    extraction     the claims
    comparison     the claims of two statements, held against each other

They read the parse with `arguments` (subjects, objects), `events` (words that name events) and `assertions` (which
verbs assert).
"""

from claimtrack.claims.comparison import compare
from claimtrack.claims.extraction import claims_of, extract, extract_all

__all__ = ["claims_of", "compare", "extract", "extract_all"]
