"""The pages of the team and its words, one module a page."""
