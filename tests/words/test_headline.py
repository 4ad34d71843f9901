"""The headline is the answer."""

from dataclasses import replace

import pytest

from sextant.contracts.evidence import CriterionResult, DataFacts, Evidence, Needed
from sextant.words import headline


@pytest.fixture
def say(make_row, contract):
    def evidence(verdict, *criteria):
        data = DataFacts("p.parquet", 10, 10, "s")
        return headline(Evidence(contract, "d", 1, data, verdict, tuple(criteria)))

    def criterion(verdict, needed=None, reason="", role="primary", text="recall >= 0.8"):
        numbers = reason or (0.8, 0.7, 0.9, 50)
        row = make_row(text, numbers, verdict, needed=needed)
        of = replace(row.criterion, role=role)
        return CriterionResult(of, verdict, (replace(row, criterion=of),))

    return evidence, criterion


def test_missed_and_undecided(say):
    evidence, criterion = say
    said = evidence(
        "missed", criterion("met"), criterion("missed"), criterion("undecided", Needed(383, "met"))
    )
    assert said == ("Not ready to launch: one promise is missed, one needs about 390 more labels.")


def test_met(say):
    evidence, criterion = say
    assert evidence("met", criterion("met")) == "Ready to launch: the promise is met."
    five = [criterion("met")] * 5
    assert evidence("met", *five) == "Ready to launch: all five promises are met."


def test_secondary_criteria_are_not_counted(say):
    evidence, criterion = say
    said = evidence("met", criterion("met"), criterion("missed", role="secondary"))
    assert said == "Ready to launch: the promise is met."


def test_undecided(say):
    evidence, criterion = say
    said = evidence(
        "undecided",
        criterion("met"),
        criterion("undecided", Needed(1558, "met")),
        criterion("undecided", Needed(why="no look is left")),
        criterion("undecided", Needed(40, "met"), text="rate >= 0.8"),
    )
    assert said == (
        "Not yet decided: one promise needs about 1,600 more labels, one needs about 40 more rows, "
        "one cannot be decided yet, the other is met."
    )


def test_what_is_needed_over_several_groups_is_said_to_be_so(say):
    evidence, criterion = say
    one = criterion("undecided", Needed(300, "met"))
    both = replace(one, rows=one.rows * 2)
    assert evidence("undecided", both) == (
        "Not yet decided: one promise needs about 600 more labels over two groups."
    )


def test_one_reason_for_everything(say):
    evidence, criterion = say
    rows = [criterion("undecided", reason="no labelled row") for _ in range(3)]
    assert evidence("undecided", *rows) == (
        "Not yet decided: no promise can be judged (no labelled row)."
    )
