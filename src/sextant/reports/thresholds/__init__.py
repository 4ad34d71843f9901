"""Thresholds weighed, as a document: one record; from it terminal, Markdown, a page of HTML."""
