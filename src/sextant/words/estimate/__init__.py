"""What labels would show, as plain sentences that never say that a promise is kept."""

from __future__ import annotations

from sextant.words.estimate.answers import headline
from sextant.words.estimate.labels import label_sentences
from sextant.words.estimate.numbers import figures_of, number_sentence, place_name
from sextant.words.estimate.preconditions import caveats, preconditions

__all__ = [
    "caveats",
    "figures_of",
    "headline",
    "label_sentences",
    "number_sentence",
    "place_name",
    "preconditions",
]
