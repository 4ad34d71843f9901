"""Bets with values that are told by hand, as `bets_told.py` makes them."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from examples import ABOUT

sys.path.insert(0, str(Path(__file__).parent))

from bets_told import MakeBet, Told

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.products import actions as products
from sextant_server.products.models import Product
from sextant_server.strategy.opportunities.models import Bet
from sextant_server.strategy.portfolio import gathering


@pytest.fixture
def values(monkeypatch: pytest.MonkeyPatch) -> dict[int, Told]:
    """The values of the products by their keys, read in the place of their value models."""
    held: dict[int, Told] = {}

    def valued(keys: Any, today: date) -> dict[int, Told]:
        return {key: held[key] for key in keys if key in held}

    monkeypatch.setattr(gathering, "valued", valued)
    return held


@pytest.fixture
def bet_on(values: dict[int, Told], make_user: Callable[..., User]) -> MakeBet:
    """Begin a bet: `bet_on("Fraud", told(5_000), effort=(2, 4), is_open=False)`."""
    owner = make_user("bets")

    def make(
        name: str,
        value: Told | None = None,
        effort: tuple[float, float] | None = None,
        is_open: bool = True,
        **fields: Any,
    ) -> Product:
        about = replace(ABOUT, name=name, is_open=is_open)
        product = products.begin(Acting(user=owner), about)
        if value is not None:
            values[product.pk] = value
        if effort is not None:
            fields["effort"] = {"data_science": [str(end) for end in effort]}
        if fields:
            Bet.objects.create(product=product, **fields)
        return product

    return make
