"""Bar the antecedents that syntax rules out: in "Iran warned it" it is not Iran, in "its ally" not the ally."""

from __future__ import annotations

from itertools import chain, islice

from claimtrack.reference.antecedents import Anaphor, Antecedent
from claimtrack.reference.syntax import clause, controllers, is_told


def governs(a: Antecedent, anaphor: Anaphor) -> bool:
    """Tell whether both stand under one verb ("Iran warned it") or the phrase holds the pronoun ("its ally")."""
    token = anaphor.token
    if anaphor.is_possessive:
        return any(h.i == a.token for h in token.ancestors)
    return a.clause == clause(token) or is_told(token.doc[a.token], token)


def coarguments(anaphor: Anaphor) -> set[str]:
    """Give who stands under the same verb, and so is not meant: in "Fidan praised him" him is not Fidan."""
    if anaphor.is_possessive:
        return set()
    verb, above = clause(anaphor.token), controllers(anaphor.token)
    near = (a for a in islice(reversed(anaphor.before), 10) if a.clause == verb and len(a.mentions) == 1)
    ruling = (a for a in islice(reversed(anaphor.before), 20) if a.token in above)
    return {key for a in chain(near, ruling) for key in a.ids}
