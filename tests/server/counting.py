"""A kind of study for tests, of an evidence's states: how many rows have a score above a cut."""

from collections.abc import Mapping
from typing import Any

from django import forms

from sextant.charts import ForestGroup, ForestRow, forest
from sextant_server.studies.kinds.forms import LiveForm
from sextant_server.studies.kinds.kind import Found, Held, Kind, Live, Picture, Record, Table


class CutForm(LiveForm):
    cut = forms.FloatField(min_value=0, max_value=1)

    def defaults(self) -> dict[str, Any]:
        return {"cut": self.held.contract.threshold}


def compute(held: Held, settings: Mapping[str, Any]) -> Found:
    rows = held.tally.rows
    record = {
        "headline": f"{rows} rows, cut at {settings['cut']:g}.",
        "rows": rows,
        "basis": [{"term": "Cut", "text": f"{settings['cut']:g}", "code": ""}],
        "notes": ["<script>alert(1)</script>"],
        "evil": ["=1+1", "@SUM(A1)", "  +cmd", "plain", -0.5, None, True],
    }
    return Found("Counting rows", record["headline"], record)


def tables(record: Record) -> list[Table]:
    return [Table("rows", "Rows", ("=what", "rows"), [(one, 1) for one in record["evil"]])]


def pictures(record: Record) -> list[Picture]:
    rows = (ForestRow("<b>men</b> & women", "3 (1 – 5)", 3.0, 1.0, 5.0, "met"),)
    group = ForestGroup("Ünicode ≥ 5 %", rows, (0.0, 6.0), 2.0)
    return [Picture("forest", "A forest", forest([group], 'says "so"'))]


KIND = Kind(
    name="counting",
    title="How many rows?",
    template="ui/messages.html",
    live=Live("Counts them.", CutForm, compute),
    tables=tables,
    pictures=pictures,
)
