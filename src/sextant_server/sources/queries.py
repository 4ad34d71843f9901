"""What is read of sources and their versions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from sextant_server.accounts.models import User
from sextant_server.core.errors import Conflict, Invalid
from sextant_server.products.entering import Here
from sextant_server.products.models import Membership, Product
from sextant_server.sources import folders
from sextant_server.sources.models import Kind, Reader, Source, SourceVersion, VersionState

RAW = ("low", "high", "values")
"""What of a column's profile is as good as seeing its rows."""
CLOSED = "It cannot be read. Those who look after sources can read why."


def sources_of(product: Product) -> QuerySet[Source]:
    """The sources of a product."""
    return Source.objects.filter(product=product)


def source_by_name(product: Product, name: str) -> Source | None:
    """The source that a contract of this product calls by this name."""
    return sources_of(product).filter(name=name).first()


def latest_ready(source: Source) -> SourceVersion | None:
    """The newest version that can be read."""
    return source.versions.filter(state=VersionState.READY).order_by("-number").first()


def versions_of(source: Source) -> QuerySet[SourceVersion]:
    """All versions, the newest first."""
    return source.versions.select_related("created_by", "job").order_by("-number")


def columns_of(version: SourceVersion) -> list[str]:
    """The names of a version's columns."""
    return [column["name"] for column in version.columns]


def readable_by(user: User, source: Source) -> bool:
    """Whether somebody may see a source's rows: by name, and while he has a part."""
    return user.is_active and seeing(source).filter(user=user).exists()


def let_in(source: Source) -> QuerySet[Reader]:
    """Everybody who was let in, with whoever has left the product since."""
    return Reader.objects.filter(source=source).select_related("user", "granted_by").order_by("id")


def seeing(source: Source) -> QuerySet[Reader]:
    """Who sees the rows: was let in, and still has a part in the product."""
    part = Membership.objects.filter(product=source.product_id, user=OuterRef("user"))
    return let_in(source).filter(Exists(part))


def reasons_of(here: Here, version: SourceVersion) -> list[str]:
    """Why a version cannot be read: in full for those who look after sources."""
    return here.told(version.problem.splitlines(), CLOSED)


def shown_columns(version: SourceVersion, raw: bool) -> list[dict[str, Any]]:
    """The profile of a version's columns, without raw values for those who may not see them."""
    hidden = () if raw else RAW
    return [{k: v for k, v in column.items() if k not in hidden} for column in version.columns]


def places(version: SourceVersion) -> list[Path]:
    """Where the files of a version lie. Raises Conflict where they are not what it recorded."""
    if version.source.kind == Kind.UPLOAD:
        return [Path(settings.SEXTANT.data) / file for file in version.files]
    try:
        files = folders.lying(version.files)
        content, _ = folders.content_of(files)
    except (Invalid, OSError):
        content = ""
    if content != version.content:
        raise Conflict(
            f"The files of version {version.number} have changed since. Look at the source again;"
            " that makes a new version."
        )
    return files
