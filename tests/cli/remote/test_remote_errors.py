"""What a server answers instead of what was asked, in sentences and never with the token."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest

from sextant.cli import remote
from sextant.cli.remote import RemoteError, Server


def refused(server: Server) -> RemoteError:
    """The error of one request, which may not hold the token."""
    with pytest.raises(RemoteError) as caught:
        server.get("gates")
    assert server.token not in "\n".join([str(caught.value), repr(caught.value)])
    assert caught.value.problems
    assert all(caught.value.problems)
    return caught.value


def told(stub: Any, status: int, document: Any) -> RemoteError:
    stub.status, stub.body = status, json.dumps(document).encode()
    stub.headers = {"Content-Type": "application/problem+json"}
    found = refused(stub.server)
    assert found.status == status
    return found


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 500, 503])
def test_a_problem_is_its_sentence(stub: Any, status: int) -> None:
    problem = {"type": "about:blank", "title": "Refused", "status": status, "detail": "No. Wait."}
    assert told(stub, status, problem).problems == ("No. Wait.",)


def test_a_problem_of_several_is_each_of_them(stub: Any) -> None:
    errors = [{"at": "body.note", "detail": "Too long."}, {"detail": "Too early."}]
    found = told(stub, 422, {"detail": "Too long.; Too early.", "errors": errors})
    assert found.problems == ("body.note: Too long.", "Too early.")
    assert str(found) == "body.note: Too long.\nToo early."


@pytest.mark.parametrize(
    "document", [{}, [], None, 3, "text", {"errors": 3}, {"errors": [{}]}, {"title": "Refused"}]
)
def test_a_problem_that_is_none_is_its_status(stub: Any, document: Any) -> None:
    assert told(stub, 500, document).problems == ("The server answered 500 Internal Server Error.",)


@pytest.mark.parametrize("body", [b"", b"<html>Bad gateway</html>", b"\xff\xfe", b"[" * 100_000])
def test_an_error_without_a_document_is_its_status(stub: Any, body: bytes) -> None:
    stub.status, stub.body = 502, body
    assert refused(stub.server).problems == ("The server answered 502 Bad Gateway.",)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_refused_and_not_followed(start: Callable[[], Any], status: int) -> None:
    first, second = start(), start()
    first.status, first.headers = status, {"Location": f"{second.url}/login"}
    found = refused(first.server)
    assert found.status == status
    assert found.problems == (
        f"The server sends on to {second.url}/login; a token is not sent on."
        " Use the final address.",
    )
    with pytest.raises(RemoteError, match="sends on to"):
        first.server.send("POST", {}, "gates")
    assert second.asked == []


@pytest.mark.parametrize("body", [b"<html></html>", b"{", b"\xff", b"[" * 100_000])
def test_an_answer_that_is_no_json(stub: Any, body: bytes) -> None:
    stub.body = body
    assert refused(stub.server).problems == (
        f"{stub.url} is no Sextant server: its answer is no JSON.",
    )


def test_an_answer_without_end_is_not_read(stub: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "MOST", 9)
    stub.body = b"[1, 2, 3]"
    assert stub.server.get("gates") == [1, 2, 3]
    stub.body = b"[1, 2, 34]"
    assert refused(stub.server).problems == (
        f"{stub.url} answered more than 9 bytes. Ask for less.",
    )


def test_nobody_listens(secret: str) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{held.getsockname()[1]}"
        found = refused(Server.named(url))
    assert found.status == 0
    assert str(found).startswith(f"{url} does not answer (")
    assert str(found).endswith(" Is it running?")
    assert "refused" in str(found)


def test_nobody_answers_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "TIMEOUT", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        found = refused(Server.named(f"http://127.0.0.1:{silent.getsockname()[1]}"))
    assert "does not answer (TimeoutError)" in str(found)


@contextmanager
def raw(answer: bytes) -> Iterator[str]:
    """Answers one request with these bytes, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)

        thread = Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread.join()


CHUNKED = b"Transfer-Encoding: chunked\r\n\r\nff\r\n{"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 200 OK\r\n" + CHUNKED,
        b"HTTP/1.1 500 Oops\r\n" + CHUNKED,
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n",
        b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"a": 1}',
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200,
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000,
    ],
)
def test_an_answer_that_is_broken_off_or_no_http(answer: bytes) -> None:
    with raw(answer) as url:
        error = refused(Server.named(url))
    assert str(error) == "The server answered 500 Oops." or url.removeprefix("http://") in str(
        error
    )


@pytest.mark.parametrize(
    ("status", "body", "location", "reason"),
    [
        (403, b'{"detail": "Not with ECHO."}', "", None),
        (422, b'{"errors": [{"detail": "ECHO"}]}', "", None),
        (302, b"", "https://elsewhere/?token=ECHO", None),
        (500, b"", "", "ECHO"),
    ],
)
def test_a_token_that_is_sent_back_is_not_repeated(
    stub: Any, status: int, body: bytes, location: str, reason: str | None
) -> None:
    stub.status, stub.body, stub.reason, stub.echo = status, body, reason, True
    stub.headers = {"Location": location}
    assert refused(stub.server).status == status


def test_a_server_shown_does_not_show_its_token(stub: Any, secret: str) -> None:
    assert secret not in repr(stub.server)


def test_a_command_says_the_sentences_and_stops(stub: Any, invoke: Any, secret: str) -> None:
    stub.status, stub.body = 404, b'{"detail": "There is no such thing."}'
    result = invoke("gate", "shop", "--server", stub.url)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "There is no such thing.\n"
    assert secret not in result.output
