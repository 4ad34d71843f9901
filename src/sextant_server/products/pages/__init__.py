"""The pages of products, one module a page."""
