"""`sextant verify` finds what was changed behind the application's back."""

from collections.abc import Callable

import pytest
from django.db import connection
from examples import MET, MISSED, contract_text

from sextant_server.audit.seals import faults
from sextant_server.contracts.models import Contract
from sextant_server.contracts.seals import KIND as CONTRACTS
from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Evidence
from sextant_server.evidence.seals import KIND as EVIDENCE
from sextant_server.gates.models import Condition, Decision
from sextant_server.gates.seals import KIND as DECISIONS
from sextant_server.products.models import Stage
from sextant_server.sources.models import Source

KINDS = (CONTRACTS, EVIDENCE, DECISIONS)


@pytest.fixture
def told(story: Telling, source: Source) -> Telling:
    story.decide(story.ask(Stage.SCOPING), "go", "worth it")
    contract = story.contract(contract_text(MET, MISSED))
    story.run(contract, source)
    story.run(contract, source, start_at="2016")
    return story


def found() -> list[str]:
    return [fault for kind in KINDS for fault in faults(kind)]


def test_an_untouched_installation_is_whole(told: Telling) -> None:
    assert found() == []


def forge_verdict() -> None:
    Evidence.objects.filter(number=1).update(verdict="met")


def forge_record() -> None:
    one = Evidence.objects.get(number=1)
    one.record["headline"] = "Ready to launch: all promises are met."
    Evidence.objects.filter(pk=one.pk).update(record=one.record)


def forge_states() -> None:
    one, two = Evidence.objects.order_by("number")
    Evidence.objects.filter(pk=one.pk).update(states=two.states)


def forge_seal_too() -> None:
    from sextant_server.audit.seals import seal_of

    one = Evidence.objects.get(number=1)
    one.verdict = "met"
    Evidence.objects.filter(pk=one.pk).update(verdict="met", seal=seal_of(one))


def forge_contract() -> None:
    Contract.objects.update(text=contract_text("auc >= 0.1"))


def forge_reason() -> None:
    Decision.objects.update(reason="everybody agreed")


def forge_condition() -> None:
    decision = Decision.objects.get()
    Condition.objects.create(decision=decision, text="x", owner=decision.decided_by,
                             due=decision.decided_at.date())  # fmt: skip


def delete_evidence() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM evidence_evidence WHERE number = 2")


@pytest.mark.parametrize(
    ("forge", "says"),
    [
        (forge_verdict, "was changed"),
        (forge_record, "was changed"),
        (forge_states, "was changed"),
        (forge_seal_too, "was changed"),
        (forge_contract, "was changed"),
        (forge_reason, "was changed"),
        (forge_condition, "was changed"),
        (delete_evidence, "is missing"),
    ],
)
def test_what_was_forged_is_found(told: Telling, forge: Callable[[], None], says: str) -> None:
    forge()
    (fault,) = found()
    assert says in fault


def test_states_that_give_another_verdict_are_found(told: Telling) -> None:
    """Even where the seal and the log had been forged with them."""
    from sextant_server.evidence.seals import _deep

    one, two = Evidence.objects.order_by("number")
    one.states = two.states
    assert list(_deep(one)) != []
