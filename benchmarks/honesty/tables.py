"""The tables of the document, as markdown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from benchmarks.honesty.judging import Bar, Rate, Rates, best, looked, power_bar, whole
from benchmarks.honesty.peers import ANY_SIZE, OURS, PEERS
from benchmarks.honesty.points import LENGTH, MEANT, Point

AT = (1, 7, 30, 90, 365)
NONE = "–"
NOT_RUN = "Not in these results yet: the whole grid has it."
BARS = {"yes": "✓", "open": "open", "no": "**✕**"}


def table(head: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1) -> str:
    """Markdown; the first `left` columns are text, the others numbers."""
    line = "|" + "|".join("---" if at < left else "--:" for at in range(len(head))) + "|"
    body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(["| " + " | ".join(head) + " |", line, *body])


def run(held: Rates, points: Iterable[Point]) -> list[str]:
    """The methods that some of the points have, in the order of the peers."""
    seen = {name for point in points for name in held[point]}
    return [name for peer in PEERS for name, _ in peer.methods if name in seen]


def told(rate: Rate | None, level: bool = True) -> str:
    """Alarms of tries, marked where they are shown to be too many."""
    if rate is None:
        return NONE
    return f"{rate.alarms:,} of {rate.tries:,}" + (" **✕**" if level and not rate.keeps else "")


def sizes(point: Point) -> str:
    return f"{point.reference:,} v {point.current:,}"


def worst(held: Rates) -> str:
    """One column, nothing changed: per size all shapes together, and the worst of them."""
    points = [one for one in held if not one.change and not one.together]
    methods = run(held, points)
    by: dict[str, list[Point]] = defaultdict(list)
    for one in points:
        by[sizes(one)].append(one)
    rows = []
    for size, group in by.items():
        cells = [size]
        for name in methods:
            found = [held[one][name] for one in group if name in held[one]]
            if not found:
                cells.append(NONE)
                continue
            sums, most = whole(found), max(found, key=lambda one: one.value)
            mark = " **✕**" if not sums.keeps else ""
            cells.append(f"{sums.value:.1%} of {sums.tries:,}{mark}, worst {most.value:.0%}")
        rows.append(cells)
    return table(("rows", *methods), rows)


def each(held: Rates) -> str:
    """One column, nothing changed: every situation, with the range that ours leaves open."""
    points = [one for one in held if not one.change and not one.together]
    methods = run(held, points)
    rows = []
    for one in points:
        ours = held[one].get(ANY_SIZE)
        low, high = ours.interval if ours else (0.0, 1.0)
        cells = [told(held[one].get(name)) for name in methods]
        rows.append([one.shape, sizes(one), *cells, f"{low:.0%} – {high:.0%}"])
    return table(("column", "rows", *methods, f"{ANY_SIZE}, 99 %"), rows, left=2)


def power(held: Rates) -> str:
    """One column, something changed: who sees it, and ours beside the best that keeps its level."""
    points = [one for one in held if one.change and not one.together]
    methods = run(held, points)
    rows = []
    for one in points:
        cells = [told(held[one].get(name), level=False) for name in methods]
        what = f"{one.shape}, {100 * one.change:.0f} of 100 rows"
        rows.append([what + _how(one), sizes(one), *cells, *_bars(held, one)])
    head = ("column, change", "rows", *methods, "best that keeps its level", "bar", "margin aside")
    return table(head, rows, left=2)


def _how(point: Point) -> str:
    return "" if point.how == "place" else f", {point.how}"


def others(held: Rates, point: Point) -> tuple[str, Rate] | None:
    """The best of the other tools that keep their level there."""
    without = {
        one: {name: rate for name, rate in by.items() if name not in (OURS, ANY_SIZE)}
        for one, by in held.items()
    }
    return best(without, point)


def bar_of(held: Rates, point: Point, method: str = OURS) -> Bar | None:
    """Is ours within a tenth of the best? None where there is nothing to compare with."""
    if not point.change or point.how == MEANT or method not in held[point]:
        return None
    found = others(held, point)
    return None if found is None else power_bar(held[point][method], found[1])


def _bars(held: Rates, point: Point) -> tuple[str, str, str]:
    """The best of the others, and whether both of ours are within a tenth of it."""
    found = others(held, point)
    ours, aside = (bar_of(held, point, one) for one in (OURS, ANY_SIZE))
    told = "none" if found is None else f"{found[0]} {found[1].value:.0%}"
    if point.how == MEANT:
        return told, "not meant", NONE
    return told, BARS[ours] if ours else NONE, BARS[aside] if aside else NONE


def together(held: Rates) -> str:
    """Many columns of one table."""
    points = [one for one in held if one.together]
    methods = run(held, points)
    rows = []
    for one in points:
        what = f"{100 * one.change:.0f} of 100 rows of one column" if one.change else "nothing"
        cells = [told(held[one].get(name), level=not one.change) for name in methods]
        bars = _bars(held, one) if one.change else (NONE, NONE, NONE)
        rows.append([what, f"{one.columns}", sizes(one), *cells, *bars])
    head = ("what changed", "columns", "rows", *methods,
            "best that keeps its level", "bar", "margin aside")  # fmt: skip
    return table(head, rows) if rows else NOT_RUN


def looks_table(jobs: Iterable[Mapping[str, Any]]) -> str:
    """A year of looks."""
    rows = []
    for point, by in looked(jobs, AT).items():
        for peer in PEERS:
            for name, _ in peer.methods:
                if name not in by:
                    continue
                one = by[name]
                mark = ""
                if name in (OURS, ANY_SIZE):
                    above = one.per_window - 2.58 * one.error > 1 / LENGTH
                    mark = " **✕**" if above else " ✓"
                rows.append([
                    name, sizes(point), f"{one.columns}",
                    f"{LENGTH * one.per_window:.1f} ± {LENGTH * one.error:.1f}{mark}",
                    *(f"{100 * one.by[look]:.0f}" for look in AT),
                ])  # fmt: skip
    head = ("method", "rows", "monitors", f"false alarms in {LENGTH} windows",
            *(f"by look {look}" for look in AT))  # fmt: skip
    return table(head, rows, left=2) if rows else NOT_RUN


def bound_table(cases: Iterable[Mapping[str, Any]]) -> str:
    """False *met*: ours and the bare number."""
    rows = []
    for one in cases:
        start = one["met_from"]
        begins = "never" if start is None else f"{start:,} right"
        bar = "✓" if one["ours"] <= 0.025 + 1e-9 else "**✕**"
        rows.append([
            f"{one['bound']:.0%}", f"{one['rows']:,}", begins,
            f"{one['ours']:.2%} {bar}", f"{one['point']:.0%}",
        ])  # fmt: skip
    return table(("bound", "rows", "Sextant: met from", "false met", "bare number"), rows)
