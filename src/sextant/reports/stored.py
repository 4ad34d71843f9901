"""What became of the days of a tally, and what a folder of states holds: as JSON and as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sextant.studies.stored.holding import Holding
from sextant.studies.stored.taking import Taking

SCHEMA = 1
TOLD = {
    "new": "new",
    "same": "the same as before",
    "more rows": "more rows than before",
    "corrected": "corrected",
    "added": "added to",
}
UNDATED = "rows without a time"
MOST_LINES = 14


def taking_record(taking: Taking, folder: Path) -> dict[str, Any]:
    """The JSON object of `sextant tally --json`."""
    return {
        "schema": SCHEMA,
        "states": str(folder),
        "source": taking.source,
        "by": taking.layout.by,
        "counted": taking.layout.counted,
        "rows": taking.rows,
        "spans": [
            {
                "span": one.span or None,
                "what": one.what,
                "rows": one.rows,
                "before": one.before,
                "version": one.version,
            }
            for one in taking.spans
        ],
        "notes": list(taking.notes),
    }


def taking_text(record: Mapping[str, Any]) -> str:
    """A line in all, then the spans that were not new, then notes."""
    spans, by = record["spans"], record["by"]
    dated = [one for one in spans if one["span"]]
    ends = f", {dated[0]['span']} to {dated[-1]['span']}" if dated else ""
    total = f"{record['rows']:,} rows of {record['source']} in {_many(len(dated), by)}{ends}"
    lines = [f"{total}: {_by_what(spans)}."]
    changed = [one for one in spans if one["what"] not in ("new", "same")]
    lines += [_line(one) for one in changed[:MOST_LINES]]
    if len(changed) > MOST_LINES:
        lines.append(f"  and {len(changed) - MOST_LINES:,} more")
    lines.append(f"States: {record['states']}")
    return "\n".join([*lines, *record["notes"]])


def holding_record(holding: Holding) -> dict[str, Any]:
    """The JSON object of `sextant states --json`: each file with the rows it has seen."""
    return {
        "schema": SCHEMA,
        "states": str(holding.folder),
        "by": holding.layout.by,
        "zone": "UTC",
        "contract": holding.layout.contract,
        "counted": holding.layout.counted,
        "kept": holding.layout.form["kept"],
        "segments": holding.layout.form["segments"],
        "missing": list(holding.missing),
        "bytes": holding.size,
        "spans": [
            {
                "span": one.header.name or None,
                "version": one.header.version,
                "current": one.current,
                "rows": one.header.rows,
                "snapshot": one.header.snapshot,
                "code": one.header.code,
                "seen": [
                    {"source": s.source, "rows": s.rows, "snapshot": s.snapshot, "on": s.on}
                    for s in one.header.seen
                ],
            }
            for one in holding.files
        ],
    }


def holding_text(record: Mapping[str, Any]) -> str:
    """What the folder holds, its sources, and what is missing between its ends."""
    now = [one for one in record["spans"] if one["current"]]
    dated = [one for one in now if one["span"]]
    rows = sum(one["rows"] for one in now)
    ends = f", {dated[0]['span']} to {dated[-1]['span']}" if dated else ""
    kilobytes = record["bytes"] / 1e3
    size = f"{kilobytes / 1e3:.1f} MB" if kilobytes >= 1e3 else f"{kilobytes:,.0f} kB"
    lines = [f"{rows:,} rows in {_many(len(dated), record['by'])}{ends}; {size} on disk."]
    if none := [one for one in dated if not one["rows"]]:
        lines.append(f"Without a row: {_few([one['span'] for one in none])}.")
    if record["missing"]:
        lines.append(f"Missing: {_few(record['missing'])}.")
    if undated := [one for one in now if not one["span"]]:
        lines.append(f"{sum(one['rows'] for one in undated):,} {UNDATED}.")
    if older := [one for one in record["spans"] if not one["current"]]:
        lines.append(f"Kept and not counted: {len(older):,} older file{'s' * (len(older) > 1)}.")
    lines += ["", "Seen:"]
    for source, (n, spans) in _sources(now).items():
        lines.append(f"  {source}: {n:,} rows in {_many(spans, record['by'])}")
    segments = ", ".join(record["segments"]) or "no segment"
    return "\n".join(
        [*lines, "", f"Counted for contract {record['contract'][:19]}, by {segments}."]
    )


def _sources(spans: Sequence[Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for one in spans:
        for seen in one["seen"]:
            rows, files = found.get(seen["source"], (0, 0))
            found[seen["source"]] = rows + seen["rows"], files + 1
    return found


def _line(one: Mapping[str, Any]) -> str:
    name = one["span"] or UNDATED
    return f"  {name}: {TOLD[one['what']]}, {one['before']:,} rows became {one['rows']:,}"


def _by_what(spans: Sequence[Mapping[str, Any]]) -> str:
    found = {what: sum(1 for one in spans if one["what"] == what) for what in TOLD}
    return ", ".join(f"{n:,} {TOLD[what]}" for what, n in found.items() if n) or "nothing"


def _many(n: int, by: str) -> str:
    name = "whole number" if by == "number" else by
    return f"{n:,} {name}{'' if n == 1 else 's'}"


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - 5:,} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more
