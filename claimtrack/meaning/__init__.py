"""Meaning: from a parsed sentence to how sure a proposition is, which way it points, and when and under what it holds.

In comes a parse by spaCy, with the event word of a proposition and what its source does with it; out goes a
`Qualification`: kind, stance, polarity, factuality, likelihood, condition, time and quantities, each with its span.
The modules in the order in which a clause walks them:

    recall            what was found for a word, kept with its parse
    predicates        one predicate: copula, subject, auxiliaries, modal
    negation          the words that deny it
    embedding         what it says of the clause or noun it governs
    chances           what a chance or sign is about
    scope             the layers over an event, up to the root of the sentence
    hedges            which of them qualify the event, and which only report
    condition         what it hangs on, what it is set against
    falsity           whether the text calls it false
    modality          what a modal verb says
    composition       the value of an event from all its layers
    numerals          numbers in words
    quantity          numbers with their units
    probability       chances in figures
    scales            what readers take a likelihood phrase to mean, and the house scales
    likelihood_terms  the words that likelihood phrases are built of
    chance_nouns      "a slim chance", "the likelihood is high"
    phrases           "most likely", "in all likelihood"
    likelihood        how likely the source finds the event
    time_expressions  the patterns of words of time
    calendar_units    whole days, months, years
    rolling           spans from the day of writing on
    periods           periods of the calendar
    spoken_dates      dates in people's own words
    dates             which days words of time name
    horizons          words of time without a date: "soon", "in recent weeks"
    tense             past, present or future by tense and governors
    timing            when the event takes place
    kinds             fact, prediction, demand and the like
    cues              what the source does with it
    commitment        how far the author commits to it
    commitment_model  the same by a trained encoder
    factuality        all of that for one proposition
"""

from claimtrack.meaning.dates import resolve
from claimtrack.meaning.factuality import qualify, qualify_span
from claimtrack.meaning.hedges import event_of
from claimtrack.meaning.quantity import quantities
from claimtrack.meaning.scales import on_scale

__all__ = ["event_of", "on_scale", "qualify", "qualify_span", "quantities", "resolve"]
