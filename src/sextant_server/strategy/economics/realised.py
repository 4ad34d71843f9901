"""What was expected of the quality against what evidence measures, and what that does to the value.

Money that was earned is claimed only where how often it is used was measured as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sextant.strategy.economics import Range, ValueModel
from sextant.strategy.economics.inputs import QUALITY
from sextant.strategy.economics.money import amount, range_text
from sextant.strategy.economics.words import QUALITIES
from sextant.strategy.economics.worth import expected, expected_monthly
from sextant_server.strategy.bindings.queries import Found
from sextant_server.strategy.bindings.reading import Reference
from sextant_server.strategy.economics.models import Version
from sextant_server.strategy.economics.reading import Held, range_of

FREQUENCY = ("users", "uses", "adoption")


@dataclass(frozen=True, slots=True)
class Promise:
    """One quality: what was expected in which version, what is measured, and how they stand."""

    name: str
    expected: str
    version: int
    measured: str
    stands: str


@dataclass(frozen=True, slots=True)
class Realised:
    """The qualities side by side, the value with each, and what can be said of earned money."""

    promises: tuple[Promise, ...]
    value: str
    earned: str


def wanted(product: int, model: ValueModel) -> list[tuple[int, Reference]]:
    """The measured qualities that have to be read."""
    return [(product, Reference("rate", name)) for name in QUALITY[model.shape]]


def realised(
    product: int, model: ValueModel, held: Iterable[Held], versions: Iterable[Version], found: Found
) -> Realised:
    """From the newest version that still believed a quality, and the newest evidence."""
    then: dict[str, Range] = {}
    now: dict[str, Range] = {}
    promises = []
    for name in QUALITY[model.shape]:
        reading = found[product, Reference("rate", name)]
        before = _believed(name, versions)
        if before is None:
            continue
        number, was = before
        then[name] = was
        says, stands = reading.absent, "nothing is measured yet"
        if not reading.absent:
            now[name] = range_of(name, reading)
            says, stands = reading.says, _stands(name, was, now[name])
        promises.append(Promise(
            QUALITIES[name].capitalize(), range_text(was, "share", model.currency), number,
            says, stands,
        ))  # fmt: skip
    measured = [one.grade == "measured" for one in held if one.spec.name in FREQUENCY]
    return Realised(tuple(promises), _value(model, then, now), _earned(model, now, measured))


def _believed(name: str, versions: Iterable[Version]) -> tuple[int, Range] | None:
    """The newest range of an input that was no measurement, and the version that held it."""
    for version in versions:
        one: Mapping[str, Any] | None = version.content["inputs"].get(name)
        if one and one["grade"] != "measured" and not one["follows"]:
            ends = [None if one[end] is None else float(one[end]) for end in
                    ("low", "likely", "high")]  # fmt: skip
            assert ends[0] is not None
            assert ends[2] is not None
            return version.number, Range(ends[0], ends[1], ends[2], one["grade"])
    return None


def _stands(name: str, was: Range, now: Range) -> str:
    better = now.low > was.high if name != "false_positive_rate" else now.high < was.low
    worse = now.high < was.low if name != "false_positive_rate" else now.low > was.high
    if better or worse:
        return f"{'better' if better else 'worse'} than all that was expected"
    inside = was.low <= now.low and now.high <= was.high
    return "within what was expected" if inside else "partly within what was expected"


def _value(model: ValueModel, then: Mapping[str, Range], now: Mapping[str, Range]) -> str:
    if not now:
        return "No evidence measures its quality yet, so its value rests on what was expected."
    shape = {name: then.get(name, model.inputs[name]) for name in QUALITY[model.shape]}
    before = replace(model, inputs={**model.inputs, **shape})
    after = replace(model, inputs={**before.inputs, **now})
    old, new = (amount(expected(one)["ai"], model.currency) for one in (before, after))
    return (
        f"With the quality that was expected it was worth {old} over {model.horizon} months; with"
        f" the measured one it is worth {new}, all else as believed today."
    )


def _earned(model: ValueModel, now: Mapping[str, Range], measured: list[bool]) -> str:
    if now and len(measured) == len(FREQUENCY) and all(measured):
        monthly = expected_monthly(replace(model, inputs={**model.inputs, **now}))["ai"]
        return (
            f"How often it is used is measured as well: at that it brings"
            f" {amount(monthly, model.currency)} a month, at the worths and costs believed above."
        )
    return (
        "What it has earned is not known: that takes a measured number of people, uses and share"
        " of uses that go through it."
    )
