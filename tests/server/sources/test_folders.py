"""Paths: only inside the allowed folders, and a new version where the files change."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from sextant_server.core.errors import Invalid
from sextant_server.demo.telling import Telling
from sextant_server.jobs.execution import work_off
from sextant_server.sources import actions
from sextant_server.sources.jobs import look_at_folders
from sextant_server.sources.models import Source


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    allowed = tmp_path / "allowed"
    allowed.mkdir()
    (tmp_path / "secret.csv").write_text("a\n1\n")
    (allowed / "one.csv").write_text("a\n1\n")
    settings.SEXTANT = replace(settings.SEXTANT, folders=(allowed.resolve(),))
    return allowed


def register(story: Telling, path: object) -> Source:
    return actions.register_path(story.by("dana"), story.product, "table", str(path))


def test_a_path_is_registered_and_read(story: Telling, folder: Path) -> None:
    source = register(story, folder / "one.csv")
    work_off()
    assert source.versions.get().rows == 1


def test_a_pattern_reads_all_that_match(story: Telling, folder: Path) -> None:
    (folder / "two.csv").write_text("a\n2\n3\n")
    source = register(story, folder / "*.csv")
    work_off()
    assert source.versions.get().rows == 3


@pytest.mark.parametrize(
    "path",
    ["{folder}/../secret.csv", "{folder}/../*.csv", "/etc/passwd", "one.csv", "s3://bucket/a.csv",
     "{folder}/none.csv", "/", "{folder}\x00.csv", "~/one.csv"],
)  # fmt: skip
def test_paths_that_are_refused(story: Telling, folder: Path, path: str) -> None:
    with pytest.raises(Invalid):
        register(story, path.format(folder=folder))


def test_a_link_out_of_the_folder_is_refused(story: Telling, folder: Path) -> None:
    (folder / "link.csv").symlink_to(folder.parent / "secret.csv")
    for path in ("link.csv", "*.csv"):
        with pytest.raises(Invalid, match="folder"):
            register(story, folder / path)


def test_outside_tells_nothing_of_what_is_there(story: Telling, folder: Path) -> None:
    answers = []
    for name in ("secret.csv", "none.csv"):
        with pytest.raises(Invalid) as refused:
            register(story, folder.parent / name)
        answers.append(refused.value.detail)
    assert answers[0] == answers[1]


def test_a_changed_file_becomes_a_version_by_itself(story: Telling, folder: Path) -> None:
    source = register(story, folder / "one.csv")
    work_off()
    look_at_folders(timezone.now())
    assert source.versions.count() == 1
    (folder / "one.csv").write_text("a\n1\n2\n")
    look_at_folders(timezone.now())
    work_off()
    assert [one.rows for one in source.versions.order_by("number")] == [1, 2]


def test_a_file_that_is_gone_is_logged_and_stops_nothing(story: Telling, folder: Path) -> None:
    source = register(story, folder / "one.csv")
    work_off()
    (folder / "one.csv").unlink()
    look_at_folders(timezone.now())
    assert source.versions.count() == 1


def test_without_folders_nothing_is_read(story: Telling, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="SEXTANT_FOLDERS"):
        register(story, tmp_path / "x.csv")
