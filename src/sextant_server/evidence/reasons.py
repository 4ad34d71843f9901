"""Why a run failed, as each person may read it."""

from __future__ import annotations

from sextant_server.evidence.models import Run
from sextant_server.products.entering import Here

CLOSED = "It failed. Those who start runs can read why."


def reasons_of(here: Here, run: Run) -> list[str]:
    """Why a run failed: in full for those who start runs, for they can quote cells."""
    return here.told(run.job.problems if run.job else [], CLOSED)
