"""A data sheet as one JSON object, schema 1."""

from __future__ import annotations

from typing import Any

from sextant.reports.as_dict import SCHEMA
from sextant.studies.sheet.making import Sheet
from sextant.words import sheet as words

HEAD = ("field", "kind", "missing", "personal data", "what for")


def as_dict(sheet: Sheet) -> dict[str, Any]:
    """`unknown` and `remove` name what is to be done; personal data are named by kind alone."""
    profile = sheet.profile
    looked = profile.looked
    searched = bool(looked and not looked.why and looked.rows)
    return {
        "schema": SCHEMA,
        "study": "sheet",
        "source": profile.source,
        "product": sheet.product,
        "rows": profile.rows,
        "headline": words.headline(sheet),
        "facts": [{"term": term, "text": text} for term, text in words.facts(sheet)],
        "said": dict(sheet.facts),
        "unknown": list(sheet.unknown),
        "gaps": list(words.gaps(sheet)),
        "remove": list(sheet.idle),
        "searched": searched,
        "fields": [
            {
                "name": one.name,
                "kind": one.kind,
                "rows": one.rows,
                "missing": one.missing,
                "uses": list(one.uses),
                "said": dict(one.said),
                "personal": list(one.personal),
                "for": words.purpose(one),
                "idle": one.idle,
            }
            for one in sheet.fields
        ],
        "basis": [
            {"term": "Profiled on", "text": profile.profiled_on},
            {"term": "Code", "text": profile.code},
        ],
    }


def rows(record: dict[str, Any]) -> list[tuple[str, str, str, str, str]]:
    """The fields as short texts, for every form."""
    none = "none found in a sample" if record["searched"] else "not looked for"
    return [
        (one["name"], one["kind"], f"{one['missing']:,}", ", ".join(one["personal"]) or none,
         "; ".join([one["for"], *(f"{k}: {v}" for k, v in one["said"].items() if k != "purpose")]))
        for one in record["fields"]
    ]  # fmt: skip
