"""Frameworks that tests publish: small, and no other than they have to be."""

FIT = """\
framework: {key}
version: {version}
name: {name}
asks: Does it fit?
sources: [written for a test]
used_by:
  - {{gate: scoping}}
valid_for: 90 days
scales:
  strength:
    low: Nothing speaks for it.
    middle: Something speaks for it.
    high: It has been shown.
questions:
  need:
    asks: {need}
    scale: strength
    binds: [criterion, assessment]
  reach:
    asks: How many people does it reach?
    kind: range
    scale: strength
    cuts: [100, 1000]
    unit: people
    binds: [source]
  sure:
    asks: Which share of its answers is right?
    kind: range
    scale: strength
    cuts: [50, 80]
    unit: "%"
    from: high
    binds: [criterion, rate]
    read_by: [page]
  note:
    asks: What else is to be known?
    kind: text
    from: high
    read_by: [page]
dimensions:
  need: {{is: need}}
  reach: {{is: reach}}
outcomes:
  fits:
    verdict: met
    when: {{need: {{at_least: middle}}, reach: {{at_least: middle}}}}
    says: It fits.
  fits_not: {{verdict: missed, says: "It does not fit, for {{fails}}."}}
"""
"""A framework with a question of each kind; it fits where need and reach are at least middle.

The share and the note are asked at high risk only, and decide nothing.
"""


def fit(key: str = "fit", version: int = 1, need: str = "Do people need it?") -> str:
    """The text of such a framework."""
    return FIT.format(key=key, version=version, name=key.capitalize(), need=need)
