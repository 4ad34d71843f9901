"""Can these data answer this contract? Before the scan by its columns, after it by its values."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sextant.contracts.model import Contract, Data, Score
from sextant.engines.answered import Answered, listed
from sextant.engines.classes import flag_problem, positive_note
from sextant.engines.pairs import sides
from sextant.engines.period import shown
from sextant.engines.plan import Plan
from sextant.engines.reading import as_moment, as_number, is_empty
from sextant.engines.sets import FACTS
from sextant.engines.source import RELATION, Source
from sextant.engines.sql import DIALECT, column, finite, sql
from sextant.metrics.paired.requests import Crossed, Ordered, PairRequest
from sextant.metrics.reading import own_columns, roles_of
from sextant.metrics.requests import (
    Difference,
    Distribution,
    Fit,
    Flag,
    Latest,
    Pairs,
    Patterns,
    Ranking,
    Request,
    Residuals,
    Scaled,
    Values,
    Verdicts,
    Weights,
    Within,
)
from sextant.states.shown import MOST_ITEMS

MOST_CLASSES = 250
MOST_PATTERNS = 20_000
TIMES = ("time", "text")
DECIMAL_COMMA = "regexp_full_match(trim(:x), '[-+]?[0-9]*,[0-9]+')"


def column_problems(contract: Contract, plan: Plan, source: Source) -> list[str]:
    """Columns that are absent, or hold text where numbers are due."""
    data = contract.data
    problems = source.check_columns(plan.columns)
    due: dict[str, str] = {}
    if data.score and "the score" in plan.columns.values():
        due[data.score.column] = "scores are"
    for request in plan.all_requests:
        if isinstance(request, Latest) and source.columns.get(request.column, "time") not in TIMES:
            what = f"Column '{request.column}' holds no times."
            problems.append(f"{what} Name a column of dates or times.")
        due |= dict.fromkeys(_numeric_columns(request, data), "numbers are")
    for segment in data.segments:
        if segment.bands:
            due[segment.column] = "numbers for bands are"
    for name, what in due.items():
        kind = source.columns.get(name)
        if kind in {"other", "time"} or (kind == "text" and source.typed):
            shown = f", such as {value!r}," if (value := _first(source, name)) else ""
            problems.append(
                f"Column '{name}' holds {kind}{shown} where {what} due. Convert it to numbers."
            )
    if data.time and source.columns.get(data.time) in {"boolean", "other"}:
        problems.append(f"Column '{data.time}' holds no times. Name a column of times or numbers.")
    if data.period and not data.time:
        problems.append(
            "A period is named, but no time column. Add time: COLUMN to data, or leave it out."
        )
    return problems


def _numeric_columns(request: Request, data: Data) -> tuple[str, ...]:
    """The columns in which numbers are due; a score's are checked by themselves."""
    match request:
        case Ordered():
            return (*request.numeric, *((data.label.column,) if data.label else ()))
        case PairRequest():
            return request.numeric
        case Residuals() | Fit() | Scaled() | Within():
            roles = roles_of(request)
            label = (data.label.column,) if data.label else ()
            predicted = data.prediction if "prediction" in roles else None
            return (*((predicted,) if predicted else ()), *own_columns(request), *label)
        case Ranking():
            own = own_columns(request) if request.kind == "mean" else ()
            label = (data.label.column,) if data.label else ()
            return (*own, *((data.prediction,) if data.prediction else ()), *label)
        case Values() | Pairs() | Distribution() | Difference() | Weights() | Flag(kind="range"):
            return own_columns(request)
        case Verdicts(kind="range" | "value"):
            return (request.column,)
        case _:
            return ()


def _first(source: Source, name: str) -> str | None:
    text = sql("any_value(left(cast(:x as text), 40))", x=column(name)).sql(dialect=DIALECT)
    found = source.session.rows(f'SELECT {text} FROM "{RELATION}"')[0][0]
    return None if found is None else str(found)


def value_problems(answered: Answered) -> list[str]:
    """Scores outside 0 to 1, yes/no columns that are none, columns that cannot be read at all."""
    found = (
        flag_problem(answered, index, request.column)
        for index, request in enumerate(answered.plan.all_requests)
        if isinstance(request, Flag) and request.kind == "true"
    )
    return [
        *_scores(answered),
        *_version_scores(answered),
        *filter(None, found),
        *_unreadable(answered),
        *_classes(answered),
        *_mixed(answered),
        *_patterns(answered),
        *_items(answered),
    ]


