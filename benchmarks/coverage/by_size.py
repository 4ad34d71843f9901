"""The results by family and number of rows or users, with what chance alone would do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby

from benchmarks.coverage.record import Record, table

ONCE_IN = 100
HEAD = f"""# Coverage by number of rows or users

95 % intervals: 2.5 % of samples may lie above the truth and 2.5 % below it. *Claims* is the share
of samples of which an interval is given at all (the others say that there is not enough, and
claim nothing). *Worst* is the case with most errors, *mean* that of all cases of the line. *Beyond
chance* counts the cases with so many misses on one side that a family whose error is 2.5 %
everywhere would show one such case less than once in {ONCE_IN}; they are listed below with their
numbers. Truths are exact: sums or quadrature over the population drawn from.
"""
COLUMNS = (
    "| family | n | cases | runs each | claims | worst above | worst below | worst both "
    "| mean above | mean below | mean width | beyond chance |"
)
RULE = "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
MADE = "| command | processor minutes |"


def beyond(found: Sequence[Record]) -> list[Record]:
    """The cases whose errors on one side are no chance, all cases of the family taken together."""
    limit = 1 / (ONCE_IN * 2 * max(len(found), 1))
    return [r for r in found if min(r.luck(r.above), r.luck(r.below)) < limit]


def replaced(text: str, found: Sequence[Record], command: str, minutes: float) -> str:
    """The results with these families' lines in the place of the earlier ones."""
    ordered = sorted((r for r in found if r.size), key=lambda r: (r.family, r.size))
    lines, cases, made = _read(text)
    for family, group in groupby(ordered, key=lambda r: r.family):
        held = list(group)
        bad = beyond(held)
        lines = [one for one in lines if _first(one) != family]
        for size, same in groupby(held, key=lambda r: r.size):
            lines.append(_line(family, size, list(same), bad))
        cases.pop(family, None)
        if bad:
            cases[family] = table(sorted(bad, key=lambda r: -max(r.above, r.below)))
    made = [one for one in made if _first(one) != f"`{command}`"]
    made.append(f"| `{command}` | {minutes:.1f} |")
    lines.sort(key=lambda one: (_first(one), float(one.split(" | ")[1].replace(",", ""))))
    listed = [f"## Beyond chance: {name}\n\n{cases[name]}" for name in sorted(cases)]
    parts = [
        HEAD,
        "\n".join([COLUMNS, RULE, *lines]),
        *listed,
        "## Repeat\n\n" + "\n".join([MADE, "|---|--:|", *made]),
    ]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _read(text: str) -> tuple[list[str], dict[str, str], list[str]]:
    """The lines, the listed cases and the commands of earlier results."""
    first, *sections = text.rstrip("\n").split("\n\n## ")
    lines = first.partition(RULE)[2].strip("\n").splitlines()
    cases: dict[str, str] = {}
    made: list[str] = []
    for section in sections:
        title, _, body = section.partition("\n\n")
        if title == "Repeat":
            made = body.splitlines()[2:]
        else:
            cases[title.removeprefix("Beyond chance: ")] = body
    return lines, cases, made


def _first(line: str) -> str:
    return line.split(" | ", maxsplit=1)[0].strip("| ")


def _line(family: str, size: int, found: list[Record], bad: list[Record]) -> str:
    errors = [(r.above, r.below, r.two_sided) for r in found]
    worst = " | ".join(f"{max(side):.4f}" for side in zip(*errors, strict=True))
    mean = " | ".join(
        f"{sum(side) / len(found):.4f}" for side in list(zip(*errors, strict=True))[:2]
    )
    claims = 1 - sum(r.open for r in found) / len(found)
    widths = [r.width for r in found if not math.isnan(r.width)]
    width = f"{sum(widths) / len(widths):.4g}" if widths else ""
    many = sum(r in bad for r in found)
    return (
        f"| {family} | {size:,} | {len(found)} | {found[0].runs:,} | {claims:.2f} | {worst} "
        f"| {mean} | {width} | {many} |"
    )
