"""The pages of studies, one module a page."""
