"""The roles of columns: guessed from what they hold, confirmed by people, read by drafts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from sextant.contracts.file.draft import Draft
from sextant.contracts.problems import suggest
from sextant.engines.profile import ColumnProfile
from sextant.engines.roles import bands_of, guess, risk_of
from sextant.engines.tasks import done_column, effort_columns, rubrics, two_classes
from sextant_server.core.errors import Invalid
from sextant_server.sources.models import SourceVersion

SINGLE = ("label", "score", "prediction", "time", "unit")
MOST_SEGMENTS = 12


def guessed(columns: list[ColumnProfile]) -> dict[str, Any]:
    """The likeliest roles, in the form in which they are confirmed."""
    found = guess(columns)
    roles: dict[str, Any] = {}
    for role in SINGLE:
        column = getattr(found, role)
        if column:
            roles[role] = column.name
    if found.task == "binary" and found.label and not two_classes(found.label):
        roles["positive"] = found.label.values[-1]
    if found.task != "binary":
        roles["task"] = found.task
        roles |= _of_task(columns)
    if found.score and found.scale != 1:
        roles["scale"] = found.scale
    roles["segments"] = [
        {
            "name": one.name.casefold(),
            "column": one.name,
            "bands": list(bands_of(one)),
        }
        for one in found.segments
    ]
    return roles


def _of_task(columns: list[ColumnProfile]) -> dict[str, Any]:
    """What answers and agents are judged by: whether it was done, rubrics, what it took."""
    done = done_column(columns)
    return {
        "done": done.name if done else None,
        "rubrics": [[one.name, not two_classes(one)] for one in rubrics(columns)],
        "spent": [one.name for one in effort_columns(columns)],
    }


def checked_roles(roles: Mapping[str, Any], version: SourceVersion) -> dict[str, Any]:
    """The roles, each with a column that the version has. Raises Invalid, naming the field."""
    names = [column["name"] for column in version.columns]
    found: dict[str, Any] = {}
    for role in SINGLE:
        if column := str(roles.get(role) or ""):
            found[role] = _column(column, names, role)
    if positive := str(roles.get("positive") or "").strip():
        found["positive"] = positive[:200]
    scale = roles.get("scale") or 1
    if not isinstance(scale, int) or not 1 <= scale <= 1_000_000:
        raise Invalid("The scale is what stands for certainty: 1, 100, 1000.", "scale")
    if scale != 1:
        found["scale"] = scale
    segments = list(roles.get("segments") or [])
    if len(segments) > MOST_SEGMENTS:
        raise Invalid(f"At most {MOST_SEGMENTS} segments are kept here.", "segments")
    found["segments"] = [_segment(one, names) for one in segments]
    kept = version.guess
    if "task" in kept and all(
        found.get(role) == kept.get(role) for role in ("label", "prediction")
    ):
        found |= {name: kept.get(name) for name in ("task", "done", "rubrics", "spent")}
    return found


def draft_of(roles: Mapping[str, Any], source: str) -> Draft:
    """What the library's draft of a contract begins with."""
    return Draft(
        source=source,
        label=roles.get("label"),
        positive=roles.get("positive"),
        score=roles.get("score"),
        scale=roles.get("scale", 1),
        prediction=roles.get("prediction"),
        time=roles.get("time"),
        unit=roles.get("unit"),
        segments=tuple(
            (one["name"], one["column"], tuple(one["bands"])) for one in roles.get("segments", ())
        ),
        task=roles.get("task") or "binary",
        done=roles.get("done"),
        rubrics=tuple((name, bool(graded)) for name, graded in roles.get("rubrics") or ()),
        spent=tuple(roles.get("spent") or ()),
        risk=risk_of(roles.get("label"), roles.get("positive")),
    )


def _column(name: str, names: list[str], role: str) -> str:
    if name not in names:
        raise Invalid(f"There is no column '{name}'. {suggest(name, names, 'columns')}", role)
    return name


def _finite(edge: float) -> bool:
    try:
        return math.isfinite(edge)
    except OverflowError:  # a whole number beyond all doubles
        return False


def _segment(one: Any, names: list[str]) -> dict[str, Any]:
    column = _column(str(one.get("column") or ""), names, "segments")
    bands = list(one.get("bands") or [])
    numbers = all(isinstance(edge, int | float) and not isinstance(edge, bool) for edge in bands)
    if not numbers or not all(map(_finite, bands)) or bands != sorted(set(bands)):
        raise Invalid(f"The bands of {column} must be ascending numbers, such as 18, 30, 65.",
                      "segments")  # fmt: skip
    return {
        "name": str(one.get("name") or column.casefold())[:60],
        "column": column,
        "bands": bands,
    }
