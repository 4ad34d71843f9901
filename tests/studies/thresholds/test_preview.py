"""What a user is shown on each route: counted on the rows, worded by risk, silent on few cases."""

from __future__ import annotations

import pandas as pd
import pytest

import sextant as sx
from sextant.stats.rate import clopper_pearson
from sextant.studies.thresholds.routes import routes

ROLES = {"score": "p", "label": "y"}


def test_each_route_is_counted_on_the_rows(rows: pd.DataFrame) -> None:
    found = routes(sx.thresholds(rows, band=[0.3, 0.7], **ROLES).exploration)
    assert [one.route for one in found] == ["leave", "ask", "flag"]
    left, asked, flagged = found
    below, above = rows[rows.p < 0.3], rows[rows.p >= 0.7]
    assert left.wrong.value == pytest.approx(below.y.mean())
    assert flagged.wrong.value == pytest.approx(1 - above.y.mean())
    assert asked.positive.n == len(rows) - len(below) - len(above)
    assert asked.wrong.value is None
    low, high = clopper_pearson(float(below.y.sum()), float(len(below)), 0.05)
    assert (left.wrong.low, left.wrong.high) == pytest.approx((float(low), float(high)))


def test_rows_of_one_unit_widen_it(rows: pd.DataFrame) -> None:
    alone = routes(sx.thresholds(rows, band=[0.3, 0.7], **ROLES).exploration)[0].wrong
    twice = pd.concat([rows, rows])
    units = routes(
        sx.thresholds(twice, band=[0.3, 0.7], unit="user", **ROLES).exploration
    )[0].wrong  # fmt: skip
    assert units.high - units.low > 0.9 * (alone.high - alone.low)


def test_how_much_is_said_goes_by_risk(rows: pd.DataFrame) -> None:
    found = sx.thresholds(rows, band=[0.3, 0.7], **ROLES)
    said = {risk: " ".join(one["says"] for one in found.preview(risk))
            for risk in ("minimal", "limited", "high")}  # fmt: skip
    assert "Of 100" not in said["minimal"]
    assert "are wrong." in said["limited"]
    assert "seen on" in said["high"]
    assert "ask for a person" in said["high"]
    assert all("a person looks at it" in one for one in said.values())


def test_without_a_band_everything_is_answered(rows: pd.DataFrame) -> None:
    found = sx.thresholds(rows, **ROLES).preview("limited")
    assert [one["route"] for one in found] == ["answer: leave", "answer: flag"]
    nothing = sx.thresholds(rows, band=[0.0, 1.0], **ROLES).preview("limited")
    assert {one["route"] for one in nothing} <= {"ask a person", "answer: flag"}


def test_of_few_cases_no_share_is_shown() -> None:
    table = pd.DataFrame({"p": [0.1, 0.2, 0.8, 0.9] * 5, "y": [0, 0, 1, 1] * 5})
    found = sx.thresholds(table, **ROLES).preview("high")
    assert all("not known yet" in one["says"] for one in found)
    assert not any("Of 1" in one["says"] for one in found)
