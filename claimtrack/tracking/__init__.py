"""What the claims of a store say over time: pairs, topics, timeline, forecasts, profiles, reviews, joining."""
