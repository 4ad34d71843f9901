"""What is read of sources and their versions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from sextant_server.accounts.models import User
from sextant_server.products.models import Product
from sextant_server.sources.models import Kind, Reader, Source, SourceVersion, VersionState

RAW = ("low", "high", "values")
"""What of a column's profile is as good as seeing its rows."""


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
    """Whether somebody may see a source's rows: by name, never by a role."""
    return user.is_active and Reader.objects.filter(source=source, user=user).exists()


def shown_columns(version: SourceVersion, raw: bool) -> list[dict[str, Any]]:
    """The profile of a version's columns, without raw values for those who may not see them."""
    hidden = () if raw else RAW
    return [{k: v for k, v in column.items() if k not in hidden} for column in version.columns]


def places(version: SourceVersion) -> list[Path]:
    """Where the files of a version lie."""
    base = Path(settings.SEXTANT.data)
    if version.source.kind == Kind.UPLOAD:
        return [base / file for file in version.files]
    return [Path(file) for file in version.files]
