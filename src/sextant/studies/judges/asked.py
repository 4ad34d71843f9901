"""What is asked of a judge: by which columns, what counts as a yes, what was promised."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sextant.contracts.file.node import node_from_python
from sextant.contracts.file.sections import read_data
from sextant.contracts.model import Contract, Op
from sextant.contracts.normal_form import normal_form
from sextant.contracts.problems import ContractError, Problem
from sextant.metrics.requests import Patterns, Verdicts
from sextant.metrics.tally import Grouping

Kind = Literal["true", "is", "range", "value"]
PROMISE = re.compile(r"\s*(>=|<=)\s*(-?[0-9.]+)\s*(%?)\s*(in every segment)?\s*")


@dataclass(frozen=True, slots=True)
class Promise:
    """A bound on what people would say, for all rows and, where `every`, in each segment."""

    op: Op
    bound: float
    every: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """The columns, by what they are for.

    `kind` of the outcome: a yes/no column, one value among several (`positive`), a number that
    reaches a bar, or a number's mean. `swapped`: the judge's verdict on the same pair in the other
    order, under the same names of the answers; `first` is the name of the answer that `judge` saw
    first. `favours` name columns that hold the answer which a bias would favour; `lengths` the
    texts, or the lengths, of the first and the second answer. `scored`: the judge gives numbers of
    many values, which are no verdicts to be set beside people's. `stratum` names the segment in
    which labels were drawn at random, where they were not from all rows alike.
    """

    contract: Contract
    human: str
    judge: str
    kind: Kind
    positive: str = ""
    at_least: float | None = None
    raters: tuple[str, ...] = ()
    swapped: str = ""
    first: str = ""
    second: str = ""
    favours: tuple[tuple[str, str], ...] = ()
    lengths: tuple[str, str] | None = None
    stratum: str = ""
    scale: Literal["nominal", "ordinal", "interval"] = "nominal"
    promise: Promise | None = None
    confidence: float = 0.95
    scored: bool = False

    @property
    def share(self) -> bool:
        """Is a share of rows estimated, rather than a mean?"""
        return self.kind != "value"

    @property
    def verdicts(self) -> Verdicts:
        return Verdicts(
            self.kind, self.human, self.judge, low=self.at_least, high=None, value=self.positive
        )

    @property
    def both(self) -> Patterns:
        return Patterns((self.human, self.judge))

    def favoured(self, column: str) -> Patterns:
        return Patterns((self.human, self.judge, column))

    @property
    def longer(self) -> Patterns:
        return Patterns((self.human, self.judge), self.lengths)

    @property
    def segments(self) -> tuple[str, ...]:
        """The names of the segments that are told, the stratum left out."""
        names = (segment.name for segment in self.contract.data.segments)
        return tuple(name for name in names if name != self.stratum)

    def requests(self) -> dict[Grouping, list[Any]]:
        """What one scan must yield, by grouping."""
        verdicts: list[Any] = [self.verdicts]
        found: dict[Grouping, list[Any]] = {(): [*verdicts, *self._patterns()]}
        for name in self.segments:
            found[(name,)] = [*verdicts, *([self.both] if self.compared else [])]
        if self.stratum:
            found.setdefault((self.stratum,), []).extend(verdicts)
            for name in self.segments:
                found[(name, self.stratum)] = list(verdicts)
        return found

    @property
    def compared(self) -> bool:
        """Are verdicts classes, so that people's and the judge's can be set side by side?"""
        return not self.scored and (self.kind != "value" or self.scale != "nominal")

    def _patterns(self) -> list[Any]:
        found: list[Any] = [self.both] if self.compared else []
        if len(self.raters) > 1:
            found.append(Patterns(self.raters))
        found += [Patterns((rater, self.judge)) for rater in self.raters]
        if self.swapped:
            found.append(Patterns((self.judge, self.swapped)))
        found += [self.favoured(column) for _, column in self.favours]
        return found + ([self.longer] if self.lengths else [])

    def digest(self) -> str:
        """Of all that decides."""
        held = {key: value for key, value in asdict(self).items() if key != "contract"}
        form = {"judges": held, "data": normal_form(self.contract, {})["data"]}
        text = json.dumps(form, sort_keys=True, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def loose_contract(
    source: str, segments: Mapping[str, Any] | Sequence[str] | None, unit: str | None
) -> Contract:
    """A contract without promises. Raises `ContractError` with every problem."""
    problems: list[Problem] = []
    named = {name: name for name in segments} if isinstance(segments, list | tuple) else segments
    roles = {"source": source, "unit": unit, "segments": named}
    written = {name: role for name, role in roles.items() if role is not None}
    data = read_data(node_from_python(written), problems).data
    if problems:
        raise ContractError(problems)
    return Contract("Judge", "", "generation", data, ())


def promise_from(written: str) -> Promise:
    """`>= 80%`, `<= 0.05 in every segment`. Raises `ContractError` for anything else."""
    match = PROMISE.fullmatch(written)
    try:
        bound = float(match[2]) if match else float("nan")
    except ValueError:
        bound = float("nan")
    if match is None or bound != bound:
        what = f"The promise '{written}' cannot be read."
        remedy = "Write one like '>= 80%', or '>= 80% in every segment'."
        raise ContractError([Problem("promise", what, remedy)])
    op: Op = ">=" if match[1] == ">=" else "<="
    return Promise(op, bound / 100 if match[3] else bound, bool(match[4]))
