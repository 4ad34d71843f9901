"""Trade-offs of a product: who agrees, what records say of them, what a choice makes of them."""

from collections.abc import Callable

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

As = Callable[[User | None], Client]
WORTH = "1% of recall is worth 0.001% of precision"
DEAR = "precision may cost 0.01% of recall"


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
