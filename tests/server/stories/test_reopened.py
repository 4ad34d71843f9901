"""One piece of evidence moves: what rests on it opens, Today says so, and so does the decision."""

from collections.abc import Callable

from django.test import Client
from examples import MET, contract_text
from homework import do, well

from sextant_server.accounts.models import User
from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Evidence
from sextant_server.gates import judging
from sextant_server.gates.actions import decide
from sextant_server.products.models import Product, Stage
from sextant_server.sources.models import Source
from sextant_server.strategy.assessments import actions
from sextant_server.strategy.assessments.catalogue import in_force
from sextant_server.strategy.assessments.queries import standing
from sextant_server.strategy.assessments.values import Said

As = Callable[[User | None], Client]
CONTRACT = contract_text(MET, "recall >= 0.01")


def decided(story: Telling, source: Source) -> None:
    """A product that may be built, because its recall was measured to be enough."""
    story.decide(story.ask(Stage.SCOPING), "go", "worth it")
    story.run(story.contract(CONTRACT), source)
    framework = in_force()["ai-value"].framework
    said = {**well(framework, "limited"), "achievable": Said(reference="rate:recall", why="a run")}
    held = actions.begin(story.by("ines"), story.product, "ai-value")
    actions.answer(story.by("ines"), held, said, 1, done=True)
    do(story, Stage.DEVELOPMENT)
    decision = story.decide(story.ask(Stage.DEVELOPMENT), "go", "enough")
    assert decision.effective_at


def move(story: Telling, source: Source) -> None:
    """Newer evidence finds hardly anybody."""
    story.run(story.product.contracts.get(state="locked"), source)
    newest = Evidence.objects.latest("number")
    rate = next(one for one in newest.brief["rates"] if one["metric"] == "recall")
    rate.update(estimate=0.05, low=0.03, high=0.08)
    Evidence.objects.filter(pk=newest.pk).update(brief=newest.brief)


def open_again(product: Product) -> dict[str, int]:
    from django.utils import timezone

    found = standing([product.pk], timezone.localdate())[product.pk]
    return {key: len(one.reopened) for key, one in found.items() if one.reopened}


def test_what_moves_is_told_wherever_it_counted(story: Telling, source: Source, as_: As) -> None:
    decided(story, source)
    ines = as_(story.people["ines"])
    gate = f"/products/{story.product.slug}/gates/2/"
    assert open_again(story.product) == {}
    assert "What no longer holds" not in ines.get("/today/").content.decode()
    assert "What has changed since" not in ines.get(gate).content.decode()
    move(story, source)
    assert open_again(story.product) == {"ai-value": 1}, "and nothing else"
    today = ines.get("/today/").content.decode()
    assert "What no longer holds" in today
    assert "AI value needs an answer again" in today
    assert "it rested on the measured recall, which has moved" in today
    page = ines.get(gate).content.decode()
    assert "What has changed since" in page
    assert "AI value was met and is undecided now" in page
    assert "May it be built? Go." in page, "the decision stays as it was taken"


def test_a_decision_waits_no_longer_when_its_records_move(story: Telling, source: Source) -> None:
    """What a second person is asked to agree with must be what was decided on."""
    import pytest

    from sextant_server.core.errors import Conflict
    from sextant_server.gates.actions import second

    do(story, Stage.SCOPING)
    held = actions.begin(story.by("ines"), story.product, "ai-value")
    gate = super(type(story), story).ask(Stage.SCOPING)
    decide(story.by("ines"), gate, "stop", "not now", (), gate.version)
    gate.refresh_from_db()
    said = well(in_force()["ai-value"].framework, "limited")
    actions.answer(story.by("ines"), held, said, 1, done=True)
    with pytest.raises(Conflict, match="have changed since it was decided"):
        second(story.by("bruno"), gate, gate.version)
    assert judging.verdict_now(gate)[1] == "met"


def test_a_risk_whose_owner_has_left_is_a_silence(story: Telling, as_: As) -> None:
    from datetime import timedelta

    from django.utils import timezone

    day = timezone.localdate() + timedelta(days=9)
    wanted = actions.Wanted("Officials look again", story.people["dana"], day)
    actions.take_measure(story.by("ines"), story.product, "ai-risk", "bias_after", wanted)
    assert "Nobody sees to a risk" not in as_(story.people["ines"]).get("/today/").content.decode()
    User.objects.filter(pk=story.people["dana"].pk).update(is_active=False)
    said = as_(story.people["ines"]).get("/today/").content.decode()
    assert "Nobody sees to a risk any more. Officials look again." in said
