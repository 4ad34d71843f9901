"""A fairness review as plain sentences."""

from sextant.words.fairness.caveats import caveats
from sextant.words.fairness.conflicts import conflict_sentences
from sextant.words.fairness.definitions import definition_sentence, explained
from sextant.words.fairness.groups import hurt_sentence, small_sentences
from sextant.words.fairness.headline import headline

__all__ = [
    "caveats",
    "conflict_sentences",
    "definition_sentence",
    "explained",
    "headline",
    "hurt_sentence",
    "small_sentences",
]
