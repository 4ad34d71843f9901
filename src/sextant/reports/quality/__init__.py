"""A profile as a document: JSON record, terminal, Markdown, HTML page."""
