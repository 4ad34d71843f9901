"""Reads life cycles from their files. Each must cover every stage, so that reports compare."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from sextant.contracts.file.document import parse_document
from sextant.contracts.file.fields import Problems, add, entries, text
from sextant.contracts.file.node import Node
from sextant.strategy.lifecycles.model import RECORDS, STAGES, Cycle, CycleStep
from sextant.strategy.shipped import chosen, items, once, settle, shipped, texts

PLAIN = ("cycle", "name", "says", "best_for", "focus", "leaves_out")
KEYS = (*PLAIN, "strengths", "steps")
STEP = ("step", "name", "asks", "leaves", "stages", "records", "returns")
FILES = ("stages", "pom", "crisp-dm", "eight", "six", "ideation", "structured")
"""In the order in which they are offered."""


@cache
def cycles() -> Mapping[str, Cycle]:
    """Every life cycle by its key; our own stages come first."""
    found = (_cycle(shipped(__package__, f"{name}.yaml")) for name in FILES)
    return MappingProxyType({cycle.key: cycle for cycle in found})


def cycle_from_text(text: str) -> Cycle:
    """A life cycle from YAML. Raises `ContractError` with every problem and its place."""
    return _cycle(parse_document(text))


def _cycle(root: Node) -> Cycle:
    problems: Problems = []
    held = entries(root, KEYS, KEYS, "a life cycle", problems)
    plain = [text(held.get(name), name, problems) for name in PLAIN]
    key, name, says, best_for, focus, leaves_out = plain
    rows = items(held.get("steps"), "steps", problems)
    steps = tuple(_step(row, problems) for row in rows)
    _check(root, rows, steps, problems)
    strengths = texts(held.get("strengths"), "strengths", problems)
    settle(problems)
    return Cycle(key, name, says, best_for, focus, strengths, leaves_out, steps)


def _step(node: Node, problems: Problems) -> CycleStep:
    held = entries(node, STEP, STEP[:-1], "a step", problems)
    key, name, asks, leaves = (text(held.get(one), one, problems) for one in STEP[:4])
    return CycleStep(
        key, name, asks, leaves,
        stages=chosen(held.get("stages"), STAGES, "stage", problems),
        records=chosen(held.get("records"), RECORDS, "record", problems),
        returns=texts(held.get("returns"), "returns", problems),
    )  # fmt: skip


def _check(
    root: Node, rows: tuple[Node, ...], steps: tuple[CycleStep, ...], problems: Problems
) -> None:
    """What no single key shows: that steps are distinct, in order, and cover every stage."""
    once(((step.key, row) for step, row in zip(steps, rows, strict=True)), "step", problems)
    before: list[str] = []
    latest = 0
    for row, step in zip(rows, steps, strict=True):
        for origin in step.returns:
            if origin not in before:
                add(problems, row, f"'{step.key}' returns to '{origin}', which is no step before"
                    " it.", f"Steps before it: {', '.join(before) or 'none'}.")  # fmt: skip
        places = [STAGES.index(stage) for stage in step.stages]
        if places and (places[0] < latest or places != list(range(places[0], places[-1] + 1))):
            add(problems, row, f"The stages of '{step.key}' are out of order.",
                "Name neighbouring stages, none before the step above.")  # fmt: skip
        latest = max([latest, *places[:1]])
        before.append(step.key)
    covered = {stage for step in steps for stage in step.stages}
    for stage in STAGES:
        if stage not in covered:
            add(problems, root, f"No step lies on '{stage}'.", "Let each stage have a step.")
