"""What a calibration study says: the answer, each curve, what recalibrating gains."""

from sextant.words.calibration.curves import bin_sentence, curve_sentence, headline
from sextant.words.calibration.gains import gain_sentence, group_sentences

__all__ = ["bin_sentence", "curve_sentence", "gain_sentence", "group_sentences", "headline"]
