"""What people would say, what the judge is worth, what would decide it."""

from __future__ import annotations

from sextant.contracts.model import Op
from sextant.stats.estimate import Estimate
from sextant.studies.judges.asked import Asked
from sextant.studies.judges.result import JudgeStudy, Row
from sextant.words.clause import LEAST, amount
from sextant.words.frequency import frequency, of
from sextant.words.numbers import Scale, about, declared, scale_for, span, whole

NEVER = float("-inf")
FAR = 3.29


def scale_of(asked: Asked, estimate: Estimate) -> Scale:
    """The scale of figures in a table: per cent of a share, the column's own of a mean."""
    bound, op = _bound(asked)
    unit = "share" if asked.share else "value"
    value = estimate.value or 0.0
    if not asked.share and estimate.assessable:
        unit = "score"
    return scale_for(unit, value, estimate.low, estimate.high, bound, op)  # type: ignore[arg-type]


def _bound(asked: Asked) -> tuple[float, Op]:
    return (asked.promise.bound, asked.promise.op) if asked.promise else (NEVER, ">=")


def what(asked: Asked) -> str:
    """`have at least 4 in helpfulness`, `are marked resolved`, `are called “llama”`."""
    match asked.kind:
        case "true":
            return f"are marked {asked.human}"
        case "is":
            return f"are called “{asked.positive}”"
        case "range":
            return f"have at least {asked.at_least:g} in {asked.human}"
        case _:
            return f"the mean of {asked.human}"


def counted(asked: Asked, estimate: Estimate) -> str:
    """`about 78 of 100 rows are marked resolved (74 to 83)`."""
    assert estimate.value is not None
    if not asked.share:
        scale = scale_of(asked, estimate)
        ends = span(scale, estimate.low, estimate.high)
        return f"{what(asked)} is {scale.bare(estimate.value)} ({ends})"
    bound, op = _bound(asked)
    least = bound if asked.promise else 0.0
    scale = frequency(estimate.value, estimate.low, estimate.high, least, op)
    ends = span(scale, estimate.low, estimate.high)
    shown = amount(scale, estimate.value)
    return f"{shown} of {of(scale)} rows {what(asked)} ({ends})"


def promised(asked: Asked) -> str:
    """`at least 80 %`."""
    if asked.promise is None:
        return ""
    unit = "share" if asked.share else "value"
    exact = declared(unit).exact(asked.promise.bound)  # type: ignore[arg-type]
    return f"{LEAST[asked.promise.op]} {exact}"


def headline(study: JudgeStudy) -> str:
    """One sentence: what people would say of all rows, and the verdict where one was asked."""
    asked, estimate = study.asked, study.overall.together
    if not estimate.assessable or estimate.value is None:
        return f"What people would say cannot be told yet: {estimate.reason or 'no evidence'}."
    text = f"By people's standard, {counted(asked, estimate)}"
    if study.verdict is None:
        return f"{text}."
    said = {
        "met": "is kept",
        "missed": "is not kept",
        "undecided": "is undecided",
    }[study.verdict]
    where = " in every group" if asked.promise and asked.promise.every else ""
    return f"{text}; the promise of {promised(asked)}{where} {said}."


def worth(row: Row) -> str:
    """`With the judge, 250 human labels count as 640`."""
    estimate = row.together
    if estimate.worth is None or not estimate.assessable:
        return ""
    n = whole(round(estimate.n))
    if round(estimate.worth) <= round(estimate.n):
        return f"The judge adds nothing here: the {n} human labels speak alone"
    return f"With the judge, {n} human labels count as {whole(round(estimate.worth))}"


def together_sentences(study: JudgeStudy) -> list[str]:
    """Labels alone against both, the judge's own word and why it is not taken, what is needed."""
    asked, row = study.asked, study.overall
    found: list[str] = []
    if row.people.assessable and row.people.value is not None:
        found.append(f"The human labels alone say that {counted(asked, row.people)}.")
    if text := worth(row):
        found.append(f"{text}.")
    if row.judge is not None and row.together.value is not None:
        found.append(_by_itself(study))
    if row.silent:
        share = f"{whole(round(row.silent))} of {whole(round(row.rows))} rows"
        found.append(
            f"The judge gave no verdict that can be read on {share}; none of them counts as a pass."
        )
    if study.garbage:
        listed = ", ".join(f"{name!r} {whole(n)}" for name, n in study.garbage[:3])
        found.append(f"Verdicts that no person gives are set apart: {listed}.")
    if row.needed is not None:
        found.append(needed(row))
    if study.drawn is not None and abs(study.drawn) > FAR:
        found.append(
            "The rows that people judged are not like the others: the judge speaks otherwise of "
            f"them ({abs(study.drawn):.1f} standard errors). The interval holds only for rows "
            "drawn at random; draw them anew, or name the stratum inside which they were drawn."
        )
    return found


def _by_itself(study: JudgeStudy) -> str:
    asked, row = study.asked, study.overall
    assert row.judge is not None
    assert row.together.value is not None
    scale = scale_of(asked, row.together)
    judge = scale.full(row.judge)
    if row.together.assessable and row.together.low <= row.judge <= row.together.high:
        return f"The judge by itself says {judge}, which people may well say too."
    side = "more" if row.judge > row.together.value else "less"
    return f"The judge by itself says {judge}: {side} than people would."


def needed(row: Row) -> str:
    """What would decide an undecided row."""
    found = row.needed
    if found is None or row.verdict != "undecided":
        return ""
    if found.rows is None:
        return f"No number of labels can be named: {found.why}."
    towards = f", probably as {found.towards}" if found.towards else ""
    left = round(row.rows - row.labelled)
    beyond = f" (more than the {whole(left)} rows that are left)" if found.rows > left else ""
    return f"About {about(found.rows)} more human labels{beyond} would decide it{towards}."


def row_sentence(row: Row, asked: Asked) -> str:
    """One group."""
    where = " and ".join(f"{name} is {value}" for name, value in row.segment)
    head = f"Where {where}, " if where else ""
    if row.together.value is None or not row.together.assessable:
        return f"{head}it cannot be told: {row.together.reason or 'no evidence'}."
    text = f"{head}{counted(asked, row.together)}."
    parts = [text, f"{worth(row)}." if worth(row) else "", needed(row)]
    return " ".join(part for part in parts if part)
