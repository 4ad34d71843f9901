"""Is it better than answering everybody the same? From an evidence's own counts, at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from sextant.reports.comparison.html import page
from sextant.reports.comparison.record import record_of
from sextant.states.state import StateError
from sextant.studies.baseline.constant import (
    CONSTANTS,
    NO_CUT,
    against_constant,
    best_constant,
    decided,
    own_request,
)
from sextant.words.nouns import capital
from sextant_server.studies.kinds.comparison import pictures, tables
from sextant_server.studies.kinds.figures import of_comparison
from sextant_server.studies.kinds.forms import LiveForm
from sextant_server.studies.kinds.kind import Found, Held, Kind, Live

BEST = "best"


class BaselineForm(LiveForm):
    """Which constant."""

    constant = forms.ChoiceField(
        choices=[(BEST, "the constant that is hardest to beat"), *((c, c) for c in CONSTANTS)],
        label="Against",
    )  # fmt: skip

    def defaults(self) -> dict[str, Any]:
        """The one that is hardest to beat."""
        return {"constant": BEST}


def compute(held: Held, settings: Mapping[str, Any]) -> Found:
    """The comparison with the constant, at the look that the evidence was."""
    contract, tally = held.contract, held.tally
    cell = decided(contract, tally)
    if cell is None:
        raise StateError("The states hold no decisions", "at this cut", NO_CUT)
    chosen = settings["constant"]
    constant = best_constant(contract, cell) if chosen == BEST else chosen
    name = held.evidence.model or "the model"
    checked = date.fromisoformat(held.record["checked_on"])
    found = against_constant(
        contract, tally, constant, name, held.evidence.look, checked, held.evidence.code
    )
    record = record_of(found)
    record["headline"] = capital(record["headline"])
    return Found(f"{name} against {constant}", record["headline"], record, found.verdict)


def obstacle(held: Held) -> str:
    """Only of yes-or-no answers whose promises have counted decisions."""
    contract = held.contract
    if own_request(contract) is None:
        return "Only yes-or-no answers with labels can be compared with a constant."
    return "" if held.record.get("confusion") else NO_CUT


KIND = Kind(
    name="baseline",
    title="Is it better than answering everybody the same?",
    template="studies/kinds/comparison.html",
    live=Live(
        "The cheapest baseline: no model need be better than it, and every model must.",
        BaselineForm, compute, obstacle=obstacle,
    ),
    tables=tables,
    pictures=pictures,
    report=page,
    figure=of_comparison,
)  # fmt: skip
