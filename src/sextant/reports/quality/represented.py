"""Whom the rows stand for as JSON: every group with its share, verdict and what it lacks."""

from __future__ import annotations

from typing import Any

from sextant.reports.as_dict import number
from sextant.reports.quality.numbers import estimate
from sextant.studies.representation.result import Cut, Group, Represented
from sextant.words.quality.represented import answer, cut_notes, group_sentence, how


def as_dict(found: Represented) -> dict[str, Any]:
    """Shares are fractions; `lacking` and `needed` are rows."""
    return {
        "name": found.population.name,
        "source": found.population.source,
        "margin": found.population.margin,
        "verdict": found.verdict,
        "answer": answer(found),
        "how": how(found),
        "splits": [_cut(one, found) for one in found.cuts],
    }


def _cut(cut: Cut, found: Represented) -> dict[str, Any]:
    return {
        "split": cut.name,
        "rows": cut.n,
        "missing": cut.missing,
        "not_declared": {
            "rows": cut.other_rows,
            "values": cut.other_values,
            "most_frequent": [{"values": list(v), "rows": n} for v, n in cut.others],
        },
        "notes": list(cut_notes(cut)),
        "groups": [_group(one, cut, found) for one in cut.groups],
    }


def _group(group: Group, cut: Cut, found: Represented) -> dict[str, Any]:
    declared = group.declared
    return {
        "values": list(group.values),
        "rows": group.rows,
        "share": estimate(group.share),
        "declared": number(declared.value),
        "declared_low": number(declared.low),
        "declared_high": number(declared.high),
        "declared_n": number(declared.n),
        "verdict": group.verdict,
        "answer": group.told,
        "lacking": group.lacking,
        "needed": group.needed[0] if group.needed else None,
        "shows_from": group.shows_from,
        "small": group.small,
        "sentence": group_sentence(group, cut, found),
    }
