"""Downloads: tables that run nothing, pictures that are what they say, a page of its own."""

import csv
import io
import struct
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from sextant_server.accounts.models import User
from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Evidence
from sextant_server.studies.drawing.pictures import png, standalone
from sextant_server.studies.drawing.tables import as_csv
from sextant_server.studies.kinds.kind import Table

As = Callable[[User | None], Client]
EVIL = ["=1+1", "+1", "-2+3", "@A1", "\t=1", " =1", "\r\n=1", "＝1+1", "\0=1", "\u202e=1"]


@pytest.fixture
def browser(story: Telling, evidence: Evidence, as_: As, counting: object, base: str) -> Client:
    found = as_(story.people["dana"])
    found.post(f"{base}evidence/1/counting/", {"cut": "0.25"})
    return found


@pytest.mark.parametrize("text", EVIL)
def test_no_cell_is_a_formula(text: str) -> None:
    content = as_csv(Table("t", "T", (text, "n"), [(text, -0.25)])).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(content)):
        assert row[0].startswith("'"), row
    assert row[1] == "-0.25", "a number stays a number"


def test_a_table(browser: Client, base: str) -> None:
    answer = browser.get(f"{base}studies/1/rows.csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert (
        'attachment; filename="employment-pre-screen-study-1-rows.csv"' in answer.headers.values()
    )
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [one for one, _ in rows] == [
        "'=what", "'=1+1", "'@SUM(A1)", "'  +cmd", "plain", "-0.5", "", "yes"
    ]  # fmt: skip


def test_pictures(browser: Client, base: str) -> None:
    for place in ("studies/1/", "evidence/1/counting/"):
        svg = browser.get(f"{base}{place}forest.svg")
        assert svg["Content-Type"] == "image/svg+xml"
        assert "default-src 'none'" in svg["Content-Security-Policy"]
        root = ET.fromstring(svg.content)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert "<b>men</b> & women" in "".join(root.itertext())
        picture = browser.get(f"{base}{place}forest.png")
        assert picture["Content-Type"] == "image/png"
        assert picture.content.startswith(b"\x89PNG\r\n\x1a\n")
        width, height = struct.unpack(">II", picture.content[16:24])
        assert (width, height) == (2 * float(root.get("width")), 2 * float(root.get("height")))


def test_letters_are_drawn_in_png() -> None:
    box = '<svg viewBox="0 0 200 40"><text x="4" y="24" font-size="20">{}</text></svg>'
    with_text, without = (png(standalone(box.format(one), "t")) for one in ("Recall ≥ 5 %", ""))
    assert len(with_text) > 1.5 * len(without)


@pytest.mark.parametrize("svg", ["<svg/>", '<svg viewBox="0 0 9000 1"/>', "<p viewBox='0 0 1 1'/>"])
def test_a_picture_that_is_none_is_a_fault(svg: str) -> None:
    with pytest.raises(ValueError, match="viewBox"):
        standalone(svg, "t")


def test_the_whole_as_one_page_and_as_a_record(browser: Client, base: str) -> None:
    page = browser.get(f"{base}studies/1/report.html")
    text = page.content.decode()
    assert "600 rows, cut at 0.25." in text
    assert "<script>" not in text
    assert "sandbox" in page["Content-Security-Policy"]
    assert browser.get(f"{base}studies/1/record.json").json()["rows"] == 600


@pytest.mark.parametrize("name", ["rows.png", "forest.csv", "other.csv", "record", "rows.csv.exe"])
def test_other_files_are_not_there(name: str, browser: Client, base: str) -> None:
    assert browser.get(f"{base}studies/1/{name}").status_code == 404
    assert browser.get(f"{base}studies/2/rows.csv").status_code == 404
