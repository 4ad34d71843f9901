"""Is the data ready: collect, label, buy, synthesise or stop?"""

from sextant.studies.readiness.advising import Advice, Pace, Ready, Reason, ready

__all__ = ["Advice", "Pace", "Ready", "Reason", "ready"]
