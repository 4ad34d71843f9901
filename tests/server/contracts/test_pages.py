"""The pages of contracts: the editor, its live errors, what is asked, what is signed."""

from collections.abc import Callable

import pytest
from django.test import Client
from examples import MET, MISSED, contract_text

from sextant_server.accounts.models import User
from sextant_server.contracts import actions
from sextant_server.contracts.models import Contract
from sextant_server.demo.telling import Telling
from sextant_server.sources.models import Source

As = Callable[[User | None], Client]


@pytest.fixture
def draft(story: Telling, source: Source) -> Contract:
    return actions.draft(story.by("dana"), story.product, contract_text(MET))


def base(draft: Contract) -> str:
    return f"/products/{draft.product.slug}/contracts/{draft.number}/"


def test_the_live_check_names_the_line(as_: As, story: Telling, draft: Contract) -> None:
    browser = as_(story.people["dana"])
    text = contract_text("recal >= 0.8")
    answer = browser.post(f"{base(draft)}check/", {"text": text}).content.decode()
    assert 'data-line="12">Line 12</a>' in answer
    assert "Did you mean &#x27;recall&#x27;" in answer
    draft.refresh_from_db()
    assert draft.text == contract_text(MET), "nothing was kept"


def test_the_preview_holds_no_result(as_: As, story: Telling, draft: Contract) -> None:
    answer = as_(story.people["dana"]).post(f"{base(draft)}check/", {"text": draft.text})
    said = answer.content.decode()
    assert "at least 60 times out of 100" in said
    assert "600 rows" in said
    assert "0.9" not in said


def test_the_words_of_the_editor(as_: As, story: Telling, draft: Contract) -> None:
    words = as_(story.people["dana"]).get(f"{base(draft)}words/").json()
    assert {"word": "employed", "says": "number column"} in words["columns"]
    assert any(one["word"] == "recall" for one in words["metrics"])
    assert [one["word"] for one in words["segments"]] == ["sex"]


def test_the_form_keeps_what_was_typed_where_somebody_was_first(
    as_: As, story: Telling, draft: Contract
) -> None:
    actions.write(story.by("tara"), draft, contract_text(MISSED), draft.version)
    mine = contract_text("auc >= 0.77")
    answer = as_(story.people["dana"]).post(f"{base(draft)}edit/", {"text": mine, "version": 1})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "auc &gt;= 0.77" in said
    assert "recall &gt;= 0.99" in said


def test_without_a_script_the_check_is_a_button(as_: As, story: Telling, draft: Contract) -> None:
    text = contract_text("recal >= 0.8")
    answer = as_(story.people["dana"]).post(
        f"{base(draft)}edit/", {"text": text, "version": 1, "check": "yes"}
    )
    assert "Line 12" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.version == 1


def test_the_successor_shows_what_it_changes(as_: As, story: Telling, draft: Contract) -> None:
    story.lock(draft)
    draft.refresh_from_db()
    new = actions.supersede(story.by("dana"), draft, "too low")
    actions.write(story.by("dana"), new, contract_text("auc >= 0.7"), new.version)
    said = as_(story.people["vera"]).get(base(new)).content.decode()
    assert "What it changes" in said
    assert "<b>more</b>" in said


def test_markup_in_a_contract_is_text(as_: As, story: Telling, draft: Contract) -> None:
    evil = '"<script>alert(1)</script>"'
    text = contract_text(f"{{check: auc >= 0.6, id: x, why: {evil}}}").replace(
        "product: Employment pre-screen", f"product: {evil}"
    )
    written = actions.write(story.by("dana"), draft, text, draft.version)
    for path in ("", "edit/"):
        said = as_(story.people["ines"]).get(base(written) + path).content.decode()
        assert "<script>alert" not in said
        assert "&lt;script&gt;alert" in said


def test_a_page_costs_few_queries(
    as_: As, story: Telling, draft: Contract, django_assert_max_num_queries
) -> None:
    browser = as_(story.people["ines"])
    for path in (base(draft), f"{base(draft)}edit/", f"/products/{story.product.slug}/contracts/"):
        with django_assert_max_num_queries(12):
            assert browser.get(path).status_code == 200
