"""From what is kept to the library's model: inputs that follow evidence say what it says now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sextant.strategy import grades
from sextant.strategy.economics import BY_NAME, GRADES, Grade, Range, ValueModel
from sextant.strategy.economics import Input as Spec
from sextant.strategy.economics.money import range_text
from sextant_server.core.errors import Invalid
from sextant_server.strategy.bindings.queries import Found
from sextant_server.strategy.bindings.reading import Reading, Reference, moved
from sextant_server.strategy.economics.models import Input
from sextant_server.strategy.economics.models import ValueModel as Kept

FOLLOWING = ("recall", "false_positive_rate", "accuracy", "prevalence")
COUNTED = ("rows", "labelled")


@dataclass(frozen=True, slots=True)
class Held:
    """One input as it counts now: its range, how far it is known, and why it is another than kept.

    `grade` is lower than the range's where the evidence that it follows is gone: then what the
    evidence said last still counts, as an estimate. `follows` names the evidence, `moved` says
    what has changed since it was bound.
    """

    spec: Spec
    kept: Input
    range: Range
    grade: Grade
    follows: str = ""
    moved: str = ""

    def says(self, currency: str) -> str:
        """The range in words."""
        return range_text(self.range, self.spec.unit, currency)


def fits(name: str, reference: Reference, of: str = "") -> bool:
    """Whether an input can follow this: a quality its own rate, the people a count of rows.

    The rate is that of all rows: a criterion over segments tells the worst of them. `of`: which
    quality the number of a study is, as its reading says.
    """
    if reference.kind == "study":
        return name in FOLLOWING and name == of
    if name in FOLLOWING and reference.kind in ("rate", "criterion"):
        rest = reference.key.removeprefix(name)
        whole = " in " not in rest and " across " not in rest and " against " not in rest
        return rest != reference.key and whole and not rest[:1].isalnum() and rest[:1] != "_"
    return name == "users" and reference.kind == "source" and reference.key.endswith(COUNTED)


def range_of(name: str, reading: Reading) -> Range:
    """What a reading says as a range; raises Invalid where it is no number with its interval."""
    value, low, high = reading.value, reading.low, reading.high
    if reading.absent or value is None or low is None or high is None:
        why = reading.absent or "it has no number with an interval."
        raise Invalid(f"That cannot be followed: {why}", "reference")
    if BY_NAME[name].unit == "share":
        if not 0 <= value <= 1:
            raise Invalid(f"That cannot be followed: {value:g} is no share.", "reference")
        low, high = max(low, 0.0), min(high, 1.0)
    return Range(low, value, high, "measured")


def references(rows: Iterable[tuple[int, Input]]) -> list[tuple[int, Reference]]:
    """What has to be read again: (product, reference) of every input that follows something."""
    return [(product, Reference.parse(row.reference)) for product, row in rows if row.reference]


def held_of(rows: Iterable[Input], product: int, found: Found) -> list[Held]:
    """Every input of a product's model as it counts now, in the order of the catalogue."""
    by_name = {row.name: row for row in rows}
    return [_held(BY_NAME[name], by_name[name], product, found) for name in BY_NAME
            if name in by_name]  # fmt: skip


def model_of(kept: Kept, held: Iterable[Held]) -> ValueModel:
    """The library's model. Raises ValueModelError."""
    ranges = {one.spec.name: one.range for one in held}
    return ValueModel(kept.shape, kept.currency, ranges, kept.horizon, kept.payback)  # type: ignore[arg-type]


def _held(spec: Spec, row: Input, product: int, found: Found) -> Held:
    if not row.reference:
        assert row.low is not None
        assert row.high is not None
        likely = None if row.likely is None else float(row.likely)
        grade: Grade = row.grade  # type: ignore[assignment]
        return Held(spec, row, Range(float(row.low), likely, float(row.high), grade), grade)
    reference = Reference.parse(row.reference)
    assert row.reading is not None
    then = Reading.from_plain(row.reading)
    now = found.get((product, reference), Reading(absent="it was not read."))
    if now.absent or now.value is None or now.low is None or now.high is None:
        gone = f"It follows {follows(reference)}: {now.absent or 'it has no number now.'}"
        says = f"{gone} What it said last counts, as an estimate."
        return Held(spec, row, range_of(spec.name, then), "estimated", follows(reference), says)
    changed = moved(then, now)
    if not changed and now.origin != then.origin:
        changed = f"Newer, and within what was known: {now.says}"
    return Held(spec, row, range_of(spec.name, now), "measured", follows(reference), changed)


def follows(reference: Reference) -> str:
    """What an input follows, in words."""
    if reference.kind == "source":
        source, _, measure = reference.key.rpartition(":")
        return f"{measure} of the source “{source}”"
    if reference.kind == "criterion":
        return f"the criterion {reference.key}"
    if reference.kind == "study":
        return f"study {reference.key}"
    return f"the measured {reference.key.replace('_', ' ')}"


def grades_of(held: Iterable[Held]) -> Mapping[Grade, int]:
    """How many inputs are known how far."""
    counts: dict[Grade, int] = dict.fromkeys(reversed(GRADES), 0)
    for one in held:
        counts[one.grade] += 1
    return counts


def weakest(counts: Mapping[Grade, int]) -> Grade:
    """The grade of what rests on all of them."""
    return grades.weakest(grade for grade, count in counts.items() if count) or "measured"
