"""In which band a way to fail is now, read off the newest evidence that decides."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from examples import contract_text

from sextant_server.contracts import actions as contracts
from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Evidence
from sextant_server.failures import actions, queries
from sextant_server.failures.actions import Wanted
from sextant_server.failures.reading import Sight
from sextant_server.sources.models import Source

pytestmark = pytest.mark.django_db
RECALL, SEXES = "recall >= 0.5", "recall >= 0.5 in every sex"
DAY = timezone.now().date()


@pytest.fixture
def measured(story: Telling, source: Source) -> Evidence:
    """Recall of 600 people, as a whole and of women and of men."""
    story.run(story.contract(contract_text(RECALL, SEXES)), source)
    return Evidence.objects.get()


def row(evidence: Evidence, group: str = "") -> dict:
    """The figures of the evidence itself, against which bands are laid in these tests."""
    criteria = evidence.record["criteria"]
    if not group:
        return criteria[0]["top"]
    return next(one for one in criteria[1]["rows"] if one["name"] == group)


def laid(story: Telling, green: float | None, red: float, **of: object) -> Sight:
    """A mode watched by the recall of all, with these bounds, as it stands."""
    wanted = Wanted("it grows stale", **{"criterion": RECALL, "green": green, "red": red, **of})
    mode = actions.write(story.by("dana"), story.product, wanted)
    (seen,) = (
        one for one in queries.standing([story.product.pk], DAY)[story.product.pk]
        if one.mode.pk == mode.pk
    )  # fmt: skip
    return seen


def test_each_band_by_where_the_whole_interval_lies(story: Telling, measured: Evidence) -> None:
    low, high = row(measured)["low"], row(measured)["high"]
    assert laid(story, low, low - 0.1).band == "green"
    assert laid(story, high + 0.01, low - 0.01).band == "amber"
    assert laid(story, 1.0, high + 0.01).band == "red"


def test_between_two_bands_it_says_what_would_decide(story: Telling, measured: Evidence) -> None:
    of = row(measured)
    seen = laid(story, (of["low"] + of["estimate"]) / 2, of["low"] - 0.1)
    assert seen.band is None
    assert seen.possible == ("green", "amber")
    assert "more of the cases it counts would decide" in seen.says
    assert of["value"] in seen.figures
    assert f"n {of['n']}" in seen.figures


def test_green_begins_at_the_promise_where_nothing_else_is_said(
    story: Telling, measured: Evidence
) -> None:
    seen = laid(story, None, 0.4)
    assert seen.bands is not None
    assert seen.bands.green == row(measured)["limit"] == 0.5
    assert "green from 50 %, red below 40 %" in seen.figures.lower()


def test_one_group_is_a_number_of_its_own(story: Telling, measured: Evidence) -> None:
    women = row(measured, "women")
    of = {"criterion": SEXES, "group": (("sex", "women"),)}
    seen = laid(story, 1.0, women["high"] + 0.001, **of)
    assert seen.row is not None
    assert seen.row["estimate"] == women["estimate"] != row(measured)["estimate"]
    assert seen.band == "red"


def test_no_evidence_and_evidence_that_expired_are_not_known(
    story: Telling, source: Source
) -> None:
    contract = story.contract(contract_text(RECALL))
    seen = laid(story, None, 0.4)
    assert (seen.possible, seen.says[:9]) == ((), "Not known")
    story.run(contract, source)
    Evidence.objects.update(expires_on=date(2026, 1, 1))
    (seen,) = queries.standing([story.product.pk], DAY)[story.product.pk]
    assert "expired on 1 Jan 2026" in seen.says
    assert seen.possible == ()


def test_a_number_that_is_no_longer_asked_for_is_not_known(
    story: Telling, source: Source, measured: Evidence
) -> None:
    laid(story, None, 0.4)
    draft = contracts.supersede(story.by("dana"), story.product.contracts.get(), "another question")
    text = contract_text("precision >= 0.1")
    draft = contracts.write(story.by("dana"), draft, text, draft.version)
    story.run(story.lock(draft), source)
    (seen,) = queries.standing([story.product.pk], DAY)[story.product.pk]
    assert seen.possible == ()
    assert "evidence 2 says nothing of recall >= 0.5" in seen.says


def test_bounds_that_cross_the_promise_later_are_not_known(
    story: Telling, measured: Evidence
) -> None:
    mode = laid(story, None, 0.4).mode
    type(mode).objects.filter(pk=mode.pk).update(red=0.9)
    (seen,) = queries.standing([story.product.pk], DAY)[story.product.pk]
    assert seen.possible == ()
    assert "Red would begin at 0.9" in seen.says


def test_an_interval_without_a_number_is_not_known(story: Telling, measured: Evidence) -> None:
    laid(story, None, 0.4)
    record = measured.record
    record["criteria"][0]["top"] |= {"low": None, "high": None, "estimate": None, "value": "",
                                     "reason": "no positive row"}  # fmt: skip
    Evidence.objects.filter(pk=measured.pk).update(record=record)
    (seen,) = queries.standing([story.product.pk], DAY)[story.product.pk]
    assert seen.possible == ()
    assert "no positive row" in seen.says


def test_a_draft_decides_no_band(story: Telling, source: Source, measured: Evidence) -> None:
    laid(story, None, 0.4)
    Evidence.objects.update(draft=True)
    (seen,) = queries.standing([story.product.pk], DAY)[story.product.pk]
    assert "no evidence decides" in seen.says


def test_many_products_are_read_in_three_queries(
    story: Telling, measured: Evidence, django_assert_num_queries
) -> None:
    for red in (0.1, 0.2, 0.3):
        laid(story, None, red)
    with django_assert_num_queries(3):
        assert len(queries.standing([story.product.pk], DAY)[story.product.pk]) == 3
    with django_assert_num_queries(1):
        assert queries.standing([story.product.pk + 1], DAY + timedelta(1)) == {}
