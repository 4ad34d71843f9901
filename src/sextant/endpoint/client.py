"""One request to an OpenAI-compatible endpoint, with retries; the standard library sends it."""

from __future__ import annotations

import json
import random
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from sextant.endpoint.asking import Question
from sextant.endpoint.rubric import Rubric

AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
MOST_BYTES = 2_000_000
LONGEST_WAIT = 60.0


class EndpointError(Exception):
    """The endpoint cannot be used at all: the problem with its remedy."""


class GaveUp(Exception):
    """One question got no answer after every try. `billed`: tries that may have cost something."""

    def __init__(self, why: str, billed: int) -> None:
        super().__init__(why)
        self.billed = billed


@dataclass(frozen=True, slots=True)
class Told:
    """The JSON that came back, and how many earlier tries may have been charged too."""

    body: Any
    tries: int
    billed: int


@dataclass(slots=True)
class Pace:
    """At most so many requests a minute, whoever sends them."""

    per_minute: float | None
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _next: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def wait(self) -> None:
        if not self.per_minute:
            return
        with self._lock:
            now = self.clock()
            at = max(self._next, now)
            self._next = at + 60.0 / self.per_minute
        if at > now:
            self.sleep(at - now)


@dataclass(frozen=True, slots=True)
class Client:
    """Where to send, as what model; the key is kept in memory alone and is not shown."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout: float = 60.0
    tries: int = 6
    pace: Pace = field(default_factory=lambda: Pace(None))
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random

    def ask(
        self, question: Question, rubric: Rubric, again: Callable[[], bool] = lambda: True
    ) -> Told:
        """The answer's JSON; what may pass is tried again.

        `again` is asked before a try is repeated that may have been charged. Raises `GaveUp` where
        nothing came, `EndpointError` where no question will ever be answered (a wrong key, model or
        address).
        """
        billed, why = 0, ""
        for attempt in range(self.tries):
            self.pace.wait()
            before = billed
            wait = min(2.0**attempt, LONGEST_WAIT) * (0.5 + 0.5 * self.chance())
            try:
                return Told(self._send(question, rubric), attempt + 1, billed)
            except urllib.error.HTTPError as error:
                with error:
                    said = _said(error)
                if error.code not in AGAIN:
                    raise EndpointError(_final(error.code, said, self)) from None
                why = f"status {error.code}{said}"
                wait = max(wait, min(_retry_after(error), LONGEST_WAIT))
            except (TimeoutError, HTTPException, ConnectionResetError) as error:
                why, billed = f"no answer in time ({type(error).__name__})", billed + 1
            except urllib.error.URLError as error:
                why = f"{self.url} cannot be reached: {error.reason}"
                billed += isinstance(error.reason, TimeoutError)
            except ValueError:
                why, billed = "the answer is no JSON", billed + 1
            if billed > before and not again():
                break
            if attempt + 1 < self.tries:
                self.sleep(wait)
        raise GaveUp(why, billed)

    def _send(self, question: Question, rubric: Rubric) -> Any:
        body: dict[str, Any] = {
            "model": self.model,
            "messages": [{"role": role, "content": text} for role, text in question.messages],
            "temperature": rubric.temperature,
            "max_tokens": rubric.max_tokens,
        }
        if rubric.json:
            body["response_format"] = {"type": "json_object"}
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = urllib.request.Request(  # noqa: S310 - http and https alone, see `address`
            self.url, json.dumps(body).encode(), headers, method="POST"
        )
        with _OPENER.open(request, timeout=self.timeout) as answer:
            held = answer.read(MOST_BYTES + 1)
        if len(held) > MOST_BYTES:
            raise ValueError("the answer is too long")
        return json.loads(held)


class _Stay(urllib.request.HTTPRedirectHandler):
    """An address that sends elsewhere is not followed: the key would go along."""

    def redirect_request(self, *_: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_Stay)


def address(url: str) -> str:
    """The address of chat completions. Raises `EndpointError` for what is no http address."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        remedy = "Write one such as https://api.example.org/v1."
        raise EndpointError(f"{url!r} is no address of an endpoint. {remedy}")
    if parts.username or parts.password or parts.query:
        raise EndpointError("The address holds a secret or a query. Put the key in --key-env.")
    path = parts.path.rstrip("/")
    if not path.endswith("/chat/completions"):
        path += "/chat/completions"
    return parts._replace(path=path, fragment="").geturl()


def _final(code: int, said: str, client: Client) -> str:
    remedy = {
        401: "Check the key in the variable that --key-env names.",
        403: "Check what the key may do.",
        404: "Check the address and the model's name.",
    }.get(code, "Check the address, the model and the rubric.")
    return f"{client.url} refuses model '{client.model}' with status {code}{said}. {remedy}"


def _said(error: urllib.error.HTTPError) -> str:
    """The endpoint's own words, shortened; nothing of the request."""
    try:
        held = json.loads(error.read(10_000))
    except (ValueError, OSError):
        return ""
    match held:
        case {"error": {"message": str(text)}} | {"error": str(text)} | {"message": str(text)}:
            return f" ({' '.join(text.split())[:200]})"
        case _:
            return ""


def _retry_after(error: urllib.error.HTTPError) -> float:
    """Seconds that the endpoint asks to wait, as a number or as a date; 0 where it does not."""
    written = error.headers.get("Retry-After") if error.headers else None
    if not written:
        return 0.0
    try:
        return max(float(written), 0.0)
    except ValueError:
        pass
    try:
        due = parsedate_to_datetime(written)
    except ValueError:
        return 0.0
    return max((due - datetime.now(UTC)).total_seconds(), 0.0)
