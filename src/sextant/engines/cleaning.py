"""A recipe applied to a table: each step a view on the one before, counted, written as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
from sqlglot import exp

from sextant.contracts.model import Scalar
from sextant.engines.columns import asked, table
from sextant.engines.duck import Session, connect, literal
from sextant.engines.errors import SourceError
from sextant.engines.reading import as_moment, as_number, in_set
from sextant.engines.source import RELATION, Kind, Source, described, find_files, unreadable
from sextant.engines.sql import DIALECT, cases, column, finite, sql, tidy

KINDS = ("trim", "missing", "replace", "number", "date", "clamp", "flag", "drop_copies")
ALL = "all"
PLACE = "(row)"
"""The column of a row's place while it is cleaned: rows keep their order, and the first stays."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `values`: what is looked for, and what it becomes (None: a missing cell)."""

    kind: str
    columns: tuple[str, ...] = ()
    values: tuple[tuple[Scalar, str | None], ...] = ()
    low: float | None = None
    high: float | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Steps in their order, under a name and a version that people give."""

    name: str
    version: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What a step did: rows before and after, cells changed (or rows flagged) by column."""

    step: Step
    before: int
    after: int
    changed: tuple[tuple[str, int], ...]


def opened(data: str, out: Path, end: Path) -> Source:
    """The files in a session that may write `out` and keeps the order of rows.

    `end`: what `out` will be called. Raises `SourceError` where that is one of the files.
    """
    files = find_files(data, Path())
    if end.resolve() in files:
        raise SourceError([f"{end} is what is cleaned. Name another file: the rows are kept."])
    return described(Session(connect([*files, out.resolve()], ordered=True)), files, data)


def cleaned(source: Source, steps: Sequence[Step]) -> tuple[Source, tuple[Done, ...]]:
    """The table after all steps, as views of the session, and what each did: a statement a step.

    Raises `SourceError` for a step that names an absent column, or a new one that is there.
    """
    place = sql("row_number() over ()").as_(PLACE, quoted=True)
    _view(source, 0, exp.select("*", place).from_(table(RELATION)))
    now = source
    done: list[Done] = []
    for at, step in enumerate(steps):
        names = _columns(step, now, at + 1)
        total = done[-1].after if done else _rows(source, 0)
        if step.kind == "drop_copies":
            _view(source, at + 1, _first(now, step, at))
            done.append(Done(step, total, _rows(source, at + 1), ()))
            continue
        made = {name: _made(step, now, name) for name in names}
        counts = [_changed(step, name, one) for name, one in made.items()]
        cells = asked(source, exp.select(*counts).from_(table(_name(at))))[0] if counts else ()
        _view(source, at + 1, _with(now, step, made, table(_name(at))))
        done.append(Done(step, total, total, tuple(zip(names, cells, strict=True))))
        now = replace(now, columns=_kinds(now, step, names))
    return now, tuple(done)


def written(source: Source, steps: int, out: Path) -> None:
    """Write the rows after `steps`, in their order, at once or not at all. Raises `SourceError`."""
    form = "FORMAT parquet" if out.suffix == ".parquet" else "FORMAT csv, HEADER true"
    place = column(PLACE).sql(dialect=DIALECT)
    query = f"SELECT * EXCLUDE ({place}) FROM {_quoted(steps)} ORDER BY {place}"
    try:
        source.session.rows(f"COPY ({query}) TO {literal(str(out.resolve()))} ({form})")
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None


def _name(at: int) -> str:
    return f"clean_{at}"


def _quoted(at: int) -> str:
    return table(_name(at)).sql(dialect=DIALECT)


def _view(source: Source, at: int, query: exp.Select | str) -> None:
    text = query if isinstance(query, str) else query.sql(dialect=DIALECT)
    asked(source, f"CREATE VIEW {_quoted(at)} AS {text}")


def _rows(source: Source, at: int) -> int:
    return int(asked(source, f"SELECT count(*) FROM {_quoted(at)}")[0][0])


def _columns(step: Step, now: Source, number: int) -> tuple[str, ...]:
    """The columns of a step, as they are at that point. Raises `SourceError`."""
    if step.columns == (ALL,) and ALL not in now.columns:
        return tuple(name for name, kind in now.columns.items() if kind == "text")
    problems = now.check_columns(dict.fromkeys(step.columns, f"step {number}, {step.kind}"))
    if step.name and step.name in now.columns:
        problems.append(f"Step {number} adds '{step.name}', which is there. Name it otherwise.")
    kinds = {name: now.columns.get(name) for name in step.columns}
    for name, kind in kinds.items():
        if kind not in FIT.get(step.kind, (kind,)):
            what = f"Step {number}, {step.kind}: '{name}' holds {kind}, not text."
            problems.append(f"{what} Leave it out.")
    if problems:
        raise SourceError(problems)
    return step.columns


