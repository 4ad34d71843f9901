"""The seal of a published version of a framework: its text and what it decides."""

from __future__ import annotations

from collections.abc import Iterable

from sextant_server.audit.seals import Kind
from sextant_server.strategy.assessments.models import FrameworkVersion


def _rows() -> Iterable[FrameworkVersion]:
    return FrameworkVersion.objects.exclude(seal="").iterator()


KIND = Kind("frameworks", "framework.published", _rows)
