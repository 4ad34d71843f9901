"""The same stages by another source's names."""

from __future__ import annotations

from collections.abc import Mapping

from sextant_server.products.models import Stage

LENSES: Mapping[str, tuple[str, tuple[Stage, ...]]] = {
    "strategy": ("Strategy", (Stage.OPPORTUNITY,)),
    "discovery": ("Discovery", (Stage.SCOPING, Stage.DEVELOPMENT)),
    "delivery": ("Delivery", (Stage.LAUNCH, Stage.OPERATIONS)),
}
"""Strategy, Discovery, Delivery: the product operating model's names."""
