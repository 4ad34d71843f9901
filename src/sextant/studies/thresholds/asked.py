"""What is asked of a threshold: costs, limits, capacity, another prevalence, a fallback."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sextant.contracts.grammar.meaning import HIGHEST, LOWEST
from sextant.contracts.model import Contract, Costs, Op
from sextant.contracts.problems import ContractError, Problem, suggest
from sextant.stats.cuts import Prices

Measure = Literal["flagged", "recall", "precision", "false_positive_rate", "friction"]
MEASURES: tuple[Measure, ...] = (
    "flagged", "recall", "precision", "false_positive_rate", "friction"
)  # fmt: skip
EQUAL: tuple[Measure, ...] = ("recall", "false_positive_rate", "flagged", "precision")
OTHER_NAMES = {"selection_rate": "flagged", "fpr": "false_positive_rate"}
KINDS = ("true_positive", "false_positive", "false_negative", "true_negative")
LIMIT = re.compile(r"\s*(\w+)\s*(>=|<=|≥|≤)\s*([\d.]+)\s*(%?)\s*")
HOW = "Write recall >= 80%, precision >= 0.9, friction <= 2% or flagged <= 10%."


@dataclass(frozen=True, slots=True)
class Limit:
    """What a cut must keep: `recall >= 0.8`."""

    measure: Measure
    op: Op
    bound: float

    @property
    def text(self) -> str:
        return f"{self.measure} {self.op} {self.bound:g}"


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything that a threshold is weighed by.

    `costs` of a decision of each kind, a review of what is flagged included; `known` whether they
    were given (else every error counts as one). `current`: the threshold of today. `prevalence`:
    the share of positives among those to come, where it differs from the rows'. `volume`: decisions
    a `period`; `capacity`: how many of them may be flagged. `automated_error`: the bound of a
    fallback; `review`: what a person's look costs; `band`: two cuts to be judged as they are.
    """

    costs: Costs
    known: bool
    current: float
    limits: tuple[Limit, ...] = ()
    prevalence: float | None = None
    volume: float | None = None
    capacity: float | None = None
    period: str = "day"
    automated_error: float | None = None
    review: float = 0.0
    band: tuple[float, float] | None = None
    equalise: Measure | None = None
    alpha: float = 0.05

    @property
    def prices(self) -> Prices:
        """What a missed positive and a false alarm cost more than their right counterparts."""
        c = self.costs
        return Prices(
            c.false_negative - c.true_positive,
            c.false_positive - c.true_negative,
            self.prevalence,
        )

    @property
    def amounts(self) -> tuple[float, float, float, float]:
        """Of a true positive, false positive, false negative, true negative."""
        c = self.costs
        return c.true_positive, c.false_positive, c.false_negative, c.true_negative


def ask(
    contract: Contract,
    *,
    costs: Mapping[str, Any] | None = None,
    limits: str | Sequence[str] = (),
    capacity: float | None = None,
    volume: float | None = None,
    period: str = "day",
    prevalence: float | None = None,
    automated_error: float | None = None,
    review: float | None = None,
    band: Sequence[float] | None = None,
    equalise: str | None = None,
    confidence: float = 0.95,
) -> Setting:
    """The setting of a contract and of what was asked besides. Raises `ContractError`: all of it.

    `costs` replace the contract's, key by key. Without any, a missed positive and a false alarm
    count 1 each.
    """
    problems: list[Problem] = []
    base, known = _costs(contract.costs, costs or {}, problems)
    found = Setting(
        base,
        known,
        contract.threshold,
        tuple(_limits([limits] if isinstance(limits, str) else limits, problems)),
        _inside(prevalence, "prevalence", problems),
        _above_zero(volume, "volume", problems),
        _above_zero(capacity, "capacity", problems),
        period,
        _inside(automated_error, "automated_error", problems),
        _review(review, problems),
        _band(band, problems),
        _measure(equalise, problems),
        1 - confidence,
    )
    if not LOWEST <= confidence <= HIGHEST:
        what = f"A confidence of {confidence:g} is out of range."
        problems.append(Problem("confidence", what, "Write one from 0.5 to 0.9999."))
    if capacity is not None and volume is None:
        what = f"A capacity of {capacity:g} says nothing without how many come."
        problems.append(Problem("capacity", what, f"Add volume: the decisions a {period}."))
    if not problems:
        problems += _senseless(found.prices, known)
    if problems:
        raise ContractError(problems)
    if found.capacity is None or found.volume is None:
        return found
    share = min(found.capacity / found.volume, 1.0)
    return replace(found, limits=(*found.limits, Limit("flagged", "<=", share)))


