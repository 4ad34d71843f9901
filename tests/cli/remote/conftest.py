"""A small server on this machine that answers as it is told and keeps what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from sextant.cli.remote import SERVER, TOKEN, Server

SECRET = "sxt-5f3c9a71e0"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    headers: Message
    body: bytes


@dataclass(slots=True)
class Stub:
    """What the server says to everybody; `echo` puts the caller's Authorization into it."""

    url: str = ""
    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    reason: str | None = None
    echo: bool = False
    asked: list[Asked] = field(default_factory=list)

    @property
    def server(self) -> Server:
        return Server.named(self.url)


@contextmanager
def running() -> Iterator[Stub]:
    stub = Stub()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            stub.asked.append(Asked(self.command, self.path, self.headers, body))
            sent = self.headers.get("Authorization", "") if stub.echo else ""
            said = stub.body.replace(b"ECHO", sent.encode())
            self.send_response(stub.status, stub.reason and stub.reason.replace("ECHO", sent))
            for name, value in ({"Content-Length": str(len(said))} | stub.headers).items():
                if value:
                    self.send_header(name, value.replace("ECHO", sent.removeprefix("Bearer ")))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = do_PUT = answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    with HTTPServer(("127.0.0.1", 0), Handler) as http:
        stub.url = f"http://127.0.0.1:{http.server_port}"
        thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield stub
        finally:
            http.shutdown()
            thread.join()


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> str:
    """The token in the environment, and no server named there."""
    monkeypatch.setenv(TOKEN, SECRET)
    monkeypatch.delenv(SERVER, raising=False)
    return SECRET


@pytest.fixture
def start() -> Iterator[Callable[[], Stub]]:
    """Start a server; all of them stop after the test."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(running())


@pytest.fixture
def stub(start: Callable[[], Stub]) -> Stub:
    return start()
