"""Evidence as a document: terminal, JSON, Markdown, JUnit XML, one page of HTML."""

from sextant.reports.as_dict import as_dict, errors_as_dict

__all__ = ["as_dict", "errors_as_dict"]
