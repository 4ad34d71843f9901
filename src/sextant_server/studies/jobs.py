"""What a worker does for a study: open the rows, compute, and hand over what to keep."""

from __future__ import annotations

from django.utils import timezone

from sextant.contracts.file.reading import contract_from_text
from sextant_server.evidence.evaluating import CODE
from sextant_server.jobs.work import Keep, Work
from sextant_server.sources.jobs import recorded_files
from sextant_server.studies import actions, queries
from sextant_server.studies.kinds import kind_named
from sextant_server.studies.kinds.kind import Found, Task
from sextant_server.studies.models import StudyRun


def compute(work: Work) -> Keep:
    """Compute a study from its versions' rows, outside any transaction.

    Whether the files are those of the versions is asked before and after they are read.
    """
    run = StudyRun.objects.select_related(
        "product", "version__source", "other__source", "asked_by", "contract"
    ).get(pk=work.subject_id)
    kind = kind_named(run.kind)
    assert kind is not None
    assert kind.from_rows is not None
    work.progress(0.0, "opening the data")
    agreed = contract_from_text(run.text) if run.text else None
    task = Task(run.asked, run.version, run.other, agreed, work, timezone.now().date(), CODE)
    found = kind.from_rows.compute(task)
    for version in filter(None, (run.version, run.other)):
        recorded_files(version)
    work.progress(0.92, "judging")
    if isinstance(found, Found):
        return lambda: _keep(run, found, (found, ""), "")
    ledger, was = queries.ledger_of(run.product, found.digest)
    judged = found.judge(ledger)
    work.progress(0.98, "recording")
    return lambda: _keep(run, found, judged, was)


def _keep(run: StudyRun, *of: object) -> None:
    actions.record_run(run, *of)  # type: ignore[arg-type]
