"""A period: years, months, days and times, in order."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from sextant.contracts.file.moments import as_moment
from sextant.contracts.file.reading import contract_from_text
from sextant.contracts.model import Period
from sextant.contracts.problems import ContractError

TEXT = (
    "product: a\noutcome: b\ntask: binary\ncriteria: [mean(x) >= 1]\n"
    "data: {{source: s, time: t, period: {{from: {}, to: {}}}}}\n"
)


@pytest.mark.parametrize(
    ("start", "end", "period"),
    [
        ("2015", "2015", Period(2015, 2015)),
        ("2015-03", "2015", Period("2015-03", 2015)),
        ("2015-03", "2015-03", Period("2015-03", "2015-03")),
        ("2015-03-31", "2015-03", Period(date(2015, 3, 31), "2015-03")),
        ('"2015-03-31"', "2015-03-31", Period(date(2015, 3, 31), date(2015, 3, 31))),
        (
            "2015-03-31T08:00:00Z",
            "2015-03-31",
            Period(datetime(2015, 3, 31, 8, tzinfo=UTC), date(2015, 3, 31)),
        ),
        ("0.5", "12", Period(0.5, 12)),
        ("-3", "20000", Period(-3, 20000)),
    ],
)
def test_in_order(start: str, end: str, period: Period) -> None:
    assert contract_from_text(TEXT.format(start, end)).data.period == period


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        ("2016", "2015", "The period ends (2015) before it starts."),
        ("2015-04", "2015-03", "The period ends (2015-03) before it starts."),
        ("2015-04-01", "2015-03-31T23:59", "The period ends (2015-03-31T23:59) before it starts."),
        ("20150401", "2015-03-31", "The period runs from 20150401 to 2015-03-31"),
        ("2015-13", "2016", "'from' is no year, month, day or time."),
        ("last week", "2016", "'from' is no year, month, day or time."),
        ("2015-02-30", "2016", "'from' is no year, month, day or time."),
        (".nan", "2016", "'from' is no year, month, day or time."),
        ("[2015]", "2016", "'from' is no year, month, day or time."),
    ],
)
def test_not_a_period(start: str, end: str, message: str) -> None:
    with pytest.raises(ContractError) as caught:
        contract_from_text(TEXT.format(start, end))
    (problem,) = caught.value.problems
    assert problem.what.startswith(message)
    assert problem.remedy


@pytest.mark.parametrize(
    ("value", "moment"),
    [("2016", 2016), ("2016-03", "2016-03"), ("2016-03-01", date(2016, 3, 1)), ("soon", None)],
)
def test_moments_from_a_command_line(value: str, moment: Any) -> None:
    assert as_moment(value) == moment
