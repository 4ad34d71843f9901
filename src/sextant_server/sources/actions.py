"""Everything that changes sources, their versions, the roles of their columns, their readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.jobs.actions import start
from sextant_server.products.entering import need
from sextant_server.products.models import Membership, Part, Product
from sextant_server.sources import folders, queries
from sextant_server.sources.files import Stored, receive
from sextant_server.sources.models import Kind, Reader, Source, SourceVersion, VersionState
from sextant_server.sources.roles import checked_roles

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
RESERVED = frozenset({"new"})
JOB = "sources.inspect"


def register_upload(
    by: Acting, product: Product, name: str, chunks: Iterable[bytes], filename: str
) -> Source:
    """Register an uploaded file as a source, with its first version."""
    need(by, product, "sources")
    _free_name(product, name)
    stored = receive(chunks, filename)
    try:
        return _register(by, product, name, Kind.UPLOAD, "", [stored.path], stored)
    except BaseException:
        stored.discard()
        raise


def register_path(by: Acting, product: Product, name: str, path: str) -> Source:
    """Register a path, or a glob, in an allowed folder.

    Whoever uploads a file has seen it; whoever names a path has not, so it makes no reader of him.
    """
    need(by, product, "sources")
    _free_name(product, name)
    files = folders.matching(path.strip())
    content, size = folders.content_of(files)
    held = Stored("", content, size)
    return _register(by, product, name, Kind.FOLDER, path.strip(), [str(f) for f in files], held)


def add_upload(
    by: Acting, source: Source, chunks: Iterable[bytes], filename: str
) -> SourceVersion | None:
    """A new version from an uploaded file; None where it holds what the last one held."""
    need(by, source.product, "sources")
    if source.kind != Kind.UPLOAD:
        raise Conflict("This source is a path. Change the file there, then look at it again.")
    stored = receive(chunks, filename)
    try:
        version = _add(by, source, [stored.path], stored)
    except BaseException:
        stored.discard()
        raise
    if version is None:
        stored.discard()
    return version


def look_again(by: Acting, source: Source) -> SourceVersion | None:
    """A new version from the files at the source's path; None where nothing changed there."""
    if not by.operator:
        need(by, source.product, "sources")
    if source.kind != Kind.FOLDER:
        raise Conflict("This source was uploaded. Upload its new version.")
    files = folders.matching(source.path)
    content, size = folders.content_of(files)
    return _add(by, source, [str(file) for file in files], Stored("", content, size))


@transaction.atomic
def confirm_roles(by: Acting, source: Source, roles: Mapping[str, Any], version: int) -> Source:
    """Say what the columns are; the draft of a contract begins with it."""
    need(by, source.product, "sources")
    held = Source.objects.select_for_update().get(pk=source.pk)
    if held.version != version:
        raise Conflict(
            "Somebody else changed this source since you opened the page. Load it again."
        )
    latest = queries.latest_ready(held)
    if latest is None:
        raise Conflict("No version of this source can be read yet.")
    held.roles = checked_roles(roles, latest)
    held.roles_confirmed_at, held.roles_confirmed_by = timezone.now(), by.user
    held.version += 1
    held.save()
    by.record("source.roles", held.subject, product=held.product_id, roles=held.roles)
    return held


@transaction.atomic
def grant(by: Acting, source: Source, user: User) -> Reader:
    """Let somebody with a part in the product see the rows."""
    _may_grant(by, source)
    if not Membership.objects.filter(product=source.product, user=user).exists():
        raise Invalid(f"{user} has no part in {source.product}. Give one first.", "user")
    reader, made = Reader.objects.get_or_create(
        source=source, user=user, defaults={"granted_by": by.user}
    )
    if made:
        by.record("source.reader.granted", source.subject, product=source.product_id,
                  person=f"person:{user.pk}")  # fmt: skip
    return reader


