"""Ways of mitigation: the JSON object, and what is drawn from it."""
