"""What a look does not show: sentences from the evidence alone, kept in its record."""

from dataclasses import replace

from sextant.contracts.evidence import Evidence, SegmentCoverage
from sextant.contracts.model import Call
from sextant.reports.html import page
from sextant.reports.record import record_of
from sextant.words.limits import limits
from sextant.words.nouns import subject


def said(evidence: Evidence) -> str:
    return "\n".join(limits(evidence))


def test_where_it_may_be_worst_goes_by_the_end_of_the_interval(evidence: Evidence) -> None:
    assert (
        "Recall may be lowest among women: of 100 people who work about 82 are found (81 to 83),"
        " n 17,314."
    ) in said(evidence)
    assert "Recall may be lowest where race is two or more:" in said(evidence)


def test_a_metric_that_is_a_number_is_named_once(evidence: Evidence) -> None:
    recall = next(one for one in evidence.criteria if one.criterion.scope.kind == "every")
    as_score = replace(recall.criterion.quantity, call=Call("brier", ()))
    criterion = replace(recall.criterion, quantity=as_score)
    rows = tuple(replace(row, criterion=criterion) for row in recall.rows)
    text = said(replace(evidence, criteria=(replace(recall, criterion=criterion, rows=rows),)))
    noun = subject(criterion, evidence.contract).reading.noun
    (line,) = [one for one in text.splitlines() if " may be lowest " in one]
    assert line.casefold().count(noun.casefold()) == 1


def test_of_whom_nothing_can_be_said(evidence: Evidence) -> None:
    assert "Of 65 and over it says nothing by precision: no flagged row with a label." in said(
        evidence
    )


def test_who_was_counted_together(evidence: Evidence) -> None:
    text = said(evidence)
    assert "7 and 4 were too few to be judged alone, and counted together as other" in text
    segments = (SegmentCoverage("race", (("other", 9),), tuple("abcdefgh"), "other"),)
    many = replace(evidence, data=replace(evidence.data, segments=segments))
    assert "A, b, c, d, e, f and 2 more were too few" in said(many)


def test_what_it_was_not_tested_on(evidence: Evidence) -> None:
    text = said(evidence)
    assert "It was tested on people from 2015-01-01 to 2015-12-31, and on no others." in text
    assert "Of 68,913 people 128 have no label that counts here" in text
    assert "could not be read" not in text, "fewer than one in 200 were set aside"
    aside = replace(evidence.data, set_aside=(("no score", 4000),), period=(None, None))
    text = said(replace(evidence, data=aside))
    assert "4,000 of 68,913 people could not be read." in text
    assert "tested on" not in text


def test_groups_that_nothing_is_promised_to(evidence: Evidence) -> None:
    contract = evidence.contract
    one = replace(evidence, contract=replace(contract, criteria=contract.criteria[:2]))
    assert "No promise speaks of race and age, though the data tell them apart." in said(one)
    none = replace(contract, data=replace(contract.data, segments=()))
    text = said(replace(evidence, contract=none, criteria=()))
    assert "It was judged for all together" in text


def test_it_is_kept_in_the_record_and_an_older_record_has_none(evidence: Evidence) -> None:
    record = record_of(evidence)
    assert record["limits"] == limits(evidence) == limits(evidence)
    assert "What it does not show" in page(record)
    del record["limits"]
    assert "What it does not show" not in page(record)
