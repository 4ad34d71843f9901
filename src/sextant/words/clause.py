"""A measured number as a clause: "of 100 predictions about 15 are wrong (13 to 17)"."""

from __future__ import annotations

from dataclasses import dataclass

from sextant.contracts.model import Op
from sextant.stats.estimate import Estimate
from sextant.words.frequency import frequency, frequency_of, of
from sextant.words.nouns import Subject, rows_noun, unit_of
from sextant.words.numbers import Scale, scale_for, span, whole

LEAST: dict[Op, str] = {">=": "at least", "<=": "at most"}
FLIPPED: dict[Op, Op] = {">=": "<=", "<=": ">="}
FALLBACK = ", so the product needs a fallback"
SINGULAR = {"are": "is", "have": "has"}
SMALL = 0.1
PER = 10_000


@dataclass(frozen=True, slots=True)
class Clause:
    """`measured` with number and interval, `bound` as it was promised, and what follows."""

    measured: str
    bound: str
    consequence: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """An estimate the way it is read: of the failures where these are counted."""

    value: float
    low: float
    high: float
    bound: float
    op: Op

    def complement(self, total: float) -> Read:
        """The same of the others: total - x, with the comparison turned round."""
        return Read(
            total - self.value,
            total - self.high,
            total - self.low,
            total - self.bound,
            FLIPPED[self.op],
        )

    def scale(self, share: bool = True) -> Scale:
        return frequency(self.value, self.low, self.high, self.bound, self.op, share)


def read(subject: Subject, estimate: Estimate) -> Read:
    """The estimate beside its bound; it must have a value."""
    if estimate.value is None:
        raise ValueError("an undefined estimate has no clause, only a reason")
    criterion = subject.criterion
    return Read(estimate.value, estimate.low, estimate.high, criterion.bound, criterion.op)


def plain_clause(subject: Subject, estimate: Estimate) -> Clause:
    """A metric of one group as a clause; comparisons of groups are `compare.compare_clause`."""
    found = read(subject, estimate)
    if subject.metric.fact:
        return _fact(subject, estimate)
    if subject.counted:
        return _share(subject, found)
    match subject.metric.name:
        case "auc":
            return _ranking(subject, found)
        case "quantile":
            return _quantile(subject, found)
        case "mean" if found.low >= 0 and max(found.value, found.high) < SMALL:
            return _small_mean(subject, found)
        case _:
            return _generic(subject, found)


def _share(subject: Subject, found: Read) -> Clause:
    if subject.reading.failure:
        found = found.complement(1.0)
    scale = found.scale()
    shown = f"{count(subject, of(scale), amount(scale, found.value))}{subject.cut}"
    consequence = FALLBACK if subject.reading.failure and found.value > 0 else ""
    return Clause(
        f"{shown} ({span(scale, found.low, found.high)})",
        promised(scale, found.bound, found.op),
        consequence,
    )


def _ranking(subject: Subject, found: Read) -> Clause:
    scale = found.scale()
    shown = count(subject, of(scale), amount(scale, found.value, ""))
    return Clause(
        f"{shown} ({span(scale, found.low, found.high)})",
        f"{promised(scale, found.bound, found.op)} times",
    )


def _quantile(subject: Subject, found: Read) -> Clause:
    scale = measure(subject, found)
    shown = f"{share_within(subject)} {LEAST[found.op]} {scale.full(found.value)}"
    return Clause(
        f"{shown} ({span(scale, found.low, found.high)})",
        f"{LEAST[found.op]} {scale.exact(found.bound)}",
    )


def _small_mean(subject: Subject, found: Read) -> Clause:
    scale = small_scale(found)
    noun, value = summed(subject), scale.bare(found.value)
    shown = f"in {of(scale)} {rows_noun(subject.contract)}, "
    shown += f"about {value} {noun}" if noun else f"{subject.call['column']} adds up to {value}"
    return Clause(
        f"{shown} ({span(scale, found.low, found.high)})",
        f"{LEAST[found.op]} {scale.exact(found.bound)}",
    )


def _fact(subject: Subject, estimate: Estimate) -> Clause:
    """A count of the rows that are there: no interval, and of how many."""
    found, n = counted(estimate), round(estimate.n)
    of_rows = "" if estimate.value == estimate.n else f" among {whole(n)}"
    bound = f"{LEAST[subject.criterion.op]} {whole(round(subject.criterion.bound))}"
    return Clause(f"{subject.reading.noun} is {found}, counted{of_rows}", bound)


def counted(estimate: Estimate) -> str:
    """The number of a fact: `12`, or `at least 12` where tables were counted apart."""
    value = whole(round(estimate.value or 0))
    return value if estimate.high == estimate.value else f"at least {value}"


def _generic(subject: Subject, found: Read) -> Clause:
    scale = measure(subject, found)
    shown = f"{subject.reading.noun}{subject.cut} is {scale.full(found.value)}"
    return Clause(
        f"{shown} ({span(scale, found.low, found.high)})",
        f"{LEAST[found.op]} {scale.exact(found.bound)}",
    )


def measure(subject: Subject, found: Read) -> Scale:
    """The scale of the criterion's own unit for these numbers."""
    unit = unit_of(subject)
    return scale_for(
        unit, found.value, found.low, found.high, found.bound, found.op, subject.currency
    )


def count(subject: Subject, total: str, quantity: str) -> str:
    """`of 100 people about 7 are flagged`; for AUC `… ranks the positive one higher 90 times …`."""
    if subject.metric.name == "auc":
        return (
            "shown one positive and one negative case, it ranks the positive one higher "
            f"{quantity} times out of {total}"
        )
    reading = subject.reading
    are = reading.otherwise if reading.failure else reading.are
    return f"of {total} {reading.of} {quantity} {agreeing(are, quantity)}"


def agreeing(are: str, quantity: str) -> str:
    """The verb in the singular after a count of one."""
    if quantity.removeprefix("about ") != "1":
        return are
    verb, _, rest = are.partition(" ")
    return f"{SINGULAR.get(verb, verb + 's')} {rest}"


def amount(scale: Scale, value: float, about: str = "about ") -> str:
    """`none`, `all` or `about 15`."""
    if value == 0 and about:
        return "none"
    if value == 1 and about:
        return "all"
    return f"{about}{scale.bare(value)}"


def promised(scale: Scale, bound: float, op: Op) -> str:
    """A promised count: `at least 80`, `none`."""
    if op == "<=" and bound == 0:
        return "none"
    return f"{LEAST[op]} {scale.exact(bound)}"


def share_within(subject: Subject) -> str:
    """The quantile's rows: `in 95 of 100 calls, latency_ms is`."""
    q = float(subject.call["q"])
    share = q if subject.criterion.op == "<=" else 1 - q
    scale = frequency_of(share)
    who = rows_noun(subject.contract)
    return f"in {scale.bare(share)} of {of(scale)} {who}, {subject.call['column']} is"


def small_scale(found: Read) -> Scale:
    """A small mean as a sum over many rows."""
    return scale_for("value", found.value, found.low, found.high, found.bound, found.op, times=PER)


def summed(subject: Subject) -> str:
    """What a small mean adds up to: the contract's own noun for the label, or the column."""
    label = subject.contract.data.label
    column = str(subject.call["column"])
    positive = subject.contract.names.positive
    return positive if positive and label and label.column == column else ""
