"""A server that is told to end twice at once, or while it starts a worker again."""

from threading import Event
from typing import Any

import pytest
from granian import Granian

from sextant_server.commands.ending import Server


def told(
    monkeypatch: pytest.MonkeyPatch, *, before: bool, during: bool
) -> tuple[Server, list[Any]]:
    """A server whose loop has forgotten what woke it; told to end before the start, or during."""
    server: Any = Server.__new__(Server)
    started: list[Any] = []
    server.interrupt_signal, server.main_loop_interrupt = before, Event()

    def respawn(self: Any, workers: list[int], **_: Any) -> None:
        started.append(workers)
        self.interrupt_signal = during

    monkeypatch.setattr(Granian, "_respawn_workers", respawn)
    server._respawn_workers([0])
    return server, started


def test_nothing_is_started_once_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    server, started = told(monkeypatch, before=True, during=False)
    assert started == []
    assert server.main_loop_interrupt.is_set()


def test_a_signal_during_the_start_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    server, started = told(monkeypatch, before=False, during=True)
    assert started == [[0]]
    assert server.main_loop_interrupt.is_set()


def test_otherwise_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    server, started = told(monkeypatch, before=False, during=False)
    assert started == [[0]]
    assert not server.main_loop_interrupt.is_set()


def test_a_signal_in_the_middle_of_another_waits_for_nothing() -> None:
    server: Any = Server.__new__(Server)
    server.interrupt_signal, server.main_loop_interrupt = False, Event()
    with server.main_loop_interrupt._cond:  # as the loop holds it, or the signal before
        server.signal_handler_interrupt()
    assert server.interrupt_signal
    assert server.main_loop_interrupt.wait(10)
