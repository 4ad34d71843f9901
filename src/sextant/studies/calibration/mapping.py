"""A recalibration: new scores from old ones, in a form that a service can take over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Floats = NDArray[np.float64]
Method = Literal["none", "isotonic", "platt", "beta"]
EDGE = 1e-6
"""Scores nearer to 0 and 1 than this are taken as this where their logarithm is due."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """New scores of old ones.

    "none": the score itself. "platt": expit(a logit(s) + c), with numbers (a, c). "beta":
    expit(a ln s − b ln(1 − s) + c), with (a, b, c). "isotonic": straight lines between the points
    (`scores`, `values`), level beyond them. `rows` is the number of labelled rows it was fitted on.
    """

    method: Method
    numbers: tuple[float, ...] = ()
    scores: tuple[float, ...] = ()
    values: tuple[float, ...] = ()
    rows: float = 0.0

    def __call__(self, scores: ArrayLike) -> Floats:
        """The new scores, of the same shape; scores lie between 0 and 1."""
        s = np.asarray(scores, np.float64)
        if self.method == "none":
            return s
        if self.method == "isotonic":
            return np.asarray(np.interp(s, self.scores, self.values))
        inside = s.clip(EDGE, 1 - EDGE)
        if self.method == "platt":
            a, c = self.numbers
            return np.asarray(special.expit(a * special.logit(inside) + c))
        a, b, c = self.numbers
        return np.asarray(special.expit(a * np.log(inside) - b * np.log1p(-inside) + c))

    def as_dict(self) -> dict[str, Any]:
        """The mapping as JSON: its method, its numbers or points, the rows it was fitted on."""
        named = {"platt": ("a", "c"), "beta": ("a", "b", "c")}.get(self.method, ())
        found: dict[str, Any] = {"method": self.method, "fitted_on": int(self.rows)}
        found |= dict(zip(named, self.numbers, strict=True))
        if self.method == "isotonic":
            found["points"] = [list(pair) for pair in zip(self.scores, self.values, strict=True)]
        return found

    @classmethod
    def from_dict(cls, held: dict[str, Any]) -> Mapping:
        """The mapping of `as_dict`. Raises KeyError where a number is absent."""
        names = {"platt": ("a", "c"), "beta": ("a", "b", "c")}.get(held["method"], ())
        numbers = tuple(float(held[name]) for name in names)
        points = held["points"] if held["method"] == "isotonic" else []
        scores, values = (tuple(float(pair[i]) for pair in points) for i in (0, 1))
        return cls(held["method"], numbers, scores, values, float(held["fitted_on"]))

    def as_python(self, about: str = "") -> str:
        """A module of the standard library alone whose `recalibrate` maps one score."""
        return PYTHON.format(about=about.replace("\\", "").replace('"', "'"), body=self._body())

    def _body(self) -> str:
        if self.method == "none":
            return "    return score\n"
        if self.method == "isotonic":
            points = "".join(
                f"        ({s!r}, {v!r}),\n" for s, v in zip(self.scores, self.values, strict=True)
            )
            return POINTS.format(points=points)
        start = f"    s = min(max(score, {EDGE!r}), 1 - {EDGE!r})\n"
        if self.method == "platt":
            a, c = self.numbers
            b = a
        else:
            a, b, c = self.numbers
        line = f"{a!r} * math.log(s) - {b!r} * math.log1p(-s) + {c!r}"
        return f"{start}    t = {line}\n    return 1 / (1 + math.exp(-t))\n"


PYTHON = '''"""{about}"""

import math
from bisect import bisect_right


def recalibrate(score: float) -> float:
    """The recalibrated score, 0 to 1, of a score of 0 to 1."""
{body}'''

POINTS = """    points = (
{points}    )
    scores = [s for s, _ in points]
    at = bisect_right(scores, score)
    if at == 0:
        return points[0][1]
    if at == len(points):
        return points[-1][1]
    (s0, v0), (s1, v1) = points[at - 1], points[at]
    return v0 + (v1 - v0) * (score - s0) / (s1 - s0)
"""
