"""Every environment variable that the server reads, with its default and its meaning."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable; a secret one is never printed."""

    name: str
    default: str
    says: str
    secret: bool = False


VARIABLES = (
    Variable(
        "SEXTANT_URL",
        "http://127.0.0.1:8000",
        "The address that people open. Anything but this machine itself must be https.",
    ),
    Variable(
        "SEXTANT_SECRET_KEY",
        "",
        "Signs sessions and links, at least 50 characters. On this machine alone, `sextant serve`"
        " makes one and keeps it in the data folder.",
        secret=True,
    ),
    Variable(
        "SEXTANT_SECRET_KEY_OLD",
        "",
        "The key before the present one, while sessions signed with it run out.",
        secret=True,
    ),
    Variable("SEXTANT_DATA", "sextant-data", "The folder for the database, files and audit heads."),
    Variable(
        "DATABASE_URL",
        "sqlite in SEXTANT_DATA",
        "`postgresql://user:password@host:5432/name`, or `sqlite:///folder/file.sqlite3`.",
        secret=True,
    ),
    Variable(
        "SEXTANT_ALLOWED_HOSTS",
        "",
        "Further host names under which the server answers, separated by commas.",
    ),
    Variable(
        "SEXTANT_TRUSTED_PROXIES",
        "0",
        "How many reverse proxies stand before the server. Their `X-Forwarded-For` and"
        " `X-Forwarded-Proto` are believed, nobody else's.",
    ),
    Variable(
        "SEXTANT_MAIL_URL",
        "",
        "`smtp://user:password@host:587` (STARTTLS), `smtps://…:465`, or `file:///folder` to write"
        " mails to files. Without it no mail is sent and links are shown to the administrator.",
        secret=True,
    ),
    Variable("SEXTANT_MAIL_FROM", "sextant@localhost", "The sender of mails."),
    Variable("SEXTANT_OIDC_ISSUER", "", "Single sign-on: the issuer's https address."),
    Variable("SEXTANT_OIDC_CLIENT_ID", "", "Single sign-on: the client's id."),
    Variable("SEXTANT_OIDC_CLIENT_SECRET", "", "Single sign-on: the client's secret.", secret=True),
    Variable("SEXTANT_OIDC_NAME", "single sign-on", "Single sign-on: its name on the login page."),
    Variable("SEXTANT_SESSION_HOURS", "12", "A login ends after so many hours."),
    Variable(
        "SEXTANT_AUDIT_HEADS",
        "audit-heads.jsonl in SEXTANT_DATA",
        "The file to which each head of the audit log is appended. Put it where administrators of"
        " the database cannot write.",
    ),
    Variable(
        "SEXTANT_FOLDERS",
        "",
        "Folders in which sources may name files by their paths, separated like `PATH`. Whoever may"
        " register sources can have every table in them read.",
    ),
    Variable("SEXTANT_UPLOAD_MB", "256", "The largest file that can be uploaded, in megabytes."),
    Variable("SEXTANT_LOG_FORMAT", "json", "`json`, one object a line, or `text`."),
    Variable("SEXTANT_LOG_LEVEL", "INFO", "`DEBUG`, `INFO`, `WARNING` or `ERROR`."),
    Variable("SEXTANT_DEBUG", "no", "`yes` shows faults in the browser; on this machine only."),
)
BY_NAME = {variable.name: variable for variable in VARIABLES}
ELSEWHERE = frozenset(
    {"SEXTANT_SHARED_DATA", "SEXTANT_TEST_DATABASE_URL", "SEXTANT_SERVER", "SEXTANT_TOKEN"}
)
"""Names with our prefix that other parts of the project read."""
