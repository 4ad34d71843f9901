"""Numbers that stand beside each other are written alike and add up."""

from __future__ import annotations

import pandas as pd

import sextant as sx
from sextant.stats.needed import rounded
from sextant.words.numbers import about


def test_a_declared_share_is_said_of_as_many_as_the_seen_one() -> None:
    rows = pd.DataFrame({"region": ["south"] * 1_990 + ["islands"] * 10})
    population = {"shares": {"region": {"south": 0.97, "islands": 0.03}}}
    found = sx.profile(rows, population=population, sample=0).to_dict()["population"]
    said = {one["values"][0]: one["sentence"] for one in found["splits"][0]["groups"]}
    assert "of 1,000; declared are 30 of 1,000" in said["islands"]
    assert "declared are 97 %" not in said["south"]


def test_years_are_written_as_people_write_them() -> None:
    rows = pd.DataFrame({"year": [2015, 2016, 2018] * 40, "pay": [12_000, 14_500, 13_000] * 40})
    page = sx.profile(rows, sample=0).to_markdown()
    assert "2015 to 2018, median 2016" in page
    assert "12,000 to 14,500" in page


def test_what_lacks_is_counted_from_what_is_said_to_be_needed() -> None:
    assert (rounded(1_198), about(1_198)) == (1_200, "1,200")
    assert (rounded(7), rounded(99), rounded(100), rounded(1_201)) == (7, 99, 100, 1_300)
