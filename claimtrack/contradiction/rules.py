"""All rules, in the order in which they are tried: the first finding counts.

To add a rule: one function under `@rule("kind", seats=...)` in the module of its family, from two claims to a
`Finding`, to what keeps them `Apart`, or None. Rules stand in their module in the order in which they are tried.
"""

from __future__ import annotations

from claimtrack.contradiction import attitude_rules, number_rules, state_rules, time_rules, wording_rules
from claimtrack.contradiction.findings import Rule

FAMILIES = (attitude_rules, number_rules, time_rules, wording_rules, state_rules)

RULES = tuple(rule for family in FAMILIES for rule in vars(family).values() if isinstance(rule, Rule))
