"""What goes to a server: the token in its header, the path quoted, the body as it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sextant.cli.remote import SERVER, TOKEN, RemoteError, Server


def test_the_token_goes_in_its_header_and_nowhere_else(stub: Any, secret: str) -> None:
    stub.server.get("products", "a")
    (asked,) = stub.asked
    assert asked.headers["Authorization"] == f"Bearer {secret}"
    assert [name for name, value in asked.headers.items() if secret in value] == ["Authorization"]
    assert secret not in asked.path
    assert (asked.method, asked.path, asked.body) == ("GET", "/api/v1/products/a", b"")


@pytest.mark.parametrize(
    ("part", "path"),
    [("a/b", "a%2Fb"), ("../x", "..%2Fx"), ("a b?c#d", "a%20b%3Fc%23d"), ("é", "%C3%A9")],
)
def test_a_part_of_a_path_stays_one(stub: Any, part: str, path: str) -> None:
    stub.server.get("products", part, "gates")
    assert stub.asked[0].path == f"/api/v1/products/{path}/gates"


def test_a_document_is_sent_as_json(stub: Any) -> None:
    stub.body = b'{"number": 3}'
    assert stub.server.send("POST", {"note": "é"}, "gates") == {"number": 3}
    (asked,) = stub.asked
    assert asked.method == "POST"
    assert json.loads(asked.body) == {"note": "é"}
    assert asked.headers["Content-Type"] == "application/json"


def test_bytes_are_sent_as_they_are(stub: Any) -> None:
    body = bytes(range(256))
    stub.server.send_bytes("PUT", body, "application/x-tally", "look", query={"a": "b c&d"})
    (asked,) = stub.asked
    assert (asked.method, asked.path, asked.body) == ("PUT", "/api/v1/look?a=b+c%26d", body)
    assert asked.headers["Content-Type"] == "application/x-tally"


def test_an_empty_answer_is_none(stub: Any) -> None:
    stub.status, stub.body = 204, b""
    assert stub.server.get("gates") is None


def test_no_proxy_stands_before_this_machine(
    start: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, proxy = start(), start()
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, proxy.url)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    here.server.get("gates")
    assert len(here.asked) == 1
    assert proxy.asked == []


@pytest.mark.parametrize(
    "url", ["https://host", "https://host:8443/base", "http://localhost:8000", "http://[::1]:80"]
)
def test_a_safe_address(url: str, secret: str) -> None:
    assert Server.named(f"{url}/") == Server(url, secret)


def test_the_address_of_the_environment(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    monkeypatch.setenv(SERVER, "https://host/")
    assert Server.named(None) == Server("https://host", secret)
    assert Server.named("https://other").url == "https://other"


@pytest.mark.parametrize(
    "host",
    [
        "example.com",
        "10.0.0.1",
        "0.0.0.0",
        "127.0.0.1.example.com",
        "localhost.example.com",
        "[2001:db8::1]",
        "2130706433",
    ],
)
def test_no_token_leaves_this_machine_in_the_clear(host: str, secret: str) -> None:
    with pytest.raises(RemoteError, match="would carry the token in the clear") as caught:
        Server.named(f"http://{host}:8000")
    assert caught.value.status == 0
    assert secret not in str(caught.value)


octet = st.integers(0, 255)


@settings(deadline=None)
@given(st.tuples(octet, octet, octet, octet))
def test_only_127_is_this_machine(octets: tuple[int, ...]) -> None:
    url = "http://" + ".".join(map(str, octets))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(TOKEN, "t")
        if octets[0] == 127:
            assert Server.named(url).url == url
        else:
            with pytest.raises(RemoteError, match="in the clear"):
                Server.named(url)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "No server is named"),
        ("host", "is no address"),
        ("ftp://host", "is no address"),
        ("file:///etc/passwd", "is no address"),
        ("https://", "is no address"),
        ("https://host:99999", "is no address"),
        ("https://[::1", "is no address"),
        ("https://ho st", "is no address"),
        ("https://host\r\nX: y", "is no address"),
    ],
)
def test_what_is_no_address(url: str, message: str) -> None:
    with pytest.raises(RemoteError, match=message):
        Server.named(url)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(RemoteError) as caught:
        Server.named("https://me:hunter2@host")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("token", ["", "  ", "two words", "a\nX-Other: b", "schlüssel", "a\x7f"])
def test_what_is_no_token(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv(TOKEN, token)
    with pytest.raises(RemoteError, match=TOKEN) as caught:
        Server.named("https://host")
    assert not token.strip() or token not in str(caught.value)
