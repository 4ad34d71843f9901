"""Speaking with a Sextant server: its API, a token, and what went wrong in words.

The standard library's client is enough for a handful of small requests, and keeps the start of the
command fast. The token comes from the environment alone: arguments can be read by others.
"""

from __future__ import annotations

import ipaddress
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, IncompleteRead
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import (
    HTTPRedirectHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

SERVER, TOKEN = "SEXTANT_SERVER", "SEXTANT_TOKEN"
TIMEOUT = 60
MOST = 64 * 2**20
UNREADABLE = (ValueError, RecursionError, LookupError, TypeError, AttributeError, OSError,
              HTTPException)  # fmt: skip


class RemoteError(Exception):
    """The server refused or did not answer; `problems` are whole sentences.

    `status` is that of the answer, or 0 where none came.
    """

    def __init__(self, *problems: str, status: int = 0) -> None:
        self.problems = problems
        self.status = status
        super().__init__("\n".join(problems))


class _NoRedirect(HTTPRedirectHandler):
    """A redirect could carry the token elsewhere."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Server:
    """One server, and the token to speak with it."""

    url: str
    token: str = field(repr=False)

    @classmethod
    def named(cls, url: str | None) -> Server:
        """The server of `--server` or SEXTANT_SERVER, with the token of SEXTANT_TOKEN."""
        address = (url or os.environ.get(SERVER, "")).rstrip("/")
        token = os.environ.get(TOKEN, "").strip()
        if not address:
            raise RemoteError(f"No server is named. Pass --server URL, or set {SERVER}.")
        _safe(address)
        if not token:
            raise RemoteError(
                f"There is no token. Make one on the server's page 'Your account', set {TOKEN}."
            )
        if not token.isascii() or not token.isprintable() or " " in token:
            raise RemoteError(f"{TOKEN} holds no token: one is a single word of plain letters.")
        return cls(address, token)

    def get(self, *path: str) -> Any:
        """What the API answers to GET, from its JSON."""
        return self._json(self._ask("GET", path, None, ""))

    def send(self, method: str, body: Mapping[str, Any], *path: str) -> Any:
        """What the API answers to a JSON document."""
        text = json.dumps(body).encode()
        return self._json(self._ask(method, path, text, "application/json"))

    def send_bytes(
        self, method: str, body: bytes, kind: str, *path: str, query: Mapping[str, str]
    ) -> Any:
        """What the API answers to a body of bytes of the media type `kind`."""
        asked = f"?{urlencode(query)}" if query else ""
        return self._json(self._ask(method, path, body, kind, asked))

    def _ask(
        self, method: str, path: tuple[str, ...], body: bytes | None, kind: str, query: str = ""
    ) -> bytes:
        where = "/".join(quote(part, safe="") for part in path)
        request = Request(f"{self.url}/api/v1/{where}{query}", data=body, method=method)  # noqa: S310
        request.add_header("Authorization", f"Bearer {self.token}")
        request.add_header("Accept", "application/json")
        if kind:
            request.add_header("Content-Type", kind)
        try:
            with _opener(self.url).open(request, timeout=TIMEOUT) as answer:
                held: bytes = answer.read(MOST + 1)
                if answer.length and len(held) <= MOST:
                    raise IncompleteRead(held, answer.length)
        except HTTPError as error:
            with error:
                told = [one.replace(self.token, "…") for one in _told(error)]
            raise RemoteError(*told, status=error.code) from None
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", None) or type(error).__name__
            raise RemoteError(f"{self.url} does not answer ({reason}). Is it running?") from None
        if len(held) > MOST:
            raise RemoteError(f"{self.url} answered more than {MOST:,} bytes. Ask for less.")
        return held

    def _json(self, body: bytes) -> Any:
        if not body:
            return None
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            raise RemoteError(f"{self.url} is no Sextant server: its answer is no JSON.") from None


def _opener(url: str) -> OpenerDirector:
    """Without a proxy to this machine: what must not leave it in the clear does not."""
    handlers: list[Any] = [_NoRedirect]
    if _is_here(urlsplit(url).hostname or ""):
        handlers.append(ProxyHandler({}))
    return build_opener(*handlers)


def _safe(address: str) -> None:
    """Refuse an address that is none, or that would carry the token in the clear."""
    try:
        parts = urlsplit(address)
        host, named = parts.hostname, parts.username is not None
        plain = parts.scheme in ("http", "https") and bool(host) and parts.port != 0
    except ValueError:
        host, named, plain = None, False, False
    if named:
        raise RemoteError("The server's address holds a password. Write https://host alone.")
    if not plain or not host or not address.isprintable() or " " in address:
        raise RemoteError(f"{address!r} is no address. Write https://host.")
    if parts.scheme == "http" and not _is_here(host):
        raise RemoteError(f"{address} would carry the token in the clear. Use https.")


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _told(error: HTTPError) -> list[str]:
    """The sentences of a problem document, or the bare status."""
    if 300 <= error.code < 400:
        where = error.headers.get("Location", "elsewhere")
        return [f"The server sends on to {where}; a token is not sent on. Use the final address."]
    try:
        told = json.loads(error.read(2**20))
        details = [_placed(one) for one in told.get("errors", [])] or [told["detail"]]
    except UNREADABLE:
        return [f"The server answered {error.code} {error.reason}."]
    return [str(detail) for detail in details]


def _placed(one: Any) -> str:
    """One of several problems, after the field that it is about."""
    return f"{one['at']}: {one['detail']}" if "at" in one else one["detail"]
