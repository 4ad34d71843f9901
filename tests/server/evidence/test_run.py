"""A run: what it gives, what it refuses, and that the numbers are those of the library."""

from dataclasses import replace
from pathlib import Path

import pytest
from examples import MET, MISSED, UNDECIDED, contract_text

import sextant as sx
from sextant.contracts.file.reading import contract_from_text
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.contracts import actions as contracts
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.demo.telling import Telling, text_for
from sextant_server.evidence import actions
from sextant_server.evidence.models import Evidence
from sextant_server.jobs.execution import work_off
from sextant_server.sources.models import Source


@pytest.mark.parametrize(
    ("criterion", "verdict"), [(MET, "met"), (MISSED, "missed"), (UNDECIDED, "undecided")]
)
def test_the_verdict_is_computed(
    story: Telling, source: Source, criterion: str, verdict: str
) -> None:
    run = story.run(story.contract(contract_text(criterion)), source)
    assert run.evidence.verdict == verdict
    assert not run.evidence.draft
    assert run.evidence.look == 1


def test_the_numbers_are_those_of_the_library(story: Telling, demo: Path) -> None:
    source = story.upload("predictions", demo / "employment/predictions.parquet")
    text = text_for(demo / "employment/contract.yaml", source)
    record = story.run(story.contract(text), source).evidence.record
    own = sx.check(
        replace(contract_from_text(text), path=None), demo / "employment/predictions.parquet"
    ).to_dict()
    shown = {
        (one["id"], tuple(sorted(row["segment"].items()))): row
        for one in record["criteria"]
        for row in one["rows"] or [one["top"]]
    }
    assert len(own["results"]) == len(shown) == 21
    for row in own["results"]:
        held = shown[row["criterion"], tuple(sorted(row["segment"].items()))]
        for name in ("estimate", "low", "high", "verdict", "needed"):
            assert held[name] == row[name], (row["criterion"], name)


def test_a_draft_can_be_tried_and_decides_nothing(story: Telling, source: Source) -> None:
    draft = contracts.draft(story.by("dana"), story.product, contract_text(MET))
    evidence = story.run(draft, source).evidence
    assert evidence.draft
    page = f"/products/{story.product.slug}/evidence/{evidence.number}/"
    assert evidence.seen is None
    assert page


def test_rows_that_a_draft_has_seen_are_marked(story: Telling, source: Source) -> None:
    draft = contracts.draft(story.by("dana"), story.product, contract_text(MISSED))
    tried = story.run(draft, source).evidence
    contracts.write(story.by("dana"), draft, contract_text(MET), draft.version)
    draft.refresh_from_db()
    locked = story.lock(draft)
    evidence = story.run(locked, source).evidence
    assert evidence.verdict == "met"
    assert evidence.seen == tried


def test_the_same_criteria_again_are_no_new_look_at_the_same_rows(
    story: Telling, source: Source
) -> None:
    contract = story.contract(contract_text(MET))
    first, second = (story.run(contract, source).evidence for _ in range(2))
    assert (first.look, second.look) == (1, 1)
    assert second.seen is None


def test_more_rows_are_the_next_look(story: Telling, source: Source, extracts: Path) -> None:
    contract = story.contract(contract_text(MET))
    first = story.run(contract, source, start_at="2015", end_at="2016").evidence
    second = story.run(contract, source, start_at="2015", end_at="2018").evidence
    assert (first.look, second.look) == (1, 2)
    assert "always-valid" in str(second.record["basis"])


def test_a_second_click_gives_the_same_run(story: Telling, source: Source) -> None:
    contract = story.contract(contract_text(MET))
    version = source.versions.get()
    first = actions.start_run(story.by("tara"), contract, version)
    assert actions.start_run(story.by("dana"), contract, version) == first
    assert work_off() == 1
    assert Evidence.objects.count() == 1


def test_a_superseded_contract_runs_no_more(story: Telling, source: Source) -> None:
    old = story.contract(contract_text(MET))
    successor = contracts.supersede(story.by("dana"), old, "the bound was too low")
    contracts.write(story.by("dana"), successor, contract_text(MISSED), successor.version)
    successor.refresh_from_db()
    story.lock(successor)
    with pytest.raises(Conflict, match="superseded"):
        actions.start_run(story.by("tara"), old, source.versions.get())


def test_a_contract_superseded_in_mid_run_leaves_no_evidence(
    story: Telling, source: Source
) -> None:
    contract = story.contract(contract_text(MET))
    run = actions.start_run(story.by("tara"), contract, source.versions.get())
    successor = contracts.supersede(story.by("dana"), contract, "the bound was too low")
    contracts.write(story.by("dana"), successor, contract_text(MISSED), successor.version)
    successor.refresh_from_db()
    story.lock(successor)
    work_off()
    assert run.job
    run.job.refresh_from_db()
    assert run.job.state == "failed"
    assert "superseded meanwhile" in run.job.problem
    assert not Evidence.objects.exists()


def test_a_version_that_lost_a_column_is_refused_by_name(
    story: Telling, source: Source, tmp_path: Path
) -> None:
    contract = story.contract(contract_text(MET))
    path = tmp_path / "less.csv"
    path.write_text("employed,year,SEX\n1,2015,1\n0,2015,2\n")
    from sextant_server.sources.actions import add_upload

    version = add_upload(story.by("dana"), source, [path.read_bytes()], "less.csv")
    assert version
    work_off()
    version.refresh_from_db()
    with pytest.raises(Invalid, match=r"'predicted_probability_permille' .* is not in version 2"):
        actions.start_run(story.by("tara"), contract, version)


def test_looks_that_are_used_up_decide_nothing(story: Telling, source: Source) -> None:
    contract = story.contract(contract_text(MET, looks="1"))
    story.run(contract, source, start_at="2015", end_at="2015")
    second = story.run(contract, source, start_at="2015", end_at="2018").evidence
    assert (second.look, second.verdict) == (2, "undecided")


def test_a_run_that_was_cancelled_keeps_nothing(story: Telling, source: Source) -> None:
    contract = story.contract(contract_text(MET))
    run = actions.start_run(story.by("tara"), contract, source.versions.get())
    actions.cancel_run(story.by("ines"), run)
    work_off()
    assert run.job
    run.job.refresh_from_db()
    assert run.job.state == "cancelled"
    assert not Evidence.objects.exists()
    with pytest.raises(Conflict, match="cancelled already"):
        actions.cancel_run(story.by("ines"), run)


@pytest.mark.parametrize("part", ["reviewer", "annotator", "viewer"])
def test_who_may_not_run(story: Telling, source: Source, team: dict[str, User], part: str) -> None:
    contract = story.contract(contract_text(MET))
    with pytest.raises(NotAllowed, match="start and cancel runs"):
        actions.start_run(Acting(user=team[part]), contract, source.versions.get())


def test_evidence_expires_on_its_day(story: Telling, source: Source) -> None:
    contract = story.contract(contract_text(MET, valid_for="90 days"))
    evidence = story.run(contract, source).evidence
    assert evidence.expires_on
    assert (evidence.expires_on - evidence.recorded_at.date()).days == 90


def test_a_new_version_runs_by_itself_where_the_contract_says_so(
    story: Telling, source: Source, extracts: Path
) -> None:
    contract = story.contract(contract_text(MET))
    contracts.run_by_itself(story.by("tara"), contract, on=True)
    from sextant_server.sources.actions import add_upload

    add_upload(story.by("dana"), source, [(extracts / "census.csv").read_bytes()], "census.csv")
    work_off()
    (evidence,) = Evidence.objects.all()
    assert evidence.run.via == "version"
