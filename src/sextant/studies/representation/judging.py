"""Rows held against a population: what share each group has, and whether that is too small."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from sextant.contracts.grammar.segments import value_text
from sextant.contracts.model import Segment
from sextant.engines.composition import Composition, composition
from sextant.engines.errors import SourceError
from sextant.engines.source import Source
from sextant.stats.estimate import Estimate, Level
from sextant.stats.needed import decided, factor_to_decide
from sextant.stats.rate import NO_ROWS, clopper_pearson, rate
from sextant.studies.representation.declared import MOST_GROUPS, Part, Population, Values
from sextant.studies.representation.result import Cut, Group, Represented, Told

DECLARED = "declared"
BOUNDED = "Clopper-Pearson, rows without a value on either side"


def represented(population: Population, source: Source, confidence: float) -> Represented:
    """Every group of every split with its verdict: one statement a split.

    A group is under-represented where its whole interval lies below (1 - margin) times its
    declared share, and is not where the whole interval lies at or above it. The intervals of all
    groups of all splits hold together (Bonferroni over exact limits), for independent rows.
    Raises `SourceError` for columns that are absent, or a split of which no value is met.
    """
    used = {s.column: f"population, {s.name}" for part in population.parts for s in part.segments}
    if problems := source.check_columns(used):
        raise SourceError(problems)
    claims = sum(len(part.shares) for part in population.parts)
    level = Level(1 - confidence).split(claims)
    held = [composition(source, one.segments, _raw(one)) for one in population.parts]
    if strange := [
        _strange(part, found) for part, found in zip(population.parts, held, strict=True)
        if found.other_rows and not found.known
    ]:  # fmt: skip
        raise SourceError(strange)
    cuts = tuple(
        _cut(part, found, population.margin, level)
        for part, found in zip(population.parts, held, strict=True)
    )
    return Represented(population, cuts, confidence)


def counted_in(table: Source, splits: Sequence[tuple[Segment, ...]], margin: float) -> Population:
    """The population as a table shows it, which is a sample of it.

    Raises `SourceError` for columns that are absent, a split without rows or with too many values.
    """
    used = {s.column: f"population, {s.name}" for split in splits for s in split}
    problems = table.check_columns(used)
    parts = []
    for split in () if problems else splits:
        found = composition(table, split, (), MOST_GROUPS)
        part = Part(split, (), found.other_rows)
        if not 0 < found.other_values <= MOST_GROUPS:
            what = f"'{part.name}' has {found.other_values:,} values in {table.name}"
            problems.append(f"{what}, not 1 to {MOST_GROUPS:,}. Name a coarser column, or bands.")
            continue
        n = found.other_rows
        shares = tuple((values, rows / n) for values, rows in sorted(found.others))
        parts.append(replace(part, shares=shares))
    if problems:
        raise SourceError(problems)
    return Population(table.name, tuple(parts), "", margin)


def _raw(part: Part) -> dict[Values, Values]:
    """The values as the table writes them → the group they belong to."""
    named = []
    for segment in part.segments:
        back: dict[str, list[str]] = {}
        for value, label in segment.labels:
            back.setdefault(label, []).append(value_text(value))
        named.append(back)
    return {
        raw: values
        for values, _ in part.shares
        for raw in product(*(back.get(v, [v]) for back, v in zip(named, values, strict=True)))
    }


def _strange(part: Part, found: Composition) -> str:
    few = [", ".join(values) for values, _ in found.others[:6]]
    declared = [", ".join(values) for values, _ in part.shares[:3]]
    what = f"No row has a declared value of '{part.name}', such as {'; '.join(declared)}."
    return f"{what} The table says {'; '.join(few)}. Write them as the table does."


def _cut(part: Part, found: Composition, margin: float, level: Level) -> Cut:
    cells: dict[Values, int] = {}
    for raw, group in _raw(part).items():
        cells[group] = cells.get(group, 0) + found.known.get(raw, 0)
    n = sum(cells.values())
    groups = [
        _group(values, cells[values], n, found.missing, _declared(share, part.n, level), margin,
               level if part.n is None else level.split(2))
        for values, share in part.shares
    ]  # fmt: skip
    lacking = _lacking(groups, n)
    return Cut(
        part.name,
        tuple(replace(one, lacking=rows) for one, rows in zip(groups, lacking, strict=True)),
        n, found.missing, found.others, found.other_rows, found.other_values,
    )  # fmt: skip


def _declared(share: float, n: float | None, level: Level) -> Estimate:
    if n is None:
        return Estimate(share, share, share, math.inf, DECLARED)
    return rate(share * n, n, level.split(2))


def _group(
    values: Values, k: int, n: int, unknown: int, declared: Estimate, margin: float, level: Level
) -> Group:
    share = _share(k, n, unknown, level)
    if not n:
        return Group(values, 0, share, declared, "undecided", "undecided")
    ratio = _ratio(share, declared)
    verdict = decided(ratio, 1 - margin, ">=")
    if verdict is not None:
        return Group(values, k, share, declared, verdict, _told(verdict, ratio, margin))

    def grown(f: float) -> Estimate:
        return _ratio(_share(k * f, n * f, unknown * f, level), declared)

    step = 1 / (n + unknown)
    more = factor_to_decide(grown, 1 - margin, ">=", step)
    needed = None if more is None else (max(round((more[0] - 1) / step), 1), more[1])
    shows = _shows_from(declared, margin, level)
    small = shows is not None and n < shows
    return Group(values, k, share, declared, "undecided", "undecided", 0, needed, shows, small)


def _share(k: float, n: float, unknown: float, level: Level) -> Estimate:
    """k of n rows; rows without a value count against the low end and for the high one."""
    if not n:
        return Estimate.undefined(NO_ROWS)
    if not unknown:
        return rate(k, n, level)
    low = clopper_pearson(k, n + unknown, level.alpha)[0]
    high = clopper_pearson(k + unknown, n + unknown, level.alpha)[1]
    return Estimate(k / n, float(low), float(high), n, BOUNDED)


def _ratio(share: Estimate, declared: Estimate) -> Estimate:
    value = (share.value or 0.0) / (declared.value or 1.0)
    high = share.high / declared.low if declared.low > 0 else math.inf
    return Estimate(value, share.low / declared.high, high, share.n, share.method)


def _told(verdict: str, ratio: Estimate, margin: float) -> Told:
    if verdict == "missed":
        return "under-represented"
    if ratio.low > 1 + margin:
        return "over-represented"
    return "as declared" if ratio.high <= 1 + margin else "at least as declared"


def _shows_from(declared: Estimate, margin: float, level: Level) -> int | None:
    """Rows from which a share just as declared shows as not too small, at even odds."""
    d = declared.value or 0.0
    least = math.ceil(1 / d) if d else 1

    def exact(f: float) -> Estimate:
        return _ratio(rate(d * least * f, least * f, level), declared)

    found = factor_to_decide(exact, 1 - margin, ">=", 1 / least)
    return None if found is None else round(found[0] * least)


def _lacking(groups: Sequence[Group], n: int) -> list[int]:
    """Rows to add to each under-represented group, so that all of them have their share.

    With D and K the declared shares and the rows of these groups together: X = (D n - K) / (1 - D)
    rows in all, x_i = d_i (n + X) - k_i of each. D < 1, since not all groups can be too small.
    """
    short = [one for one in groups if one.told == "under-represented"]
    wanted = sum(one.declared.value or 0.0 for one in short)
    more = (wanted * n - sum(one.rows for one in short)) / (1 - wanted) if wanted < 1 else 0.0
    return [
        math.ceil((one.declared.value or 0.0) * (n + more) - one.rows - 1e-9)
        if one.told == "under-represented" else 0
        for one in groups
    ]  # fmt: skip
