"""Today: what is broken or open, what waits for one person, what is new, where nothing is said."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from examples import MET, MISSED, UNDECIDED, contract_text
from pace import slower

from sextant_server.accounts.models import User
from sextant_server.contracts import actions as contracts
from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Evidence, Run
from sextant_server.gates import actions as gates
from sextant_server.products.models import Membership, Product, Stage
from sextant_server.sources.models import Source
from sextant_server.stories.models import Visit
from sextant_server.stories.today.headline import headline

As = Callable[[User | None], Client]


def today(as_: As, user: User) -> str:
    answer = as_(user).get("/today/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ((2, 1, 0, 0), "Two promises need you, one decision waits."),
        ((1, 0, 3, 0), "One promise needs you, three matters wait."),
        ((0, 2, 5, 1), "Two decisions wait."),
        ((0, 0, 1, 0), "One matter waits."),
        ((0, 0, 0, 1), "No promise is broken, but there is one silence."),
        ((0, 0, 0, 0), "Nothing needs you."),
    ],
)
def test_the_headline(counts: tuple[int, int, int, int], says: str) -> None:
    assert headline(*counts) == says


def test_a_missed_promise_is_a_sentence_with_its_figures(
    as_: As, story: Telling, source: Source
) -> None:
    story.run(story.contract(contract_text(MISSED)), source)
    said = today(as_, story.people["ines"])
    assert "Promises broken or at risk" in said
    assert "Employment pre-screen: of 100" in said
    assert "n 317; promised ≥ 99 %" in said
    assert f"/products/{story.product.slug}/evidence/1/" in said


def test_what_was_decided_on_a_broken_promise_is_said(
    as_: As, story: Telling, source: Source
) -> None:
    story.decide(story.ask(Stage.SCOPING), "go", "worth it")
    contract = story.contract(contract_text(MISSED))
    story.decide(story.ask(Stage.DEVELOPMENT), "go", "signed")
    story.run(contract, source)
    assert "at gate" not in today(as_, story.people["ines"])
    story.decide(story.ask(Stage.LAUNCH), "hold", "measured first")
    assert "at gate 3: hold." in today(as_, story.people["ines"])


def test_who_only_reads_is_told_of_a_risk(as_: As, story: Telling, source: Source) -> None:
    story.run(story.contract(contract_text(MISSED)), source)
    assert "One promise is at risk." in today(as_, story.people["vera"])
    assert "One promise needs you." in today(as_, story.people["dana"])


def test_nobody_is_asked_to_answer_himself(as_: As, story: Telling) -> None:
    gates.question(story.by("rui"), story.ask(Stage.SCOPING), "Who pays?")
    assert "“Who pays?”" in today(as_, story.people["tara"])
    assert "Who pays?" not in today(as_, story.people["rui"])


def test_the_figure_is_that_of_a_group_that_decides(
    as_: As, story: Telling, source: Source
) -> None:
    """The lowest group may be proven where a smaller one is not: the open one is shown."""
    evidence = story.run(story.contract(contract_text("recall >= 0.8 in every sex")), source)
    for criterion in evidence.evidence.record["criteria"]:
        shown = criterion["top_name"].partition(": ")[2]
        verdicts = {row["name"]: row["verdict"] for row in criterion["rows"]}
        assert verdicts[shown] == criterion["verdict"]


def test_since_when_it_is_broken(as_: As, story: Telling, source: Source) -> None:
    contract = story.contract(contract_text("recall >= 0.85"))
    verdicts = [
        story.run(contract, source, start_at=year, end_at=year).evidence.verdict
        for year in ("2015", "2016", "2017", "2018")
    ]
    assert len(set(verdicts)) > 1 or verdicts[-1] != "met"
    said = today(as_, story.people["ines"])
    if len(set(verdicts)) > 1 and verdicts[-1] != "met":
        assert "So since evidence" in said


def test_what_can_hurt_most_stands_first(
    as_: As, story: Telling, source: Source, make_user: Callable[..., User]
) -> None:
    story.run(story.contract(contract_text(UNDECIDED)), source)
    other = Product.objects.create(
        slug="other", name="Other", ai_type="ranking", automation="alone", risk="high",
        stage=Stage.OPERATIONS, created_by=story.people["ines"], metric="m", baseline=1, target=2,
        due=timezone.now().date(),
    )  # fmt: skip
    Membership.objects.create(product=other, user=story.people["ines"], part="owner")
    copy_evidence(Evidence.objects.get(), other)
    said = today(as_, story.people["ines"])
    assert said.index("Other: ") < said.index("Employment pre-screen: ")


def copy_evidence(evidence: Evidence, product: Product) -> None:
    """The same evidence for another product, as if it had been run there."""
    contract = evidence.contract
    contract.pk, contract.product = None, product
    contract._state.adding = True
    contract.save()
    run = Run.objects.get(pk=evidence.run_id)
    run.pk, run.product, run.contract, run.job = None, product, contract, None
    run.save()
    held = Evidence.objects.get(pk=evidence.pk)
    held.pk, held.product, held.contract, held.run = None, product, contract, run
    held.save()


def test_a_gate_waits_for_those_who_may_decide(as_: As, story: Telling, source: Source) -> None:
    gate = story.ask(Stage.SCOPING)
    assert "is it worth scoping?" in today(as_, story.people["ines"])
    assert "is it worth scoping?" in today(as_, story.people["bruno"])
    assert "is it worth scoping?" not in today(as_, story.people["dana"])
    gates.question(story.by("rui"), gate, "Who pays?")
    assert "Who pays?" in today(as_, story.people["dana"])
    assert "Who pays?" not in today(as_, story.people["vera"])


def test_a_decision_against_the_verdict_waits_for_the_others(
    as_: As, story: Telling, source: Source
) -> None:
    story.decide(story.ask(Stage.SCOPING), "go", "worth it")
    story.decide(story.ask(Stage.DEVELOPMENT), "go", "the season begins")
    assert "has decided against the verdict" in today(as_, story.people["tara"])
    assert "has decided against the verdict" not in today(as_, story.people["ines"])


def test_a_draft_waits_for_a_signature(as_: As, story: Telling, source: Source) -> None:
    draft = contracts.draft(story.by("dana"), story.product, contract_text(MET))
    assert "waits for your signature" in today(as_, story.people["bruno"])
    contracts.sign(story.by("bruno"), draft, ["business"], draft.text_digest)
    assert "waits for your signature" not in today(as_, story.people["bruno"])
    assert "waits for your signature" in today(as_, story.people["tara"])


def test_silence_is_named(as_: As, story: Telling, source: Source) -> None:
    assert "has no contract" not in today(as_, story.people["ines"]), "a bet promises nothing yet"
    Product.objects.update(stage=Stage.DEVELOPMENT)
    assert "has no contract" in today(as_, story.people["ines"])
    contract = story.contract(contract_text(MET, valid_for="1 day"))
    assert "a locked contract and no evidence" in today(as_, story.people["ines"])
    story.run(contract, source)
    assert "Nothing needs you." in today(as_, story.people["vera"])
    Evidence.objects.update(expires_on=timezone.now().date() - timedelta(days=1))
    said = today(as_, story.people["ines"])
    assert "rests on evidence that has expired" in said
    assert "Promises broken" not in said


def test_new_evidence_is_told_at_the_next_visit(as_: As, story: Telling, source: Source) -> None:
    ines = story.people["ines"]
    contract = story.contract(contract_text(MET))
    today(as_, ines)
    Visit.objects.update(at=timezone.now() - timedelta(hours=2))
    story.run(contract, source)
    said = today(as_, ines)
    assert "New evidence" in said
    assert "since your last visit" in said
    assert "New evidence" in today(as_, ines), "the same visit still says it"
    Visit.objects.update(at=timezone.now() - timedelta(minutes=31))
    Evidence.objects.update(recorded_at=timezone.now() - timedelta(hours=1))
    assert "New evidence" not in today(as_, ines)


def test_every_line_can_be_acted_on(as_: As, story: Telling, source: Source) -> None:
    story.run(story.contract(contract_text(MISSED)), source)
    story.ask(Stage.SCOPING)
    import re

    said = today(as_, story.people["ines"])
    rows = re.findall(r"<li>(.*?)</li>", said, re.DOTALL)
    assert len(rows) >= 2
    browser = as_(story.people["ines"])
    for row in rows:
        (href,) = re.findall(r'<a class="button quiet" href="([^"#]*)', row)
        assert browser.get(href).status_code == 200


def test_two_hundred_products(as_: As, story: Telling, source: Source) -> None:
    story.run(story.contract(contract_text(MISSED)), source)
    evidence, ines = Evidence.objects.get(), story.people["ines"]
    for number in range(199):
        product = Product.objects.create(
            slug=f"p{number}", name=f"Product {number}", ai_type="ranking", automation="alone",
            risk="high", stage=Stage.LAUNCH, metric="m", baseline=1, target=2,
            due=timezone.now().date(), created_by=ines,
        )  # fmt: skip
        Membership.objects.create(product=product, user=ines, part="owner")
        copy_evidence(evidence, product)
    browser = as_(ines)
    browser.get("/today/")
    with CaptureQueriesContext(connection) as ran:
        began = time.process_time()
        said = browser.get("/today/").content.decode()
        took = time.process_time() - began
    assert "more of lower rank" in said
    assert len(ran) <= 24
    assert took < 0.3 * slower()
