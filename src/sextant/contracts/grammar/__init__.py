"""The grammar of criteria: its reader, what it may refer to, and the names of bands.

`parse_criterion` turns one line into a `Criterion`. It works in four steps, a file each: `tokens`
cuts the text into words, `parser` builds the tree (`syntax`), `meaning` looks its names up in a
`Setting` (`calls`, `scopes` and `bounds` check the parts), and `wording` writes the normal text.
"""

from __future__ import annotations

from sextant.contracts.grammar.meaning import parse_criterion
from sextant.contracts.grammar.segments import MISSING, band_labels
from sextant.contracts.grammar.setting import Setting

__all__ = ["MISSING", "Setting", "band_labels", "parse_criterion"]
