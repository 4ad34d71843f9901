"""The pages of sources: no raw value for those who may not see rows; markup stays text."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sextant_server.accounts.models import User
from sextant_server.demo.telling import Telling
from sextant_server.jobs.execution import work_off
from sextant_server.sources import actions
from sextant_server.sources.models import Source

As = Callable[[User | None], Client]
CSV = b"name,zip\nsecret-person,98765\nother-person,12345\n"


def test_raw_values_stay_with_those_who_were_let_in(as_: As, story: Telling) -> None:
    actions.register_upload(story.by("dana"), story.product, "people", [CSV], "people.csv")
    work_off()
    base = f"/products/{story.product.slug}/sources/people/"
    for key in ("ines", "tara", "vera", "bruno"):
        browser = as_(story.people[key])
        for path in ("", "roles/", "rows/", "readers/"):
            said = browser.get(base + path).content.decode()
            assert "secret-person" not in said
            assert "98765" not in said
        assert browser.get(f"{base}rows/").status_code == 403
    assert "secret-person" in as_(story.people["dana"]).get(f"{base}rows/").content.decode()


def test_a_file_is_uploaded_by_a_form(as_: As, story: Telling) -> None:
    browser = as_(story.people["dana"])
    url = f"/products/{story.product.slug}/sources/new/"
    file = SimpleUploadedFile("people.csv", CSV)
    answer = browser.post(url, {"how": "upload", "name": "people", "file": file})
    assert answer.status_code == 302
    wrong = SimpleUploadedFile("people.parquet", CSV)
    answer = browser.post(url, {"how": "upload", "name": "more", "file": wrong})
    assert answer.status_code == 422
    assert "It looks like text: name it .csv" in answer.content.decode()


def test_markup_in_names_of_columns_is_text(as_: As, story: Telling) -> None:
    data = b"<script>alert(1)</script>,b\n<img src=x onerror=alert(1)>,2\n"
    actions.register_upload(story.by("dana"), story.product, "evil", [data], "evil.csv")
    work_off()
    base = f"/products/{story.product.slug}/sources/evil/"
    for path in ("", "roles/", "rows/"):
        said = as_(story.people["dana"]).get(base + path).content.decode()
        assert "<script>alert" not in said
        assert "<img src=x" not in said


def test_roles_are_confirmed_by_a_form(as_: As, story: Telling, source: Source) -> None:
    browser = as_(story.people["tara"])
    url = f"/products/{story.product.slug}/sources/predictions/roles/"
    asked = {"version": source.version, "label": "employed", "scale": "1000",
             "score": "predicted_probability_permille", "segments": ["AGEP", "SEX"],
             "bands": "AGEP: 18, 65"}  # fmt: skip
    assert browser.post(url, asked).status_code == 302
    source.refresh_from_db()
    assert source.roles["scale"] == 1000
    assert source.roles["segments"][0] == {"name": "agep", "column": "AGEP", "bands": [18.0, 65.0]}
    answer = browser.post(url, {**asked, "bands": "AGEP: young"})
    assert "is no line of bands" in answer.content.decode()
    for edge in ("nan", "inf", "-inf", "1e400"):
        again = {**asked, "version": source.version, "bands": f"AGEP: {edge}"}
        answer = browser.post(url, again)
        assert answer.status_code == 422
        assert "must be ascending numbers" in answer.content.decode()


def test_a_page_costs_few_queries(
    as_: As, story: Telling, source: Source, django_assert_max_num_queries
) -> None:
    base = f"/products/{story.product.slug}/sources/"
    browser = as_(story.people["dana"])
    for path in ("", "new/", "predictions/", "predictions/roles/", "predictions/readers/"):
        with django_assert_max_num_queries(12):
            assert browser.get(base + path).status_code == 200
