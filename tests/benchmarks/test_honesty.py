"""The short, seeded form of `make bench-honesty`, ours alone; and its page is what it found."""

import json

import numpy as np
import pytest
from benchmarks.honesty.bound import false_met
from benchmarks.honesty.document import DOCUMENT, written
from benchmarks.honesty.drawing import tables
from benchmarks.honesty.intervals import counted, of
from benchmarks.honesty.intervals import rows as intervals
from benchmarks.honesty.judging import Rate, power_bar, rates
from benchmarks.honesty.points import CHANGE, Point, grid, still
from benchmarks.honesty.running import read
from scipy import stats

import sextant as sx
from sextant.metrics.catalogue import CATALOGUE

SEED = 55


def alarms(point: Point) -> Rate:
    """Columns whose own p is at most 5 %, of those of one batch."""
    before, after = tables(point, 0, SEED)
    found = sx.drift(before, after.drop_columns(["look"])).to_dict()["windows"][0]["columns"]
    return Rate(sum(one["p"] <= 0.05 for one in found), len(found))


@pytest.mark.parametrize(
    ("shape", "reference", "current"),
    [("2 values", 50, 50), ("50 values", 500, 2_000), ("lognormal, sigma 2", 200, 200)],
)
def test_alarms_keep_their_level_where_nothing_changed(shape, reference, current):
    found = alarms(Point(shape, reference, current, columns=50))
    assert found.alarms <= stats.binom.ppf(0.999, found.tries, 0.05)


def test_a_change_is_seen():
    """One that four of five tries see at the least."""
    found = alarms(Point("normal", 200, 200, columns=10, change=CHANGE[200] * 1.4))
    assert found.alarms >= 5


@pytest.mark.parametrize(("rows", "bound"), [(50, 0.9), (1_000, 0.8)])
def test_met_at_the_bound_is_as_rare_as_promised(rows, bound):
    found = false_met(rows, bound)
    assert 0 < found["ours"] <= 0.025
    assert found["point"] > 0.4


def test_a_batch_is_the_same_whenever_it_is_drawn():
    point = Point("mixed", 50, 50, columns=5, together=True, change=0.25)
    first, again, other = (tables(point, batch, SEED) for batch in (1, 1, 2))
    assert first == again
    assert first[1] != other[1]


def test_the_change_is_as_large_as_the_point_says():
    for shape, how in (("10 values", "place"), ("Cauchy", "place"), ("normal", "spread")):
        point = Point(shape, 20_000, 20_000, columns=1, change=0.15, how=how)
        before, after = (one["c0"].to_numpy() for one in tables(point, 0, SEED))
        places, at = np.unique(np.concatenate([before, after]), return_inverse=True)
        a, b = (np.bincount(part, minlength=places.size) / 20_000 for part in np.split(at, 2))
        far = np.abs(np.cumsum(a - b)).max() if before.dtype == float else np.abs(a - b).sum() / 2
        assert far == pytest.approx(0.15, abs=0.02)


def test_points_are_named_once_and_each_change_has_its_still_one():
    points = list(grid())
    assert len({one.key for one in points}) == len(points)
    for one in points:
        assert not one.change or still(one) in points


def seen(tries, of=100) -> Rate:
    """Of one batch of `of` tries, those that alarm."""
    return Rate(len(tries), of, {0: frozenset(tries)})


def test_bars_say_no_only_where_it_is_shown():
    assert Rate(7, 20).keeps is False
    assert Rate(3, 20).keeps is True
    assert power_bar(seen(range(84)), seen(range(85))) == "yes"
    assert power_bar(seen(range(74)), seen(range(80))) == "open"
    assert power_bar(seen(range(20)), seen(range(85))) == "no"
    assert power_bar(seen(range(3), of=4), seen(range(3), of=4)) == "open"


def test_the_interval_of_every_metric_was_drawn():
    drawn = [cells[0].strip("`") for cells in intervals()]
    assert {*drawn} ^ {*counted()} == {*CATALOGUE}
    assert all(of(metric) for metric in drawn)


def test_an_interrupted_line_is_run_again(tmp_path):
    path = tmp_path / "some.jsonl"
    point = next(iter(grid()))
    whole = {"point": point.key, "batch": 0, "alarms": {"Sextant": [[1, 2]]}}
    path.write_text(json.dumps(whole) + '\n{"point": "norm', encoding="utf-8")
    jobs = read(path)
    assert jobs == [whole]
    assert json.loads(path.read_text(encoding="utf-8")) == whole
    assert [by["Sextant"] for by in rates(jobs).values()] == [Rate(2, point.columns)]


def test_the_page_is_what_the_results_make():
    assert DOCUMENT.read_text(encoding="utf-8") == written(), (
        "Write it again: python -m benchmarks.honesty --document"
    )
