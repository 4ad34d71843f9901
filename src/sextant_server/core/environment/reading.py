"""From the environment to checked settings, or to every reason not to start."""

from __future__ import annotations

import difflib
import ipaddress
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from sextant_server.core.environment.database import database
from sextant_server.core.environment.mail import mail
from sextant_server.core.environment.problem import Problem, UnsafeSettings
from sextant_server.core.environment.variables import BY_NAME, ELSEWHERE

T = TypeVar("T")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
KEY_LENGTH = 50
KEY_FILE = "secret-key"


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings after reading; `loopback`: only this machine can open the address."""

    url: str
    loopback: bool
    debug: bool
    secret_key: str
    old_keys: tuple[str, ...]
    data: Path
    database: Mapping[str, Any]
    hosts: tuple[str, ...]
    proxies: int
    mail: Mapping[str, Any]
    mail_from: str
    oidc: Mapping[str, str]
    session_hours: int
    audit_heads: Path
    folders: tuple[Path, ...]
    upload_mb: int
    log_format: str
    log_level: str

    @property
    def https(self) -> bool:
        return self.url.startswith("https:")


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine itself."""
    name = host.strip("[]")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def read(environ: Mapping[str, str]) -> Environment:
    """Read and check; raises UnsafeSettings with all problems."""
    return _Reader(environ).environment()


