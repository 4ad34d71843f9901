"""What the launch gate asks about failing: every severe way has an answer, and none is red."""

from __future__ import annotations

from collections.abc import Sequence

from sextant.words.numbers import word
from sextant_server.failures.models import FailureMode
from sextant_server.failures.reading import Sight
from sextant_server.gates.known import Facts, Failing, Requirement
from sextant_server.products.models import Stage

ASKS = (Stage.LAUNCH,)
"""The stages whose gates look at how it fails."""


def failing_of(seen: Sequence[Sight]) -> tuple[Failing, ...]:
    """The modes as a gate counts them."""
    return tuple(
        Failing(one.mode.pk, one.mode.how, one.mode.severe, one.possible, one.says, one.lacks)
        for one in seen
    )


def failures(facts: Facts) -> Requirement:
    """Missed where a severe mode is red; met where each has an answer and none can be red."""
    if not facts.failing:
        says = (
            "Nobody has written down how it fails. Its ways to fail, each with a number, two"
            " bounds and what happens then, would decide this."
        )
        return Requirement("failures", "undecided", says, "failures")
    severe = [one for one in facts.failing if one.severe]
    if red := [one for one in severe if one.possible == ("red",)]:
        return Requirement("failures", "missed", f"It fails now: {_named(red)}.", "failures")
    if open_ones := [one for one in severe if one.lacks]:
        first = open_ones[0]
        says = f"“{first.how}” lacks {', '.join(first.lacks)}"
        more = len(open_ones) - 1
        others = f"; {word(more)} more lack{'s' if more == 1 else ''} something" if more else ""
        says = f"{says}{others}. Writing it down would decide this."
        return Requirement("failures", "undecided", says, "failures")
    if unknown := [one for one in severe if not one.possible or "red" in one.possible]:
        says = f"Whether it fails is not known: “{unknown[0].how}”. {unknown[0].says}"
        return Requirement("failures", "undecided", says, "failures")
    return Requirement("failures", "met", _met(facts.failing, severe), "failures")


def _met(every: Sequence[Failing], severe: Sequence[Failing]) -> str:
    if not severe:
        return f"Of {word(len(every))} ways to fail that are written down, none is called severe."
    green = sum(one.possible == ("green",) for one in severe)
    ways = "way" if len(severe) == 1 else "ways"
    have = "has" if len(severe) == 1 else "have"
    says = f"{word(len(severe)).capitalize()} severe {ways} to fail {have} an answer and somebody"
    rest = "each is green" if green == len(severe) else f"none is red, {green} of them green"
    return f"{says} who sees to it; {rest}."


def _named(modes: Sequence[Failing]) -> str:
    return "; ".join(one.how.rstrip(".") for one in modes)


def kept(seen: Sequence[Sight]) -> list[dict[str, object]]:
    """The modes as a decision keeps them: what was promised to happen, and the band it was in."""
    return [_kept(one, one.mode) for one in seen]


def _kept(one: Sight, mode: FailureMode) -> dict[str, object]:
    return {
        "id": mode.pk, "how": mode.how, "severe": mode.severe, "possible": list(one.possible),
        "says": one.says, "figures": one.figures,
        "amber": [mode.amber_response, str(mode.amber_owner or "")],
        "red": [mode.red_response, str(mode.red_owner or "")],
    }  # fmt: skip
