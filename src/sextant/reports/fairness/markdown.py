"""A fairness review as Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from sextant.reports.fairness.shown import (
    MARKS,
    Record,
    ends,
    figure,
    measures,
    size,
    term,
    tiny,
)
from sextant.reports.resting import in_markdown
from sextant.reports.text import markdown

MOST = 20


def render(record: Record) -> str:
    """Headline, verdicts, who is hurt, a table of groups per grouping, the basis."""
    lines = [f"### {MARKS[record['verdict'] or '']} {markdown(record['headline'])}", ""]
    lines += [f"- {markdown(one['sentence'])}" for one in record["hurt"][1:6]]
    for grouping in record["groupings"]:
        lines += ["", f"#### By {markdown(grouping['name'])}", "", *_verdicts(grouping)]
        lines += ["", *_groups(grouping), ""]
        lines += [f"- {markdown(text)}" for text in grouping["too_small"][:MOST]]
        lines += [f"- {markdown(text)}" for text in grouping["conflict_sentences"]]
    lines += ["", *(f"- {markdown(text)}" for text in (*record["without"], *record["caveats"]))]
    return in_markdown(lines, record)


def _verdicts(grouping: Record) -> Iterator[str]:
    if grouping["reason"]:
        yield f"{markdown(grouping['reason'])}."
        yield ""
    yield "| verdict | definition | |"
    yield "|---|---|---|"
    for one in grouping["definitions"]:
        told = one["verdict"]
        usual = "" if one["bound_named"] else " (usual bound)"
        yield f"| {MARKS[told]} {told} | {one['title']}{usual} | {markdown(one['sentence'])} |"


def _groups(grouping: Record) -> Iterator[str]:
    held = measures(grouping)
    yield f"| group | rows | {' | '.join(term(one) for one in held)} |"
    yield f"|---|--:|{'--:|' * len(held)}"
    for group in grouping["groups"][:MOST]:
        cells = [_cell(group, one) for one in held]
        yield f"| {markdown(group['name'])} | {group['rows']:,} | {' | '.join(cells)} |"
    if len(grouping["groups"]) > MOST:
        yield f"| {len(grouping['groups']) - MOST} more: see the JSON | | {' | ' * len(held)}"


def _cell(group: Record, measure: str) -> str:
    one = group["measures"][measure]
    if one["estimate"] is None:
        return markdown(one["reason"] or "—")
    small = ", too small" if tiny(group, measure) else ""
    return f"{figure(one)} ({ends(one)}; n {size(one)}{small})"
