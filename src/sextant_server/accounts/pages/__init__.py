"""The pages about people, one module a page."""
