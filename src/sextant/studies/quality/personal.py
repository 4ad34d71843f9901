"""Personal data in a sample of cells: which column, which kind, how many; never a value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from sextant.stats.estimate import Level
from sextant.stats.rate import rate
from sextant.studies.quality.kinds import Detector
from sextant.studies.quality.result import Looked, Personal

ERROR = 0.01
"""The chance that any column of numbers is taken for personal data, all kinds together."""
NO_DIGIT, DIGITS = re.compile(r"[^0-9]+"), 7
"""No kind but e-mail addresses is written with fewer digits."""
POSSIBLE = 0.2
"""Below it something is said to be possible; above it chance explains what was seen."""


def looked(
    cells: Mapping[str, Sequence[str | None]],
    detectors: Sequence[Detector],
    seed: int,
    alpha: float,
) -> Looked:
    """What was found in sampled cells, by column.

    Whoever keeps numbers of 16 digits finds that a tenth of them pass as card numbers. So a kind is
    *sure* in a column only where more of the different writings pass than chance would let:
    P(as many or more | chance) <= 1 % shared by all columns and kinds. It is *possible* where that
    is below 20 %, or where the kind has no checksum at all; else chance explains it: no word.
    Shares are of filled sampled cells, with the exact interval; no value leaves this function.
    """
    found: list[Personal] = []
    pairs = max(len(cells) * len(detectors), 1)
    clear_of = 0
    for name, held in cells.items():
        texts = [plain(text) for text in held if text is not None]
        worth = [text for text in texts if "@" in text or len(NO_DIGIT.sub("", text)) >= DIGITS]
        some = False
        for detector in detectors:
            one = _found(name, worth, len(texts), detector, ERROR / pairs, alpha)
            if one is not None:
                found.append(one)
                some = True
        clear_of = clear_of if some else max(clear_of, len(texts))
    rows = max((len(held) for held in cells.values()), default=0)
    clear = rate(0, clear_of, Level(alpha)) if clear_of else None
    nouns = tuple(detector.noun for detector in detectors)
    found.sort(key=lambda one: (not one.sure, -one.found, one.column, one.kind))
    return Looked(rows, seed, nouns, len(cells), tuple(found), clear)


def _found(
    name: str, texts: Sequence[str], n: int, detector: Detector, error: float, alpha: float
) -> Personal | None:
    written: dict[str, bool] = {}
    with_one = 0
    for text in texts:
        held = dict(detector.find(text))
        written |= held
        with_one += any(held.values())
    if not with_one:
        return None
    passed = sum(written.values())
    by_chance = _beyond_chance(passed, len(written), detector.chance)
    if by_chance > POSSIBLE and detector.chance < 1:
        return None
    share = rate(with_one, n, Level(alpha))
    return Personal(name, detector.noun, with_one, share, by_chance <= error)


def _beyond_chance(passed: int, written: int, chance: float) -> float:
    """P(so many or more of the writings pass) where each passes by `chance`."""
    if not chance:
        return 0.0
    if chance >= 1:
        return 1.0
    from scipy import special

    return float(special.bdtrc(passed - 1, written, chance))


def plain(text: str) -> str:
    """A text with compatibility forms composed and every script's digits written 0 to 9."""
    composed = unicodedata.normalize("NFKC", text)
    if composed.isascii():
        return composed
    return "".join(
        str(unicodedata.digit(one)) if one.isdigit() and not one.isascii() else one
        for one in composed
    )
