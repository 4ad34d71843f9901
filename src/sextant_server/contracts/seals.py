"""The seal of a locked contract: its text, what it decides, and who signed it."""

from __future__ import annotations

from collections.abc import Iterable

from sextant_server.audit.seals import Kind
from sextant_server.contracts.models import Contract


def _rows() -> Iterable[Contract]:
    return Contract.objects.exclude(seal="").iterator()


KIND = Kind("contracts", "contract.locked", _rows)
