"""Which fairness review a launch asks for, which counts, and what a decision keeps of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from examples import MET, contract_text
from gate_facts import DAY, FACTS
from homework import reviewed

from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Evidence
from sextant_server.gates import fair
from sextant_server.gates.known import Requirement, Review
from sextant_server.gates.since import since
from sextant_server.gates.verdict import requirements
from sextant_server.products.models import Risk, Stage
from sextant_server.sources.models import Source

FOUND = Review(3, "met", "Equal enough.", DAY, "Dana", 2, stands=True, same_rows=True)


def asked(review: Review | None = FOUND, **changed: object) -> Requirement | None:
    found = requirements(replace(FACTS, review=review, **changed))
    return next((one for one in found if one.name == "fairness"), None)


@pytest.mark.parametrize(
    ("change", "verdict", "says"),
    [
        ({}, "met", "study 3 of 25 Nov 2026: Equal enough."),
        ({"verdict": "missed"}, "missed", "Equal enough."),
        ({"verdict": "undecided"}, "undecided", "Equal enough."),
        ({"verdict": ""}, "undecided", "no definition had a bound"),
        ({"stands": False, "contract": 1}, "undecided", "answers contract 1"),
        ({"stands": False, "contract": None}, "undecided", "answers no contract"),
        ({"same_rows": False}, "undecided", "other rows than the evidence before the gate"),
        ({"missed": (2,)}, "undecided", "But of the same rows study 2 missed."),
        ({"missed": (2,), "verdict": "missed"}, "missed", "Equal enough."),
        ({"same_rows": False, "verdict": "missed"}, "missed", "other rows than the evidence"),
    ],
)
def test_what_a_review_says(change: dict, verdict: str, says: str) -> None:
    one = asked(replace(FOUND, **change))
    assert one is not None
    assert one.verdict == verdict
    assert says in one.says


def test_none_on_record_is_undecided_and_says_what_would_decide() -> None:
    one = asked(None)
    assert one is not None
    assert one.verdict == "undecided"
    assert "A fairness review of the locked contract's evidence would decide this" in one.says


@pytest.mark.parametrize(
    ("risk", "grouped", "is_asked"),
    [
        (Risk.HIGH, False, True), (Risk.HIGH, True, True), (Risk.LIMITED, True, True),
        (Risk.LIMITED, False, False), (Risk.MINIMAL, True, False),
    ],
)  # fmt: skip
def test_of_whom_it_is_asked(risk: Risk, grouped: bool, is_asked: bool) -> None:
    assert (asked(risk=risk, grouped=grouped) is not None) is is_asked
    assert asked(risk=risk, origin=Stage.LAUNCH, target=Stage.OPERATIONS) is None


def test_a_newer_review_shows_at_a_decided_gate() -> None:
    kept = {"review": FOUND.plain()}
    assert since(kept, FACTS.bet, (), FOUND) == []
    (says,) = since(kept, FACTS.bet, (), replace(FOUND, number=5, headline="Women are hurt."))
    assert says == "The fairness review was study 3, met; study 5 is newer: Women are hurt."


@pytest.mark.django_db
def test_the_review_of_the_gates_own_evidence_counts(story: Telling, source: Source) -> None:
    story.run(story.contract(contract_text(MET)), source)
    evidence = Evidence.objects.get()
    assert fair.review_of(story.product, evidence) is None
    assert fair.grouped(evidence)
    reviewed(story, evidence, "undecided", contract=None, evidence=None, version=None)
    other = fair.review_of(story.product, evidence)
    assert other is not None
    assert not other.stands
    reviewed(story, evidence, "met")
    found = fair.review_of(story.product, evidence)
    assert found is not None
    assert (found.number, found.stands, found.same_rows, found.by) == (2, True, True, "Contributor")
    reviewed(story, evidence, "missed", evidence=None, version=None)
    newer = fair.review_of(story.product, evidence)
    assert newer is not None
    assert (newer.number, newer.verdict, newer.same_rows) == (3, "missed", False)
    reviewed(story, evidence, "met", evidence=None)
    by_version = fair.review_of(story.product, evidence)
    assert by_version is not None
    assert by_version.same_rows, "it read the whole of the same version"
    assert by_version.missed == (), "the miss was of other rows"
    reviewed(story, evidence, "missed")
    reviewed(story, evidence, "met")
    asked_again = fair.review_of(story.product, evidence)
    assert asked_again is not None
    assert (asked_again.verdict, asked_again.missed) == ("met", (5,))


@pytest.mark.django_db
def test_a_decision_keeps_the_review_it_rested_on(
    story: Telling, source: Source, as_: Callable
) -> None:
    story.decide(story.ask(Stage.SCOPING), "go", "worth it")
    contract = story.contract(contract_text(MET))
    story.decide(story.ask(Stage.DEVELOPMENT), "go", "signed")
    story.run(contract, source)
    decision = story.decide(story.ask(Stage.LAUNCH), "go", "it keeps its promises")
    assert decision.verdict == "met"
    kept = decision.records["review"]
    assert (kept["number"], kept["verdict"], len(kept["seal"])) == (1, "met", 64)
    page = f"/products/{story.product.slug}/gates/{decision.gate.number}/"
    assert "Fairness review, study 1" in as_(story.people["vera"]).get(page).content.decode()
