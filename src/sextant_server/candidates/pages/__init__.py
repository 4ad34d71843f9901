"""The pages of candidates, one module a page."""
