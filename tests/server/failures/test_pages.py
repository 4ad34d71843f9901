"""What the pages say of how a product fails: its own, the evidence's, Today, the gate's."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone
from examples import MET, contract_text

from sextant_server.accounts.models import User
from sextant_server.demo.telling import Telling
from sextant_server.failures import actions
from sextant_server.failures.actions import Wanted
from sextant_server.failures.models import FailureMode
from sextant_server.gates.failing import failing_of
from sextant_server.gates.models import Decision
from sextant_server.products.models import Stage
from sextant_server.sources.models import Source
from sextant_server.strategy.opportunities.models import Bet

pytestmark = pytest.mark.django_db
As = Callable[[User | None], Client]
RECALL = "recall >= 0.5"


@pytest.fixture
def watched(story: Telling, source: Source) -> Telling:
    """Evidence, and a severe way to fail that its recall watches."""
    story.run(story.contract(contract_text(RECALL, MET)), source)
    write(story, 0.4)
    return story


def write(story: Telling, red: float, green: float | None = None, **of: object) -> FailureMode:
    tara = story.people["tara"]
    wanted = Wanted(
        "The score grows stale.", "people wait", "a new model a year", criterion=RECALL,
        green=green, red=red, amber_response="ask", amber_owner=tara, red_response="back",
        red_owner=tara,
    )  # fmt: skip
    return actions.write(story.by("dana"), story.product, replace(wanted, **of))


def page(as_: As, story: Telling, who: str, path: str = "failures/") -> str:
    answer = as_(story.people[who]).get(f"/products/{story.product.slug}/{path}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def fields(**changed: str) -> dict[str, str]:
    sent = {
        "how": "It forgets the young", "severe": "on", "watched": f'["{RECALL}", []]',
        "green": "", "red": "40%", "amber_response": "ask", "amber_owner": "", "red_response": "",
        "red_owner": "", "shows": "", "answer": "",
    }  # fmt: skip
    return {**sent, **changed}


def test_without_any_it_says_so_and_offers_those_of_its_pattern(story: Telling, as_: As) -> None:
    Bet.objects.update_or_create(product=story.product, defaults={"pattern": "fraud"})
    said = page(as_, story, "dana")
    assert "Nobody has written down how it fails." in said
    assert "Fraudsters change their ways" in said
    assert "Write these down" in said
    assert "Write these down" not in page(as_, story, "vera")
    url = f"/products/{story.product.slug}/failures/pattern/"
    assert as_(story.people["dana"]).post(url).status_code == 302
    assert "The launch gate waits for a number that watches it" in page(as_, story, "vera")


def test_a_form_writes_a_mode_and_says_what_is_wrong(watched: Telling, as_: As) -> None:
    url = f"/products/{watched.product.slug}/failures/"
    dana = as_(watched.people["dana"])
    for sent, says in (
        ({"red": "70%"}, "Red must be the worse side"),
        ({"red": "much"}, "Write a number as the contract does"),
        ({"watched": '["x", []]'}, "Select a valid choice"),
    ):
        answer = dana.post(url, fields(**sent))
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert "It forgets the young" in answer.content.decode()
    assert dana.post(url, fields()).status_code == 302
    made = FailureMode.objects.latest("id")
    assert (made.red, made.criterion, made.group, made.severe) == (0.4, RECALL, [], True)
    changed = fields(version="1", red="0.3", severe="")
    assert dana.post(f"{url}{made.pk}/", changed).status_code == 302
    made.refresh_from_db()
    assert (made.red, made.severe, made.version) == (0.3, False, 2)
    assert dana.post(f"{url}{made.pk}/", changed).status_code == 422
    assert dana.post(f"{url}{made.pk}/", {"withdraw": "yes", "version": "2"}).status_code == 302
    assert "It forgets the young" not in page(as_, watched, "dana")


def test_who_only_reads_gets_no_form(watched: Telling, as_: As) -> None:
    assert "Another way to fail" in page(as_, watched, "dana")
    said = page(as_, watched, "vera")
    assert "Another way to fail" not in said
    assert "Change it" not in said
    assert "The score grows stale." in said


@pytest.mark.parametrize(
    ("green", "red", "headline", "then"),
    [
        (None, 0.99, "It fails: The score grows stale.", "The last version comes back; Technical"),
        (0.99, 0.1, "Of one way to fail, one is amber.", "A person decides; Technical"),
        (0.1, 0.05, "Of one way to fail, none shows: it works as promised.", ""),
    ],
)
def test_every_reader_says_the_same(
    watched: Telling, as_: As, green: float | None, red: float, headline: str, then: str
) -> None:
    bound = {"green": 1.0 if green is None else green, "red": red}
    FailureMode.objects.update(**bound)
    own, of_evidence = page(as_, watched, "vera"), page(as_, watched, "vera", "evidence/1/")
    assert headline in own
    today = " ".join(as_(watched.people["ines"]).get("/today/").content.decode().split())
    for said in (own, of_evidence, today):
        assert (then in said) if then else True
    green_now = "none shows" in headline
    assert ("How it fails by this evidence" in of_evidence) is not green_now
    assert ("Where it fails" in today) is not green_now


def test_the_gate_counts_it_and_keeps_what_it_counted(watched: Telling, as_: As) -> None:
    story = watched
    story.decide(story.ask(Stage.SCOPING), "go", "worth it")
    story.decide(story.ask(Stage.DEVELOPMENT), "go", "signed")
    FailureMode.objects.update(green=1.0, red=0.99)
    gate = story.ask(Stage.LAUNCH)
    said = page(as_, story, "vera", f"gates/{gate.number}/")
    assert "It fails now: The score grows stale.." not in said
    assert "It fails now: The score grows stale." in said
    decision = story.decide(gate, "go", "the season begins")
    assert (decision.verdict, decision.against, decision.effective_at) == ("missed", True, None)
    (kept,) = decision.records["failures"]
    assert (kept["possible"], kept["red"]) == (["red"], ["back", "Technical"])


def test_a_met_gate_says_later_what_became_of_it(watched: Telling, as_: As) -> None:
    story = watched
    story.decide(story.ask(Stage.SCOPING), "go", "worth it")
    story.decide(story.ask(Stage.DEVELOPMENT), "go", "signed")
    FailureMode.objects.update(green=0.1, red=0.05)
    decision = story.decide(story.ask(Stage.LAUNCH), "go", "it keeps its promises")
    assert Decision.objects.get(pk=decision.pk).effective_at
    path = f"gates/{decision.gate.number}/"
    assert "What has changed since" not in page(as_, story, "vera", path)
    FailureMode.objects.update(green=1.0, red=0.99)
    assert "was green and is red now" in page(as_, story, "vera", path)


def test_a_second_person_agrees_only_with_what_is_so_now(watched: Telling) -> None:
    from sextant_server.core.errors import Conflict
    from sextant_server.gates import actions as gates

    story = watched
    story.decide(story.ask(Stage.SCOPING), "go", "worth it")
    story.decide(story.ask(Stage.DEVELOPMENT), "go", "signed")
    FailureMode.objects.update(green=1.0, red=0.99)
    gate = story.ask(Stage.LAUNCH)
    story.decide(gate, "go", "the season begins")
    FailureMode.objects.update(red_response="off")
    gate.refresh_from_db()
    with pytest.raises(Conflict, match="the studies or the trade-offs have changed"):
        gates.second(story.by("bruno"), gate, gate.version)


def test_history_tells_it(watched: Telling, as_: As) -> None:
    assert "Wrote down how it fails: The score grows stale." in page(
        as_, watched, "vera", "history/"
    )


def test_a_product_out_of_sight_is_on_today(watched: Telling, as_: As) -> None:
    from sextant_server.evidence.models import Evidence
    from sextant_server.products.models import Product

    FailureMode.objects.update(green=0.1, red=0.05)
    Evidence.objects.update(expires_on=timezone.now().date().replace(year=2020))
    assert "Where it fails" not in as_(watched.people["ines"]).get("/today/").content.decode()
    Product.objects.update(stage=Stage.LAUNCH)
    assert "Where it fails" in as_(watched.people["ines"]).get("/today/").content.decode()


def test_a_gate_counts_plain_values(watched: Telling) -> None:
    from sextant_server.failures.queries import standing

    seen = standing([watched.product.pk], timezone.now().date())[watched.product.pk]
    (one,) = failing_of(seen)
    assert (one.severe, one.lacks, one.how) == (True, (), "The score grows stale.")
