"""Trade-offs of a product: who agrees, what records say of them, what a choice makes of them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from race import Race

from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.audit.seals import faults
from sextant_server.candidates import actions
from sextant_server.candidates.models import Candidate, Tradeoff
from sextant_server.candidates.seals import TRADEOFF
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.gates.known import Bet
from sextant_server.gates.since import since
from sextant_server.gates.traded import ABSENT, Traded, traded
from sextant_server.products.models import Stage

As = Callable[[User | None], Client]
WORTH = "1% of recall is worth 0.001% of precision"
DEAR = "precision may cost 0.01% of recall"
THEN = Traded(1, DEAR, "undecided", "not decided", "It is not decided.", 3, None,
              late=False, agreed="a", seal="s")  # fmt: skip


def agreed(race: Race, text: str) -> Tradeoff:
    """Proposed by Dana, agreed to by Bruno and Tara."""
    made = actions.propose(race.story.by("dana"), race.story.product, text, "It is worth that.")
    for who, side in (("bruno", "business"), ("tara", "technical")):
        made = actions.agree(race.story.by(who), made, side)
    return made


def test_it_counts_once_two_people_have_agreed_for_two_sides(race: Race) -> None:
    story = race.story
    made = actions.propose(story.by("dana"), story.product, WORTH, "Recall is what it is for.")
    with pytest.raises(NotAllowed):
        actions.agree(story.by("dana"), made, "business")
    with pytest.raises(NotAllowed):
        actions.agree(story.by("vera"), made, "business")
    with pytest.raises(NotAllowed):
        actions.agree(story.by("bruno"), made, "of the moon")
    half = actions.agree(story.by("bruno"), made, "business")
    assert (half.in_force, half.seal) == (False, "")
    with pytest.raises(Conflict, match="agreed already"):
        actions.agree(story.by("bruno"), made, "business")
    whole = actions.agree(story.by("tara"), made, "technical")
    assert whole.in_force
    assert list(faults(TRADEOFF)) == []
    assert Entry.objects.filter(action="tradeoff.agreed").count() == 1
    Tradeoff.objects.filter(pk=made.pk).update(why="Changed behind the log.")
    assert list(faults(TRADEOFF))
    ended = actions.end(story.by("ines"), made, "The year is over.")
    assert not ended.in_force


def test_bad_trade_offs_are_refused_with_a_remedy(race: Race) -> None:
    dana, product = race.story.by("dana"), race.story.product
    for text, why in (("", "x"), ("recall", "x"), (WORTH, " "), ("recall may cost 1 of moon", "x")):
        with pytest.raises(Invalid):
            actions.propose(dana, product, text, why)
    with pytest.raises(NotAllowed):
        actions.propose(race.story.by("vera"), product, WORTH, "x")
    actions.propose(dana, product, WORTH, "x")
    with pytest.raises(Invalid, match="already"):
        actions.propose(dana, product, "1 % of recall is worth 0.001 % of precision", "x")


def test_a_version_that_breaks_it_is_chosen_against_the_verdict(race: Race) -> None:
    race.choose("ines", race.nobody)
    race.choose("ines", race.model, race.baseline())
    Candidate.objects.filter(pk=race.strict.pk).update(sort="rule")
    strict = Candidate.objects.get(pk=race.strict.pk)
    study = race.compare("0.5", "0.9", "precision")
    agreed(race, DEAR)
    made = race.choose("ines", strict, study)
    assert made.waits
    assert made.verdict == "missed"
    assert any("not what was agreed. It was agreed after the study." in one for one in made.proof)
    kept = next(one for one in made.options if one["number"] == strict.number)
    assert [one["verdict"] for one in kept["trades"]] == ["missed"]


def test_the_page_says_what_records_say(race: Race, as_: As) -> None:
    story, url = race.story, f"/products/{race.story.product.slug}/candidates/trade-offs/"
    browse = {who: as_(story.people[who]) for who in ("dana", "bruno", "tara", "vera")}
    empty = browse["vera"].get(url).content.decode()
    assert "Nobody has agreed what may be given up for what." in empty
    assert "Propose a trade-off" not in empty
    started = browse["dana"].get(f"{url}?start=human").content.decode()
    assert "is worth 0.2 of mean(rating)" in started
    assert browse["dana"].post(url, {"text": "recall", "why": "x"}).status_code == 422
    assert browse["dana"].post(url, {"text": DEAR, "why": "Few may be lost."}).status_code == 302
    race.choose("ines", race.nobody)
    race.choose("ines", race.model, race.baseline())
    race.compare("0.5", "0.9", "precision")
    for who, side in (("bruno", "business"), ("tara", "technical")):
        browse[who].post(f"{url}1/", {"side": side})
    with CaptureQueriesContext(connection) as ran:
        text = browse["dana"].get(url).content.decode()
    assert len(ran) <= 12, [one["sql"][:90] for one in ran]
    assert "a version on record does not keep to it" in text
    assert "not what was agreed" in text
    assert browse["dana"].get(f"{url}9/").status_code == 405
    assert browse["dana"].post(f"{url}9/").status_code == 404
    with CaptureQueriesContext(connection) as ran:
        board = browse["dana"].get(url.replace("trade-offs/", "")).content.decode()
    assert len(ran) <= 12, [one["sql"][:90] for one in ran]
    assert "<code>precision may cost 0.0001 of recall</code>" in board


def test_a_gate_shows_what_was_agreed_and_its_decision_keeps_it(race: Race, as_: As) -> None:
    story = race.story
    for stage in (Stage.SCOPING, Stage.DEVELOPMENT):
        story.decide(story.ask(stage), "go", "worth it")
    assert traded(story.product, Stage.LAUNCH, race.evidence) == ()
    made = agreed(race, DEAR)
    gate = story.ask(Stage.LAUNCH)
    url = f"/products/{story.product.slug}/gates/{gate.number}/"
    (absent,) = traded(story.product, Stage.LAUNCH, race.evidence)
    assert (absent.verdict, absent.word, absent.seal) == ("undecided", "not measured", "")
    told = as_(story.people["ines"]).get(url).content.decode()
    assert ABSENT in told
    assert f"not shown to be kept: “{made.text}” (not measured)." in told
    study = race.compare("0.5", "0.9", "precision")
    browser = as_(story.people["vera"])
    with CaptureQueriesContext(connection) as ran:
        told = browser.get(url).content.decode()
    assert len(ran) <= 24, [one["sql"][:90] for one in ran]
    assert "not what was agreed" in told
    assert "It was agreed after this was measured." not in told
    (kept,) = story.decide(gate, "hold", "precision costs too much").records["tradeoffs"]
    assert (kept["verdict"], kept["study"], kept["late"]) == ("missed", study.number, False)
    assert (kept["agreed"], kept["seal"]) == (made.seal, study.seal)
    actions.end(story.by("ines"), made, "Nobody needs it.")
    after = browser.get(url).content.decode().replace("\n", " ")
    assert "Trade-off 1</a>" in after
    assert f"“{made.text}” was not what was agreed, and has ended since." in after


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ((THEN,), []),
        ((), [f"“{DEAR}” was not decided, and has ended since."]),
        ((replace(THEN, study=5, word="within what was agreed"),),
         [f"“{DEAR}” was not decided and is within what was agreed now."]),
        ((THEN, replace(THEN, number=2, text=WORTH)),
         [f"“{WORTH}” was agreed since; it is not decided."]),
    ],
    ids=["same", "ended", "answered", "another"],
)  # fmt: skip
def test_what_has_become_of_them_is_told(now: tuple[Traded, ...], told: list[str]) -> None:
    assert since({"tradeoffs": [THEN.plain()]}, Bet(), trades=now) == told
    assert since({}, Bet(), trades=now) == []


def test_a_program_reads_them_as_people_do(
    race: Race, token_of: Callable[..., str], stranger: User
) -> None:
    def read(user: User, path: str = "", scope: str = "products:read") -> Any:
        address = f"/api/v1/products/{race.story.product.slug}/trade-offs{path}"
        return Client().get(address, headers={"Authorization": f"Bearer {token_of(user, scope)}"})

    vera, dana, product = race.story.people["vera"], race.story.by("dana"), race.story.product
    assert read(vera).json() == []
    made = agreed(race, DEAR)
    ended = actions.propose(dana, product, WORTH, "It is worth that.")
    actions.end(race.story.by("ines"), ended, "No longer.")
    assert read(vera, "/1").json()["answers"] == []
    study = race.compare("0.5", "0.9", "precision")
    one, gone = read(vera).json()
    assert (one["state"], one["text"], one["seal"]) == ("agreed", made.text, made.seal)
    assert [(each["verdict"], each["study"]) for each in one["answers"]] == [
        ("missed", study.number)
    ]
    assert (gone["state"], gone["ended_why"], gone["answers"]) == ("ended", "No longer.", [])
    assert read(vera, "/1").json() == one
    assert read(vera, "/9").status_code == 404
    assert read(vera, scope="account:read").status_code == 403
    assert read(stranger).status_code == 404
