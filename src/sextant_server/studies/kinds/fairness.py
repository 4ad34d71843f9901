"""Who is hurt? Groups, definitions of fairness and their conflicts, as `sextant fairness` does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.charts import ForestGroup, ForestRow, forest
from sextant.reports.fairness.html import render as page
from sextant.reports.fairness.shown import domain, ends, figure, measures, term
from sextant_server.studies.kinds import reviewing
from sextant_server.studies.kinds.fairness_form import FairnessForm, ReviewForm
from sextant_server.studies.kinds.figures import of_review
from sextant_server.studies.kinds.kind import FromRows, Kind, Live, Picture, Record, Table

MOST_PICTURED = 12
SAYS = (
    "How often every group is flagged, missed and wrongly flagged, which definitions of fairness "
    "hold, and which exclude each other here. For other columns than the contract's, and for their "
    "intersections."
)
LINK = "Who is hurt by these decisions, by which definition, and what cannot be equal at once"


def tables(record: Record) -> list[Table]:
    """Groups with every measure, verdicts, who is hurt, what excludes what."""
    return [
        Table("groups", "Groups", GROUPS, [*_groups(record)]),
        Table("definitions", "Definitions of fairness", DEFINITIONS, [*_definitions(record)]),
        Table("hurt", "Who is hurt", HURT, [*_hurt(record)]),
        Table("conflicts", "What excludes what", CONFLICTS, [*_conflicts(record)]),
    ]


GROUPS = ("by", "group", "rows", "labelled", "measure", "estimate", "low", "high", "n",
          "too small", "rows missing", "method", "reason")  # fmt: skip
DEFINITIONS = ("by", "definition", "title", "verdict", "bound", "named by", "estimate", "low",
               "high", "n", "first", "second", "of large groups", "low", "high", "verdict",
               "rows needed")  # fmt: skip
HURT = ("by", "group", "against", "error", "rate", "low", "high", "against rate", "low", "high",
        "more errors", "low", "high")  # fmt: skip
CONFLICTS = ("by", "first", "second", "held equal", "then differs", "first would be", "low",
             "high", "second would be", "low", "high", "difference", "low", "high", "bound",
             "impossible")  # fmt: skip


def _ends(one: Mapping[str, Any]) -> list[Any]:
    return [one["estimate"], one["low"], one["high"]]


def _groups(record: Record) -> Any:
    for at in record["groupings"]:
        for group in at["groups"]:
            small = {one["measure"]: one["missing"] for one in group["too_small"]}
            for name, one in group["measures"].items():
                yield (at["name"], group["name"], group["rows"], group["labelled"], name,
                       *_ends(one), one["n"], name in small, small.get(name), one["method"],
                       one["reason"])  # fmt: skip


def _definitions(record: Record) -> Any:
    for at in record["groupings"]:
        for one in at["definitions"]:
            first, second = one["between"] or (None, None)
            large = one["large_groups"]
            of_large = [*_ends(large), large["verdict"]] if large else [None] * 4
            yield (at["name"], one["name"], one["title"], one["verdict"], one["bound"],
                   one["bound_named"], *_ends(one), one["n"], first, second, *of_large,
                   one["needed"])  # fmt: skip


def _hurt(record: Record) -> Any:
    for one in record["hurt"]:
        more = one["people"]
        yield (" × ".join(one["by"]), one["group"], one["other"], one["measure"],
               *_ends(one["rate"]), *_ends(one["other_rate"]), *_ends(more))  # fmt: skip


def _conflicts(record: Record) -> Any:
    for at in record["groupings"]:
        for one in (at["conflict"] or {}).get("trades", ()):
            first, second = one["would"]
            yield (at["name"], *at["conflict"]["groups"], ", ".join(one["equal"]), one["then"],
                   *_ends(first), *_ends(second), *_ends(one["difference"]), one["bound"],
                   one["impossible"])  # fmt: skip


def pictures(record: Record) -> list[Picture]:
    """Every grouping's measures with intervals; of very many groups the largest."""
    found = []
    for place, at in enumerate(record["groupings"]):
        if not at["groups"]:
            continue
        largest = sorted(at["groups"], key=lambda one: -one["rows"])[:MOST_PICTURED]
        groups = [
            ForestGroup(
                term(name),
                tuple(_row(group, name) for group in at["groups"] if group in largest),
                domain(at, name),
                record["overall"]["measures"][name]["estimate"],
            )
            for name in measures(at)
        ]
        said = f"Rates by {at['name']}. {record['headline']}"
        found.append(Picture(f"groups-{place + 1}", f"By {at['name']}", forest(groups, said)))
    return found


def _row(group: Mapping[str, Any], measure: str) -> ForestRow:
    one = group["measures"][measure]
    known = one["estimate"] is not None
    figures = f"{figure(one)} ({ends(one)})" if known else one["reason"]
    return ForestRow(group["name"], figures, one["estimate"], one["low"], one["high"])


KIND = Kind(
    name="fairness",
    title="Who is hurt?",
    template="studies/kinds/fairness.html",
    from_rows=FromRows(
        SAYS, FairnessForm, reviewing.compute, "studies/kinds/fairness_new.html", binary=True
    ),
    live=Live(
        LINK, ReviewForm, reviewing.live, reviewing.obstacle, "studies/kinds/fairness_controls.html"
    ),
    tables=tables,
    pictures=pictures,
    report=page,
    figure=of_review,
    check=lambda record: str(record.get("verdict") or ""),
)
