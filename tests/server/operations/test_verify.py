"""`sextant verify` finds what was changed behind the application's back."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from examples import MET, MISSED, contract_text

from sextant.contracts.ledger import LedgerError
from sextant_server.audit import seals
from sextant_server.audit.models import Entry
from sextant_server.audit.seals import faults, seal_of
from sextant_server.contracts.models import Contract
from sextant_server.contracts.seals import KIND as CONTRACTS
from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Evidence
from sextant_server.evidence.seals import KIND as EVIDENCE
from sextant_server.gates.actions import state_opinion
from sextant_server.gates.models import Condition, Decision
from sextant_server.gates.seals import KIND as DECISIONS
from sextant_server.products.models import Stage
from sextant_server.sources.models import Source

KINDS = (CONTRACTS, EVIDENCE, DECISIONS)


@pytest.fixture
def told(story: Telling, source: Source) -> Telling:
    gate = story.ask(Stage.SCOPING, "version 4.2")
    state_opinion(story.by("rui"), gate, "dissent", "it is too early")
    story.decide(gate, "go", "worth it")
    contract = story.contract(contract_text(MET, MISSED))
    story.run(contract, source)
    story.run(contract, source, start_at="2016")
    return story


def sql(statement: str, *values: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


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


EVIDENCE_ROW = "UPDATE evidence_evidence SET {} WHERE number = 1"
RUN_ROW = "UPDATE evidence_run SET {} WHERE id = (SELECT min(id) FROM evidence_run)"
UNSEEN = [
    ("UPDATE gates_opinion SET stance = 'agree'", "was changed"),
    ("UPDATE gates_opinion SET text = 'fine'", "was changed"),
    ("DELETE FROM gates_opinion", "was changed"),
    ("UPDATE gates_gate SET origin = 'launch'", "was changed"),
    ("UPDATE gates_gate SET target = 'operations'", "was changed"),
    ("UPDATE gates_gate SET note = 'version 5'", "was changed"),
    (EVIDENCE_ROW.format("brief = '{}'"), "was changed"),
    (EVIDENCE_ROW.format("sample = 'AAAAAAAAAAA='"), "was changed"),
    (RUN_ROW.format("text = text || ' '"), "was changed"),
    (RUN_ROW.format("text = 'nonsense: ['"), "was changed"),
    (RUN_ROW.format("model = 'another'"), "was changed"),
    (RUN_ROW.format("start = '2017'"), "was changed"),
    (RUN_ROW.format('"end" = \'2017\''), "was changed"),
    ("UPDATE products_product SET stage = 'operations'", "its last move led to scoping"),
    ("DELETE FROM products_stagemove WHERE cause <> 'begun'", "its last move led to opportunity"),
    ("UPDATE products_stagemove SET stage = 'operations' WHERE cause <> 'begun'",
     "is not the last in the log"),
    ("DELETE FROM evidence_looks", "is missing"),
    ("UPDATE evidence_looks SET ledger = ledger || ' '", "was changed"),
    ("UPDATE evidence_looks SET ledger = '{'", "cannot be checked"),
    ("UPDATE evidence_looks SET digest = 'of another question'", "stands in no entry"),
]  # fmt: skip


def test_what_was_forged_in_the_database_is_found(told: Telling) -> None:
    for statement, says in UNSEEN:
        with transaction.atomic():
            sql(statement)
            faults_found = found()
            transaction.set_rollback(True)
        assert any(says in fault for fault in faults_found), (statement, faults_found)
    assert found() == []


def test_a_record_that_cannot_be_read_keeps_no_other_away(
    told: Telling, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where what is broken is read before the seals are compared."""
    sql(EVIDENCE_ROW.format("verdict = 'met'").replace("= 1", "= 2"))
    first = Evidence.objects.get(number=1)

    def broken(record: Evidence) -> str:
        if record.pk == first.pk:
            raise LedgerError("the ledger is broken.\nMend it.")
        return seal_of(record)

    monkeypatch.setattr("sextant_server.audit.seals.seal_of", broken)
    assert sorted(faults(EVIDENCE)) == [
        f"{first.subject} cannot be checked: the ledger is broken. Mend it.",
        f"{Evidence.objects.get(number=2).subject} was changed",
    ]


def test_an_entry_that_cannot_be_read_holds_nothing() -> None:
    assert seals.told(Entry(detail="{"), "seal") is None
    assert seals.told(Entry(detail="[]"), "seal") is None
    assert seals.told(Entry(detail='{"seal":"a"}'), "seal") == "a"


def test_states_that_give_another_verdict_are_found(told: Telling) -> None:
    """Even where the seal and the log had been forged with them."""
    from sextant_server.evidence.seals import _deep

    one, two = Evidence.objects.order_by("number")
    one.states = two.states
    assert list(_deep(one)) != []
