"""The pages of opportunities, one module a page."""
