"""What facts of a table can be asked for: whole numbers, no confidence, types and patterns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sextant.contracts.grammar.tokens import CriterionFault, plain
from sextant.metrics.quality import TYPES

if TYPE_CHECKING:
    from sextant.contracts.grammar.calls import Faults
    from sextant.contracts.grammar.syntax import Phrase, Sentence
    from sextant.metrics.metric import Metric

SHARES = {
    "missing_rows": "missing_rate",
    "rows_out_of_range": "out_of_range",
    "rows_out_of_set": "out_of_set",
    "rows_out_of_pattern": "out_of_pattern",
    "rows_of_wrong_type": "wrong_type",
}
"""Which share speaks of what will come where a count speaks of the table."""
UNREAD = re.compile(r"\(\?[=!<]|\\[1-9]")
"""Looking ahead or back, and references: what RE2 does not have."""


def check_fact(sentence: Sentence, kind: str, metric: Metric, faults: Faults) -> None:
    """Add a fault where a count is asked for as if it were an estimate."""
    if not metric.fact:
        return
    at, bound = sentence.bound.at, sentence.bound.value
    share = SHARES.get(metric.name)
    other = f" Or write {share} for the share of what will come." if share else ""
    if isinstance(bound, float) and not bound.is_integer():
        what = f"{metric.name} counts: {plain(bound)} is no whole number."
        faults.append(CriterionFault(at, what, f"Write {round(bound)}, for example.{other}"))
    if kind != "metric":
        what = f"{metric.name} is a count of the rows that are there, and larger groups have more."
        faults.append(CriterionFault(sentence.phrase.name.at, what, f"Bound it by itself.{other}"))
    elif metric.whole and sentence.where is not None:
        what = f"{metric.name} is counted in the whole table."
        faults.append(CriterionFault(sentence.where.at, what, "Leave the segment out."))
    if sentence.confidence is not None:
        what = f"{metric.name} is counted: it is certain."
        faults.append(CriterionFault(sentence.confidence.at, what, f"Leave it out.{other}"))


def check_texts(phrase: Phrase, params: dict[str, Any], faults: Faults) -> None:
    """A type is one that can be told, and a pattern can be read."""
    at = phrase.name.at
    kind, pattern = params.get("type"), params.get("pattern")
    if kind is not None and kind not in TYPES:
        what = f"'{kind:.60}' is no type that can be told."
        faults.append(CriterionFault(at, what, f"Write one of {', '.join(TYPES)}."))
    if pattern is not None and (why := unreadable(pattern)):
        what = f"The pattern '{pattern:.60}' cannot be read: {why}."
        faults.append(CriterionFault(at, what, 'Write one such as "[A-Z]{2}[0-9]+".'))


def unreadable(pattern: str) -> str:
    """Why RE2 cannot read a pattern; "" where it can."""
    if UNREAD.search(pattern):
        return "it looks ahead or back, or refers to what was found, which RE2 does not have"
    try:
        re.compile(pattern)
    except re.error as error:
        return str(error)
    return ""
