"""Who and what is meant: from a parsed text to linked names, pronouns and descriptions."""
