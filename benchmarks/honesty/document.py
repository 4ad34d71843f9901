"""docs/honesty.md, made of the results alone; a test asks whether it is what they make."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.honesty.bound import BOUND
from benchmarks.honesty.intervals import counted
from benchmarks.honesty.intervals import rows as intervals
from benchmarks.honesty.judging import PART, Rates, rates, whole
from benchmarks.honesty.peers import ANY_SIZE, OURS, PEERS, ROOT
from benchmarks.honesty.points import every
from benchmarks.honesty.running import RESULTS, read
from benchmarks.honesty.tables import (
    bar_of,
    bound_table,
    each,
    looks_table,
    others,
    power,
    sizes,
    table,
    together,
    worst,
)  # fmt: skip

DOCUMENT = ROOT / "docs" / "honesty.md"
PAGE = Path(__file__).parent / "page.md"
"""Its words, with a gap for each table."""
INTERVALS = (
    "metric", "drawn as", "nominal a side", "worst side", "rows of units", "ten looks", "from",
)  # fmt: skip


def written(results: Path = RESULTS, bound: Path = BOUND) -> str:
    """The whole page."""
    jobs = read(results)
    held = rates(jobs)
    count = sum(rate.tries for by in held.values() for rate in by.values())
    return PAGE.read_text(encoding="utf-8").format(
        summary=summary(held),
        methods=methods(jobs),
        run=len({job["point"] for job in jobs}),
        ours=len({job["point"] for job in jobs if job["peer"] == OURS}),
        behind=behind(held),
        points=len(list(every())),
        seed=", ".join(str(one) for one in sorted({job["seed"] for job in jobs})),
        jobs=len(jobs),
        tries=count,
        worst=worst(held),
        each=each(held),
        power=power(held),
        together=together(held),
        looks=looks_table(jobs),
        counted=len(counted()),
        intervals=table(INTERVALS, intervals(), left=2),
        bound=bound_table(json.loads(bound.read_text(encoding="utf-8"))),
    )


def summary(held: Rates) -> str:
    """What came out, in sentences: ours first, whatever it is."""
    said = []
    for method in (ANY_SIZE, *(name for name in names(held) if name not in (OURS, ANY_SIZE))):
        found = [by[method] for one, by in held.items() if not one.change and method in by]
        if not found:
            continue
        above = sum(not rate.keeps for rate in found)
        where = "nowhere" if not above else f"in {above} of {len(found)} situations"
        sums = whole(found)
        said.append(
            f"{method}: {sums.alarms:,} false alarms in {sums.tries:,} tries "
            f"({sums.value:.1%}), shown to be above 5 % {where}."
        )
    bars = Counter(bar for bar in map(partial(bar_of, held), held) if bar)
    if bars:
        said.append(
            f"Changes that Sextant sees at least 90 % as often as the best method which keeps its "
            f"level: {bars['yes']} of {bars.total()}; {bars['open']} open, {bars['no']} not."
        )
    return "\n".join(f"- {one}" for one in said)


def behind(held: Rates) -> str:
    """Where ours, margin aside, has less than nine tenths of the best, shown or not."""
    bars = {one: bar_of(held, one, ANY_SIZE) for one in held}
    asked = {one: bar for one, bar in bars.items() if bar}
    if not asked:
        return ""
    less = [
        f"{one.shape}{', ' + one.how if one.how != 'place' else ''}, {sizes(one)}"
        f"{', ' + str(one.columns) + ' columns together' if one.together else ''}: "
        f"{held[one][ANY_SIZE].value:.0%} against {found[1].value:.0%} ({found[0]}), {bar}"
        for one, bar in asked.items()
        if bar != "yes"
        and (found := others(held, one))
        and held[one][ANY_SIZE].value < PART * found[1].value
    ]
    if not less:
        return (
            f"In none of the {len(asked)} comparisons that could be made is Sextant's test more "
            "than 10 % behind the best, by the tries there are."
        )
    return (
        "Where Sextant's test, margin aside, saw less than nine tenths of what the best saw:\n\n"
        + "\n".join(f"- {one}" for one in less)
    )


def names(held: Rates) -> list[str]:
    """The methods that were run, in the order of the peers."""
    seen = {name for by in held.values() for name in by}
    return [name for peer in PEERS for name, _ in peer.methods if name in seen]


def methods(jobs: Iterable[dict[str, Any]]) -> str:
    """Who takes part, in which release; and who does not."""
    versions = {job["peer"]: job["version"] for job in jobs}
    rows: list[Sequence[str]] = []
    for peer in PEERS:
        version = versions.get(peer.name, "not run")
        rows += [(name, version, what) for name, what in peer.methods]
    return table(("method", "release", "what is asked"), rows, left=3)