def _classes(answered: Answered) -> list[str]:
    """A label, or a prediction, of more values than there are classes of anything."""
    keys = next(
        (keys for keys in answered.answers if keys == ("kept", "label", "prediction")), None
    )
    if keys is None:
        return []
    problems, kept = [], answered.kept(keys)
    data = answered.contract.data
    for key, name in (
        ("label", data.label.column if data.label else ""),
        ("prediction", data.prediction),
    ):
        n = len(set(np.ma.compressed(np.ma.asarray(answered.answers[keys][key])[kept]).tolist()))
        if n > MOST_CLASSES and name:
            problems.append(
                f"The {key} column '{name}' holds {n:,} classes, such as "
                f"{listed(answered.examples(name))}; up to {MOST_CLASSES} can be compared. "
                "Name a column of classes, or fold rare ones in the data."
            )
    return problems


def _patterns(answered: Answered) -> list[str]:
    """Columns of verdicts that hold nearly as many texts as rows."""
    problems = []
    for index, request in enumerate(answered.plan.all_requests):
        keys = next((keys for keys in answered.answers if f"k{index}" in keys), None)
        if not isinstance(request, Patterns | Crossed) or keys is None:
            continue
        n = answered.answers[keys][f"k{index}"].size
        if n > MOST_PATTERNS:
            names = " and ".join(f"'{name}'" for name in request.columns)
            problems.append(
                f"The columns {names} make {n:,} different combinations, and verdicts make few "
                f"(at most {MOST_PATTERNS:,}). Name columns of verdicts, not of texts or numbers."
            )
    return problems


def _items(answered: Answered) -> list[str]:
    """More different items than are told apart."""
    problems = []
    for index, request in enumerate(answered.plan.all_requests):
        keys = next((keys for keys in answered.answers if f"i{index}" in keys), None)
        if not isinstance(request, Ranking) or keys is None:
            continue
        n = np.unique(np.ma.compressed(answered.answers[keys][f"i{index}"])).size
        if n > MOST_ITEMS:
            problems.append(
                f"'{request.column}' shows {n:,} different items among the first {request.k}, and "
                f"up to {MOST_ITEMS:,} are told apart. Name a coarser column, such as the product "
                "of an offer, or judge a part of the catalogue."
            )
    return problems


def _mixed(answered: Answered) -> list[str]:
    """A segment that differs between the rows of one user cannot split users."""
    facts = answered.answers[FACTS]
    if "mixed" not in facts or not np.ma.max(np.ma.asarray(facts["mixed"])):
        return []
    return [
        f"A segment differs between rows of one '{answered.contract.data.unit}', and metrics of "
        "rankings are taken per user. Use a segment of users, such as their country."
    ]


def notes(answered: Answered) -> list[str]:
    """What a reader should know although it decides nothing."""
    found = positive_note(answered) if answered.total() else _nothing(answered)
    return [found] if found else []


def all_broken(broken: Mapping[str, int], name: str) -> str:
    lines = ", ".join(f"{n:,} × {reason}" for reason, n in broken.items())
    remedy = "Check delimiter, quotes and decimal points, or export it as Parquet."
    return f"No line of {name} can be read ({lines}). {remedy}"


def _scores(answered: Answered) -> list[str]:
    score = answered.contract.data.score
    facts, kept = answered.answers[FACTS], answered.kept(FACTS)
    if score is None or "p_low" not in facts or not kept.size:
        return []
    low, high = (np.ma.asarray(facts[name])[kept] for name in ("p_low", "p_high"))
    return _outside(score, float(low.min()), float(high.max())) if low.count() else []


def _version_scores(answered: Answered) -> list[str]:
    """Scores of two versions outside 0 to 1, where what was asked needs probabilities."""
    facts, kept = answered.answers[FACTS], answered.kept(FACTS)
    requests = [one for one in answered.plan.all_requests if isinstance(one, PairRequest)]
    problems: list[str] = []
    for which, side in sides(requests[0]) if requests and kept.size else ():
        if f"v{which}_min" in facts:
            low, high = (np.ma.asarray(facts[f"v{which}_{end}"])[kept] for end in ("min", "max"))
            score = Score(side.column, side.scale)
            problems += _outside(score, float(low.min()), float(high.max())) if low.count() else []
            problems += _too_small(score, float(high.max())) if low.count() else []
    return problems


