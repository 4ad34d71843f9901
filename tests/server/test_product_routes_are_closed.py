"""Every route of a product, with a whole product behind it: who gets in, and who changes what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from examples import ABOUT, MET, contract_text
from test_routes_are_closed import ROUTES, address

from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.candidates import actions as candidates
from sextant_server.candidates.actions import About
from sextant_server.core.access import PRODUCT, rule_of
from sextant_server.demo.telling import Telling
from sextant_server.failures import actions as failures
from sextant_server.failures.models import FailureMode
from sextant_server.gates import actions as gates
from sextant_server.gates.actions import Asked
from sextant_server.jobs.execution import work_off
from sextant_server.products import actions as products
from sextant_server.products.models import Stage
from sextant_server.sources.models import Source
from sextant_server.strategy.assessments import actions as assessments
from sextant_server.strategy.assessments.actions import Wanted
from sextant_server.strategy.assessments.models import Measure
from sextant_server.strategy.opportunities import actions as opportunities
from sextant_server.strategy.opportunities.contents import Pain
from sextant_server.studies import actions as studies
from sextant_server.studies.kinds import kind_named
from sextant_server.studies.kinds.kind import Asking, Kind
from sextant_server.studies.models import StudyRun

MINE = [(path, entry) for path, entry in ROUTES if rule_of(entry.callback) is PRODUCT]
PAIN = Pain("applicants", "they wait", (Decimal(1), Decimal(2)), "month", 2)
As = Callable[[User | None], Client]


@pytest.fixture
def whole(story: Telling, source: Source, counting: Kind) -> Telling:
    """A product that has everything: a contract, evidence, a gate with a question."""
    products.edit(story.by("ines"), story.product, replace(ABOUT, is_open=False), 1)
    story.decide(story.ask(Stage.SCOPING), "go", "worth it")
    contract = story.contract(contract_text(MET))
    run = story.run(contract, source)
    due = timezone.now().date() + timedelta(days=9)
    gate = story.ask(Stage.DEVELOPMENT)
    question = gates.question(story.by("rui"), gate, "Who is hurt?")
    gate.refresh_from_db()
    decision = story.decide(
        gate, "conditional", "signed", (Asked("measure", story.people["tara"], due),)
    )
    _in_the_running(story, source)
    pain = opportunities.add(story.by("dana"), story.product, PAIN)
    story.numbers = {  # type: ignore[attr-defined]
        "slug": story.product.slug, "name": source.name, "number": "1", "run_id": str(run.pk),
        "question_id": str(question.pk), "condition_id": str(decision.conditions.get().pk),
        "what": "question", "cycle": "pom", "framework": "ai-risk", "question": "security_after",
        "measure_id": str(_assessed(story).pk),
        "kind": "pain", "part": "stake", "record_id": str(pain.pk),
        "study_kind": "counting", "study_run_id": str(_studied(story, source).pk),
        "file_name": "record.json", "deed": "discard",
        "failure_id": str(_failing(story).pk),
    }  # fmt: skip
    return story


def _in_the_running(story: Telling, source: Source) -> None:
    """A candidate that is champion, and the choice that made it so."""
    about = About("nobody", "baseline", "Always no.", source, "always no")
    made = candidates.add(story.by("dana"), story.product, about)
    candidates.choose(story.by("ines"), made, None, "simplest", 0)


def _failing(story: Telling) -> FailureMode:
    """A way to fail that nobody watches yet."""
    return failures.write(story.by("dana"), story.product, failures.Wanted("it grows stale"))


def _studied(story: Telling, source: Source) -> StudyRun:
    """A study of its rows that is kept."""
    version = source.versions.get()
    asked = {"version": version.pk, "a": "predicted_probability_permille@0.6", "contract": 1}
    comparison = kind_named("comparison")
    assert comparison is not None
    asking = Asking("a cut", asked, version, None, story.product.contracts.get(number=1))
    run = studies.start_study(story.by("dana"), story.product, comparison, asking)
    work_off()
    return run


def _assessed(story: Telling) -> Measure:
    """A measure against one of its risks, which were assessed before the first gate."""
    wanted = Wanted("watch it", story.people["tara"], timezone.now().date() + timedelta(days=9))
    return assessments.take_measure(
        story.by("ines"), story.product, "ai-risk", "security_after", wanted
    )


def fill(path: str, numbers: dict[str, str]) -> str:
    import re

    return "/" + re.sub(r"<\w+:(\w+)>", lambda found: numbers[found[1]], path)


def test_who_gets_in(
    whole: Telling, as_: As, stranger: User, member: User, admin: User, subtests: pytest.Subtests
) -> None:
    people = People(as_(None), as_(stranger), as_(member), as_(whole.people["vera"]), as_(admin))
    for path, entry in MINE:
        with subtests.test(entry.name), transaction.atomic():
            try_route(path, entry.name, whole.numbers, people, admin)  # type: ignore[attr-defined]
            transaction.set_rollback(True)


class People(NamedTuple):
    """A browser each."""

    nobody: Client
    stranger: Client
    member: Client
    viewer: Client
    admin: Client


def try_route(path: str, name: str, numbers: dict[str, str], people: People, admin: User) -> None:
    """Who has no part is kept out; who may only read changes nothing."""
    if name in ("gate_answer", "gate_condition"):
        numbers = {**numbers, "number": "2"}
    url = fill(path, numbers)
    before = Entry.objects.count()
    if name == "study_new":
        url = url.replace("counting", "comparison")
    for method in ("get", "post"):
        answer = getattr(people.nobody, method)(url)
        assert answer.status_code in (302, 405)
        assert answer.status_code == 405 or answer["Location"].startswith("/account/login/")
        for outsider in (people.stranger, people.member):
            assert getattr(outsider, method)(url).status_code in (404, 405)
    assert people.viewer.get(url).status_code in (200, 302, 403, 405)
    refused = people.viewer.post(
        url,
        {"reason": "x", "text": "x", "answer": "x", "note": "x", "stance": "agree",
         "part": "viewer", "user": admin.pk},
    )  # fmt: skip
    assert refused.status_code in (200, 302, 404, 405, 422)
    assert Entry.objects.count() == before, "somebody without the part has changed something"
    assert people.admin.get(url).status_code in (200, 302, 403, 405)


def test_the_list_of_routes_is_not_empty() -> None:
    assert len(MINE) > 30
    assert address("products/<slug:slug>/") == "/products/employment-pre-screen/"
