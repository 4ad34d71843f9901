"""The lineage of a cleaned file as one JSON object, schema 1."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sextant.reports.as_dict import SCHEMA
from sextant.studies.cleaning.result import Cleaned
from sextant.studies.quality.result import Column
from sextant.words.cleaning import headline, step_name, step_sentence

HEAD = ("column", "kind", "missing", "different")


def as_dict(found: Cleaned) -> dict[str, Any]:
    """Which rows, which recipe, what each step did, the columns before and after."""
    after = {one.name: one for one in found.after}
    before = {one.name: one for one in found.before}
    names = [*before, *(name for name in after if name not in before)]
    return {
        "schema": SCHEMA,
        "study": "cleaning",
        "headline": headline(found),
        "input": {"source": found.source, "rows": found.rows[0], "digest": found.input,
                  "set_aside": [{"reason": why, "rows": n} for why, n in found.set_aside]},
        "output": {"file": found.out, "rows": found.rows[1], "digest": found.output},
        "recipe": {"name": found.recipe.name, "version": found.recipe.version,
                   "digest": found.recipe_digest},
        "steps": [
            {"step": step_name(one.step), "kind": one.step.kind, "rows_before": one.before,
             "rows_after": one.after, "changed": dict(one.changed),
             "settings": asdict(one.step), "sentence": step_sentence(one)}
            for one in found.done
        ],
        "columns": [
            {"name": name, "before": _column(before.get(name)), "after": _column(after.get(name))}
            for name in names
        ],
        "basis": [
            {"term": "Input", "text": f"{found.rows[0]:,} rows, {found.input}"},
            {"term": "Recipe", "text": f"{found.recipe.name} {found.recipe.version}, "
             f"{found.recipe_digest}".strip()},
            {"term": "Output", "text": f"{found.rows[1]:,} rows, {found.output}"},
            {"term": "Cleaned on", "text": found.cleaned_on},
            {"term": "Code", "text": found.code},
        ],
    }  # fmt: skip


def _column(one: Column | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"kind": one.kind, "missing": one.missing, "distinct": one.distinct,
            "distinct_exact": one.exact, "unreadable": one.odd}  # fmt: skip


def rows(record: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """The columns that changed: kind, missing and different values, before and after."""
    found = []
    for one in record["columns"]:
        was, now = one["before"], one["after"]
        if was == now:
            continue
        cells = [
            _pair(was and f"{was[key]:,}" if key != "kind" else was and was[key],
                  now and f"{now[key]:,}" if key != "kind" else now and now[key])
            for key in ("kind", "missing", "distinct")
        ]  # fmt: skip
        found.append((one["name"], *cells))
    return found


def _pair(was: str | None, now: str | None) -> str:
    return (was or "") if was == now else f"{was or 'none'} → {now or 'none'}"
