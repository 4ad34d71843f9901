"""What a comparison rests on, as lines for any report."""

from __future__ import annotations

from sextant.charts import domain_of
from sextant.metrics.paired.catalogue import PAIRED
from sextant.metrics.paired.requests import Side
from sextant.reports.facts import Fact, labelled, set_aside
from sextant.reports.text import short
from sextant.studies.comparison.asked import OF_COLUMNS
from sextant.studies.comparison.result import Answer, Comparison, Told
from sextant.words.comparison.answers import told
from sextant.words.numbers import percent, whole

SHAPES = {"better": "●", "not worse": "●", "not better": "✕", "worse": "✕", "undecided": "◐"}
INFORMS = "·"


def basis(comparison: Comparison) -> list[Fact]:
    """Versions, data, what was set aside, look, code: what anyone needs to check it again."""
    data, asked = comparison.data, comparison.asked
    versions = asked.versions
    cut = any(one.quantity.call.metric == "successes" for one in asked.contract.criteria)
    numbers = bool(versions.truth) or (asked.contract.task in OF_COLUMNS and not cut)
    a, b = (_what(one, asked.contract.task, numbers) for one in (versions.a, versions.b))
    facts = [
        Fact("A", _version(asked.names.a, versions.a, a)),
        Fact("B", _version(asked.names.b, versions.b, b)),
        Fact("Questions", _confidence(comparison), short(comparison.digest)),
        Fact("Data", f"{whole(data.rows)} rows of {data.source}"),
        Fact("Labelled", labelled(data)),
        Fact("Set aside", set_aside(data)),
        Fact("Snapshot", "", short(data.snapshot)),
        Fact("Look", _look(comparison)),
    ]
    optional = [("Compared on", comparison.compared_on), ("Code", comparison.code)]
    return facts + [Fact(term, text) for term, text in optional if text]


def shape(answer: Answer, row: int | None = None) -> tuple[str, str]:
    """The mark and the word of a question, or of one of its rows; nothing where it informs."""
    if answer.informs:
        return INFORMS, ""
    if row is not None:
        word = told(answer.rows[row].row)
    elif len(answer.rows) == 1:
        word = told(answer.rows[0].row)
    else:
        verdict = answer.result.verdict
        within = answer.result.criterion.role == "guardrail"
        lost = any(told(one.row) == "worse" for one in answer.rows)
        words: dict[str, Told] = {
            "met": "not worse" if within else "better",
            "missed": "worse" if lost else "not better",
        }
        word = words.get(verdict, "undecided")
    return SHAPES[word], word


def domain(answer: Answer) -> tuple[float, float]:
    """The one scale of all of a question's bars, with no difference always on it."""
    low, high = PAIRED[answer.result.criterion.quantity.call.metric].metric.range
    limits = (low - high, high - low)
    bounds = [answer.result.criterion.bound, 0.0]
    estimates = [one.row.estimate for one in answer.rows]
    ends = [domain_of(estimates, bound, limits) for bound in bounds]
    return min(end[0] for end in ends), max(end[1] for end in ends)


def _what(side: Side, task: str, numbers: bool) -> str:
    """What a version's column holds."""
    if task == "ranking":
        return "places, 1 first" if side.decides else "scores, the highest first"
    return "decisions" if side.decides else "" if numbers else f"cut at {side.cut:g}"


def _version(name: str, side: Side, what: str) -> str:
    scale = f", out of {side.scale:g}" if side.scale != 1 and not side.decides else ""
    column = side.column if name == side.column else f"{name}: column {side.column}"
    return ", ".join(filter(None, (column, what))) + scale


def _confidence(comparison: Comparison) -> str:
    sure = {one.result.criterion.confidence for one in comparison.answers}
    return " and ".join(f"{percent(one)} confidence" for one in sorted(sure))


def _look(comparison: Comparison) -> str:
    if comparison.asked.contract.looks == "continuous":
        return f"number {comparison.look}; the intervals hold at every look"
    counted = "" if comparison.counted else "; nobody counts: say --look N at the next"
    if comparison.look == 1:
        return f"the first at this question, exact intervals{counted}"
    return f"number {comparison.look} at this question, always-valid intervals{counted}"
