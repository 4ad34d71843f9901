"""Whether rows are enough as a document: JSON record, terminal, Markdown, HTML page."""
