"""The share of quick wins as a range whose ends can be reached, and whether it hits its target."""

from __future__ import annotations

import numpy as np
import pytest
from bets_by_hand import bet

from sextant.strategy.portfolio import Span, against, mix


def test_kinds_and_share() -> None:
    bets = [
        bet(1, effort=Span(1, 3)),
        bet(2, effort=Span(10, 20)),
        bet(3),
        bet(4, effort=Span(4, 8)),
    ]
    found = mix(bets, 6)
    assert [[one.key for one in held] for held in (found.quick, found.long, found.either, found.unknown)] == [[1], [2], [4], [3]]  # noqa: E501 # fmt: skip
    assert found.share == Span(1 / (1 + 20 + 8), (3 + 6) / (3 + 6 + 10))


def test_no_world_leaves_the_range() -> None:
    random = np.random.default_rng(3)
    spans = [Span(*sorted(random.uniform(1, 12, 2))) for _ in range(7)]
    share = mix([bet(key, effort=span) for key, span in enumerate(spans)], 6).share
    assert share is not None
    for _ in range(2_000):
        real = [random.uniform(span.low, span.high) for span in spans]
        quick = sum(one for one in real if one <= 6)
        assert share.low - 1e-9 <= quick / sum(real) <= share.high + 1e-9


def test_nothing_estimated_has_no_share() -> None:
    assert mix([bet(1)], 6).share is None


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(0.3, 0.4, "met"), (0.2, 0.5, "met"), (0.1, 0.19, "missed"), (0.51, 0.9, "missed"),
     (0.1, 0.3, "undecided"), (0.4, 0.6, "undecided"), (0.0, 1.0, "undecided")],
)  # fmt: skip
def test_against_a_target(low: float, high: float, verdict: str) -> None:
    assert against(Span(low, high), Span(0.2, 0.5)) == verdict
    assert against(None, Span(0.2, 0.5)) == "undecided"
