"""How much a request may carry: refused by its announced size, and while it comes in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from sextant_server.core.problem_json import problem

MEGABYTE = 1_000_000
AROUND = MEGABYTE
"""What a form may carry around its file."""
TOO_LARGE = 413


def most_bytes() -> int:
    """The largest file that can be uploaded."""
    return int(settings.SEXTANT.upload_mb) * MEGABYTE


def too_large(request: HttpRequest) -> HttpResponse:
    """The answer to more than that: what the limit is, and what to do."""
    says = (
        f"An upload may have at most {settings.SEXTANT.upload_mb:,} MB. Put a larger file into a"
        " folder that the server may read, and register its path."
    )
    if request.path.startswith("/api/"):
        return problem(TOO_LARGE, "Too large", says)
    context = {"headline": "That is too large to upload.", "why": says}
    return render(request, "ui/error.html", context, status=TOO_LARGE)


class BoundsMiddleware(MiddlewareMixin):
    """Refuses a body by its announced size, before anything of it is read."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if (
            not (announced.isascii() and announced.isdecimal())
            or int(announced) <= most_bytes() + AROUND
        ):
            return None
        response = too_large(request)
        response.headers["Connection"] = "close"
        return response


class BoundedUpload(TemporaryFileUploadHandler):
    """Keeps an upload in a temporary file, and ends the connection once it is too large."""

    received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > most_bytes():
            self._forget()
            raise StopUpload(connection_reset=True)
        super().receive_data_chunk(raw_data, start)

    def _forget(self) -> None:
        file: Any = getattr(self, "file", None)
        if file is not None:
            file.close()
