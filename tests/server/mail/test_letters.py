"""Letters: written with their cause, sent once, kept while the mail server is down."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sextant_server.accounts.models import User
from sextant_server.mail.actions import send_waiting, write_to
from sextant_server.mail.models import Letter


class Smtp:
    """A mail server on this machine that can be taken down: it keeps what it is sent."""

    def __init__(self) -> None:
        self.received: list[str] = []
        self.loop = asyncio.new_event_loop()
        self.server: asyncio.Server | None = None
        self.port = 0
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def up(self) -> None:
        self.server = asyncio.run_coroutine_threadsafe(self._start(), self.loop).result(5)
        self.port = self.server.sockets[0].getsockname()[1]

    def down(self) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self.loop).result(5)

    def end(self) -> None:
        self.down()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)
        self.loop.close()

    async def _stop(self) -> None:
        if self.server:
            self.server.close()
            await self.server.wait_closed()

    async def _start(self) -> asyncio.Server:
        return await asyncio.start_server(self._talk, "127.0.0.1", self.port)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 test\r\n")
        body, in_data = "", False
        while line := (await reader.readline()).decode():
            if in_data:
                if line == ".\r\n":
                    self.received.append(body)
                    in_data = False
                    writer.write(b"250 kept\r\n")
                else:
                    body += line
            elif line.upper().startswith("DATA"):
                body, in_data = "", True
                writer.write(b"354 go on\r\n")
            elif line.upper().startswith("QUIT"):
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250 ok\r\n")
            await writer.drain()
        writer.close()
        await writer.wait_closed()


@pytest.fixture
def smtp(settings: Any) -> Iterator[Smtp]:
    server = Smtp()
    server.up()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 5
    yield server
    server.end()


def write(people: list[User]) -> int:
    context = {"decision": None, "product": "Fraud check", "gate": None, "path": "/x"}
    return write_to(people, "A decision\nwaits", "accounts/mail/invitation.txt", context)


def test_each_person_gets_one(smtp: Smtp, member: User, admin: User) -> None:
    assert write([member, admin, member]) == 2
    assert send_waiting(timezone.now()) == 2
    assert send_waiting(timezone.now() + timedelta(days=1)) == 0
    assert len(smtp.received) == 2
    assert "Subject: A decision waits" in smtp.received[0]


def test_nothing_is_lost_while_the_server_is_down(smtp: Smtp, member: User) -> None:
    smtp.down()
    write([member])
    now = timezone.now()
    assert send_waiting(now) == 0
    letter = Letter.objects.get()
    assert (letter.attempts, letter.sent_at) == (1, None)
    assert "refused" in letter.problem.lower()
    assert send_waiting(now) == 0, "it is not tried again at once"
    assert Letter.objects.get().attempts == 1
    smtp.up()
    assert send_waiting(now + timedelta(minutes=2)) == 1
    assert len(smtp.received) == 1


def test_a_slow_batch_is_sent_once(member: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second worker looks while the first one, who began long ago, is still at its batch."""
    began, sent = timezone.now() - timedelta(minutes=2), []
    for name in ("one", "two", "three"):
        Letter.objects.create(to=member, subject=name, body="x", next_at=began)

    def slow(subject: str, *_: object) -> None:
        sent.append(subject)
        if len(sent) == 2:
            send_waiting(timezone.now())

    monkeypatch.setattr("sextant_server.mail.actions.send_mail", slow)
    send_waiting(began)
    assert sorted(sent) == ["one", "three", "two"]


def test_the_pauses_grow_and_end(smtp: Smtp, member: User) -> None:
    smtp.down()
    write([member])
    now, pauses = timezone.now(), []
    for _ in range(12):
        send_waiting(now)
        letter = Letter.objects.get()
        pauses.append(round((letter.next_at - now).total_seconds() / 60, 1))
        now = letter.next_at
    assert pauses[:4] == [1, 2, 4, 8]
    assert max(pauses) == 360
    send_waiting(letter.created_at + timedelta(days=4))
    assert Letter.objects.get().given_up_at


def test_a_closed_account_gets_none(smtp: Smtp, member: User) -> None:
    write([member])
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert send_waiting(timezone.now()) == 0
    assert Letter.objects.get().problem == "the account is closed"
    assert write([User.objects.get(pk=member.pk)]) == 0


def test_without_mail_nothing_piles_up(settings: Any, member: User) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert write([member]) == 0
    assert not Letter.objects.exists()
