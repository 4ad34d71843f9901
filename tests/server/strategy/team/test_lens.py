"""A product through a life cycle: where it stands, what it takes, how often it went back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from examples import contract_text
from homework import do

from sextant.strategy.lifecycles import STAGES, cycles
from sextant.strategy.lifecycles.gates import AUTOMATION, TIERS
from sextant_server.accounts.models import User
from sextant_server.demo.telling import Telling
from sextant_server.products.models import Automation, Product, Risk, Stage, StageMove
from sextant_server.sources.models import Source
from sextant_server.strategy.team.records import held
from sextant_server.strategy.team.through import loops, progress, through

As = Callable[[User | None], Client]
TODAY = date(2026, 11, 25)


def test_the_library_and_the_server_speak_of_the_same_stages() -> None:
    assert tuple(Stage)[:-1] == STAGES
    assert tuple(Risk) == TIERS
    assert tuple(Automation) == AUTOMATION


@pytest.mark.parametrize("cycle", cycles())
@pytest.mark.parametrize("stage", list(Stage))
def test_every_page_says_where_it_stands(as_: As, story: Telling, cycle: str, stage: Stage) -> None:
    Product.objects.filter(pk=story.product.pk).update(stage=stage)
    url = f"/products/{story.product.slug}/lens/{cycle}/"
    said = as_(story.people["vera"]).get(url).content.decode()
    assert said.count("The product stands here.") == len(cycles()[cycle].at(stage))
    for step in cycles()[cycle].steps:
        assert step.asks in said
        assert step.leaves.replace("'", "&#x27;") in said


def test_a_life_cycle_that_does_not_exist_is_not_found(as_: As, story: Telling) -> None:
    url = f"/products/{story.product.slug}/lens/waterfall/"
    assert as_(story.people["ines"]).get(url).status_code == 404


@pytest.mark.parametrize(("stages", "stage", "where"), [
    (("scoping",), "opportunity", "ahead"), (("scoping",), "scoping", "now"),
    (("opportunity", "scoping"), "scoping", "now"), (("scoping",), "launch", "done"),
    (("operations",), "retired", "done"),
])  # fmt: skip
def test_where_a_step_is(stages: tuple[str, ...], stage: str, where: str) -> None:
    assert progress(stages, stage) == where


def test_each_gate_stands_once_with_what_it_asks_of_this_risk(story: Telling) -> None:
    for cycle in cycles().values():
        story.product.risk, story.product.automation = "minimal", "suggest"
        steps = through(cycle, held([story.product])[story.product.pk], TODAY)
        entered = [asked.gate.stage for step in steps for asked in step.enters]
        assert entered == ["scoping", "development", "launch", "operations"], cycle.key
        asked = [one for step in steps for one in step.enters if one.gate.stage == "development"]
        assert [one.requirement for one in asked[0].requires] == [
            "contract", "product-risks", "ai-value",
        ]  # fmt: skip
        assert steps[0].begins == "Somebody has begun the product."
        assert [one.begins for one in steps[1:]] == [one.step.leaves for one in steps[:-1]]
        assert steps[-1].out is None


def test_records_belong_to_their_steps(story: Telling, source: Source) -> None:
    story.run(story.contract(contract_text()), source)
    steps = through(cycles()["crisp-dm"], held([story.product])[story.product.pk], TODAY)
    records = {one.step.key: {record.kind: record for record in one.records} for one in steps}
    assert records["data-understanding"]["sources"].says == "One source is registered."
    assert records["evaluation"]["contract"].says.startswith("Contract 1, locked on")
    assert records["modelling"]["evidence"].verdict == "met"


def test_ways_back_are_counted_with_their_last_reason(as_: As, story: Telling) -> None:
    for origin, stage, reason in (
        ("launch", "development", "Too few women."), ("development", "launch", ""),
        ("launch", "development", "<b>Drift</b>"), ("development", "opportunity", "Wrong problem."),
    ):  # fmt: skip
        StageMove.objects.create(product=story.product, origin=origin, stage=stage, reason=reason,
                                 cause="decision:1")  # fmt: skip
    found = loops(cycles()["pom"], held([story.product])[story.product.pk].moves)
    assert [(one.origin, one.target, one.times) for one in found] == [
        ("Delivery", "Delivery", 2), ("Delivery", "Strategy", 1),
    ]  # fmt: skip
    assert found[0].last.reason == "<b>Drift</b>"
    url = f"/products/{story.product.slug}/lens/pom/"
    said = as_(story.people["ines"]).get(url).content.decode()
    assert "&lt;b&gt;Drift&lt;/b&gt;" in said
    assert "twice" in said


def test_the_method_is_recommended_from_stated_facts(as_: As, stranger: User) -> None:
    browser = as_(stranger)
    assert "Which method suits the team?" in browser.get("/learn/life-cycles/").content.decode()
    asked = "/learn/life-cycles/?cross_functional=yes&data_science=yes&people_use_it=perhaps&x=1"
    said = browser.get(asked).content.decode()
    assert "Strategy, Discovery, Delivery, with CRISP-DM inside, suits you best." in said
    assert "This could change with your answer to" in said
    for words in ("Product value and usability", "Data-centric modelling"):
        assert words in said


def test_what_is_known_of_the_bet_stands_there(story: Telling, as_: As) -> None:
    url = f"/products/{story.product.slug}/lens/pom/"
    said = as_(story.people["vera"]).get(url).content.decode()
    assert "It lacks a pain point with its source, and six more." in said
    assert "Nothing is known of what it is worth." in said
    assert "None is begun." in said
    do(story, Stage.SCOPING)
    do(story, Stage.DEVELOPMENT)
    said = as_(story.people["vera"]).get(url).content.decode()
    assert "7 met." in said
    assert "paid back by" in said
