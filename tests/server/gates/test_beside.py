"""The studies beside a gate's evidence: shown where it is decided, kept with the decision."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from examples import MET, contract_text
from gate_facts import FACTS
from homework import reviewed

from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Evidence
from sextant_server.gates.beside import Beside, beside
from sextant_server.gates.since import since
from sextant_server.products.models import Stage
from sextant_server.sources.models import Source
from sextant_server.studies.models import Study

THEN = Beside(4, "baseline", "the model against always no", "met", "better", "It is better.",
              same_rows=True, question="q", seal="s")  # fmt: skip


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ((), 0),
        ((THEN,), 0),
        ((replace(THEN, number=6),), 0),
        ((replace(THEN, number=6, answer="worse", verdict="missed"),), 1),
        ((replace(THEN, number=3, answer="worse"),), 0),
        ((replace(THEN, number=6, answer="worse", question="another"),), 0),
    ],
)
def test_only_a_newer_answer_to_the_same_question_has_changed(now: tuple, told: int) -> None:
    found = since({"studies": [THEN.plain()]}, FACTS.bet, studies=now)
    assert len(found) == told
    if found:
        assert found[0].startswith("Study 4 said: It is better. Study 6 asked the same: ")


@pytest.mark.django_db
def test_a_decision_keeps_them_and_its_page_names_them(
    story: Telling, source: Source, as_: Callable[..., Client]
) -> None:
    story.decide(story.ask(Stage.SCOPING), "go", "worth it")
    contract = story.contract(contract_text(MET, "recall >= 0.01"))
    story.decide(story.ask(Stage.DEVELOPMENT), "go", "signed")
    story.run(contract, source)
    evidence = Evidence.objects.get()
    assert beside(story.product, Stage.LAUNCH, evidence) == ()
    study = story.keep(evidence, "baseline", constant="always no")
    reviewed(story, evidence, "met")
    elsewhere = reviewed(story, evidence, "met", contract=None, evidence=None, version=None)
    gate = story.ask(Stage.LAUNCH)
    page = f"/products/{story.product.slug}/gates/{gate.number}/"
    browser = as_(story.people["vera"])
    assert "Studies beside the evidence" in browser.get(page).content.decode()
    (kept,) = story.decide(gate, "go", "it keeps its promises").records["studies"]
    assert (kept["number"], kept["seal"]) == (study.number, study.seal)
    assert kept["same_rows"]
    told = browser.get(page).content.decode()
    assert "the model against always no, study 1" in told.replace("\n", " ")
    found = [one.number for one in beside(story.product, Stage.OPERATIONS, evidence)]
    assert found == [2, 1], "the launch gate names its review among what it requires"
    assert Study.objects.count() == 3, elsewhere
