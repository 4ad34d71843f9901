"""A study of drift as a document: JSON record, terminal, Markdown, HTML page."""
