"""The pages: at most twelve queries, nothing unescaped, and every part sees what it may."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from examples import MET

from sextant_server.accounts.models import User
from sextant_server.strategy.assessments import actions
from sextant_server.strategy.assessments.actions import Said, Wanted
from sextant_server.strategy.assessments.models import FrameworkVersion

pytestmark = pytest.mark.django_db
As = Callable[[User | None], Client]
EVIL = "<script>alert('otters')</script>"
MOST = 12


@pytest.fixture
def full(framework: FrameworkVersion, table, measured: Callable):
    """Everything at once: differing answers, a settled one, risks with measures, records."""
    measured(MET, "recall >= 0.01")
    held = table.begin("fit", "dana", "rui")
    wide = Said(low=2000, high=3000, why=EVIL)
    for who, level in (("ines", "high"), ("dana", "low"), ("rui", "middle")):
        said = Said(level=level, why=EVIL, reference=f"criterion:{MET}" if who == "rui" else "")
        table.answer(held, who, need=said, reach=wide, note=Said(text=EVIL))
    actions.settle(table.story.by("ines"), held, "need", Said(level="high", why=EVIL), held.version)
    risk = table.begin("ai-risk")
    kinds = ("performance", "bias", "security", "reliability", "adoption", "regulatory")
    said = {}
    for kind in kinds:
        said |= {f"{kind}_likelihood": Said(level="possible"), f"{kind}_impact": "serious"}
        said[f"{kind}_after"] = Said(level="unlikely")
    table.answer(risk, "ines", **said)
    for kind in kinds:
        for who in ("tara", "dana"):
            wanted = Wanted(
                EVIL, table.story.people[who], table.today + timedelta(days=5), f"criterion:{MET}"
            )
            actions.take_measure(
                table.story.by("ines"), table.product, "ai-risk", f"{kind}_after", wanted
            )
    return table


PAGES = (
    "bet/assessments/", "bet/assessments/fit/", "bet/assessments/ai-risk/",
    "bet/assessments/ai-value/", "bet/risks/",
)  # fmt: skip
ACROSS = ("/bets/frameworks/", "/bets/frameworks/fit/", "/bets/frameworks/ai-risk/")


def test_every_page_costs_little_and_escapes_all(full, as_: As) -> None:
    counted = {}
    for who in ("ines", "rui", "vera"):
        browser = as_(full.story.people[who])
        browser.get("/today/")
        for page in (*(f"/products/{full.product.slug}/{one}" for one in PAGES), *ACROSS):
            with CaptureQueriesContext(connection) as ran:
                answer = browser.get(page)
            assert answer.status_code == 200, page
            shown = answer.content.decode()
            assert "<script>alert" not in shown, page
            counted[f"{who} {page}"] = len(ran)
    over = {page: count for page, count in counted.items() if count > MOST}
    assert over == {}


def test_the_headline_of_each_page_is_an_answer(full, as_: As) -> None:
    browser = as_(full.story.people["vera"])
    base = f"/products/{full.product.slug}/bet/"
    assert "<h1>It fits.</h1>" in browser.get(f"{base}assessments/fit/").content.decode()
    risks = browser.get(f"{base}risks/").content.decode()
    assert "<h1>What remains of every risk can be borne.</h1>" in risks
    assert "verified" in risks


def test_what_nobody_has_begun_says_what_it_asks(table, as_: As) -> None:
    base = f"/products/{table.product.slug}/bet/assessments/"
    shown = as_(table.story.people["ines"]).get(f"{base}ai-value/").content.decode()
    assert "Nobody has answered" in shown
    assert "Who shall answer, too?" in shown
    assert "Begin</button>" not in (
        as_(table.story.people["vera"]).get(f"{base}ai-value/").content.decode()
    )
    assert as_(table.story.people["ines"]).get(f"{base}no-such/").status_code == 404


def test_answering_through_the_page_without_a_script(table, as_: As) -> None:
    """A low-risk tool passes in minutes: begin, answer, hand in."""
    from dataclasses import replace

    from examples import ABOUT

    from sextant_server.products import actions as products

    products.edit(table.story.by("ines"), table.product, replace(ABOUT, risk="minimal"), 1)
    browser = as_(table.story.people["ines"])
    page = f"/products/{table.product.slug}/bet/assessments/ai-risk/"
    assert b"it asks 2 questions" in browser.get(page).content
    browser.post(f"{page}begin/", follow=True)
    sent = {"version": 1, "chance-level": "unlikely", "worst-level": "minor", "hand_in": "yes"}
    done = browser.post(page, sent, follow=True).content.decode()
    assert "the answers are uncovered" in done
    assert "What remains can be borne." in done


def test_a_refused_answer_keeps_what_was_typed(framework: FrameworkVersion, table, as_: As) -> None:
    table.begin("fit")
    browser = as_(table.story.people["ines"])
    page = f"/products/{table.product.slug}/bet/assessments/fit/"
    sent = {
        "version": 1, "need-level": "high", "need-why": "", "need-grade": "estimated",
        "reach-low": "9", "reach-high": "3", "reach-why": "counted with care",
    }  # fmt: skip
    answer = browser.post(page, sent)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "An estimate says what it was worked out from." in shown
    assert "counted with care" in shown


def test_two_windows_of_one_person(framework: FrameworkVersion, table, as_: As) -> None:
    table.begin("fit")
    browser = as_(table.story.people["ines"])
    page = f"/products/{table.product.slug}/bet/assessments/fit/"
    browser.post(page, {"version": 1, "need-level": "high"})
    stale = browser.post(page, {"version": 1, "need-level": "low", "need-why": "second window"})
    assert stale.status_code == 422
    shown = stale.content.decode()
    assert "changed your answers in another window" in shown
    assert "second window" in shown
    assert 'name="version" value="2"' in shown


def test_the_same_form_twice_answers_once(framework: FrameworkVersion, table, as_: As) -> None:
    from sextant_server.strategy.assessments.models import Answer

    table.begin("fit", "dana")
    browser = as_(table.story.people["ines"])
    page = f"/products/{table.product.slug}/bet/assessments/fit/"
    for version in (1, 2):
        browser.post(page, {"version": version, "need-level": "high"})
    assert Answer.objects.count() == 1
