"""Whether data are ready as one JSON object, schema 1: the answer, and the proof below it."""

from __future__ import annotations

from typing import Any

from sextant.contracts.evidence import Verdict
from sextant.reports.as_dict import SCHEMA
from sextant.reports.enough.as_dict import as_dict as enough_dict
from sextant.reports.quality.as_dict import as_dict as quality_dict
from sextant.reports.sheet.as_dict import as_dict as sheet_dict
from sextant.studies.readiness.advising import Ready
from sextant.words.readiness import ANSWERS, headline, reason_sentence


def as_dict(found: Ready) -> dict[str, Any]:
    """`enough` is None where no contract was followed; the rest as each report has it."""
    profile = quality_dict(found.sheet.profile)
    return {
        "schema": SCHEMA,
        "study": "readiness",
        "answer": ANSWERS[found.advice],
        "verdict": found.verdict,
        "headline": headline(found),
        "reasons": [
            {"do": ANSWERS[one.advice], "verdict": verdict(one.advice), "why": one.why,
             "about": one.about, "rows": one.rows or None, "sentence": reason_sentence(one)}
            for one in found.reasons
        ],
        "enough": enough_dict(found.enough) if found.enough else None,
        "quality": profile,
        "population": profile.get("population"),
        "sheet": sheet_dict(found.sheet),
        "pace": {"monthly": found.pace.monthly, "months": found.pace.months},
        "basis": [{"code": "", **one} for one in profile["basis"]],
    }  # fmt: skip


def verdict(advice: str) -> Verdict:
    """How a piece of advice reads beside the others."""
    return "undecided" if advice in {"say more", "synthesise"} else "missed"
