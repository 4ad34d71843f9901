"""Arbitrary states of every kind, for property tests."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from sextant.states.agreement import Agreement
from sextant.states.classes import ClassCounts
from sextant.states.confusion import Confusion
from sextant.states.counts import Counts
from sextant.states.fit import FitMoments
from sextant.states.histogram import Histogram
from sextant.states.joint import JointScores
from sextant.states.judged import Judged
from sextant.states.moments import CoMoments, Moments
from sextant.states.newest import Newest
from sextant.states.repeated import Repeated
from sextant.states.scores import ScoreCounts
from sextant.states.shown import Shown
from sextant.states.snapshot import RowSample, Snapshot
from sextant.states.units import ByUnit

THRESHOLDS = (0.001, 0.3, 0.5, 0.9)
CUTS = (-1.0, 0.0, 10.0)

whole = st.integers(0, 1_000)
finite = st.floats(-1e3, 1e3, allow_subnormal=False)

edge_scores = [0.0, 1e-9, 2.0**-20, 0.25, 0.75, 1 - 2.0**-20, 1 - 1e-9, 1.0]
edge_scores += [float(np.nextafter(t, side)) for t in THRESHOLDS for side in (0, t, 1)]
scores = st.sampled_from(edge_scores) | st.floats(0, 1)
labels = st.sampled_from([0, 1, None])
score_rows = st.lists(st.tuples(scores, labels), max_size=30)

edge_values = [0.0, -0.0, 1.0, 2.0, 5e-324, 1.7976931348623157e308, -1.0, -1e-300, 10.0]
numbers = st.sampled_from(edge_values) | st.floats(allow_nan=False, allow_infinity=False)
few_numbers = st.sampled_from([1.0, 1.001, 1.002, 1.003, -2.0, -2.001, 5.0, 5.001, 9.0, 10.0])
odd_numbers = st.sampled_from([None, float("nan"), float("inf"), float("-inf")])
values = st.lists(few_numbers | numbers | odd_numbers, max_size=30)

rows = st.lists(st.binary(max_size=3), max_size=20)
hashes = st.integers(0, 15).map(lambda k: k << 60)


def score_counts(rows: list[tuple[float, int | None]], per_octave: int = 256) -> ScoreCounts:
    return ScoreCounts.of([p for p, _ in rows], [y for _, y in rows], THRESHOLDS, per_octave)


def histogram(rows: Sequence[float | None], per_octave: int = 64) -> Histogram:
    return Histogram.of(rows, CUTS, per_octave)


def row_sample(threshold: int, rows: list[int]) -> RowSample:
    kept = [row for row in rows if row < threshold]
    return RowSample(threshold, tuple((row, kept.count(row)) for row in set(kept)))


names = st.sampled_from(["cat", "dog", "\u00e9", "x y"])
class_counts = st.dictionaries(st.tuples(names | st.just(""), names), whole, max_size=5).map(
    lambda held: ClassCounts.of((*pair, n) for pair, n in held.items())
)
counts = st.dictionaries(st.text(max_size=3), whole, max_size=4).map(Counts.of)
agreements = st.lists(whole, min_size=12, max_size=12).map(Agreement)
joint_states = st.lists(st.tuples(scores, scores, st.sampled_from([0, 1])), max_size=30).map(
    lambda rows: JointScores.of(*([row[i] for row in rows] for i in range(3)))
)
confusions = st.tuples(*[whole] * 6).map(lambda n: Confusion(*n))
score_states = score_rows.map(score_counts)
histograms = values.map(histogram)
snapshots = rows.map(Snapshot.of)
row_samples = st.builds(
    row_sample, st.sampled_from([2**64, 2**63, 5 << 60]), st.lists(hashes, max_size=8)
)
moments = st.lists(finite, max_size=8).map(Moments.of)
co_moments = st.lists(st.tuples(finite, finite), max_size=8).map(
    lambda pairs: CoMoments.of([x for x, _ in pairs], [y for _, y in pairs])
)

heard = st.none() | finite
judged = st.lists(st.tuples(heard, heard), max_size=8).map(
    lambda pairs: Judged.of(*(np.array([pair[at] for pair in pairs], float) for at in (0, 1)))
)

fits = st.lists(st.tuples(finite, finite), max_size=8).map(
    lambda pairs: FitMoments.of([x for x, _ in pairs], [y for _, y in pairs])
)


shown = st.lists(st.lists(st.integers(-9, 9), max_size=4), max_size=5).map(Shown.of)

newest = st.builds(Newest, whole, st.integers(-9_999, 99_999))
repeated = st.tuples(whole, whole, st.integers(0, 3)).map(
    lambda held: Repeated(max(held[:2]), min(held[:2]), held[2])
)


def by_unit(states: st.SearchStrategy[Any]) -> st.SearchStrategy[ByUnit[Any]]:
    return st.dictionaries(st.integers(0, 5), states, max_size=4).map(ByUnit.of)


units = by_unit(counts) | by_unit(agreements) | by_unit(score_states) | by_unit(moments)

EXACT: dict[str, tuple[st.SearchStrategy[Any], Callable[[], Any]]] = {
    "counts": (counts, Counts),
    "confusion": (confusions, Confusion),
    "agreement": (agreements, Agreement),
    "joint_scores": (joint_states, JointScores),
    "classes": (class_counts, ClassCounts),
    "scores": (score_states, lambda: ScoreCounts(THRESHOLDS)),
    "histogram": (histograms, lambda: Histogram(CUTS)),
    "shown": (shown, Shown),
    "newest": (newest, Newest),
    "repeated": (repeated, Repeated),
    "snapshot": (snapshots, Snapshot),
    "row_sample": (row_samples, RowSample),
    "counts by unit": (by_unit(counts), ByUnit),
    "scores by unit": (by_unit(score_states), ByUnit),
    "histograms by unit": (by_unit(histograms), ByUnit),
}
"""States whose sums are exact, each with its empty state."""

ANY = (
    counts | agreements | joint_states | confusions | class_counts | score_states | histograms
    | shown | newest | repeated | snapshots
    | row_samples | moments | co_moments | judged | fits | units
)  # fmt: skip
