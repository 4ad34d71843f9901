"""Products: outcome, people and their parts, stages."""
