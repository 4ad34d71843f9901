"""A comparison of two versions as a document: terminal, JSON, Markdown, one page of HTML."""
