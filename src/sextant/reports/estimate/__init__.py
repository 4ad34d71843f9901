"""A study without labels as a document: JSON record, terminal, Markdown, HTML page."""
