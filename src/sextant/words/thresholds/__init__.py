"""A threshold and its alternatives in plain sentences."""

from sextant.words.thresholds.fallback import fallback_sentences
from sextant.words.thresholds.figures import Figure, figure, written
from sextant.words.thresholds.groups import group_sentences
from sextant.words.thresholds.sentences import headline, limit_sentences, sentences

__all__ = [
    "Figure",
    "fallback_sentences",
    "figure",
    "group_sentences",
    "headline",
    "limit_sentences",
    "sentences",
    "written",
]
