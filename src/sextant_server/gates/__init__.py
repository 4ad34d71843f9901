"""Gates: questions, opinions, decisions, and what they do to a product's stage."""
