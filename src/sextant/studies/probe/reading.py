"""From a table to the rows of a probe: what is predicted, which columns can be used, which not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from sextant.contracts.problems import suggest
from sextant.engines.columns import Facts, facts
from sextant.engines.errors import SourceError
from sextant.engines.labelled import Labelled, Wanted, labelled
from sextant.engines.source import Source
from sextant.studies.probe.asked import FEWEST, RAREST, Asked, Task
from sextant.studies.probe.result import Table
from sextant.studies.probe.rows import OTHERS, Array, Rows, coded
from sextant.studies.quality.columns import kind_of
from sextant.studies.quality.profiling import WORDS
from sextant.studies.quality.result import Kind

MOST_CLASSES, FEW_NUMBERS = 50, 10
"""A whole number of so few values is taken for classes."""
MOST_CATEGORIES = 250
"""Categories beyond the commonest are one."""
RUNNING = 10
"""Whole numbers, each once, in a span of so many times the rows number them."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What is read of a table, and what is not, with why."""

    wanted: Wanted
    task: Task | None
    left: tuple[tuple[str, str], ...] = field(default=())


def read(asked: Asked, source: Source) -> tuple[Rows, Table]:
    """The rows and what is to be said of the table. Raises `SourceError` with every problem."""
    told = facts(source)
    _checked(asked, source, told)
    columns = _columns(asked, source, told)
    held = labelled(source, columns.wanted, asked.most, asked.seed)
    task, y, classes, notes = _target(asked, columns, held)
    texts, names, left = _texts(held, asked)
    numbers, single = _numbers(held)
    rows = Rows(
        task, y, classes, numbers, texts, names,
        None if held.unit is None else np.unique(held.unit.astype(str), return_inverse=True)[1],
        held.time,
    )  # fmt: skip
    if not rows.columns:
        what = f"{source.name} has no column left that could predict '{asked.target}'."
        raise SourceError([f"{what} Add some, or ignore fewer."])
    balance = tuple(
        (name, int(n)) for name, n in zip(classes, rows.counts(), strict=True)
    ) if classes else ()  # fmt: skip
    table = Table(
        source.name, held.rows, held.labelled, rows.n, held.untimed, rows.columns,
        (*columns.left, *left, *single, *notes), tuple(held.endless.items()), balance,
        _copies(rows), float(np.std(y)) if task == "regression" else 0.0,
        tuple(columns.wanted.moments),
    )  # fmt: skip
    return rows, table


def _checked(asked: Asked, source: Source, told: Sequence[Facts]) -> None:
    wanted = {asked.target: "the target"}
    wanted |= {asked.unit: "the unit"} if asked.unit else {}
    wanted |= {asked.time: "the time"} if asked.time else {}
    wanted |= dict.fromkeys(asked.ignore, "left out") | dict.fromkeys(asked.keep, "kept")
    problems = source.check_columns(wanted)
    if asked.target in {asked.unit, asked.time, *asked.ignore}:
        problems.append(f"'{asked.target}' is to be predicted. Give it no other part.")
    target = next((one for one in told if one.name == asked.target), None)
    if asked.target in source.columns and target is None:
        problems.append(f"'{asked.target}' holds lists. Name a column of classes or numbers.")
    if target is not None and not problems:
        if not target.rows:
            problems.append(f"{source.name} holds no row. Name a table with labelled rows.")
        elif target.cells < FEWEST:
            what = f"Only {target.cells:,} of {target.rows:,} rows have a '{asked.target}'"
            problems.append(f"{what}, and a probe needs {FEWEST}. Label more, or name another.")
    if problems:
        raise SourceError(problems)


def _columns(asked: Asked, source: Source, told: Sequence[Facts]) -> Columns:
    kinds: Mapping[str, Kind] = {one.name: kind_of(one, source) for one in told}
    target = next(one for one in told if one.name == asked.target)
    kind = kinds[asked.target]
    task = asked.task or _task(target, kind, asked)
    if task == "regression" and kind not in {"number", "whole number"}:
        what = f"'{asked.target}' holds no numbers but {kind}."
        raise SourceError([f"{what} Name a column of numbers, or another task."])
    if kind == "time":
        what = f"'{asked.target}' holds times."
        raise SourceError([f"{what} Name a column of classes or numbers."])
    if asked.time is not None and kinds[asked.time] not in {"time", "number", "whole number"}:
        what = f"'{asked.time}' holds no times but {kinds[asked.time]}."
        raise SourceError([f"{what} Name a column of times, or of numbers in their order."])
    numbers, moments, texts, left = [], [], [], []
    aside = {asked.target, asked.unit, asked.time, *asked.ignore}
    for one in told:
        if one.name in aside:
            continue
        if why := _unfit(one, kinds[one.name]):
            left.append((one.name, why))
        elif kinds[one.name] in {"number", "whole number"}:
            numbers.append(one.name)
        elif kinds[one.name] == "time":
            moments.append(one.name)
        else:
            texts.append(one.name)
    left += [(name, "lists are not read") for name, kind in source.columns.items()
             if kind == "other" and name not in aside]  # fmt: skip
    wanted = Wanted(asked.target, task == "regression", numbers, moments, texts, asked.unit,
                    asked.time)  # fmt: skip
    return Columns(wanted, task, tuple(left))


def _task(target: Facts, kind: Kind, asked: Asked) -> Task | None:
    """None: of classes, two or more."""
    if asked.positive is not None or kind not in {"number", "whole number"}:
        return None
    few = target.distinct <= (FEW_NUMBERS if kind == "whole number" else 2)
    return None if few else "regression"


