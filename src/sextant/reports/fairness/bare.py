"""A report of rates without a number of rows: JSON object, terminal, Markdown, page."""

from __future__ import annotations

from typing import Any

from sextant.reports.as_dict import SCHEMA
from sextant.reports.fairness.shown import MARKS, term
from sextant.reports.html import rendered
from sextant.reports.terminal import Pen, section
from sextant.reports.text import markdown
from sextant.studies.fairness.reported.bare import Bare
from sextant.words.fairness.bare import WHY, apart_sentence, bare_headline
from sextant.words.numbers import percent


def as_dict(found: Bare) -> dict[str, Any]:
    """Schema 1. No number has an interval or an n, so each says why there is none."""
    return {
        "schema": SCHEMA,
        "study": "fairness_rates",
        "product": "Fairness",
        "verdict": found.verdict,
        "headline": bare_headline(found),
        "reason": WHY,
        "by": list(found.by),
        "source": found.name,
        "groups": [{"name": one.name, "rates": dict(one.said)} for one in found.lines],
        "definitions": [
            {
                "name": one.definition.name,
                "estimate": one.value,
                "low": None,
                "high": None,
                "n": None,
                "between": list(one.groups),
                "bound": one.bound,
                "verdict": "undecided",
                "sentence": apart_sentence(one),
            }
            for one in found.apart
        ],
    }


def lines_of(record: dict[str, Any]) -> list[str]:
    """Each group with its rates, in one line."""
    return [
        f"{one['name']}: "
        + "; ".join(f"{term(name).lower()} {percent(rate)}" for name, rate in one["rates"].items())
        for one in record["groups"]
    ]


def terminal(record: dict[str, Any], width: int = 80, colour: bool = False) -> str:
    """Headline, why there is no interval, the groups, the distances."""
    pen = Pen(max(width, 20), colour)
    pen.text(record["headline"], style="1")
    pen.blank()
    pen.text(record["reason"])
    section(pen, f"By {' × '.join(record['by'])}", iter(lines_of(record)))
    section(pen, "How far apart", iter(one["sentence"] for one in record["definitions"]))
    return "\n".join(pen.lines) + "\n"


def render(record: dict[str, Any]) -> str:
    """The same as Markdown for a pull request."""
    says = [*lines_of(record), *(one["sentence"] for one in record["definitions"])]
    head = f"### {MARKS['undecided']} {markdown(record['headline'])}"
    return "\n".join(
        [head, "", markdown(record["reason"]), "", *(f"- {markdown(s)}" for s in says)]
    )


def page(record: dict[str, Any]) -> str:
    """The same as one self-contained page."""
    return rendered("fairness/bare.html.j2", record=record, lines=lines_of(record))
