"""What carries a change, as plain sentences."""

from __future__ import annotations

from sextant.stats.estimate import Estimate
from sextant.studies.drift.result import Driver, Lead, Part, WindowShift
from sextant.words.drift.shares import NOTHING, counted, named, share_sentence
from sextant.words.nouns import capital, listed
from sextant.words.numbers import whole

MOST_NAMED = 6


def carried_sentence(window: WindowShift) -> str:
    """What carries most of a window, or that nothing was found; "" where nothing was looked for."""
    if window.lead:
        return _lead_sentence(window.lead)
    if not window.searched or any(one.driver for one in window.columns):
        return ""
    return (
        f"No segment of the other columns carries half of a change: {whole(window.searched)} "
        "were looked at."
    )


def driver_sentence(driver: Driver) -> str:
    """`Were RELP 17 as frequent in the reference, 3 of 100 rows would differ (1 to 5), not 27.`"""
    left = driver.left
    assert left.value is not None
    rows = f"{counted(left.value, 100)} of 100 rows would differ{_ends(left)}"
    start = f"Without {_names(driver.parts)}"
    if driver.kind == "mix":
        start = f"Were {_names(driver.parts)} as frequent in the reference as here,"
    return f"{start} {rows}, not {counted(driver.distance, 100)}."


def changed_with(lead: Lead, column: str) -> str:
    """Which columns a window's foremost segment carries too, after what was said of `column`."""
    others = [name for name, _ in lead.columns if name not in {column, lead.parts[0].column}]
    if not others:
        return ""
    if lead.parts[0].column == column and lead.columns[0][1].kind == "mix":
        return f"{listed(others, most=MOST_NAMED)} changed with it."
    also = "" if any(name == column for name, _ in lead.columns) else " of the others"
    names = _names(lead.parts)
    carry = "carries" if len(lead.parts) == 1 else "carry"
    return f"{capital(names)} {carry} most{also}."


def part_name(part: Part) -> str:
    """`RELP 17`, `region “North”`, `AGEP above 18 and up to 22`, `empty cells of AGEP`."""
    if part.above and part.upto:
        return f"{part.column} above {part.above} and up to {part.upto}"
    if part.above or part.upto:
        return f"{part.column} {'above' if part.above else 'up to'} {part.above or part.upto}"
    return f"{part.column} {named(part.value)}" if part.value else f"{NOTHING} of {part.column}"


def _lead_sentence(lead: Lead) -> str:
    own, parts = lead.parts[0].column, lead.parts
    if lead.columns[0][1].kind == "inside":
        before, after = (
            counted(one.value or 0.0, 100) for one in (parts[0].before, parts[0].after)
        )
        what = (
            f"Most of it lies in {part_name(parts[0])} ({before} of 100 rows before, {after} now)"
        )
        start = "Without these rows"
    else:
        moves = [share_sentence(_value(one), one.before, one.after) for one in parts]
        what = f"{own} carries it: {'; '.join(moves)}"
        start = "Were that so in the reference,"
    told = [
        f"{name} {counted(one.left.value or 0.0, 100)}{_ends(one.left)}, "
        f"not {counted(one.distance, 100)}"
        for name, one in lead.columns
        if name != own
    ]
    more = f"; and {whole(len(told) - MOST_NAMED)} more" if len(told) > MOST_NAMED else ""
    return f"{what}. {start} of 100 rows would differ: {'; '.join(told[:MOST_NAMED])}{more}."


def _names(parts: tuple[Part, ...]) -> str:
    """`RELP 17, 0 and 16`."""
    first, *rest = parts
    return listed([part_name(first), *map(_value, rest)], most=3)


def _value(part: Part) -> str:
    """A segment without its column's name where it is a value."""
    return named(part.value) if part.value else part_name(part)


def _ends(one: Estimate) -> str:
    return f" ({counted(one.low, 100)} to {counted(one.high, 100)})"
