"""The API of sources: list, register, add versions. Rows are not given out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status

from sextant_server.accounts.bearer import Bearer
from sextant_server.products.api import AuthedRequest, standing
from sextant_server.products.entering import Here
from sextant_server.sources import actions, queries
from sextant_server.sources.models import Source, SourceVersion

router = Router(tags=["sources"])
MOST = 200
CHUNK = 1 << 20


class VersionOut(Schema):
    """What a source held at one time; its columns are in the profile of the page."""

    number: int
    state: str
    rows: int | None
    snapshot: str
    problem: str
    created_at: datetime


class SourceOut(Schema):
    """A registered table; `roles` is what people confirmed its columns to be."""

    name: str
    kind: str
    path: str
    roles: dict[str, object]
    versions: list[VersionOut]


class NewPath(Schema):
    """A path, or a glob, in an allowed folder."""

    name: str
    path: str


class Added(Schema):
    """The version that was added; null where the file holds what the last one held."""

    version: int | None


@router.get(
    "/products/{slug}/sources", response=list[SourceOut], auth=Bearer("products:read"),
    summary="Sources",
)  # fmt: skip
def sources(request: AuthedRequest, slug: str) -> list[dict[str, object]]:
    """The sources of a product with their versions, the newest first."""
    here = standing(request, slug)
    rows = queries.sources_of(here.product).prefetch_related("versions")[:MOST]
    return [_plain(here, one) for one in rows]


@router.post(
    "/products/{slug}/sources", response={201: SourceOut}, auth=Bearer("sources:write"),
    summary="Register a path",
)  # fmt: skip
def register(request: AuthedRequest, slug: str, asked: NewPath) -> Status[dict[str, object]]:
    """Register a path in a folder that the server may read."""
    here = standing(request, slug)
    made = actions.register_path(request.auth, here.product, asked.name, asked.path)
    return Status(201, _plain(here, made))


@router.get(
    "/products/{slug}/sources/{name}", response=SourceOut, auth=Bearer("products:read"),
    summary="A source",
)  # fmt: skip
def source(request: AuthedRequest, slug: str, name: str) -> dict[str, object]:
    """One source with its versions."""
    here = standing(request, slug)
    return _plain(here, _found(here, name))


@router.post(
    "/products/{slug}/sources/{name}/upload", response={201: Added}, auth=Bearer("sources:write"),
    summary="Upload a file",
)  # fmt: skip
def upload(
    request: AuthedRequest, slug: str, name: str, filename: str
) -> Status[dict[str, object]]:
    """The body is the file itself. Registers the source, or adds a version to it."""
    here = standing(request, slug)
    held = queries.source_by_name(here.product, name)
    if held is None:
        made = actions.register_upload(request.auth, here.product, name, _body(request), filename)
        return Status(201, {"version": made.versions.get().number})
    version = actions.add_upload(request.auth, held, _body(request), filename)
    return Status(201, {"version": version.number if version else None})


@router.post(
    "/products/{slug}/sources/{name}/look", response={201: Added}, auth=Bearer("sources:write"),
    summary="Look at a path again",
)  # fmt: skip
def look(request: AuthedRequest, slug: str, name: str) -> Status[dict[str, object]]:
    """Add a version where the files at the source's path have changed."""
    version = actions.look_again(request.auth, _found(standing(request, slug), name))
    return Status(201, {"version": version.number if version else None})


def _found(here: Here, name: str) -> Source:
    found = queries.source_by_name(here.product, name)
    if found is None:
        raise Http404
    return found


def _plain(here: Here, one: Source) -> dict[str, object]:
    versions = [_version(here, version) for version in list(one.versions.all())[:MOST]]
    return {"name": one.name, "kind": one.kind, "path": one.path, "roles": one.roles,
            "versions": versions}  # fmt: skip


def _version(here: Here, one: SourceVersion) -> dict[str, object]:
    return {"number": one.number, "state": one.state, "rows": one.rows, "snapshot": one.snapshot,
            "problem": "\n".join(queries.reasons_of(here, one)),
            "created_at": one.created_at}  # fmt: skip


def _body(request: HttpRequest) -> Iterator[bytes]:
    """The body, piece by piece: it is never held in memory whole."""
    while chunk := request.read(CHUNK):
        yield chunk
