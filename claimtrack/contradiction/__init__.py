"""From claims to pairs that clash: what is proposed, candidates, verdicts and their explanation; stance of articles."""
