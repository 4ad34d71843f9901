"""Promises on rows that a model learned from and on others stand in the record and on the page."""

from sextant.contracts.evidence import Evidence
from sextant.reports.html import page
from sextant.reports.record import record_of

HEADING = "Does it hold on rows it did not learn from?"


def test_an_older_record_and_one_without_such_parts_have_none(evidence: Evidence) -> None:
    record = record_of(evidence)
    assert record["fitting"] == []
    assert HEADING not in page(record)
    del record["fitting"]
    assert HEADING not in page(record)


def test_a_card_is_on_the_page_and_escaped(evidence: Evidence) -> None:
    card = {"fit": "overfits", "word": "overfitting", "title": "Recall, <b>", "says": "By 15."}
    shown = page({**record_of(evidence), "fitting": [card]})
    assert HEADING in shown
    assert "<strong>Recall, &lt;b&gt;: overfitting.</strong> By 15." in shown
