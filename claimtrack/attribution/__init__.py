"""Who says it: from a parsed text and its tagger's quotations to `Attribution` records."""
