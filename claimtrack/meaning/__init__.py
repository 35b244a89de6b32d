"""How sure, which way, when: scope, factuality, likelihood, conditions, dates, quantities, read from a parse."""
