"""Deciding: with the verdict at once, against it with a second person, always with a reason."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail as outbox
from django.utils import timezone
from examples import ABOUT, MET, MISSED, UNDECIDED, contract_text

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.demo.telling import Telling
from sextant_server.gates import actions, judging, letters
from sextant_server.gates.actions import Asked, deciding
from sextant_server.gates.models import Decision, Gate
from sextant_server.mail.actions import send_waiting
from sextant_server.mail.models import Letter
from sextant_server.products import actions as products
from sextant_server.products.models import Product, Stage, StageMove
from sextant_server.sources.models import Source


@pytest.fixture
def at_launch(story: Telling, source: Source):
    """A gate to launch whose evidence has the verdict that is asked for."""

    def make(criterion: str = MISSED) -> Gate:
        story.decide(story.ask(Stage.SCOPING), "go", "worth it")
        contract = story.contract(contract_text(criterion))
        story.decide(story.ask(Stage.DEVELOPMENT), "go", "signed")
        story.run(contract, source)
        return story.ask(Stage.LAUNCH)

    return make


def stage(product: Product) -> str:
    product.refresh_from_db()
    return product.stage


@pytest.mark.parametrize(
    ("criterion", "outcome", "against"),
    [
        (MET, "go", False),
        (MET, "hold", False),
        (MET, "stop", True),
        (MISSED, "go", True),
        (MISSED, "hold", False),
        (MISSED, "stop", False),
        (UNDECIDED, "go", True),
        (UNDECIDED, "hold", False),
        (UNDECIDED, "stop", False),
    ],
)
def test_what_goes_against_the_verdict_waits(
    story: Telling, at_launch, criterion: str, outcome: str, against: bool
) -> None:
    decision = story.decide(at_launch(criterion), outcome, "because")
    assert decision.against == against
    assert (decision.effective_at is None) == against
    moved = outcome == "go" and not against
    assert stage(story.product) == ("launch" if moved else "development")


def test_a_second_person_gives_it_effect(story: Telling, at_launch) -> None:
    gate = at_launch()
    decision = story.decide(gate, "go", "the season begins")
    gate.refresh_from_db()
    actions.second(story.by("bruno"), gate, gate.version)
    decision.refresh_from_db()
    assert decision.seconded_by == story.people["bruno"]
    assert decision.effective_at
    assert decision.evidence_seal == decision.evidence.seal
    assert stage(story.product) == "launch"
    assert StageMove.objects.filter(cause=decision.subject).count() == 1


def test_nobody_seconds_himself(story: Telling, at_launch) -> None:
    gate = at_launch()
    products.give_part(story.by("ines"), story.product, story.people["ines"], "technical")
    story.decide(gate, "go", "the season begins")
    gate.refresh_from_db()
    with pytest.raises(NotAllowed, match="second person"):
        actions.second(story.by("ines"), gate, gate.version)
    assert stage(story.product) == "development"


@pytest.mark.parametrize("part", ["contributor", "annotator", "viewer"])
def test_who_may_not_second(story: Telling, at_launch, team: dict[str, User], part: str) -> None:
    gate = at_launch()
    story.decide(gate, "go", "the season begins")
    gate.refresh_from_db()
    with pytest.raises(NotAllowed):
        actions.second(Acting(user=team[part]), gate, gate.version)


@pytest.mark.parametrize("part", ["technical", "contributor", "reviewer", "annotator", "viewer"])
def test_who_may_not_decide(story: Telling, at_launch, team: dict[str, User], part: str) -> None:
    gate = at_launch(MET)
    with pytest.raises(NotAllowed, match="decide at a gate"):
        actions.decide(Acting(user=team[part]), gate, "go", "because", (), gate.version)


def test_the_decider_must_still_have_the_part(story: Telling, at_launch) -> None:
    gate = at_launch()
    actions.decide(story.by("bruno"), gate, "go", "the season begins", (), gate.version)
    products.take_part(story.by("ines"), story.product, story.people["bruno"], "business")
    gate.refresh_from_db()
    with pytest.raises(NotAllowed, match="decide at a gate"):
        actions.second(story.by("tara"), gate, gate.version)


def test_a_refused_decision_is_kept_and_the_gate_is_open_again(story: Telling, at_launch) -> None:
    gate = at_launch()
    decision = story.decide(gate, "go", "the season begins")
    gate.refresh_from_db()
    actions.refuse(story.by("tara"), gate, "the gap hurts people", gate.version)
    gate.refresh_from_db()
    decision.refresh_from_db()
    assert (gate.state, decision.effective_at) == ("open", None)
    assert decision.refused_by == story.people["tara"]
    assert gate.opinions.get().text == "Refused: the gap hurts people"
    again = story.decide(gate, "hold", "measured first")
    assert again.effective_at


def test_a_declared_team_of_one_approves_itself_and_it_shows(
    make_user, extracts, at_launch, story: Telling
) -> None:
    alone = make_user("solo")
    by = Acting(user=alone)
    product = products.begin(by, ABOUT)
    open_one = {"metric": "", "baseline": None, "target": None, "due": None}
    about = replace(ABOUT, solo=True, **open_one)
    product = products.edit(by, product, about, product.version)
    gate = actions.ask(by, product, "scoping")
    decision = actions.decide(by, gate, "go", "I know", (), gate.version)
    assert decision.verdict == "undecided"
    assert decision.self_approved
    assert stage(product) == "scoping"


def test_a_team_of_one_is_none_once_somebody_could_second(make_user, story: Telling) -> None:
    product = story.product
    products.edit(story.by("ines"), product, replace(ABOUT, solo=True), 1)
    gate = story.ask(Stage.SCOPING)
    product.refresh_from_db()
    assert not judging.is_alone(product, gate)


def test_a_decision_keeps_the_outcome_it_was_taken_for(story: Telling, at_launch, as_) -> None:
    decision = story.decide(at_launch(MET), "go", "because")
    product = story.product
    product.refresh_from_db()
    page = f"/products/{product.slug}/gates/{decision.gate.number}/"
    assert "The outcome then" not in as_(story.people["vera"]).get(page).content.decode()
    products.edit(story.by("ines"), product, replace(ABOUT, target=Decimal(100)), product.version)
    said = as_(story.people["vera"]).get(page).content.decode()
    assert f"The outcome then</dt><dd>{decision.aim}" in said
    assert "to 500" in decision.aim


def test_conditions_have_an_owner_and_a_day(story: Telling, at_launch) -> None:
    gate = at_launch(MET)
    today = timezone.now().date()
    vera, stranger = story.people["vera"], User(email="x@example.org", name="X", pk=999)
    later = today + timedelta(days=30)
    for conditions, says in (
        ((), "at least one condition"),
        ((Asked("measure", vera, today - timedelta(days=1)),), "has passed"),
        ((Asked("measure", stranger, later),), "has no part"),
        ((Asked(" ", vera, later),), "a sentence"),
    ):
        with pytest.raises(Invalid, match=says):
            story.decide(gate, "conditional", "soon", conditions)
    decision = story.decide(gate, "conditional", "soon", (Asked("measure", vera, later),))
    condition = decision.conditions.get()
    actions.meet_condition(story.by("vera"), condition, "measured: 2 points")
    condition.refresh_from_db()
    assert condition.met_by == vera
    with pytest.raises(Invalid, match="Conditions belong"):
        story.decide(story.ask(Stage.OPERATIONS), "go", "on", (Asked("x", vera, later),))


def test_an_old_page_decides_nothing(story: Telling, at_launch) -> None:
    gate = at_launch(MET)
    actions.question(story.by("rui"), gate, "Who is hurt?")
    with pytest.raises(Conflict, match="has changed since"):
        actions.decide(story.by("ines"), gate, "go", "because", (), 1)
    assert not Decision.objects.filter(gate=gate).exists()


def test_a_double_click_decides_once(story: Telling, at_launch) -> None:
    gate = at_launch(MET)
    version = gate.version
    actions.decide(story.by("ines"), gate, "go", "because", (), version)
    with pytest.raises(Conflict):
        actions.decide(story.by("ines"), gate, "go", "because", (), version)
    assert StageMove.objects.filter(stage="launch").count() == 1


def test_a_reason_is_always_needed(story: Telling, at_launch) -> None:
    with pytest.raises(Invalid, match="in a year"):
        story.decide(at_launch(MET), "go", "  ")


@pytest.mark.parametrize("broken", ["move", "letters"])
def test_no_decision_without_its_effect(
    story: Telling, at_launch, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    gate = at_launch(MET)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the power went")

    if broken == "move":
        monkeypatch.setattr(deciding, "move", fail)
    else:
        monkeypatch.setattr(letters, "decided", fail)
    with pytest.raises(RuntimeError):
        story.decide(gate, "go", "because")
    gate.refresh_from_db()
    assert gate.state == "open"
    assert not Decision.objects.filter(gate=gate).exists()
    assert stage(story.product) == "development"


def test_dissent_is_kept_before_and_after(story: Telling, at_launch) -> None:
    gate = at_launch(MET)
    actions.state_opinion(story.by("rui"), gate, "dissent", "too early")
    with pytest.raises(Invalid, match="says why"):
        actions.state_opinion(story.by("rui"), gate, "dissent", " ")
    gate.refresh_from_db()
    story.decide(gate, "go", "because")
    actions.state_opinion(story.by("rui"), gate, "dissent", "still too early")
    assert [one.text for one in gate.opinions.all()] == ["too early", "still too early"]
    assert all(one.as_reviewer for one in gate.opinions.all())


def test_everybody_with_a_part_is_written_to_once(story: Telling, at_launch) -> None:
    gate = at_launch(MET)
    Letter.objects.all().delete()
    story.decide(gate, "go", "the promises are kept")
    letters_ = list(Letter.objects.select_related("to"))
    assert sorted(one.to.email for one in letters_) == sorted(
        one.email for one in story.people.values()
    )
    assert send_waiting(timezone.now()) == len(letters_)
    assert "the promises are kept" in outbox.outbox[-1].body
    assert send_waiting(timezone.now()) == 0


def test_newer_evidence_is_laid_before_the_gate_only_when_somebody_says_so(
    story: Telling, at_launch, source: Source
) -> None:
    gate = at_launch(MISSED)
    first = gate.evidence
    contract = gate.evidence.contract
    newer = story.run(contract, source, start_at="2016", end_at="2018").evidence
    gate.refresh_from_db()
    assert gate.evidence == first
    actions.take_evidence(story.by("tara"), gate, gate.version)
    gate.refresh_from_db()
    assert gate.evidence == newer


def test_the_way_back_needs_a_reason_and_is_counted(story: Telling, at_launch) -> None:
    story.decide(at_launch(MET), "go", "because")
    with pytest.raises(Invalid, match="Say why"):
        story.ask(Stage.DEVELOPMENT)
    gate = story.ask(Stage.DEVELOPMENT, "the gap has grown")
    story.decide(gate, "go", "the gap has grown")
    assert stage(story.product) == "development"
    move = StageMove.objects.first()
    assert move
    assert (move.is_back, move.reason) == (True, "the gap has grown")


def test_one_gate_waits_at_a_time(story: Telling, at_launch) -> None:
    at_launch(MET)
    with pytest.raises(Conflict, match="One is asked at a time"):
        story.ask(Stage.LAUNCH)


def test_a_withdrawn_gate_moves_nothing(story: Telling, at_launch) -> None:
    gate = at_launch(MET)
    actions.withdraw(story.by("tara"), gate, "the season is over")
    gate.refresh_from_db()
    with pytest.raises(Conflict, match="withdrawn"):
        story.decide(gate, "go", "because")


def test_only_gates_move_products() -> None:
    from pathlib import Path

    import sextant_server

    root = Path(sextant_server.__file__).parent
    callers = {
        path.relative_to(root).parts[0]
        for path in root.rglob("*.py")
        if "products.actions import move" in path.read_text(encoding="utf-8")
        or "stage=stage" in path.read_text(encoding="utf-8")
    }
    assert callers == {"gates", "products"}
