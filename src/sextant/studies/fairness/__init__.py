"""Who is hurt? Rates by group that hold together, definitions of fairness, where they conflict."""

from sextant.studies.fairness.result import Fairness

__all__ = ["Fairness"]
