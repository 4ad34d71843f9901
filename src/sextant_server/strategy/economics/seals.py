"""The seal of a version of a value model."""

from __future__ import annotations

from collections.abc import Iterable

from sextant_server.audit.seals import Kind
from sextant_server.strategy.economics.models import Version


def _rows() -> Iterable[Version]:
    return Version.objects.iterator()


KIND = Kind("versions of value models", "value_model.kept", _rows)
