"""Where is the model weak? A search over combinations of columns, confirmed on held-out rows."""

from sextant.studies.weak_segments.result import Search

__all__ = ["Search"]
