"""From a parsed, attributed, linked text to `Claim` records: splitting, frames, wording of the proposition."""
