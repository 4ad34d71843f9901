"""What a worker does for sources: look into new versions, look at folders, sweep."""

from __future__ import annotations

import logging
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from sextant.engines.errors import SourceError
from sextant.engines.fingerprint import fingerprint
from sextant.engines.profile import ColumnProfile, profile
from sextant.engines.source import Source as OpenSource
from sextant.engines.source import open_files
from sextant_server.accounts.acting import OPERATOR
from sextant_server.core.errors import Conflict, Refused
from sextant_server.jobs.work import Keep, Work
from sextant_server.sources import actions, queries
from sextant_server.sources.files import FOLDER
from sextant_server.sources.models import Kind, Source, SourceVersion
from sextant_server.sources.roles import guessed

log = logging.getLogger("sextant.sources")
MOST_COLUMNS = 2_000
DAY = 24 * 3600


def inspect(work: Work) -> Keep:
    """Read a new version once: its rows, columns, likely roles and snapshot."""
    version = SourceVersion.objects.select_related("source").get(pk=work.subject_id)
    try:
        work.progress(0.0, "opening")
        opened = opened_version(version)
        work.progress(0.1, "reading columns")
        columns = profile(opened)
        work.progress(0.6, "taking the snapshot")
        snapshot = fingerprint(opened)
        recorded_files(version)
    except SourceError as error:
        problems = list(error.problems)
        return lambda: actions.note_unusable(version, problems)
    found = [_plain(column) for column in columns]
    roles = guessed(columns)
    return lambda: actions.note_ready(
        version, rows=snapshot.rows, snapshot=snapshot.hex, columns=found, guess=roles
    )


def opened_version(version: SourceVersion) -> OpenSource:
    """A version's files, opened by the engine under the source's name. Raises `SourceError`."""
    opened = open_files(recorded_files(version), version.source.name)
    if len(opened.columns) > MOST_COLUMNS:
        many = f"The table has {len(opened.columns):,} columns; at most {MOST_COLUMNS:,} are read."
        raise SourceError([f"{many} Keep those that a contract needs."])
    return opened


def recorded_files(version: SourceVersion) -> list[Path]:
    """The files of a version, while they hold what it recorded. Raises `SourceError`."""
    try:
        return queries.places(version)
    except Conflict as changed:
        raise SourceError([changed.detail]) from None


def look_at_folders(now: datetime) -> None:
    """Add a version wherever the files of a path have changed."""
    for source in Source.objects.filter(kind=Kind.FOLDER).select_related("product"):
        try:
            actions.look_again(OPERATOR, source)
        except (Refused, OSError) as error:
            log.warning("source.not.read", extra={"source": source.pk, "problem": str(error)})
    sweep(now)


def sweep(now: datetime) -> None:
    """Take away files of uploads that were never kept, a day after they came."""
    folder = Path(settings.SEXTANT.data) / FOLDER
    if not folder.is_dir():
        return
    known = {
        Path(file).name
        for files in SourceVersion.objects.filter(source__kind=Kind.UPLOAD).values_list(
            "files", flat=True
        )
        for file in files
    }
    for file in folder.iterdir():
        if file.name not in known and now.timestamp() - file.stat().st_mtime > DAY:
            file.unlink(missing_ok=True)


def _plain(column: ColumnProfile) -> dict[str, Any]:
    held = asdict(column)
    held["values"] = list(column.values)
    for end in ("low", "high"):
        held[end] = None if held[end] is None else float(held[end])
    return held
