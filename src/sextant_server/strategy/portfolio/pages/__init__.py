"""The pages of the portfolio, one module a page."""
