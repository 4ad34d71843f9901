"""A comparison of two versions in plain sentences: the answer, each question, who is affected."""

from sextant.words.comparison.affected import affected
from sextant.words.comparison.answers import answer_sentence, compared_sentence
from sextant.words.comparison.headline import headline

__all__ = ["affected", "answer_sentence", "compared_sentence", "headline"]