@transaction.atomic
def revoke(by: Acting, source: Source, user: User) -> None:
    """Take the right to see the rows."""
    _may_grant(by, source)
    gone, _ = Reader.objects.filter(source=source, user=user).delete()
    if gone:
        by.record("source.reader.revoked", source.subject, product=source.product_id,
                  person=f"person:{user.pk}")  # fmt: skip


@transaction.atomic
def see_rows(by: Acting, version: SourceVersion) -> None:
    """Note that somebody looks at rows; refuse who may not."""
    if not queries.readable_by(by.person(), version.source):
        raise NotAllowed(
            f"The rows of {version.source} are open to those alone who were let in by name. The"
            " product owner or the technical signatory can do that."
        )
    by.record("source.rows.seen", version.source.subject, product=version.source.product_id,
              version=version.number)  # fmt: skip


def note_ready(
    version: SourceVersion, *, rows: int, snapshot: str, columns: list[dict[str, Any]],
    guess: dict[str, Any],
) -> None:  # fmt: skip
    """Keep what a version was found to hold; inside the last transaction of its job."""
    SourceVersion.objects.filter(pk=version.pk).update(
        state=VersionState.READY, rows=rows, snapshot=snapshot, columns=columns, guess=guess
    )
    version.refresh_from_db()
    for dotted in settings.SEXTANT_ON_VERSION:
        module, _, name = dotted.rpartition(".")
        getattr(import_module(module), name)(version)


def note_unusable(version: SourceVersion, problems: list[str]) -> None:
    """Keep why a version cannot be read; inside the last transaction of its job."""
    SourceVersion.objects.filter(pk=version.pk).update(
        state=VersionState.UNUSABLE, problem="\n".join(problems)
    )


def _may_grant(by: Acting, source: Source) -> None:
    user = by.person()
    parts = (Part.OWNER, Part.TECHNICAL)
    mine = Membership.objects.filter(product=source.product, user=user, part__in=parts)
    if not (user.is_active and mine.exists()):
        raise NotAllowed("Only the product owner or the technical signatory lets people see rows.")


def _free_name(product: Product, name: str) -> None:
    if not NAME.fullmatch(name) or name in RESERVED:
        raise Invalid(
            f"'{name[:60]}' cannot name a source. Use small letters, digits, - and _.", "name"
        )
    if queries.source_by_name(product, name):
        raise Conflict(
            f"There is a source '{name}' already. Choose another name, or add a version to it.",
            "name",
        )


@transaction.atomic
def _register(
    by: Acting, product: Product, name: str, kind: Kind, path: str, files: list[str], held: Stored
) -> Source:
    user = need(by, product, "sources")
    Product.objects.select_for_update().get(pk=product.pk)
    _free_name(product, name)
    source = Source.objects.create(
        product=product, name=name, kind=kind, path=path, created_by=user
    )
    if kind == Kind.UPLOAD:
        Reader.objects.create(source=source, user=user, granted_by=user)
    by.record("source.registered", source.subject, product=product.pk, name=name, kind=str(kind))
    _version(by, source, 1, files, held)
    return source


@transaction.atomic
def _add(by: Acting, source: Source, files: list[str], held: Stored) -> SourceVersion | None:
    if not by.operator:
        need(by, source.product, "sources")
    locked = Source.objects.select_for_update().get(pk=source.pk)
    last = locked.versions.order_by("-number").first()
    if last and last.content == held.content and last.state != VersionState.UNUSABLE:
        return None
    return _version(by, locked, (last.number if last else 0) + 1, files, held)


def _version(
    by: Acting, source: Source, number: int, files: list[str], held: Stored
) -> SourceVersion:
    version = SourceVersion.objects.create(
        source=source,
        number=number,
        files=files,
        content=held.content,
        size=held.size,
        created_by=by.user,
    )
    version.job = start(JOB, version.subject, by.user)
    version.save(update_fields=["job"])
    by.record("source.version", source.subject, product=source.product_id, version=number,
              content=held.content, bytes=held.size)  # fmt: skip
    return version