class _Reader:
    """Collects problems while it reads, so that all are told at once."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[Problem] = []

    def environment(self) -> Environment:
        self.unknown_names()
        url, host = self.url()
        loopback = is_loopback(host)
        debug = self.choice("SEXTANT_DEBUG", {"yes": True, "no": False})
        data = Path(self.text("SEXTANT_DATA")).absolute()
        hosts = self.hosts(host)
        self.refuse_debug(debug, (host, *hosts))
        proxies = self.number("SEXTANT_TRUSTED_PROXIES", 0, 9)
        self.refuse_https_without_proxy(url, proxies)
        found = Environment(
            url=url,
            loopback=loopback,
            debug=debug,
            secret_key=self.secret_key(data, loopback),
            old_keys=tuple(key for key in [self.given("SEXTANT_SECRET_KEY_OLD")] if key),
            data=data,
            database=self.parsed("DATABASE_URL", lambda url: database(url, data), {}),
            hosts=hosts,
            proxies=proxies,
            mail=self.mail(),
            mail_from=self.text("SEXTANT_MAIL_FROM"),
            oidc=self.oidc(),
            session_hours=self.number("SEXTANT_SESSION_HOURS", 1, 24 * 30),
            audit_heads=Path(
                self.given("SEXTANT_AUDIT_HEADS") or data / "audit-heads.jsonl"
            ).absolute(),
            folders=self.folders(),
            upload_mb=self.number("SEXTANT_UPLOAD_MB", 1, 16_384),
            log_format=self.choice("SEXTANT_LOG_FORMAT", {"json": "json", "text": "text"}),
            log_level=self.choice("SEXTANT_LOG_LEVEL", {level: level for level in LEVELS}),
        )
        if self.problems:
            raise UnsafeSettings(self.problems)
        return found

    def given(self, name: str) -> str:
        return self.environ.get(name, "").strip()

    def text(self, name: str) -> str:
        return self.given(name) or BY_NAME[name].default

    def refuse(self, name: str, problem: str, value: str, remedy: str) -> None:
        shown = "not shown" if value and BY_NAME[name].secret else repr(value) if value else ""
        self.problems.append(Problem(name, problem, shown, remedy))

    def unknown_names(self) -> None:
        for name in sorted(self.environ):
            if not name.startswith("SEXTANT_") or name in BY_NAME or name in ELSEWHERE:
                continue
            close = difflib.get_close_matches(name, BY_NAME, n=1)
            remedy = f"Did you mean {close[0]}?" if close else "docs/server.md lists all."
            self.problems.append(Problem(name, "there is no such setting", "", remedy))

    def url(self) -> tuple[str, str]:
        """The origin and its host name."""
        name, text = "SEXTANT_URL", self.text("SEXTANT_URL").rstrip("/")
        parts = urlsplit(text)
        host = parts.hostname or ""
        if parts.scheme not in ("http", "https") or not host or parts.path or parts.query:
            self.refuse(name, "it is no origin", text, "Write https:// and the host's name.")
        elif parts.scheme == "http" and not is_loopback(host):
            self.refuse(
                name,
                "passwords would cross the network in the clear",
                text,
                f"Serve https://{parts.netloc} through a reverse proxy.",
            )
        return text, host

    def hosts(self, host: str) -> tuple[str, ...]:
        name = "SEXTANT_ALLOWED_HOSTS"
        further = [one.strip() for one in self.given(name).split(",") if one.strip()]
        for one in further:
            if "*" in one or one.startswith("."):
                self.refuse(name, "a pattern lets a stranger choose the host", one, "Name each.")
        loopback = ["127.0.0.1", "localhost", "[::1]"] if is_loopback(host) else []
        return tuple(dict.fromkeys([host, *loopback, *further]))

    def refuse_debug(self, debug: bool, hosts: tuple[str, ...]) -> None:
        strangers = [host for host in hosts if not is_loopback(host)]
        if debug and strangers:
            self.refuse(
                "SEXTANT_DEBUG",
                f"faults would show settings and data to whoever opens {strangers[0]}",
                self.given("SEXTANT_DEBUG"),
                "Unset it, or serve 127.0.0.1 alone.",
            )

    def refuse_https_without_proxy(self, url: str, proxies: int) -> None:
        told = any(problem.name == "SEXTANT_TRUSTED_PROXIES" for problem in self.problems)
        if url.startswith("https:") and not proxies and not told:
            self.refuse(
                "SEXTANT_TRUSTED_PROXIES",
                "https ends at a reverse proxy, and none is trusted to say so",
                self.text("SEXTANT_TRUSTED_PROXIES"),
                "Set it to the number of proxies before the server, usually 1.",
            )

    def secret_key(self, data: Path, loopback: bool) -> str:
        name, key = "SEXTANT_SECRET_KEY", self.given("SEXTANT_SECRET_KEY")
        remedy = (
            "Set it to the output of: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
        if not key and loopback and (data / KEY_FILE).is_file():
            key = (data / KEY_FILE).read_text(encoding="utf-8").strip()
        if not key:
            self.refuse(name, "it is missing, so sessions could not be signed", "", remedy)
        elif len(key) < KEY_LENGTH or len(set(key)) < 10:
            self.refuse(name, f"it is guessable: {len(key)} characters", key, remedy)
        return key

    def mail(self) -> Mapping[str, Any]:
        if not self.given("SEXTANT_MAIL_URL"):
            return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
        return self.parsed("SEXTANT_MAIL_URL", mail, {})

    def folders(self) -> tuple[Path, ...]:
        """The folders that sources may name files in, as they really are behind any links."""
        name, found = "SEXTANT_FOLDERS", []
        for text in filter(None, self.given(name).split(os.pathsep)):
            folder = Path(text)
            if not folder.is_absolute() or not folder.is_dir():
                self.refuse(name, "it is no folder here", text, "Name folders from the root on.")
            elif folder.resolve() == Path(folder.anchor):
                self.refuse(name, "it would open the whole machine", text, "Name one below it.")
            else:
                found.append(folder.resolve())
        return tuple(found)

    def oidc(self) -> Mapping[str, str]:
        """Issuer, client and secret belong together; empty without single sign-on."""
        names = ["SEXTANT_OIDC_ISSUER", "SEXTANT_OIDC_CLIENT_ID", "SEXTANT_OIDC_CLIENT_SECRET"]
        issuer, client, secret = (self.given(name) for name in names)
        if not (issuer or client or secret):
            return {}
        for name in names:
            if not self.given(name):
                self.refuse(name, "single sign-on needs it", "", "Set all three, or none.")
        parts = urlsplit(issuer)
        if issuer and parts.scheme != "https" and not is_loopback(parts.hostname or ""):
            self.refuse(names[0], "it must be https", issuer, "Use the issuer's https address.")
        label = self.text("SEXTANT_OIDC_NAME")
        return {"issuer": issuer, "client": client, "secret": secret, "name": label}

    def choice(self, name: str, choices: Mapping[str, T]) -> T:
        text = self.text(name)
        if text not in choices:
            self.refuse(name, "it is none of the choices", text, f"Use {' or '.join(choices)}.")
        return choices.get(text, choices[BY_NAME[name].default])

    def number(self, name: str, low: int, high: int) -> int:
        text = self.text(name)
        if text.isascii() and text.isdecimal() and low <= int(text) <= high:
            return int(text)
        self.refuse(name, "it is no whole number in range", text, f"Use {low} to {high}.")
        return low

    def parsed(self, name: str, parse: Callable[[str], T], otherwise: T) -> T:
        text = self.given(name)
        try:
            return parse(text)
        except ValueError as error:
            self.refuse(name, str(error), text, "docs/server.md shows the forms.")
            return otherwise
