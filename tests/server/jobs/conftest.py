"""The tests of leases and heartbeats have them as they are."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def lease(place: Any, settings: Any) -> None:
    """As long as in an installation."""
    settings.JOB_LEASE_SECONDS = 15.0
