"""A data sheet as a document: JSON record, Markdown, HTML page, terminal."""