def _costs(
    own: Costs | None, given: Mapping[str, Any], problems: list[Problem]
) -> tuple[Costs, bool]:
    """The costs of decisions, where none are known one for each error."""
    found: dict[str, Any] = {}
    for key, value in given.items():
        if key == "currency":
            found[key] = str(value)
        elif key not in KINDS:
            remedy = suggest(str(key), (*KINDS, "currency"), "costs")
            problems.append(Problem("costs", f"'{key}' is no kind of decision.", remedy))
        elif isinstance(value, bool) or not isinstance(value, int | float):
            problems.append(Problem("costs", f"{key} is {value!r}, no number.", "Write 100."))
        elif not math.isfinite(value):
            problems.append(Problem("costs", f"{key} is {value:g}.", "Write a finite amount."))
        else:
            found[key] = float(value)
    if own is None and not found.keys() & set(KINDS):
        return Costs(false_positive=1, false_negative=1, currency=found.get("currency", "")), False
    return replace(own or Costs(), **found), True


def _senseless(prices: Prices, known: bool) -> list[Problem]:
    """Costs under which no threshold pays: the same answer for everybody is the cheapest."""
    found = []
    if prices.miss <= 0:
        what = f"A missed positive costs {prices.miss:g} more than a found one"
        remedy = "Then to flag nobody is cheapest. Make false_negative dearer than true_positive."
        found.append(Problem("costs", f"{what}, and it must cost more.", remedy))
    if prices.alarm <= 0:
        what = f"A false alarm costs {prices.alarm:g} more than leaving a negative alone"
        remedy = "Then to flag all is cheapest. Make false_positive dearer than true_negative."
        found.append(Problem("costs", f"{what}, and it must cost more.", remedy))
    return found if known else []


def _limits(texts: Sequence[str], problems: list[Problem]) -> list[Limit]:
    found = []
    for text in texts:
        match = LIMIT.fullmatch(text)
        try:
            bound = float(match[3]) / (100 if match[4] else 1) if match else math.nan
        except ValueError:
            bound = math.nan
        if match is None or math.isnan(bound):
            problems.append(Problem("limits", f"'{text}' is no limit.", HOW))
            continue
        name = OTHER_NAMES.get(match[1], match[1])
        op: Op = ">=" if match[2] in (">=", "≥") else "<="
        if name not in MEASURES:
            remedy = suggest(name, MEASURES, "measures")
            problems.append(Problem("limits", f"'{name}' cannot be limited.", remedy))
        elif not 0 < bound < 1:
            what = f"The bound of '{text.strip()}' does not lie between 0 and 1."
            problems.append(Problem("limits", what, HOW))
        elif name == "precision" and op == "<=":
            what = f"'{text.strip()}' asks for more false alarms."
            problems.append(Problem("limits", what, "Write precision >= 0.9."))
        else:
            measure = next(one for one in MEASURES if one == name)
            found.append(Limit(measure, op, bound))
    return found


def _inside(value: float | None, name: str, problems: list[Problem]) -> float | None:
    if value is not None and not 0 < value < 1:
        what = f"The {name.replace('_', ' ')} {value:g} does not lie between 0 and 1."
        problems.append(Problem(name, what, "Write a share such as 0.02 or 2%."))
        return None
    return value


def _above_zero(value: float | None, name: str, problems: list[Problem]) -> float | None:
    if value is not None and not (value > 0 and math.isfinite(value)):
        what = f"The {name} {value:g} is no number of decisions."
        problems.append(Problem(name, what, "Write one above 0, such as 400."))
        return None
    return value


def _review(value: float | None, problems: list[Problem]) -> float:
    if value is not None and not (value >= 0 and math.isfinite(value)):
        problems.append(Problem("review", f"A review cannot cost {value:g}.", "Write 0 or more."))
        return 0.0
    return value or 0.0


def _band(value: Sequence[float] | None, problems: list[Problem]) -> tuple[float, float] | None:
    if value is None:
        return None
    if len(value) != 2 or not 0 <= value[0] <= value[1] <= 1:
        written = ", ".join(f"{one:g}" for one in value)
        remedy = "Write two thresholds, the lower one first: 0.3, 0.7."
        problems.append(Problem("band", f"'{written}' is no band between 0 and 1.", remedy))
        return None
    return float(value[0]), float(value[1])


def _measure(name: str | None, problems: list[Problem]) -> Measure | None:
    if name is None:
        return None
    own = OTHER_NAMES.get(name, name)
    found = next((one for one in EQUAL if one == own), None)
    if found is None:
        remedy = suggest(own, EQUAL, "measures")
        problems.append(Problem("equalise", f"'{name}' cannot be made equal.", remedy))
    return found
