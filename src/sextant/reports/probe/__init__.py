"""A probe: the JSON object, and what is drawn from it."""
