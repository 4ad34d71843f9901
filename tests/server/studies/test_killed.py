"""A worker that dies or loses its job leaves nothing of a study, or all of it, exactly once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from examples import MET, contract_text

from sextant_server.audit.models import Entry
from sextant_server.audit.seals import faults
from sextant_server.core.errors import Conflict, NotAllowed
from sextant_server.demo.telling import Telling
from sextant_server.jobs import actions as jobs
from sextant_server.jobs import execution
from sextant_server.jobs.lease import Lease
from sextant_server.jobs.models import Job, State
from sextant_server.jobs.work import Work
from sextant_server.sources.models import Source
from sextant_server.studies import actions
from sextant_server.studies import jobs as study_jobs
from sextant_server.studies.kinds import kind_named
from sextant_server.studies.kinds.forms import many
from sextant_server.studies.models import Study, StudyLooks, StudyRun
from sextant_server.studies.seals import KIND

SCORE = "predicted_probability_permille"


def begun(story: Telling, source: Source, **more: Any) -> StudyRun:
    kind = kind_named("comparison")
    assert kind is not None
    assert kind.from_rows is not None
    asked = {"version": source.versions.order_by("-number")[0].pk, "a": f"{SCORE}@0.6",
             "contract": 1, "questions": "recall", **more}  # fmt: skip
    form = kind.from_rows.form(story.product, many(asked))
    assert form.is_valid(), form.errors
    return actions.start_study(story.by("dana"), story.product, kind, form.asking())


@pytest.fixture
def ready(story: Telling, source: Source) -> Source:
    story.contract(contract_text(MET))
    return source


def nothing_is_kept() -> bool:
    recorded = Entry.objects.filter(action="study.recorded")
    return not (Study.objects.exists() or recorded.exists() or StudyLooks.objects.exists())


def test_whoever_has_lost_the_job_keeps_nothing(
    story: Telling, ready: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, real = begun(story, ready), study_jobs.compute

    def slow(work: Work) -> Any:
        found = real(work)
        past = timezone.now() - timedelta(minutes=1)
        Job.objects.filter(pk=work.job.pk).update(lease="another's", leased_until=past)
        return found

    monkeypatch.setattr(study_jobs, "compute", slow)
    execution.perform(run.job.pk)
    assert nothing_is_kept()
    monkeypatch.setattr(study_jobs, "compute", real)
    assert jobs.take_up_again(timezone.now()) == 1
    execution.work_off()
    assert Study.objects.get().run == run
    assert list(faults(KIND)) == []


def test_a_death_in_the_last_transaction_leaves_nothing(
    story: Telling, ready: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begun(story, ready)

    def dies(*_: Any) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(actions, "seal_of", dies)
    with pytest.raises(KeyboardInterrupt):
        execution.perform(run.job.pk)
    assert nothing_is_kept()


def test_a_cancelled_study_is_not_kept(story: Telling, ready: Source) -> None:
    run = begun(story, ready)
    with pytest.raises(NotAllowed):
        actions.cancel_study(story.by("vera"), run)
    actions.cancel_study(story.by("tara"), run)
    execution.work_off()
    run.job.refresh_from_db()
    assert run.job.state == State.CANCELLED
    assert nothing_is_kept()
    with pytest.raises(Conflict):
        actions.cancel_study(story.by("tara"), StudyRun.objects.get())


def test_two_looks_at_once_are_two_looks(story: Telling, ready: Source, tmp_path: Any) -> None:
    """The second was judged on the ledger before the first was kept: it is judged again."""
    import pandas as pd

    from sextant_server.sources import actions as sources

    first = begun(story, ready)
    rows = pd.read_parquet(story_file(ready))
    more = pd.concat([rows, rows.assign(AGEP=rows["AGEP"] + 1)])
    more.to_parquet(tmp_path / "more.parquet")
    chunks = iter([(tmp_path / "more.parquet").read_bytes()])
    sources.add_upload(story.by("dana"), ready, chunks, "more.parquet")
    execution.perform(Job.objects.get(kind="sources.inspect", state="waiting").pk)
    second = begun(story, ready)
    held = []
    for run in (first, second):
        job = jobs.take(run.job.pk, timezone.now())
        assert job is not None
        held.append((job, study_jobs.compute(Work(job, Lease(job)))))
    for job, keep in held:
        assert jobs.keep(job, keep)
    assert [one.look for one in Study.objects.order_by("number")] == [1, 2]
    assert "always-valid" in str(Study.objects.get(number=2).record["basis"])
    assert list(faults(KIND)) == []


def story_file(source: Source) -> Any:
    from sextant_server.sources.queries import places

    return places(source.versions.order_by("number")[0])[0]
