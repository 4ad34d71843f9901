"""Whether a target is realistic: who reaches it, who is only believed to, what is not known."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from race import Race

from sextant_server.accounts.models import User
from sextant_server.candidates import actions
from sextant_server.candidates.envelope import Reach, _judged, _meets
from sextant_server.core.errors import Invalid, NotAllowed

As = Callable[[User | None], Client]
TARGET = 0.8


def reach(low: float, high: float, grade: str = "measured", who: str = "champion") -> Reach:
    return Reach(who, (low + high) / 2, low, high, grade, "here")


@pytest.mark.parametrize(
    ("champion", "others", "verdict"),
    [
        (reach(0.81, 0.85), [], "met"),
        (reach(0.75, 0.85), [reach(0.82, 0.9, who="another")], "met"),
        (reach(0.7, 0.75), [reach(0.82, 0.9, "believed", "People")], "undecided"),
        (reach(0.7, 0.75), [reach(0.6, 0.7, "believed"), reach(0.7, 0.79, "estimated")], "missed"),
        (reach(0.7, 0.75), [reach(0.6, 0.7, "believed")], "undecided"),
        (reach(0.7, 0.81), [reach(0.6, 0.7, "believed"), reach(0.7, 0.79, "estimated")],
         "undecided"),
        (None, [], "undecided"),
    ],
)  # fmt: skip
def test_only_what_is_measured_shows_that_a_target_can_be_reached(
    champion: Reach | None, others: list[Reach], verdict: str
) -> None:
    held = [*others, *([champion] if champion else [])]
    assert _judged(champion, held, TARGET, ">=")[0] == verdict


def test_a_promise_to_stay_below_is_turned() -> None:
    assert _meets(reach(0.1, 0.2), 0.2, "<=") == "met"
    assert _meets(reach(0.1, 0.3), 0.2, "<=") == "undecided"
    assert _meets(reach(0.21, 0.3), 0.2, "<=") == "missed"


def test_the_page(race: Race, as_: As) -> None:
    race.choose("ines", race.nobody)
    race.choose("ines", race.model, race.baseline())
    url = f"/products/{race.story.product.slug}/candidates/feasible/"
    sent = {"who": "human", "metric": "accuracy", "low": "80 %", "high": "0.9",
            "grade": "believed", "source": "Officials say so."}  # fmt: skip
    assert as_(race.story.people["vera"]).post(url, sent).status_code == 422
    dana = as_(race.story.people["dana"])
    dana.get("/today/")
    assert dana.post(url, {**sent, "low": "many"}).status_code == 422
    assert dana.post(url, {**sent, "low": "0.95"}).status_code == 422
    assert dana.post(url, sent).status_code == 302
    dana.get(url)
    with CaptureQueriesContext(connection) as ran:
        text = dana.get(url).content.decode()
    assert len(ran) <= 12, [one["sql"][:80] for one in ran]
    assert "The one target is shown to be within reach." in text
    assert "People: 80.0 % to 90.0 %" in text
    assert "Nobody: " in text
    assert "Model: " in text
    assert "evidence 1, 600 rows" in text
    assert "Not known: the best known." in text
    with pytest.raises(NotAllowed):
        actions.state_level(
            race.story.by("rui"), race.story.product, "human", "auc", (0, 1), "believed", "x"
        )
    with pytest.raises(Invalid, match="comes from a study"):
        actions.state_level(
            race.story.by("dana"), race.story.product, "human", "auc", (0, 1), "measured", "x"
        )
