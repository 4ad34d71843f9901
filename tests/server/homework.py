"""What a team has written down before it asks at the first two gates: answers that are all met."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

from django.db import transaction

from sextant.strategy.frameworks import Framework, Question, Tier, band, judge
from sextant.strategy.frameworks import Given as Held
from sextant.strategy.lifecycles.gates import Required, required
from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Evidence
from sextant_server.evidence.queries import latest_deciding
from sextant_server.failures import actions as failures
from sextant_server.failures.actions import Wanted
from sextant_server.failures.queries import modes_of, offered
from sextant_server.products.models import Stage
from sextant_server.strategy.assessments import actions as assessments
from sextant_server.strategy.assessments.catalogue import in_force
from sextant_server.strategy.assessments.queries import assessment_of
from sextant_server.strategy.assessments.values import Said
from sextant_server.strategy.economics import actions as economics
from sextant_server.strategy.economics.actions import Given, Terms
from sextant_server.strategy.economics.queries import model_for
from sextant_server.strategy.opportunities import actions as opportunities
from sextant_server.strategy.opportunities.actions.bets import Stake
from sextant_server.strategy.opportunities.contents import Other
from sextant_server.studies.actions import _write as keep
from sextant_server.studies.kinds.kind import Found
from sextant_server.studies.models import Study

WHY = "worked out from last year's figures"


def do(story: Telling, target: Stage) -> None:
    """Write down whatever the gate to a stage asks for, and nothing else."""
    product = story.product
    product.refresh_from_db()
    for one in required(str(target), product.risk, product.automation):
        if one.framework:
            assess(story, one)
        elif one.requirement in WRITE:
            WRITE[one.requirement](story)


def assess(story: Telling, asked: Required) -> None:
    """Ines answers a framework as somebody does for whom all is well."""
    if assessment_of(story.product, asked.framework):
        return
    held = assessments.begin(story.by("ines"), story.product, asked.framework)
    framework = in_force()[asked.framework].framework
    said = well(framework, story.product.risk)  # type: ignore[arg-type]
    assessments.answer(story.by("ines"), held, said, 1, done=True)


@cache
def well(framework: Framework, tier: Tier) -> dict[str, Said]:
    """Answers by which the verdict is met: question by question one that still allows it."""
    given: dict[str, Held] = dict(_compared(framework))
    given |= {
        key: Held(text="It is written down.", grade="estimated")
        for key, one in framework.questions.items() if one.kind == "text"
    }  # fmt: skip
    for key, question in framework.questions.items():
        if question.scale is None or not question.asked_at(tier):
            continue
        for level in reversed(question.scale.keys):
            tried = {**given, key: _given(question, level)}
            if any(one.verdict == "met" for one in judge(framework, tried, tier).possible):
                given = tried
                break
    return {key: _said(one) for key, one in given.items()}


def _compared(framework: Framework) -> dict[str, Held]:
    """For a range that is compared with another: 90 to 95 against 10 to 20."""
    ends = ((90.0, 95.0), (10.0, 20.0))
    return {
        key: Held(low=low, high=high, grade="estimated")
        for one in framework.dimensions.values() if one.kind == "compare"
        for key, (low, high) in zip(one.of, ends, strict=True)
    }  # fmt: skip


def _given(question: Question, level: str) -> Held:
    if question.kind != "range":
        return Held(levels=frozenset([level]), grade="estimated")
    low, high = band(question, level)
    inside = max(low, min(high, 0.0) - 1.0) if high < float("inf") else low + 1.0
    return Held(low=inside, high=inside, grade="estimated")


def _said(given: Held) -> Said:
    level = min(given.levels) if given.levels else ""
    return Said(level, given.low, given.high, given.text, WHY, "estimated")


def _baseline(story: Telling) -> None:
    rules = Other("baseline", "Rules by hand", "cases found of 100", (Decimal(30), Decimal(40)))
    opportunities.add(story.by("dana"), story.product, rules)


def _kill(story: Telling) -> None:
    stake = Stake((Decimal(10), Decimal(20)), "EUR", kill="No gain within a year")
    opportunities.set_stake(story.by("ines"), story.product, stake, 0)


def _value(story: Telling) -> None:
    if model_for(story.product):
        return
    ranges = {
        "users": (900, 1100), "uses": (8, 12), "accuracy": (0.9, 0.95), "benefit_right": (4, 6),
        "cost_wrong": (1, 2), "build": (20_000, 40_000), "months": (2, 4),
    }  # fmt: skip
    given = {
        name: Given(Decimal(str(low)), None, Decimal(str(high)), "estimated", WHY)
        for name, (low, high) in ranges.items()
    }
    terms = Terms("answers", "EUR", date(2026, 12, 1))
    economics.set_inputs(story.by("ines"), story.product, terms, given, 0)


def _failures(story: Telling) -> None:
    """One severe way to fail, watched by the first number that there is, far from red."""
    numbers = offered(story.product)
    if not numbers or modes_of([story.product.pk]):
        return
    one, tara = numbers[0], story.people["tara"]
    red = one.row["limit"] + (-1 if one.row["op"] == ">=" else 1)
    wanted = Wanted(
        "the world changes", criterion=one.text, group=one.group, red=red,
        amber_response="ask", amber_owner=tara, red_response="off", red_owner=tara,
    )  # fmt: skip
    failures.write(story.by("ines"), story.product, wanted)


def _fairness(story: Telling) -> None:
    """A review of the newest evidence that decides, which finds nobody hurt."""
    evidence = latest_deciding(story.product)
    if evidence is None or Study.objects.filter(kind="fairness", evidence=evidence).exists():
        return
    reviewed(story, evidence)


def reviewed(story: Telling, of_evidence: Evidence, verdict: str = "met", **of: object) -> Study:
    """A fairness review as its kind keeps one, of this evidence unless `of` says otherwise."""
    rests = {"contract": of_evidence.contract, "evidence": of_evidence,
             "version": of_evidence.run.version}  # fmt: skip
    study = Study(product=story.product, kind="fairness", asked={},
                  asked_by=story.people["dana"], **{**rests, **of})  # fmt: skip
    found = Found(
        "by sex", "Women and men are treated alike.", {"verdict": verdict, "hurt": []}, verdict
    )
    with transaction.atomic():
        return keep(story.by("dana"), study, found)


WRITE = {
    "baseline": _baseline, "kill_criterion": _kill, "value": _value, "failures": _failures,
    "fairness": _fairness,
}  # fmt: skip
