"""A study of a judge in sentences."""

from __future__ import annotations

from sextant.words.judges.agreement import agreement_sentences, bias_sentences
from sextant.words.judges.estimates import headline, row_sentence, together_sentences, worth

__all__ = [
    "agreement_sentences",
    "bias_sentences",
    "headline",
    "row_sentence",
    "together_sentences",
    "worth",
]