def _unfit(one: Facts, kind: Kind) -> str:
    if kind == "empty":
        return "it is empty"
    if kind == "text":
        return f"free text, about {one.distinct:,} different ones"
    whole = kind == "whole number" and one.low is not None and one.high is not None
    if whole and one.distinct >= 0.95 * one.cells and one.cells >= FEWEST:
        assert one.low is not None
        assert one.high is not None
        if one.high - one.low < RUNNING * one.rows:
            return "it numbers the rows"
    if kind == "category" and one.distinct > max(0.5 * one.cells, 1) and one.cells >= FEWEST:
        return f"{one.distinct:,} different values in {one.cells:,} cells: names, not categories"
    return ""


def _target(
    asked: Asked, columns: Columns, held: Labelled
) -> tuple[Task, Array, tuple[str, ...], list[tuple[str, str]]]:
    name = asked.target
    if columns.task == "regression":
        if np.ptp(held.label) == 0:
            raise SourceError([f"'{name}' is {held.label[0]:g} in every row. Nothing to predict."])
        return "regression", held.label, (), []
    values, counts = np.unique(held.label.astype(str), return_counts=True)
    known = dict(zip(values.tolist(), counts.tolist(), strict=True))
    if len(known) < 2:
        what = f"'{name}' is '{values[0]}' in every row that has one: there is one class only."
        raise SourceError([f"{what} Nothing can be predicted; add rows of the other."])
    if asked.positive is not None:
        if asked.positive not in known:
            what = f"'{name}' never says '{asked.positive}'."
            raise SourceError([f"{what} {suggest(asked.positive, known, 'values')}"])
        yes = held.label.astype(str) == asked.positive
        other = next(iter(known.keys() - {asked.positive})) if len(known) == 2 else OTHERS
        _enough({asked.positive: int(yes.sum()), other: int((~yes).sum())}, name)
        return "binary", yes.astype(int), (other, asked.positive), []
    if len(known) == 2:
        _enough(known, name)
        ordered = _ordered(known)
        return "binary", (held.label.astype(str) == ordered[1]).astype(int), ordered, []
    if columns.task == "binary":
        what = f"'{name}' has {len(known):,} values, not two."
        raise SourceError([f"{what} Name the positive one."])
    return _many(name, held.label.astype(str), known)


def _many(
    name: str, label: Array, known: Mapping[str, int]
) -> tuple[Task, Array, tuple[str, ...], list[tuple[str, str]]]:
    if len(known) > MOST_CLASSES:
        what = f"'{name}' has {len(known):,} classes, and a probe reads {MOST_CLASSES}."
        raise SourceError([f"{what} Group them, or name one as positive."])
    rare = sorted(one for one, n in known.items() if n < RAREST)
    kept = sorted(one for one, n in known.items() if n >= RAREST)
    together = sum(known[one] for one in rare)
    if len(kept) + (together >= RAREST) < 2:
        what = f"No two classes of '{name}' have {RAREST} rows each."
        raise SourceError([f"{what} Label more rows, or group the classes."])
    if not rare:
        place = {one: at for at, one in enumerate(kept)}
        return "multiclass", np.array([place[one] for one in label.tolist()]), tuple(kept), []
    place = {one: at for at, one in enumerate(kept)} | dict.fromkeys(rare, len(kept))
    codes = np.array([place[one] for one in label.tolist()])
    task: Task = "multiclass" if len(kept) > 1 else "binary"
    classes = (
        f"{len(rare)} classes of fewer than {RAREST} rows" if len(rare) > 1 else "a rare class"
    )
    return task, codes, (*kept, OTHERS), [(name, f"{classes} count as one: {', '.join(rare[:5])}")]


def _enough(known: Mapping[str, int], name: str) -> None:
    rare, n = min(known.items(), key=lambda one: (one[1], one[0]))
    if n < RAREST:
        what = f"Only {n} rows say '{rare}' in '{name}', and a probe needs {RAREST} of each class."
        raise SourceError([f"{what} Label more of them."])


def _ordered(known: Mapping[str, int]) -> tuple[str, str]:
    """The negative value, then the positive: yes, true or 1 where one is, else the rarer one."""
    yes = [one for one in known if one.casefold() in WORDS or one in {"1.0", "1"}]
    positive = yes[0] if len(yes) == 1 else min(known, key=lambda one: (known[one], one))
    return next(one for one in known if one != positive), positive


def _numbers(held: Labelled) -> tuple[dict[str, Array], list[tuple[str, str]]]:
    found, left = {}, []
    for name, values in held.numbers.items():
        known = values[~np.isnan(values)]
        if known.size == 0 or (known.size == values.size and np.ptp(known) == 0):
            left.append((name, "it is the same in every row"))
        else:
            found[name] = values
    return found, left


def _texts(
    held: Labelled, asked: Asked
) -> tuple[dict[str, Array], dict[str, tuple[str, ...]], list[tuple[str, str]]]:
    found, names, left = {}, {}, []
    for name, values in held.texts.items():
        codes, called = coded(values, MOST_CATEGORIES)
        if len(called) < 2:
            left.append((name, "it is the same in every row"))
            continue
        found[name], names[name] = codes, called
    return found, names, left


def _copies(rows: Rows) -> int:
    """Rows that stand more than once, target and all: they may test what they taught."""
    table = np.stack([rows.y.astype(float), *rows.numbers.values(), *rows.texts.values()], axis=1)
    table = np.nan_to_num(table, nan=-1.7e308)
    kept = np.ascontiguousarray(table).view(np.dtype((np.void, table.dtype.itemsize
                                                      * table.shape[1])))  # fmt: skip
    return int(rows.n - np.unique(kept).size)