FIT: dict[str, tuple[Kind | None, ...]] = {
    "trim": ("text", None), "replace": ("text", None), "date": ("text", "time", None),
    "number": ("text", "number", "single", None), "clamp": ("text", "number", "single", None),
    "flag": ("text", "number", "single", None),
}  # fmt: skip
"""The kinds of columns that a kind of step can be done to."""


def _made(step: Step, now: Source, name: str) -> exp.Expr:
    """The new cell of a column; of `flag`, whether the cell lies outside."""
    cell = column(name)
    match step.kind:
        case "trim":
            return tidy(cell)
        case "missing":
            said = in_set(now, name, tuple(value for value, _ in step.values))
            return cases([(said, exp.null())], cell)
        case "replace":
            branches: list[tuple[exp.Expr, exp.Expr]] = [
                (in_set(now, name, (old,)), exp.Literal.string(new or ""))
                for old, new in step.values
            ]
            return cases(branches, cell)
        case "number":
            value = as_number(now, name)
            return sql("case when :ok then :x end", ok=finite(value), x=value)
        case "date":
            return as_moment(now, name)
        case _:
            return _bounded(step, now, name)


def _bounded(step: Step, now: Source, name: str) -> exp.Expr:
    value = as_number(now, name)
    ends = []
    for limit, sign in ((step.low, "<"), (step.high, ">")):
        if limit is not None:
            beyond = sql(f"coalesce(:x {sign} :b, false)", x=value, b=limit)
            ends.append((beyond, _limit(limit, now.columns[name])))
    if step.kind == "flag":
        return exp.or_(*(beyond for beyond, _ in ends))
    return cases(ends, column(name))


def _limit(limit: float, kind: Kind) -> exp.Expr:
    """An end as the column holds it: whole where it is whole."""
    text = str(int(limit)) if limit.is_integer() else repr(limit)
    if kind == "text":
        return exp.Literal.string(text)
    plain = exp.Literal.number(text.removeprefix("-"))
    return exp.Paren(this=exp.Neg(this=plain)) if text.startswith("-") else plain


def _changed(step: Step, name: str, made: exp.Expr) -> exp.Expr:
    """How many cells a step changes: of numbers and dates those that cannot be read."""
    if step.kind == "flag":
        return sql("count(*) filter (where :m)", m=made)
    if step.kind in {"number", "date"}:
        lost = sql(":m is null and :x is not null", m=exp.paren(made), x=tidy(column(name)))
        return sql("count(*) filter (where :l)", l=lost)
    changed = sql(":x is distinct from :m", x=column(name), m=exp.paren(made))
    return sql("count(*) filter (where :c)", c=changed)


def _with(now: Source, step: Step, made: dict[str, exp.Expr], before: exp.Table) -> exp.Select:
    """All columns, some of them made anew; or, of `flag`, one more."""
    if step.kind == "flag":
        (one,) = made.values()
        return exp.select("*", one.as_(step.name, quoted=True)).from_(before)
    picked = [
        made[name].as_(name, quoted=True) if name in made else column(name)
        for name in (*now.columns, PLACE)
    ]
    return exp.select(*picked).from_(before)


def _first(now: Source, step: Step, at: int) -> str:
    """Of rows that are alike in all columns but those left out, the first one."""
    alike = [column(name) for name in now.columns if name not in step.columns]
    listed = ", ".join(one.sql(dialect=DIALECT) for one in alike) or "1"
    place = column(PLACE).sql(dialect=DIALECT)
    first = f"row_number() over (partition by {listed} order by {place}) = 1"
    return f"SELECT * FROM {_quoted(at)} QUALIFY {first}"


def _kinds(now: Source, step: Step, names: Sequence[str]) -> dict[str, Kind]:
    kinds = dict(now.columns)
    if step.kind == "flag":
        kinds[step.name] = "boolean"
    to: dict[str, Kind] = {"number": "number", "date": "time", "trim": "text"}
    if step.kind in to:
        kinds |= dict.fromkeys(names, to[step.kind])
    return kinds
