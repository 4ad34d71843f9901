"""Files that come in: what is kept, and every kind of file that is refused, in words."""

import errno
import gzip
import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.demo.telling import Telling
from sextant_server.jobs.execution import work_off
from sextant_server.products.models import Product
from sextant_server.sources import actions, queries
from sextant_server.sources.models import Source, SourceVersion

CSV = b"a,b\n1,2\n3,4\n"


def kept(place: Path) -> list[str]:
    folder = place / "sources"
    return sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []


def upload(story: Telling, data: bytes, name: str) -> Source:
    return actions.register_upload(story.by("dana"), story.product, "table", [data], name)


def test_an_upload_is_read_and_profiled(story: Telling, source: Source) -> None:
    version = source.versions.get()
    assert (version.state, version.rows, len(version.columns)) == ("ready", 600, 11)
    assert version.guess["label"] == "employed"
    assert version.guess["score"] == "predicted_probability_permille"
    assert version.snapshot


def test_the_snapshot_does_not_depend_on_the_order_of_rows(story: Telling) -> None:
    upload(story, CSV, "a.csv")
    other = actions.register_upload(
        story.by("dana"), story.product, "other", [b"a,b\n3,4\n1,2\n"], "b.csv"
    )
    work_off()
    first, second = SourceVersion.objects.order_by("id")
    assert first.snapshot == second.snapshot != ""
    assert other.versions.get() == second


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (CSV, "table.parquet", "no Parquet file, whatever its name. It looks like text"),
        (b"PAR1" + b"\x00" * 50 + b"PAR1", "table.csv", "is a Parquet file"),
        (pickle.dumps({"a": 1}), "table.csv", "is no text"),
        (b"\x00\x01\x02" * 50, "table.csv", "is no text"),
        (b"", "table.csv", "is empty"),
        (CSV, "table.xlsx", "no file of a kind"),
        (CSV, "table", "no file of a kind"),
        (CSV, "table.csv.gz", "not packed with gzip"),
        (gzip.compress(CSV, mtime=0)[:-9] + b"broken!!!", "table.csv.gz", "cannot be unpacked"),
        (b"PAR1 but cut off", "table.parquet", "no Parquet file"),
    ],
)
def test_what_is_refused_leaves_nothing(
    story: Telling, place: Path, data: bytes, name: str, says: str
) -> None:
    with pytest.raises(Invalid, match=says):
        upload(story, data, name)
    assert kept(place) == []
    assert not Source.objects.exists()


def test_a_zip_bomb_is_counted_and_refused(story: Telling, place: Path, settings: Any) -> None:
    settings.SEXTANT = replace(settings.SEXTANT, upload_mb=1)
    bomb = gzip.compress(b"0" * 20_000_000, mtime=0)
    assert len(bomb) < 100_000
    with pytest.raises(Invalid, match="unpacks to more than 8 MB from 1"):
        upload(story, bomb, "table.csv.gz")
    assert kept(place) == []


def test_what_is_too_large_is_cut_off(story: Telling, place: Path, settings: Any) -> None:
    settings.SEXTANT = replace(settings.SEXTANT, upload_mb=1)
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        while True:
            read += 100_000
            yield b"1,2\n" * 25_000

    with pytest.raises(Invalid, match="larger than 1 MB"):
        actions.register_upload(story.by("dana"), story.product, "t", endless(), "t.csv")
    assert read < 2_000_000
    assert kept(place) == []


def test_a_full_disk_keeps_nothing(
    story: Telling, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def chunks() -> Iterator[bytes]:
        yield CSV
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(Conflict, match="disk is full"):
        actions.register_upload(story.by("dana"), story.product, "t", chunks(), "t.csv")
    assert kept(place) == []


def test_a_broken_connection_keeps_nothing(story: Telling, place: Path) -> None:
    def chunks() -> Iterator[bytes]:
        yield CSV
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        actions.register_upload(story.by("dana"), story.product, "t", chunks(), "t.csv")
    assert kept(place) == []


def test_a_name_is_taken_once(story: Telling, place: Path) -> None:
    upload(story, CSV, "a.csv")
    with pytest.raises(Conflict, match="There is a source 'table' already"):
        upload(story, CSV, "b.csv")
    assert len(kept(place)) == 1


@pytest.mark.parametrize("name", ["", "New Table", "../etc", "new", "<b>", "x" * 61])
def test_names_that_cannot_be(story: Telling, name: str) -> None:
    with pytest.raises(Invalid, match="cannot name a source"):
        actions.register_upload(story.by("dana"), story.product, name, [CSV], "a.csv")


def test_the_same_file_again_is_nothing_new(story: Telling, place: Path) -> None:
    source = upload(story, CSV, "a.csv")
    assert actions.add_upload(story.by("dana"), source, [CSV], "b.csv") is None
    assert len(kept(place)) == 1
    newer = actions.add_upload(story.by("dana"), source, [CSV + b"5,6\n"], "b.csv")
    assert newer
    assert newer.number == 2


def test_a_table_that_cannot_be_read_says_why(story: Telling) -> None:
    wide = ",".join(f"c{number}" for number in range(3_000)).encode() + b"\n"
    source = upload(story, wide + b"1" + b",1" * 2_999 + b"\n", "wide.csv")
    work_off()
    version = source.versions.get()
    assert version.state == "unusable"
    assert "at most 2,000 are read" in version.problem


@pytest.mark.parametrize("part", ["business", "reviewer", "annotator", "viewer"])
def test_who_may_not_register(product: Product, team: dict[str, User], part: str) -> None:
    with pytest.raises(NotAllowed, match="register and look after sources"):
        actions.register_upload(Acting(user=team[part]), product, "t", [CSV], "t.csv")


def test_rows_are_open_by_name_alone(story: Telling, source: Source) -> None:
    version = source.versions.get()
    for key in ("ines", "tara", "vera"):
        with pytest.raises(NotAllowed, match="let in by name"):
            actions.see_rows(story.by(key), version)
    actions.grant(story.by("tara"), source, story.people["vera"])
    actions.see_rows(story.by("vera"), version)
    assert Entry.objects.filter(action="source.rows.seen").count() == 1
    actions.revoke(story.by("ines"), source, story.people["vera"])
    assert not queries.readable_by(story.people["vera"], source)
    with pytest.raises(NotAllowed, match="owner or the technical signatory"):
        actions.grant(story.by("dana"), source, story.people["vera"])


def test_roles_name_columns_that_are_there(story: Telling, source: Source) -> None:
    with pytest.raises(Invalid, match="Did you mean 'employed'"):
        actions.confirm_roles(story.by("tara"), source, {"label": "employd"}, source.version)
    held = actions.confirm_roles(story.by("tara"), source, {"label": "employed"}, source.version)
    with pytest.raises(Conflict, match="since you opened"):
        actions.confirm_roles(story.by("dana"), source, {"label": "SEX"}, source.version)
    assert held.roles["label"] == "employed"
