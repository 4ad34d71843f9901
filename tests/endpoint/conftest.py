"""A local server that speaks the protocol of chat completions, and may be told to misbehave."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from sextant.endpoint import client as clients

Answer = Callable[[dict[str, Any], int], Any]


def completion(content: str | None, tokens: tuple[int, int] | None = (100, 20), **more: Any) -> Any:
    """A chat completion; `more` goes into its message."""
    choice = {
        "index": 0,
        "finish_reason": "stop",
        "message": {"role": "assistant", "content": content},
    }
    choice["message"] |= more  # type: ignore[operator]
    body: dict[str, Any] = {"object": "chat.completion", "choices": [choice]}
    if tokens:
        body["usage"] = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1]}
    return body


def verdict(value: Any) -> Any:
    return completion(json.dumps({"verdict": value, "reason": "so"}))


class Judge:
    """The server; `answer(body, number)` gives JSON, (status, headers, text), or a wait."""

    def __init__(self) -> None:
        self.answer: Answer = lambda body, number: verdict("pass")
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        lock, judge = threading.Lock(), self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                held = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with lock:
                    judge.bodies.append(held)
                    judge.headers.append(dict(self.headers))
                    number = len(judge.bodies)
                found = judge.answer(held, number)
                if isinstance(found, float):
                    time.sleep(found)
                    found = verdict("pass")
                status, headers, text = found if isinstance(found, tuple) else (200, {}, found)
                sent = (text if isinstance(text, str) else json.dumps(text)).encode()
                try:
                    self.send_response(status)
                    for name, value in headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(sent)))
                    self.end_headers()
                    self.wfile.write(sent)
                except (BrokenPipeError, ConnectionResetError):
                    pass

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"

    def asked(self) -> list[str]:
        """What was shown, request by request."""
        return [body["messages"][-1]["content"] for body in self.bodies]


@pytest.fixture
def judge() -> Iterator[Judge]:
    held = Judge()
    thread = threading.Thread(target=held.server.serve_forever, args=(0.02,))
    thread.start()
    yield held
    held.server.shutdown()
    thread.join()
    held.server.server_close()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Waits are told, not waited."""
    waits: list[float] = []
    real = clients.Client.__init__

    def made(self: Any, *args: Any, **kwargs: Any) -> None:
        real(self, *args, **({"sleep": waits.append} | kwargs))

    monkeypatch.setattr(clients.Client, "__init__", made)
    return waits
