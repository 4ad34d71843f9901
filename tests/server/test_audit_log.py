"""The audit log is append-only, chained, published, and finds out who tampered."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from sextant_server.audit.models import GENESIS, Entry, Head
from sextant_server.audit.record import record
from sextant_server.audit.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def heads(place: Path) -> Path:
    return place / "heads.jsonl"


@pytest.fixture
def three(django_capture_on_commit_callbacks: Any) -> list[Entry]:
    """Three entries, committed and published."""
    with django_capture_on_commit_callbacks(execute=True):
        return [record("operator", "thing.done", f"thing:{n}", number=n) for n in (1, 2, 3)]


def tamper(statement: str) -> None:
    """Change the log as somebody who owns the database can: the triggers taken away first."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_no_update")
            cursor.execute("DROP TRIGGER audit_no_delete")
        else:
            cursor.execute("DROP TRIGGER audit_no_change ON audit_entry")
        cursor.execute(statement)


def test_entries_follow_each_other(three: list[Entry]) -> None:
    first, second, third = three
    assert first.previous == GENESIS
    assert (second.previous, third.previous) == (first.digest, second.digest)
    assert Head.objects.get().digest == third.digest
    assert third.details == {"number": 3}


def test_a_whole_log_is_whole(three: list[Entry], heads: Path) -> None:
    found = verify(heads)
    assert found.whole
    assert (found.entries, found.heads, found.digest) == (3, 3, three[-1].digest)


def test_an_empty_log_is_whole(heads: Path) -> None:
    assert verify(heads).whole


def test_each_head_leaves_the_database(three: list[Entry], heads: Path) -> None:
    lines = [json.loads(line) for line in heads.read_text().splitlines()]
    assert [(line["sequence"], line["digest"]) for line in lines] == [
        (entry.sequence, entry.digest) for entry in three
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor = 'somebody' WHERE sequence = 2",
        "DELETE FROM audit_entry WHERE sequence = 2",
        "DELETE FROM audit_entry",
    ],
)
def test_the_database_refuses_a_change(three: list[Entry], statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Entry.objects.count() == 3


def test_the_models_are_refused_too(three: list[Entry]) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(sequence=2).update(actor="somebody")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        three[0].delete()


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit_entry SET actor = 'x' WHERE sequence = 2", "entry 2 was changed"),
        ("UPDATE audit_entry SET detail = '{}' WHERE sequence = 1", "entry 1 was changed"),
        ("DELETE FROM audit_entry WHERE sequence = 2", "entries 2 to 2 are missing"),
        ("DELETE FROM audit_entry WHERE sequence = 3", "its head says 3"),
        ("UPDATE audit_head SET digest = 'x'", "its head says 3"),
    ],
)
def test_tampering_is_found(three: list[Entry], heads: Path, statement: str, fault: str) -> None:
    tamper(statement)
    assert fault in " ".join(verify(heads).faults)


def test_a_chain_that_was_written_anew_disagrees_with_published_heads(
    three: list[Entry], heads: Path
) -> None:
    from sextant_server.audit.chain import digest_of

    tamper("SELECT 1")
    previous = GENESIS
    for entry in Entry.objects.order_by("sequence"):
        entry.actor, entry.previous = "somebody else", previous
        previous = digest_of(entry)
        Entry.objects.filter(pk=entry.pk).update(
            actor=entry.actor, previous=entry.previous, digest=previous
        )
    Head.objects.update(digest=previous)
    faults = verify(heads).faults
    assert [fault for fault in faults if "was changed" in fault] == []
    assert "entry 1 is not the one whose head was published" in faults


def test_a_log_cut_short_disagrees_with_published_heads(three: list[Entry], heads: Path) -> None:
    tamper("DELETE FROM audit_entry WHERE sequence = 3")
    Head.objects.update(sequence=2, digest=three[1].digest)
    assert verify(heads).faults == ("entry 3, whose head was published, is missing",)


def test_a_line_that_is_no_head_is_a_fault(three: list[Entry], heads: Path) -> None:
    heads.write_text(heads.read_text() + "rubbish\n")
    assert verify(heads).faults == ("line 4 of heads.jsonl is no head",)


def test_heads_that_were_not_published_are_no_fault(three: list[Entry], heads: Path) -> None:
    heads.write_text(heads.read_text().splitlines(keepends=True)[0])
    assert verify(heads).whole


def test_a_change_that_is_undone_leaves_no_entry(heads: Path) -> None:
    with transaction.atomic():
        record("operator", "thing.done", "thing:1")
        transaction.set_rollback(True)
    assert Entry.objects.count() == 0
    assert Head.objects.get().sequence == 0


def test_a_head_that_cannot_be_written_loses_nothing(
    heads: Path, django_capture_on_commit_callbacks: Any, caplog: pytest.LogCaptureFixture
) -> None:
    heads.mkdir()
    with django_capture_on_commit_callbacks(execute=True):
        record("operator", "thing.done", "thing:1")
    assert "audit.head.unpublished" in caplog.text
    assert Entry.objects.count() == 1
