"""How long 200 value models take, 10,000 draws each; the bound is two seconds.

    python benchmarks/value_speed.py [products]

Every model has 20 of its inputs as ranges and a way without AI beside it. Counted are the exact
means, the intervals, break-even, payback and the sketch of each.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from sextant.strategy.economics import Range, ValueModel, value

BOUND = 2.0
MIDDLES = {
    "users": 1e4, "uses": 2, "adoption": 0.6, "prevalence": 0.03, "recall": 0.8,
    "false_positive_rate": 0.04, "benefit_right_positive": 80, "cost_false_positive": 12,
    "cost_false_negative": 5, "per_1000": 20, "review_share": 0.1, "review_cost": 0.3,
    "labelling": 500, "fixed": 2_000, "build": 9e4, "months": 6, "today_recall": 0.3,
    "other_recall": 0.5, "other_false_positive_rate": 0.05, "other_build": 1e4,
}  # fmt: skip


def models(count: int) -> list[ValueModel]:
    """Models that differ in one number, so that no draw serves two of them."""
    found = []
    for place in range(count):
        held = {
            name: Range(0.8 * x, x, 1.2 * x, "measured" if "recall" in name else "believed")
            for name, x in MIDDLES.items()
        }
        held["users"] = Range(8_000 + place, None, 12_000 + place, "believed")
        found.append(ValueModel("binary", "EUR", held))
    return found


def seconds(count: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """The time of valuing so many models, by the wall unless another clock is given."""
    made = models(count)
    start = clock()
    for one in made:
        value(one)
    return clock() - start


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    best = min(seconds(count) for _ in range(3))
    print(f"{count} models, 10,000 draws each: {best:.2f} s ({1000 * best / count:.1f} ms a model)")
    sys.exit(best * 200 / count > BOUND)
