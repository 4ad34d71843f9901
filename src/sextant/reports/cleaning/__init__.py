"""What a recipe did as a document: JSON lineage, terminal, Markdown, HTML page."""
