"""A job that takes a tenth of a second, and whose effect can be counted."""

import time
from collections.abc import Callable

from sextant_server.audit.record import record
from sextant_server.jobs.work import Work


def slow(work: Work) -> Callable[[], None]:
    """Wait in steps, then leave one entry in the audit log."""
    for step in range(10):
        work.progress(step / 10, "waiting")
        time.sleep(0.012)

    def keep() -> None:
        record("operator", "test.effect", work.job.subject)

    return keep