def _too_small(score: Score, top: float) -> list[str]:
    """A scale that was meant for another version's scores."""
    if score.scale <= 1 or not 0 < top * score.scale <= 1:
        return []
    remedy = f"If they are shares already: {{column: {score.column}, scale: 1}}."
    run = f"run up to {top * score.scale:g} before they are divided by {score.scale:g}"
    return [f"Scores in '{score.column}' {run}. {remedy}"]


def _outside(score: Score, low: float, top: float) -> list[str]:
    if low >= 0 and top <= 1:
        return []
    remedy = "A score is a probability of the positive class."
    if low >= 0 and score.scale == 1:
        scale = _power_of_ten(top)
        remedy = (
            f"If they are out of {scale:g}: score: {{column: {score.column}, scale: {scale:g}}}."
        )
    divided = f" after dividing by {score.scale:g}" if score.scale != 1 else ""
    run = f"run from {low:g} to {top:g}{divided}"
    return [f"Scores in '{score.column}' {run}, outside 0 to 1. {remedy}"]


def _power_of_ten(value: float) -> float:
    scale = 1.0
    while scale < value:
        scale *= 10
    return scale


def _unreadable(answered: Answered) -> list[str]:
    """A text column of which nothing can be read, or that has decimal commas, is no numbers."""
    n, aside, problems = answered.total(), answered.set_aside(), []
    if "time cannot be read" in aside:
        name = answered.contract.data.time or ""
        if aside["time cannot be read"] + aside.get("no time", 0) >= n:
            moment = as_moment(answered.source, name)
            values = answered.examples(name, sql(":t is null", t=moment))
            remedy = "Write times as 2026-03-31 or 2026-03-31 09:00."
            problems.append(f"No value in '{name}' can be read ({listed(values)}). {remedy}")
    for name, called in _numbers_due(answered).items():
        if f"{called} is not a number" not in aside or answered.source.columns[name] != "text":
            continue
        unread = sql(
            "not :e and not coalesce(:ok, false)",
            e=is_empty(answered.source, name),
            ok=finite(as_number(answered.source, name)),
        )
        used = n - sum(aside.get(f"{what}{called}{end}", 0) for what, end in _UNUSED)
        commas = sql(DECIMAL_COMMA, x=column(name))
        if values := answered.examples(name, commas):
            remedy = "These are decimal commas: export the file with decimal points."
            problems.append(f"Numbers in '{name}' cannot be read ({listed(values)}). {remedy}")
        elif used <= 0:
            values = answered.examples(name, unread)
            problems.append(
                f"No value in '{name}' can be read ({listed(values)}). Name a column of numbers."
            )
    return problems


_UNUSED = (("no ", ""), ("", " is not a number"), ("", " is infinite"))


def _numbers_due(answered: Answered) -> dict[str, str]:
    """Columns that numbers were read from, and what the reasons call them."""
    data = answered.contract.data
    names = [name for one in answered.plan.all_requests for name in _numeric_columns(one, data)]
    names += [segment.column for segment in data.segments if segment.bands]
    called = {data.prediction: "prediction"} if data.prediction in names else {}
    if data.label and data.label.column in names:
        called[data.label.column] = "label"
    due = {name: called.get(name, name) for name in names}
    return due | ({data.score.column: "score"} if data.score else {})


def _nothing(answered: Answered) -> str | None:
    """Why there is no row: an empty table, or a period that none of its times lies in."""
    data = answered.contract.data
    if not data.time or not data.period:
        return f"{answered.source.name} has no row."
    moment = as_moment(answered.source, data.time)
    ends = [sql(f"cast({f}(:t) as text)", t=moment).sql(dialect=DIALECT) for f in ("min", "max")]
    first, last = answered.source.session.rows(f'SELECT {", ".join(ends)} FROM "{RELATION}"')[0]
    if first is None:
        return f"{answered.source.name} has no row."
    return (
        f"No row lies in the period {_span(data.period.start, data.period.end)}: "
        f"'{data.time}' runs from {shown(first)} to {shown(last)}."
    )


def _span(start: object, end: object) -> str:
    if start is None:
        return f"up to {end}"
    return f"from {start}" + ("" if end is None else f" to {end}")
