"""The pages of frameworks and assessments, one module a page."""
