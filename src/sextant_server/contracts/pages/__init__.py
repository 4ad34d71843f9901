"""The pages of contracts, one module a page."""
