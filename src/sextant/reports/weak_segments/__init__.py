"""A search for weak segments as a document: JSON record, terminal, Markdown, HTML page."""
