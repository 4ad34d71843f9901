"""Ways to a pass that must not be open: old rows, chosen rows, seen rows, one person for two."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from django.utils import timezone
from examples import ABOUT, MET, MISSED, UNDECIDED, contract_text

from sextant_server.accounts.acting import Acting
from sextant_server.contracts import actions as contracts
from sextant_server.core.errors import Conflict, NotAllowed
from sextant_server.demo.telling import Telling
from sextant_server.evidence import actions as runs
from sextant_server.evidence.models import Evidence, Run
from sextant_server.evidence.queries import latest_deciding
from sextant_server.gates import actions as gates
from sextant_server.gates import judging
from sextant_server.jobs.execution import work_off
from sextant_server.products import actions as products
from sextant_server.products.models import Part, Product, Stage
from sextant_server.sources import actions as sources
from sextant_server.sources.models import Source

SCORE = "predicted_probability_permille"
Add = Callable[[Source, pl.DataFrame], None]


@pytest.fixture
def census(extracts: Path) -> pl.DataFrame:
    return pl.read_parquet(extracts / "census.parquet")


@pytest.fixture
def add(story: Telling, tmp_path: Path) -> Add:
    """Upload a table as the next version of a source."""

    def added(source: Source, table: pl.DataFrame) -> None:
        path = tmp_path / "next.parquet"
        table.write_parquet(path)
        assert sources.add_upload(story.by("dana"), source, [path.read_bytes()], path.name)
        work_off()

    return added


def wrong(table: pl.DataFrame) -> pl.DataFrame:
    """The same people with scores upside down: whatever was met is missed."""
    turned = (1000 - pl.col(SCORE)).cast(table[SCORE].dtype).alias(SCORE)
    return table.with_columns(turned)


def to_launch(story: Telling, *criteria: str) -> None:
    story.decide(story.ask(Stage.SCOPING), "go", "worth it")
    story.contract(contract_text(*criteria))
    story.decide(story.ask(Stage.DEVELOPMENT), "go", "signed")


def locked(story: Telling):
    from sextant_server.contracts.queries import locked_of

    found = locked_of(story.product)
    assert found
    return found


def run_on(story: Telling, source: Source, number: int) -> Run:
    version = source.versions.get(number=number)
    run = runs.start_run(story.by("dana"), locked(story), version)
    work_off()
    run.refresh_from_db()
    return run


def test_an_old_version_does_not_decide_again(
    story: Telling, source: Source, census: pl.DataFrame, add: Add
) -> None:
    to_launch(story, MET)
    first = story.run(locked(story), source).evidence
    add(source, wrong(census))
    second = story.run(locked(story), source).evidence
    assert (first.verdict, second.verdict) == ("met", "missed")
    gate = story.ask(Stage.LAUNCH)
    third = run_on(story, source, 1).evidence
    assert (third.verdict, "evidence 2 is newer" in third.aside) == ("met", True)
    assert latest_deciding(story.product) == second
    with pytest.raises(Conflict, match="no newer evidence"):
        gates.take_evidence(story.by("tara"), gate, gate.version)
    assert story.decide(gate, "go", "it was met once").against


def test_a_run_of_an_older_version_that_ends_late_does_not_decide(
    story: Telling, source: Source, census: pl.DataFrame, add: Add
) -> None:
    to_launch(story, MET)
    add(source, wrong(census))
    newer = story.run(locked(story), source).evidence
    late = run_on(story, source, 1).evidence
    assert late.aside == "Evidence 1 is of a newer version of the source."
    assert latest_deciding(story.product) == newer


def test_newer_evidence_stands_in_the_way_until_it_is_laid_before_the_gate(
    story: Telling, source: Source, census: pl.DataFrame, add: Add
) -> None:
    to_launch(story, MET)
    story.run(locked(story), source)
    gate = story.ask(Stage.LAUNCH)
    assert judging.verdict_now(gate)[1] == "met"
    add(source, wrong(census))
    story.run(locked(story), source)
    found, verdict = judging.verdict_now(gate)
    assert (verdict, "Evidence 2 is newer" in found[0].says) == ("undecided", True)
    assert story.decide(gate, "go", "the first one was fine").against


def test_looking_again_does_not_make_rows_younger(story: Telling, source: Source) -> None:
    contract = story.contract(contract_text(MET, valid_for="30 days"))
    first = story.run(contract, source).evidence
    long_ago = timezone.now() - timedelta(days=40)
    Evidence.objects.filter(pk=first.pk).update(recorded_at=long_ago)
    again = story.run(contract, source).evidence
    assert again.expires_on == long_ago.date() + timedelta(days=30)
    assert again.expires_on < date.today()


@pytest.mark.parametrize("period", ["2015", "2016", "2017", "2018"])
def test_a_chosen_period_gives_no_pass(story: Telling, source: Source, period: str) -> None:
    contract = story.contract(contract_text(MET))
    chosen = story.run(contract, source, start_at=period, end_at=period).evidence
    assert "chosen for the run" in chosen.aside
    assert latest_deciding(story.product) is None
    assert story.run(contract, source).evidence == latest_deciding(story.product)


def test_a_miss_of_a_chosen_period_counts(story: Telling, source: Source) -> None:
    contract = story.contract(contract_text(MISSED))
    missed = story.run(contract, source, start_at="2016").evidence
    assert (missed.verdict, latest_deciding(story.product)) == ("missed", missed)


def test_a_draft_that_was_tried_and_locked_as_it_stood(story: Telling, source: Source) -> None:
    draft = contracts.draft(story.by("dana"), story.product, contract_text(MET))
    tried = story.run(draft, source).evidence
    draft.refresh_from_db()
    assert story.run(story.lock(draft), source).evidence.seen == tried


def test_a_segment_more_does_not_hide_the_rows(story: Telling, source: Source) -> None:
    draft = contracts.draft(story.by("dana"), story.product, contract_text(MISSED))
    tried = story.run(draft, source).evidence
    sex = "    sex: {column: SEX, labels: {1: men, 2: women}}\n"
    text = contract_text(MET).replace(sex, f"{sex}    old: {{column: AGEP, bands: [30]}}\n")
    contracts.write(story.by("dana"), draft, text, draft.version)
    draft.refresh_from_db()
    evidence = story.run(story.lock(draft), source).evidence
    assert evidence.snapshot != tried.snapshot
    assert evidence.seen == tried


def test_a_part_of_the_rows_is_known_again(
    story: Telling, source: Source, census: pl.DataFrame, add: Add
) -> None:
    draft = contracts.draft(story.by("dana"), story.product, contract_text(MISSED))
    tried = story.run(draft, source).evidence
    contracts.write(story.by("dana"), draft, contract_text(MET), draft.version)
    draft.refresh_from_db()
    contract = story.lock(draft)
    add(source, census.gather_every(3))
    assert story.run(contract, source).evidence.seen == tried


def test_states_sent_for_a_draft_are_judged_again_once_it_is_locked(
    story: Telling, source: Source
) -> None:
    draft = contracts.draft(story.by("dana"), story.product, contract_text(UNDECIDED))
    states = bytes(story.run(draft, source).evidence.states)
    draft.refresh_from_db()
    assert runs.record_states(story.by("tara"), draft, states).draft
    contract = story.lock(draft)
    sent = runs.record_states(story.by("tara"), contract, states, source="predictions, version 1")
    assert not sent.draft
    assert sent.seen is not None
    told = sent.record["data"]["source"]
    assert told == "states sent by Technical (predictions, version 1)"


def test_states_for_a_contract_that_has_changed_meanwhile(story: Telling, source: Source) -> None:
    draft = contracts.draft(story.by("dana"), story.product, contract_text(MET))
    states = bytes(story.run(draft, source).evidence.states)
    draft.refresh_from_db()
    contracts.withdraw(story.by("dana"), type(draft).objects.get(pk=draft.pk))
    with pytest.raises(Conflict, match="withdrawn now"):
        runs.record_states(story.by("tara"), draft, states)


def test_one_person_does_not_sign_for_both_sides(story: Telling, source: Source) -> None:
    ines, owner = story.by("ines"), story.people["ines"]
    for part in (Part.BUSINESS, Part.TECHNICAL):
        products.give_part(ines, story.product, owner, part)
    draft = contracts.draft(ines, story.product, contract_text(MET))
    contracts.sign(ines, draft, ["business", "technical"], draft.text_digest)
    with pytest.raises(Conflict, match="signed for both sides"):
        contracts.lock(ines, draft, draft.text_digest)


def test_who_decides_does_not_review(story: Telling, source: Source) -> None:
    products.give_part(story.by("ines"), story.product, story.people["ines"], Part.REVIEWER)
    to_launch(story, MET)
    Product.objects.filter(pk=story.product.pk).update(risk="high")
    story.run(locked(story), source)
    gate = story.ask(Stage.LAUNCH)
    assert not gates.state_opinion(story.by("ines"), gate, "agree", "fine").as_reviewer
    assert judging.verdict_now(gate)[1] == "undecided"
    gates.state_opinion(story.by("rui"), gate, "agree", "fine")
    assert judging.verdict_now(gate)[1] == "met"


def test_a_team_that_was_sent_away_is_still_needed(story: Telling) -> None:
    ines, product = story.by("ines"), story.product
    Product.objects.filter(pk=product.pk).update(problem="")
    gate = story.ask(Stage.SCOPING)
    product.refresh_from_db()
    products.edit(ines, product, replace(ABOUT, problem="", solo=True), product.version)
    for key, part in (("bruno", "business"), ("tara", "technical"), ("rui", "reviewer")):
        products.take_part(ines, product, story.people[key], part)
    decision = story.decide(gate, "go", "mine")
    assert (decision.against, decision.self_approved) == (True, False)
    assert decision.effective_at is None


def test_a_proposed_decision_is_not_withdrawn_from_under_its_author(story: Telling) -> None:
    Product.objects.filter(pk=story.product.pk).update(problem="")
    gate = story.ask(Stage.SCOPING)
    decision = story.decide(gate, "go", "anyway")
    assert decision.effective_at is None
    with pytest.raises(NotAllowed):
        gates.withdraw(story.by("dana"), gate, "no")
    token = Acting(user=story.people["tara"], token=object())  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        gates.withdraw(token, gate, "no")
    gates.withdraw(story.by("ines"), gate, "it was too early")
