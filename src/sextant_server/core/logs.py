"""One line for each event: a JSON object, or text for people; each request has an id."""

from __future__ import annotations

import json
import logging
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

log = logging.getLogger("sextant.request")
request_id: ContextVar[str] = ContextVar("request_id", default="")
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
UNSAID = frozenset({"request", "server_time", "status_code"})
"""What Django adds to its own records: the request as an object is nothing for a log."""


def details(record: logging.LogRecord) -> dict[str, Any]:
    """What a caller added by `extra=`."""
    return {
        name: value
        for name, value in vars(record).items()
        if name not in STANDARD and name not in UNSAID
    }


class JsonFormatter(logging.Formatter):
    """A record as one JSON object: at, level, logger, event, request, and what the caller added."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
        }
        if identity := request_id.get():
            entry["request"] = identity
        entry |= details(record)
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry, default=str, ensure_ascii=False)


class TextFormatter(logging.Formatter):
    """A record for a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created).astimezone().strftime("%H:%M:%S")
        said = " ".join(f"{name}={value}" for name, value in details(record).items())
        line = f"{at} {record.levelname:<7} {record.getMessage()} {said}".rstrip()
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def configuration(form: str, level: str) -> dict[str, Any]:
    """Django's LOGGING: everything to standard error, in one form."""
    formatters = {
        "json": {"()": "sextant_server.core.logs.JsonFormatter"},
        "text": {"()": "sextant_server.core.logs.TextFormatter"},
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": formatters,
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"level": "WARNING"},
            "django.request": {"level": "ERROR"},
            "_granian": {"level": "WARNING"},
        },
    }


class RequestLogMiddleware:
    """Gives each request an id, hands it back, and logs how the request went."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        identity = uuid.uuid4().hex[:16]
        token = request_id.set(identity)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = identity
            match = request.resolver_match
            log.info(
                "request",
                extra={
                    "method": request.method,
                    "route": match.route if match else "",
                    "status": response.status_code,
                    "ms": round((time.perf_counter() - began) * 1000, 1),
                    "person": getattr(getattr(request, "user", None), "pk", None),
                },
            )
        finally:
            request_id.reset(token)
        return response
