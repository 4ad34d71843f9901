"""What a worker does for a run: scan, judge, and hand over what to keep."""

from __future__ import annotations

from django.utils import timezone

from sextant.contracts.normal_form import digest
from sextant_server.evidence import actions, queries
from sextant_server.evidence.evaluating import contract_of, judge, measure
from sextant_server.evidence.models import Run
from sextant_server.jobs.work import Keep, Work
from sextant_server.sources.jobs import opened_version, recorded_files


def evaluate(work: Work) -> Keep:
    """Evaluate a run's contract on its version, outside any transaction.

    Whether the files are those of the version is asked before and after they are read.
    """
    run = Run.objects.select_related(
        "contract", "product", "version__source", "asked_by"
    ).get(pk=work.subject_id)  # fmt: skip
    assert run.version is not None
    work.progress(0.0, "opening the data")
    agreed, source = contract_of(run), opened_version(run.version)
    tally = measure(agreed, source, lambda share: work.progress(0.9 * share, "reading rows"))
    recorded_files(run.version)
    work.progress(0.92, "judging")
    ledger, was = queries.ledger_of(run.product, digest(agreed))
    name = f"{run.version.source.name}, version {run.version.number}"
    judged = judge(agreed, tally, ledger, name, timezone.now().date())
    work.progress(0.98, "recording")
    return lambda: _keep(run, agreed, tally, judged, was)


def _keep(run: Run, *of: object) -> None:
    actions.record_run(run, *of)  # type: ignore[arg-type]
