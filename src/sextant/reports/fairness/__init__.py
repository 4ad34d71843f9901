"""A fairness review as a document: JSON record, terminal, Markdown, HTML page, frames."""
