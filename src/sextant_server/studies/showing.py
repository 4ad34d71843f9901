"""What the templates of kinds are given."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString, mark_safe

from sextant_server.studies.kinds.kind import Kind, Record


def drawn(kind: Kind, record: Record) -> dict[str, Any]:
    """A record with its pictures by name, and its downloads: what each holds, its files' names."""
    tables, pictures = kind.tables(record), kind.pictures(record)
    downloads: dict[str, list[tuple[str, str]]] = {}
    for table in tables:
        downloads.setdefault(table.title, []).append((f"{table.name}.csv", "CSV"))
    for one in pictures:
        files = [(f"{one.name}.svg", "SVG"), (f"{one.name}.png", "PNG")]
        downloads.setdefault(one.title, []).extend(files)
    return {
        "kind": kind,
        "record": record,
        "pictures": {one.name: _safe(one.svg) for one in pictures},
        "downloads": list(downloads.items()),
    }


def _safe(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 - the library escapes its texts
