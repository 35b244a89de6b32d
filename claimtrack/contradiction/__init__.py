"""From claims to pairs that clash: which claims meet, what the rules find in them, and what that is worth.

In come the claims of any number of documents, out go `Contradiction`s and `NearMiss`es, each with its evidence and an
explanation, and the claims on one proposition side by side (`Contrast`, `Corroboration`). A pair walks through the
modules in this order:

- `terms`, `sides`, `participants`: what a claim speaks of, for or against, and who takes part in it
- `sameness`, `explanation`: whether two claims speak of one thing, and how that is said in a sentence
- `findings`: what a rule is; `attitude_rules`, `number_rules`, `time_rules`, `wording_rules`,
  `state_rules`: the rules; `rules`: all
- `blocking`: which claims meet
- `exclusions`: what lets both stand; `nli`, `confirmation`: what the pair model makes of a clash of wording
- `retelling`, `encoder`, `neighbours`: which claims meet because they lie near one another; `judge_model`, `learned`:
  what a trained judge makes of them
- `judging`: the verdict on a pair; `selection`: which pairs are shown, what stands together, and who stands where

Beside them `propositions`, `voices` and `contrasts` gather what all voices say on one thing (`gathering` orders and
joins for both), and `refutation` and `stance` tell how an article bears on another's headline.
"""

from claimtrack.contradiction.blocking import candidates, seats
from claimtrack.contradiction.contrasts import contrast, corroborations
from claimtrack.contradiction.judging import contradictions, judge, near_misses
from claimtrack.contradiction.selection import Camps, blocks, camps, distinct, select

__all__ = [
    "Camps",
    "blocks",
    "camps",
    "candidates",
    "contradictions",
    "contrast",
    "corroborations",
    "distinct",
    "judge",
    "near_misses",
    "seats",
    "select",
]
