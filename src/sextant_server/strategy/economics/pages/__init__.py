"""The pages of value models, one module a page."""
