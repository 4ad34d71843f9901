"""Every page of a product that has everything: a bounded number of queries, none for each row."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from examples import MISSED, contract_text

from sextant_server.accounts.models import User
from sextant_server.demo.telling import Telling
from sextant_server.gates import actions as gates
from sextant_server.gates.actions import Asked
from sextant_server.products.models import Stage
from sextant_server.sources.models import Source

MOST, MOST_OF_BETS = 12, 24
"""A page that weighs what is known of bets reads their assessments, values and opportunities."""
OF_BETS = ("/today/", "gates/1/", "gates/2/", "gates/3/", "lens/pom/", "lens/crisp-dm/")
PAGES = (
    "", "people/", "edit/", "history/", "sources/", "sources/new/", "sources/predictions/",
    "sources/predictions/roles/", "sources/predictions/readers/", "contracts/", "contracts/1/",
    "evidence/", "evidence/1/", "evidence/4/", "runs/new/", "studies/",
    "candidates/", "candidates/new/", "candidates/feasible/", "candidates/shown/",
    "candidates/trade-offs/",
    "studies/new/comparison/", "failures/", "gates/", "gates/1/",
    "gates/2/", "gates/3/", "gates/4/", "needs/", "lens/pom/", "lens/crisp-dm/",
    "bet/", "bet/say/stake/", "bet/records/goal/",
    "bet/records/dependency/", "bet/value/", "bet/value/edit/",
)  # fmt: skip
ACROSS = ("/bets/ideas/", "/bets/goals/", "/bets/patterns/", "/bets/patterns/fraud/")


@pytest.fixture
def full(story: Telling, source: Source) -> Telling:
    """Several evidences, a conditional launch, and a decision that waits for a second person."""
    story.decide(story.ask(Stage.SCOPING), "go", "worth it")
    contract = story.contract(contract_text(MISSED, "auc >= 0.6", "recall >= 0.5 in every sex"))
    story.decide(story.ask(Stage.DEVELOPMENT), "go", "signed")
    for year in ("2015", "2016", "2017", "2018"):
        story.run(contract, source, start_at=year, end_at=year)
    gate = story.ask(Stage.LAUNCH)
    for key in ("rui", "dana", "tara"):
        asked = gates.question(story.by(key), gate, "Who is hurt?")
        gates.answer(story.by("ines"), asked, "Nobody.")
        gates.state_opinion(story.by(key), gate, "dissent", "Too early.")
    due = timezone.now().date() + timedelta(days=30)
    asked_for = tuple(Asked(f"step {n}", story.people["tara"], due) for n in range(3))
    story.decide(gate, "conditional", "soon", asked_for)
    gate.refresh_from_db()
    gates.second(story.by("bruno"), gate, gate.version)
    story.decide(story.ask(Stage.OPERATIONS), "go", "the season begins")
    return story


def test_every_page(full: Telling, as_: Callable[[User | None], Client]) -> None:
    base = f"/products/{full.product.slug}/"
    run = f"runs/{full.product.runs.latest('pk').pk}/"
    counted = {}
    for key in ("ines", "bruno", "vera"):
        browser = as_(full.people[key])
        browser.get("/today/")
        for url in ("/today/", "/products/", *ACROSS, *(base + page for page in (*PAGES, run))):
            with CaptureQueriesContext(connection) as ran:
                answer = browser.get(url)
            assert answer.status_code == 200, url
            counted[f"{key} {url}"] = len(ran)
    over = {
        url: count for url, count in counted.items()
        if count > (MOST_OF_BETS if url.endswith(OF_BETS) else MOST)
    }  # fmt: skip
    assert over == {}
