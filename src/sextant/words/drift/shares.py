"""Shares of rows in plain units, before and after."""

from __future__ import annotations

from sextant.stats.estimate import Estimate

DENOMINATORS = ((0.05, 100), (0.005, 1_000), (0.0, 10_000))
NOTHING = "empty cells"


def named(value: str) -> str:
    """A number as it is, words in quotes, so that they keep their letters."""
    if not value:
        return NOTHING
    return value if value.lstrip("-").replace(".", "", 1).isdigit() else f"“{value}”"


def share_sentence(what: str, before: Estimate, after: Estimate) -> str:
    """`17 rose from 5 (5 to 5) to 70 (68 to 72) of 100 rows`."""
    assert before.value is not None
    assert after.value is not None
    top = max(before.value, after.value)
    scale = next(count for least, count in DENOMINATORS if top >= least)
    was, now = counted(before.value, scale), counted(after.value, scale)
    if was == now:
        return f"{what}: {now} of {scale:,} rows, as before"
    move = "rose" if after.value > before.value else "fell"
    ends = f"{counted(after.low, scale)} to {counted(after.high, scale)}"
    return f"{what} {move} from {was} to {now} of {scale:,} rows ({ends})"


def counted(share: float, scale: int) -> str:
    held = share * scale
    return f"{held:.1f}" if scale == 100 and 0 < held < 0.95 else f"{held:,.0f}"


def ends_of(one: Estimate) -> str:
    return f" ({number(one.low)} to {number(one.high)})"


def number(x: float) -> str:
    return signed(x) if x < 0 else f"{x:,.4g}" if abs(x) < 1e4 else f"{x:,.0f}"


def signed(x: float) -> str:
    return f"−{number(-x)}" if x < 0 else number(x)
