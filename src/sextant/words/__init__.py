"""Evidence as plain sentences for a given audience."""

from sextant.words.criteria import criterion_sentence
from sextant.words.headline import headline
from sextant.words.promise import promise
from sextant.words.sentences import AUDIENCES, Audience, sentence

__all__ = ["AUDIENCES", "Audience", "criterion_sentence", "headline", "promise", "sentence"]
