"""Today names a study that is missed, that says somebody is hurt, or that nobody has opened."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from examples import MET, contract_text
from homework import reviewed

from sextant_server.accounts.models import User
from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Evidence
from sextant_server.sources.models import Source
from sextant_server.stories import queries
from sextant_server.stories.today.studies import studies
from sextant_server.studies.models import Study

pytestmark = pytest.mark.django_db
HURT = {"what": "women", "value": 0.2, "low": 0.1, "high": 0.3, "n": 300, "counted": "difference"}


@pytest.fixture
def review(story: Telling, source: Source) -> Study:
    """A fairness review that a job kept: met, and not opened yet."""
    story.run(story.contract(contract_text(MET, "recall >= 0.01")), source)
    return reviewed(story, Evidence.objects.get(), "met")


def lines(story: Telling, days: int = 0) -> list:
    mine = queries.mine(story.people["ines"])
    now = timezone.now() + timedelta(days=days)
    return studies(mine, queries.studied(list(mine)), now)


def test_what_nobody_has_opened_stands_there_until_somebody_of_the_team_does(
    story: Telling, review: Study, admin: User, as_: Callable[..., Client]
) -> None:
    Study.objects.update(opened_at=timezone.now())
    study = story.keep(Evidence.objects.get(), "baseline", constant="always no")
    assert lines(story) == [], "who keeps a study has read it"
    Study.objects.filter(pk=study.pk).update(opened_at=None)
    (line,) = lines(story, days=90)
    assert line.says.startswith("Employment pre-screen: ")
    assert line.why.endswith("; nobody of the team has opened it.")
    page = f"/products/{story.product.slug}/studies/{study.number}/"
    assert as_(admin).get(page).status_code == 200
    assert len(lines(story)) == 1, "an administrator is not of the team"
    assert as_(story.people["vera"]).get(page).status_code == 200
    assert lines(story) == []


@pytest.mark.parametrize(
    ("change", "days", "told"),
    [
        ({"verdict": "missed"}, 0, True),
        ({"verdict": "missed"}, 31, False),
        ({"verdict": "undecided", "figure": HURT}, 0, True),
        ({"verdict": "undecided"}, 0, False),
        ({"kind": "comparison", "verdict": "met", "figure": HURT}, 0, False),
    ],
)
def test_what_is_missed_or_hurts_somebody_stays_for_a_month(
    story: Telling, review: Study, change: dict, days: int, *, told: bool
) -> None:
    Study.objects.update(opened_at=timezone.now(), **change)
    found = lines(story, days)
    assert bool(found) is told
    if told and "figure" in change:
        assert "n 300" in found[0].why


def test_a_later_answer_to_the_same_question_takes_its_place(story: Telling, review: Study) -> None:
    Study.objects.update(verdict="missed")
    reviewed(story, Evidence.objects.get(), "met")
    Study.objects.update(opened_at=timezone.now())
    assert lines(story) == []


def test_one_line_a_product_names_the_gravest_and_counts_the_others(
    story: Telling, review: Study, as_: Callable[..., Client]
) -> None:
    reviewed(story, Evidence.objects.get(), "missed", version=None)
    reviewed(story, Evidence.objects.get(), "met", version=None, contract=None)
    (line,) = lines(story)
    assert line.verdict == "missed"
    assert line.why.endswith("Two more studies ask for a look.")
    page = as_(story.people["ines"]).get("/today/").content.decode()
    assert "What studies say" in page


def test_studies_of_an_old_contract_are_not_told(story: Telling, review: Study) -> None:
    assert len(lines(story)) == 1
    review.contract.state = "superseded"
    review.contract.save()
    assert lines(story) == []
