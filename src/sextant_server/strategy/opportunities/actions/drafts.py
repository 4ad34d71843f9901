"""A contract's first draft with the criteria that are typical of the bet's pattern."""

from __future__ import annotations

from django.db import transaction

from sextant.strategy.opportunities.patterns import shipped_pattern
from sextant_server.accounts.acting import Acting
from sextant_server.contracts import actions as contracts
from sextant_server.contracts.models import Contract
from sextant_server.core.errors import Conflict
from sextant_server.products.models import Product
from sextant_server.strategy.opportunities.models import Bet


@transaction.atomic
def draft_from_pattern(by: Acting, product: Product) -> Contract:
    """Begin a draft; the pattern's criteria are comments, for they name columns not yet there."""
    held = Bet.objects.filter(product=product).first()
    found = shipped_pattern(held.pattern) if held else None
    if found is None:
        raise Conflict("No pattern is on record for this bet. Choose one first.")
    lines = [f"  # Typical of {found.name.lower()}. The numbers are places for yours."]
    for one in found.criteria:
        lines += [f"  # {one.why}; needs {one.needs}", f"  # - {one.check}"]
    return contracts.draft(by, product, contracts.first_text(product) + "\n".join(lines) + "\n")
