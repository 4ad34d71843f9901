"""The pages of gates, one module a page."""
