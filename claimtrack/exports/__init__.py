"""From records to the formats of other programs."""
