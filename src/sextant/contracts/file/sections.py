"""The sections of a contract: data with its segments, costs, names, lock."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sextant.contracts.file.fields import (
    Problems,
    Scalar,
    add,
    entries,
    name_of,
    number,
    scalar,
    text,
    whole,
)
from sextant.contracts.file.moments import read_period
from sextant.contracts.model import Costs, Data, Label, Names, Score, Segment

if TYPE_CHECKING:
    from sextant.contracts.file.node import Node

DATA_KEYS = ("source", "label", "score", "prediction", "time", "period", "unit", "segments")
ROLES = ("label", "score", "prediction", "unit")
SEGMENT_KEYS = ("column", "bands", "labels", "min_rows", "fold")
COST_KINDS = ("true_positive", "false_positive", "false_negative", "true_negative")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class DataPart:
    """The data section, and which parts of it criteria may rely on."""

    data: Data
    roles: frozenset[str] | None
    segments_known: bool


def read_data(node: Node | None, problems: Problems) -> DataPart:
    if node is None or node.kind != "mapping":
        if node is not None:
            entries(node, DATA_KEYS, (), "data", problems)
        return DataPart(Data(""), None, False)
    found = entries(node, DATA_KEYS, ("source",), "data", problems)
    segments, segments_known = _segments(found.get("segments"), problems)
    data = Data(
        source=text(found.get("source"), "source", problems),
        label=_label(found.get("label"), problems),
        score=_score(found.get("score"), problems),
        prediction=name_of(found.get("prediction"), "prediction", problems),
        time=name_of(found.get("time"), "time", problems),
        unit=name_of(found.get("unit"), "unit", problems),
        segments=segments,
    )
    if period := found.get("period"):
        data = _with_period(data, period, problems)
    return DataPart(data, frozenset({*ROLES} & {*found}), segments_known)


def _with_period(data: Data, node: Node, problems: Problems) -> Data:
    found = entries(node, ("from", "to"), (), "period", problems)
    if not found and node.kind == "mapping":
        add(problems, node, "The period names neither from nor to.", "Add one, or drop the period.")
    if data.time is None:
        add(problems, node, "A period needs a time column.", "Add time: COLUMN to data.")
    period = read_period(found.get("from"), found.get("to"), problems)
    return replace(data, period=period)


def _label(node: Node | None, problems: Problems) -> Label | None:
    if node is None or node.kind != "mapping":
        column = name_of(node, "label", problems)
        return Label(column) if column else None
    found = entries(node, ("column", "positive"), ("column",), "label", problems)
    positive = found.get("positive")
    value = scalar(positive, "positive", problems) if positive else None
    return Label(text(found.get("column"), "column", problems), value)


def _score(node: Node | None, problems: Problems) -> Score | None:
    if node is None or node.kind != "mapping":
        column = name_of(node, "score", problems)
        return Score(column) if column else None
    found = entries(node, ("column", "scale"), ("column",), "score", problems)
    column = text(found.get("column"), "column", problems)
    if "scale" not in found:
        return Score(column)
    scale = number(found["scale"], "scale", problems, low=0)
    if scale == 0:
        remedy = "Write the score that stands for certainty: 100, 1000."
        add(problems, found["scale"], "'scale' is 0.", remedy)
    return Score(column, scale or 1.0)


def _segments(node: Node | None, problems: Problems) -> tuple[tuple[Segment, ...], bool]:
    """The segments; False where their names are not known because the mapping is not one."""
    if node is None:
        return (), True
    if node.kind != "mapping":
        remedy = "Write segments: {sex: SEX}, the name first and then its column."
        add(problems, node, "'segments' must be a mapping.", remedy)
        return (), False
    segments: dict[str, Segment] = {}
    for key, value in node.entries:
        name = text(key, "the name of a segment", problems)
        if name in segments:
            add(problems, key, f"Segment '{name}' is declared twice.", "Keep one.")
        elif name:
            segments[name] = read_segment(name, value, problems)
    return tuple(segments.values()), True


def read_segment(name: str, node: Node, problems: Problems) -> Segment:
    """One segment: a column, or a mapping with its bands or labels."""
    if node.empty:
        add(problems, node, f"Segment '{name}' names no column.", f"Write {name}: COLUMN.")
        return Segment(name, "")
    if node.kind != "mapping":
        return Segment(name, text(node, name, problems))
    found = entries(node, SEGMENT_KEYS, ("column",), f"segment '{name}'", problems)
    if "bands" in found and "labels" in found:
        what = f"Segment '{name}' has both bands and labels."
        add(problems, found["labels"], what, "Keep bands for a number, labels for codes.")
    rows = found.get("min_rows")
    return Segment(
        name,
        text(found.get("column"), "column", problems),
        _bands(found.get("bands"), problems),
        _labels(found.get("labels"), problems),
        (whole(rows, "min_rows", problems) or 0) if rows else 0,
        text(found.get("fold"), "fold", problems) or "other",
    )


def _bands(node: Node | None, problems: Problems) -> tuple[float, ...]:
    if node is None:
        return ()
    if node.kind != "list" or not node.items:
        remedy = "Write them like [16, 25, 45, 65]."
        add(problems, node, "'bands' must be a list of edges.", remedy)
        return ()
    before = len(problems)
    edges = [number(item, "bands", problems) for item in node.items]
    numbers = tuple(edge for edge in edges if edge is not None)
    if len(problems) == before:
        for item, low, high in zip(node.items[1:], numbers, numbers[1:], strict=False):
            if low >= high:
                what = f"The bands do not ascend: {item.raw} follows {low:g}."
                add(problems, item, what, "Sort the edges, each once.")
                break
    return numbers


def _labels(node: Node | None, problems: Problems) -> tuple[tuple[Scalar, str], ...]:
    if node is None:
        return ()
    if node.kind != "mapping" or not node.entries:
        remedy = "Write them like {1: White, 2: Black}."
        add(problems, node, "'labels' must be a mapping from values to names.", remedy)
        return ()
    labels: dict[tuple[bool, Scalar], str] = {}
    for key, value in node.entries:
        raw = scalar(key, "a value of labels", problems)
        shown = text(value, f"the label of {key.raw}", problems)
        if raw is None:
            continue
        if (isinstance(raw, bool), raw) in labels:
            add(problems, key, f"The value {key.raw} has two labels.", "Keep one.")
        elif value.empty:
            add(problems, value, f"The value {key.raw} has no label.", "Write its name.")
        labels[isinstance(raw, bool), raw] = shown
    return tuple((raw, shown) for (_, raw), shown in labels.items())


def read_costs(node: Node | None, problems: Problems) -> Costs | None:
    if node is None:
        return None
    found = entries(node, (*COST_KINDS, "currency"), (), "costs", problems)
    amounts = {
        kind: number(found[kind], kind, problems) or 0.0 for kind in COST_KINDS if kind in found
    }
    if node.kind == "mapping" and not any(amounts.values()) and set(found) <= set(COST_KINDS):
        remedy = "Write at least one: {false_negative: 100}."
        add(problems, node, "No decision costs anything.", remedy)
    return Costs(**amounts, currency=text(found.get("currency"), "currency", problems))


def read_names(node: Node | None, problems: Problems) -> Names:
    if node is None:
        return Names()
    found = entries(node, ("rows", "positive", "negative"), (), "names", problems)
    return Names(**{key: text(value, key, problems) for key, value in found.items()})


def read_lock(node: Node | None, problems: Problems) -> str:
    """The digest under which the contract was locked, or ""."""
    if node is None:
        return ""
    digest: Node | None = node
    if node.kind == "mapping":
        found = entries(node, ("digest", "on", "by"), ("digest",), "locked", problems)
        digest = found.get("digest")
        for key in ("on", "by"):
            text(found.get(key), key, problems)
    locked = text(digest, "locked", problems)
    if digest is not None and locked and not DIGEST.fullmatch(locked):
        what = f"'{locked[:80]}' is no digest of a contract."
        add(problems, digest, what, "It is written by Sextant: sha256: and 64 hexadecimal digits.")
        return ""
    return locked
