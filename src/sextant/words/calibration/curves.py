"""Curves as sentences: where scores mean what they say, and where they do not."""

from __future__ import annotations

from sextant.contracts.model import Contract
from sextant.studies.calibration.curves import NOT_ASKED
from sextant.studies.calibration.result import BinResult, Calibration, Curve
from sextant.words.frequency import DENOMINATORS, of
from sextant.words.nouns import among, capital, listed, rows_noun
from sextant.words.numbers import Scale, percent, span, word
from sextant.words.numbers import about as roughly

MOST = 3
FAR = 20
"""Times the rows there are: beyond that no number of further rows is named."""


def points(within: float) -> str:
    """`5 points`, `2.5 points`, `1 point`."""
    return Scale(100.0, after=" points").exact(within).replace("1 points", "1 point")


def headline(calibration: Calibration) -> str:
    """The answer over all rows, and the groups it does not hold for."""
    curve, contract = calibration.whole, calibration.asked.contract
    off = [among(one.segment, contract) for one in calibration.groups if one.verdict == "missed"]
    text = curve_sentence(curve, calibration)
    if curve.verdict == "missed" or not off:
        return text
    return f"{text[:-1]}; but not {listed(off, 'or', MOST)}."


def curve_sentence(curve: Curve, calibration: Calibration) -> str:
    """One curve in words: `The scores mean what they say, within 5 points: …`."""
    asked = calibration.asked
    where = f"{capital(among(curve.segment, asked.contract))}, the" if curve.segment else "The"
    within = f"within {points(asked.within)}"
    if curve.verdict == "met":
        count = len(curve.bins)
        bins = "the one bin" if count == 1 else f"each of the {word(count)} bins"
        return f"{where} scores mean what they say, {within}, in {bins} of scores."
    if curve.verdict == "missed":
        first, *others = worst(curve)
        more = f"; off in {word(len(others))} more {_bins(len(others))}" if others else ""
        said = bin_sentence(first, asked.contract)
        return f"{where} scores do not mean what they say: {said}{more}."
    start = "Not yet decided"
    if curve.segment:
        start = f"{capital(among(curve.segment, asked.contract))}, it is not yet decided"
    return f"{start} whether the scores mean what they say, {within}: {_decides(curve)}."


def worst(curve: Curve) -> list[BinResult]:
    """The bins that are off, the furthest first."""
    missed = [one for one in curve.bins if one.verdict == "missed"]
    return sorted(missed, key=lambda one: -abs((one.share.value or 0.0) - one.bin.mean))


def bin_sentence(one: BinResult, contract: Contract) -> str:
    """`of 100 people given about 67 %, it came true for 52 (48 to 56)`."""
    value = one.share.value or 0.0
    scale = _scale(one)
    said = Scale(100.0, max(scale.places, len(of(scale).replace(",", "")) - 3), after=" %")
    interval = span(scale, one.share.low, one.share.high)
    who = rows_noun(contract)
    count = scale.bare(value)
    return (
        f"of {of(scale)} {who} given about {said.full(one.bin.mean)}, it came true for {count} "
        f"({interval})"
    )


def _scale(one: BinResult) -> Scale:
    """The denominator at which what was said, what came true and the limits are told apart."""
    ends = (one.bin.mean, one.share.value or 0.0, one.share.low, one.share.high)
    for denominator in DENOMINATORS:
        scale = Scale(float(denominator))
        counts = [scale.shown(end) for end in ends]
        mean, _, low, high = counts
        sides = [
            (end < ends[0]) == (shown < mean) for end, shown in ((ends[2], low), (ends[3], high))
        ]
        if all(sides) and (ends[1] in (0.0, 1.0) or 0 < counts[1] < denominator):
            return scale
    return Scale(float(DENOMINATORS[-1]))


def _bins(count: int) -> str:
    return "bin" if count == 1 else "bins"


def _decides(curve: Curve) -> str:
    """What would decide an open curve."""
    if curve.reason:
        return curve.reason
    if curve.slope.reason == NOT_ASKED.reason:
        return "ask the rows for how many more would tell"
    if curve.needed is None or curve.needed[0] > FAR * curve.rows:
        return "these data cannot tell"
    rows, found = curve.needed
    way = "" if found == "met" else ", and show that they do not"
    return f"about {roughly(rows)} more labelled rows would tell{way}"


def in_general(curve: Curve) -> str:
    """In the large and the slope, for readers who know them; empty where neither can be said."""
    parts = []
    large, slope = curve.large, curve.slope
    if large.value is not None and large.assessable:
        scale = Scale(100.0, 1)
        side = "more" if large.value >= 0 else "fewer"
        low, high = sorted((large.low, large.high), key=lambda end: end * (large.value or 0.0))
        turned = 1 if large.value >= 0 else -1
        limits = span(scale, turned * low, turned * high)
        size = scale.bare(abs(large.value))
        parts.append(f"of 100 rows {size} {side} came true than was said ({limits})")
    if slope.value is not None and slope.assessable:
        scale = Scale(1.0, 2)
        what = "the slope is not told from 1"
        if slope.low > 1:
            what = "the scores are too timid"
        elif slope.high < 1:
            what = "the scores are too extreme"
        limits = span(scale, slope.low, slope.high)
        parts.append(f"the calibration slope is {scale.bare(slope.value)} ({limits}): {what}")
    return f"{capital('; '.join(parts))}." if parts else ""


def confidence(calibration: Calibration) -> str:
    return percent(calibration.asked.confidence)
