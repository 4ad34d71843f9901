"""The pages of a value model: empty, first, changed, refused, stale; escaped and cheap."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sextant_server.accounts.models import User
from sextant_server.demo.telling import Telling
from sextant_server.strategy.economics.models import ValueModel, Version

As = Callable[[User | None], Client]
PAGE = "/products/employment-pre-screen/bet/value/"
EDIT = f"{PAGE}edit/"
MOST_QUERIES = 12


def test_nothing_is_known_yet(story: Telling, as_: As) -> None:
    shown = as_(story.people["dana"]).get(PAGE).content.decode()
    assert "Nothing is known of what it is worth yet." in shown
    assert f'href="{EDIT}"' in shown
    viewer = as_(story.people["vera"]).get(PAGE).content.decode()
    assert EDIT not in viewer


def test_the_first_ranges_give_an_answer(story: Telling, as_: As, typed: dict[str, str]) -> None:
    browser = as_(story.people["dana"])
    form = browser.get(EDIT).content.decode()
    assert "Which share of the positives will it find?" in form
    assert "Which share of its answers will be right?" not in form
    assert (
        "Which share of its answers will be right?"
        in browser.get(EDIT + "?shape=answers").content.decode()
    )
    shown = browser.post(EDIT, typed, follow=True).content.decode()
    assert "over 24 months, from" in shown
    assert "Worth it only above" in shown
    assert "What matters most" in shown
    assert "Nobody is paid to look after it." in shown
    assert Version.objects.get().number == 1
    again = browser.get(EDIT).content.decode()
    assert 'value="60"' in again
    assert 'value="95"' in again


REFUSED = [
    ({"recall_low": "95", "recall_high": "60"}, "Put the smaller number first."),
    ({"recall_high": "950"}, "Shares lie between 0 and 100 %."),
    ({"recall_low": "0,6"}, "has a comma, which can be read in two ways"),
    ({"build_low": "60,000"}, "has a comma, which can be read in two ways"),
    ({"build_low": "nan"}, "“nan” is no number."),
    ({"build_low": "many"}, "“many” is no number."),
    ({"build_high": "1e30"}, "Check the zeros."),
    ({"build_low": "$60000"}, "names the currency USD. All amounts of a model are in EUR"),
    ({"build_low": "60000 CHF"}, "names the currency CHF."),
    ({"users_low": "0", "users_likely": "", "users_high": "0", "users_grade": "measured",
      "users_source": "count"}, "nobody would ever use it"),
    ({"uses_high": ""}, "A range has two ends"),
    ({"uses_low": "2", "uses_high": "2"}, "nobody has measured it"),
    ({"uses_grade": "measured"}, "Say where that was measured"),
    ({"uses_low": "", "uses_high": ""}, "Without it there is no value. Give a range."),
    ({"currency": "EURO"}, "Select a valid choice."),
    ({"payback": "36"}, "lies outside the horizon of 24"),
    ({"other_build_low": "1", "other_build_high": "2"}, "Say it of the way without AI"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "says"), REFUSED, ids=[str(one[0]) for one in REFUSED])
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    wrong: dict[str, str], says: str, story: Telling, as_: As, typed: dict[str, str]
) -> None:
    answer = as_(story.people["dana"]).post(EDIT, {**typed, **wrong})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert says in shown
    assert 'value="120"' in shown
    assert not ValueModel.objects.exists()


def test_two_people_at_once(
    story: Telling, as_: As, typed: dict[str, str], model: ValueModel
) -> None:
    first, second = as_(story.people["dana"]), as_(story.people["tara"])
    changed = {**typed, "version": "1"}
    first.post(EDIT, {**changed, "recall_low": "70"})
    answer = second.post(EDIT, {**changed, "build_high": "170000"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Another version was kept since you opened the page" in shown
    assert "Contributor changed recall (version 2)." in shown
    assert 'value="170000"' in shown
    assert 'name="version" value="2"' in shown
    assert second.post(EDIT, {**changed, "version": "2"}).status_code == 302


def test_a_currency_is_not_changed_under_its_amounts(
    story: Telling, as_: As, typed: dict[str, str], model: ValueModel
) -> None:
    answer = as_(story.people["dana"]).post(EDIT, {**typed, "version": "1", "currency": "USD"})
    assert answer.status_code == 422
    assert "This model counts in EUR" in answer.content.decode()


def test_it_is_begun_anew_in_another_currency(
    story: Telling, as_: As, typed: dict[str, str], model: ValueModel
) -> None:
    browser = as_(story.people["dana"])
    browser.post(f"{PAGE}anew/", {"version": "1"})
    assert "Nothing is known of what it is worth yet." in browser.get(PAGE).content.decode()
    shown = browser.post(EDIT, {**typed, "version": "2", "currency": "USD"}, follow=True)
    assert "Worth $" in shown.content.decode()
    assert [one.number for one in Version.objects.all()] == [3, 2, 1]


def test_what_people_write_is_escaped(story: Telling, as_: As, typed: dict[str, str]) -> None:
    evil = "<script>alert(1)</script>"
    browser = as_(story.people["dana"])
    browser.post(EDIT, {**typed, "users_source": evil})
    for page in (PAGE, EDIT):
        shown = browser.get(page).content.decode()
        assert evil not in shown
        assert "&lt;script&gt;alert(1)" in shown


def test_the_pages_cost_little(
    story: Telling, as_: As, model: ValueModel, source: Any,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    from examples import MET, contract_text

    story.run(story.contract(contract_text(MET, "recall >= 0.5")), source)
    for person in ("dana", "vera"):
        browser = as_(story.people[person])
        for page in (PAGE, EDIT):
            with django_assert_max_num_queries(MOST_QUERIES):
                assert browser.get(page).status_code == 200
