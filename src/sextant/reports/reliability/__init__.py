"""A calibration study as a document: record, terminal, Markdown, one page of HTML."""
