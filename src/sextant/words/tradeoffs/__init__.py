"""A weighed trade-off as sentences."""

from __future__ import annotations

from sextant.words.tradeoffs.sentences import answer_word, decides, headline, sentences, terms

__all__ = ["answer_word", "decides", "headline", "sentences", "terms"]
