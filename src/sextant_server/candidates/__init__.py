"""Candidates of a product: which version decides, and why it was chosen."""
