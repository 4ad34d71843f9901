"""A profile as plain sentences."""

from sextant.words.quality.findings import Finding, findings, headline
from sextant.words.quality.rules import rule_sentence

__all__ = ["Finding", "findings", "headline", "rule_sentence"]
