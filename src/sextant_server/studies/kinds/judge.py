"""What is a judge worth? People's verdicts on some rows, a judge's on all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sextant.charts import ForestGroup, ForestRow, forest
from sextant.contracts.ledger import Ledger, Seen, ledger_text
from sextant.metrics.tally import Tally
from sextant.metrics.tally_codec import dump_tally
from sextant.reports.judges.html import render
from sextant.reports.judges.record import record_of
from sextant.reports.judges.terminal import name_of
from sextant.studies.judges.asked import Asked
from sextant.studies.judges.asking import asked_of
from sextant.studies.judges.drawing import Drawing, draw
from sextant.studies.judges.judging import judged, scanned
from sextant_server.sources.jobs import opened_version
from sextant_server.studies.kinds.figures import of_judge
from sextant_server.studies.kinds.judge_form import JudgeForm
from sextant_server.studies.kinds.kind import (
    Counted,
    Found,
    FromRows,
    Kind,
    Picture,
    Record,
    Table,
    Task,
)

MOST_PICTURED, USUAL_DRAW = 40, 100
WHOLE = "all rows"
SAYS = (
    "People judged some rows, drawn at random, and a judge all of them, usually a model. What would"
    " people say of all rows, how far do both agree, what sways the judge, and which rows should"
    " people judge next?"
)


def compute(task: Task) -> Counted:
    """Scan once, draw what to judge next, and judge on the ledger of the question."""
    settings = task.asked
    source = opened_version(task.version)
    named = f"{task.version.source.name}, version {task.version.number}"
    asked = asked_of(source, **_arguments(settings))
    tally = scanned(asked, source, task.progress)
    key, drawing = settings.get("key"), None
    if key and asked.stratum in ("", asked.judge):
        drawing = draw(
            source,
            human=asked.human,
            judge=asked.judge,
            key=key,
            rows=int(settings.get("rows") or USUAL_DRAW),
            positive=asked.positive or None,
            at_least=asked.at_least,
            mean=not asked.share,
            by="judge" if settings.get("by") == "judge" else "random",
            seed=str(task.version.number),
        )
    return Counted(
        asked.digest(),
        lambda ledger: _noted(asked, tally, drawing, ledger, named, task.today, task.code),
    )


def _arguments(settings: Mapping[str, Any]) -> dict[str, Any]:
    """What the form was told, as the library takes it."""
    found = {
        name: settings[name]
        for name in ("human", "judge", "positive", "at_least", "promise", "swapped", "stratum",
                     "unit")
        if settings.get(name) not in (None, "")
    }  # fmt: skip
    for name in ("raters", "segments"):
        if settings.get(name):
            found[name] = tuple(_listed(settings[name]))
    answers = _listed(settings.get("answers"))
    if len(answers) == 2:
        found["answers"] = (answers[0], answers[1])
    lengths = _listed(settings.get("lengths"))
    if len(lengths) == 2:
        found["lengths"] = (lengths[0], lengths[1])
    return found


def _listed(text: Any) -> list[str]:
    return [part.strip() for part in str(text or "").split(",") if part.strip()]


def _noted(
    asked: Asked,
    tally: Tally,
    drawing: Drawing | None,
    ledger: Ledger,
    source: str,
    today: date,
    code: str,
) -> tuple[Found, str]:
    digest, snapshot = asked.digest(), tally.snapshot.hex
    look = ledger.find(digest, "", snapshot, tally.sample, None)
    tuned = (look.first or {}).get(WHOLE)
    study = judged(asked, tally, source, today, code, look.number, tuned)
    seen = Seen(look.number, snapshot, tally.rows, tally.sample, today.isoformat())
    sizes = {WHOLE: max(study.overall.labelled, 1.0)}
    after = ledger.record(digest, "", look, seen, sizes, {})
    record = record_of(study) | {"next": _drawn(drawing)}
    found = Found(
        title=f"{asked.judge} as a judge of {asked.human}",
        headline=record["headline"],
        record=record,
        verdict=study.verdict or "",
        digest=digest,
        snapshot=snapshot,
        states=dump_tally(tally),
        look=look.number,
    )
    return found, ledger_text(after)


def _drawn(drawing: Drawing | None) -> dict[str, Any] | None:
    if drawing is None:
        return None
    return {
        "key": drawing.key,
        "by": drawing.by,
        "seed": drawing.seed,
        "stratum": drawing.stratum if drawing.by == "judge" else "",
        "rows": [list(one) for one in drawing.rows],
        "strata": [[one.name, one.rows, one.judged, one.drawn] for one in drawing.strata],
    }


ESTIMATES = (
    "group", "people and judge", "low", "high", "labels alone", "alone low", "alone high",
    "judge alone", "labels", "rows", "worth in labels", "verdict", "labels needed", "method",
    "reason",
)  # fmt: skip
AGREEMENT = ("one", "other", "measure", "value", "low", "high", "n", "reason")


def tables(record: Record) -> list[Table]:
    """Estimates by group, agreement, where verdicts differ, and the rows to judge next."""
    found = [
        Table("estimates", "What people would say", ESTIMATES, _estimates(record)),
        Table("agreement", "Agreement", AGREEMENT, _agreement(record)),
    ]
    for place, pair in enumerate(record["agreement"][:1]):
        columns = (pair["a"], pair["b"] if pair["b"] != pair["a"] else "judge", "rows")
        found.append(Table(f"verdicts-{place + 1}", "Who says what", columns, pair["table"]))
    if record.get("next"):
        columns = (record["next"]["key"], "stratum", "probability")
        found.append(Table("label-next", "Rows to judge next", columns, record["next"]["rows"]))
    return found


def _estimates(record: Record) -> list[tuple[Any, ...]]:
    return [
        (name_of(row), row["together"]["estimate"], row["together"]["low"], row["together"]["high"],
         row["people"]["estimate"], row["people"]["low"], row["people"]["high"], row["judge"],
         row["labelled"], row["rows"], row["worth"], row["verdict"], row["needed"],
         row["together"]["method"], row["together"]["reason"])
        for row in record["rows"]
    ]  # fmt: skip


def _agreement(record: Record) -> list[tuple[Any, ...]]:
    found = [
        (pair["a"], pair["b"], one["words"], one["estimate"], one["low"], one["high"], one["n"],
         one["reason"])
        for pair in record["agreement"]
        for one in pair["measures"]
    ]  # fmt: skip
    return found + [
        ("everyone", "", one["words"], one["estimate"], one["low"], one["high"], one["n"],
         one["reason"])
        for one in record["everyone"]
    ]  # fmt: skip


def pictures(record: Record) -> list[Picture]:
    """Both together and the labels alone, group by group."""
    first, last = record["domain"]
    bound = record["promise"]["bound"] if record["promise"] else None
    rows = []
    for row in record["rows"][:MOST_PICTURED]:
        shown, name = row["shown"], name_of(row)
        rows.append(_forest(name, row["together"], shown["figure"], shown["interval"], row))
        rows.append(
            _forest("labels alone", row["people"], shown["people_figure"],
                    shown["people_interval"], None)
        )  # fmt: skip
    group = ForestGroup(record["outcome"]["words"], tuple(rows), (first, last), bound or first)
    return [Picture("estimates", "What people would say", forest([group], record["headline"]))]


def _forest(
    name: str, estimate: Mapping[str, Any], figure: str, interval: str, row: Any
) -> ForestRow:
    return ForestRow(
        name,
        f"{figure} ({interval})" if figure else estimate["reason"] or "no evidence",
        estimate["estimate"] if figure else None,
        estimate["low"],
        estimate["high"],
        row["verdict"] if row else None,
    )


KIND = Kind(
    name="judge",
    title="What is the judge worth?",
    template="studies/kinds/judge.html",
    from_rows=FromRows(SAYS, JudgeForm, compute, "studies/kinds/judge_new.html"),
    tables=tables,
    pictures=pictures,
    report=render,
    figure=of_judge,
    check=lambda record: str(record["verdict"] or ""),
)
