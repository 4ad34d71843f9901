"""A version of a path is what it was, or is refused: files change, vanish, and become links."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from examples import MET, contract_text

from sextant.engines.errors import SourceError
from sextant_server.accounts.models import User
from sextant_server.demo.telling import Telling
from sextant_server.evidence import jobs
from sextant_server.evidence.models import Evidence
from sextant_server.jobs.execution import work_off
from sextant_server.sources import actions
from sextant_server.sources.jobs import opened_version
from sextant_server.sources.models import Source

SAYS = (
    "The files of version 1 have changed since. Look at the source again; that makes a new version."
)


@pytest.fixture
def file(tmp_path: Path, settings: Any, extracts: Path) -> Path:
    """A file in an allowed folder, beside one that lies outside."""
    allowed = tmp_path / "allowed"
    allowed.mkdir()
    settings.SEXTANT = replace(settings.SEXTANT, folders=(allowed.resolve(),))
    held = allowed / "census.csv"
    held.write_bytes((extracts / "census.csv").read_bytes())
    (tmp_path / "outside.csv").write_bytes(held.read_bytes())
    return held


@pytest.fixture
def table(story: Telling, file: Path) -> Source:
    made = actions.register_path(story.by("dana"), story.product, "predictions", str(file))
    work_off()
    return made


def replaced(file: Path) -> None:
    file.write_text("a\n1\n")


def linked(file: Path) -> None:
    """The same bytes, but outside."""
    file.unlink()
    file.symlink_to(file.parent.parent / "outside.csv")


def gone(file: Path) -> None:
    file.unlink()


def piped(file: Path) -> None:
    """Reading it would wait for ever."""
    file.unlink()
    os.mkfifo(file)


@pytest.mark.parametrize("change", [replaced, linked, gone, piped])
def test_another_file_is_not_the_version(
    story: Telling, table: Source, file: Path, as_: Callable[[User], Client],
    change: Callable[[Path], None],
) -> None:  # fmt: skip
    dana = story.people["dana"]
    actions.grant(story.by("ines"), table, dana)
    rows = f"/products/{story.product.slug}/sources/predictions/rows/"
    contract = story.contract(contract_text(MET))
    assert as_(dana).get(rows).status_code == 200
    change(file)
    with pytest.raises(SourceError, match="have changed since"):
        opened_version(table.versions.get())
    answer = as_(dana).get(rows)
    assert (answer.status_code, SAYS in answer.content.decode()) == (409, True)
    run = story.run(contract, table)
    assert run.job
    run.job.refresh_from_db()
    assert (run.job.state, run.job.problems) == ("failed", [SAYS])


def test_a_folder_that_is_allowed_no_more(table: Source, tmp_path: Path, settings: Any) -> None:
    settings.SEXTANT = replace(settings.SEXTANT, folders=(tmp_path / "other",))
    with pytest.raises(SourceError, match="have changed since"):
        opened_version(table.versions.get())


def test_a_file_that_changes_before_it_is_read(story: Telling, file: Path) -> None:
    made = actions.register_path(story.by("dana"), story.product, "predictions", str(file))
    file.write_text("a\n1\n2\n")
    work_off()
    first = made.versions.get()
    assert (first.state, first.problem) == ("unusable", SAYS)
    actions.look_again(story.by("dana"), made)
    work_off()
    assert made.versions.get(number=2).rows == 2


def test_a_file_that_changes_while_it_is_read(
    story: Telling, table: Source, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract, measure = story.contract(contract_text(MET)), jobs.measure

    def changing(*of: Any) -> Any:
        tally = measure(*of)
        replaced(file)
        return tally

    monkeypatch.setattr(jobs, "measure", changing)
    run = story.run(contract, table)
    assert run.job
    run.job.refresh_from_db()
    assert run.job.problems == [SAYS]
    assert not Evidence.objects.exists()
