"""Inputs that follow evidence: they move with it, say so, and outlive it as estimates."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest
from django.test import Client
from django.utils import timezone
from examples import MET, contract_text

from sextant_server.accounts.models import User
from sextant_server.audit.seals import json_digest
from sextant_server.contracts.models import Contract
from sextant_server.core.errors import Conflict, Invalid
from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Run
from sextant_server.jobs.execution import work_off
from sextant_server.products.models import Product
from sextant_server.sources import actions as sources
from sextant_server.sources.models import Source
from sextant_server.strategy.bindings.reading import Reference, moved
from sextant_server.strategy.economics import actions, queries
from sextant_server.strategy.economics.actions import Given, Terms
from sextant_server.strategy.economics.models import Input, ValueModel
from sextant_server.studies.models import Study

As = Callable[[User | None], Client]
PAGE = "/products/employment-pre-screen/bet/value/"


@pytest.fixture
def first_rows(story: Telling, extracts: Path, tmp_path: Path) -> Source:
    """The first 300 people of the census, as a source whose other rows come later."""
    rows = pd.read_parquet(extracts / "census.parquet").head(300)
    rows.to_parquet(tmp_path / "first.parquet")
    return story.upload("predictions", tmp_path / "first.parquet")


@pytest.fixture
def contract(story: Telling, first_rows: Source) -> Contract:
    """A locked contract that asks for decisions at its threshold."""
    return story.contract(contract_text(MET, "recall >= 0.5", valid_for="90 days"))


@pytest.fixture
def following(
    story: Telling, model: ValueModel, contract: Contract, first_rows: Source
) -> ValueModel:
    """The recall follows the evidence of the first rows."""
    story.run(contract, first_rows)
    return actions.bind(story.by("dana"), story.product, "recall", "rate:recall", 1)


@pytest.fixture
def newer(
    story: Telling, following: ValueModel, contract: Contract, first_rows: Source, extracts: Path
) -> Callable[[], Run]:
    """All 600 people arrive, and are evaluated."""

    def arrive() -> Run:
        path = extracts / "census.parquet"
        with path.open("rb") as file:
            sources.add_upload(story.by("dana"), first_rows, iter([file.read()]), path.name)
        work_off()
        return story.run(contract, first_rows)

    return arrive


def test_it_is_what_the_evidence_says(story: Telling, following: ValueModel) -> None:
    today = timezone.localdate()
    recall = next(one for one in queries.held(following, today) if one.spec.name == "recall")
    assert recall.grade == "measured"
    assert recall.range.likely is not None
    assert recall.range.low < recall.range.likely < recall.range.high
    known = queries.valued([story.product.pk], today)[story.product.pk]
    assert known.grades == {"measured": 1, "estimated": 0, "believed": 7}
    assert (known.grade, known.moved, known.digest) == ("believed", (), following.digest)


def test_newer_evidence_moves_it_and_says_so(
    story: Telling, following: ValueModel, newer: Callable[[], Run], as_: As
) -> None:
    before = queries.valued([story.product.pk], timezone.localdate())[story.product.pk]
    newer()
    after = queries.valued([story.product.pk], timezone.localdate())[story.product.pk]
    assert after.digest != before.digest
    assert after.expected != before.expected
    assert "Evidence 2." in after.moved[0]
    shown = as_(story.people["vera"]).get(PAGE).content.decode()
    assert "Evidence has moved since" in shown
    assert "when version 2 was kept" in shown


def test_expired_evidence_counts_as_an_estimate(story: Telling, following: ValueModel) -> None:
    later = timezone.localdate() + timedelta(days=200)
    recall = next(one for one in queries.held(following, later) if one.spec.name == "recall")
    assert recall.grade == "estimated"
    assert "expired on" in recall.moved
    assert "What it said last counts, as an estimate." in recall.moved
    known = queries.valued([story.product.pk], later)[story.product.pk]
    assert known.grades["estimated"] == 1


def test_the_form_leaves_it_alone_and_it_can_be_let_go(
    story: Telling, following: ValueModel, terms: Terms, inputs: dict[str, Given]
) -> None:
    kept = actions.set_inputs(story.by("dana"), story.product, terms, inputs, 2)
    assert kept.version == 2
    assert Input.objects.get(name="recall").reference == "rate:recall"
    actions.unbind(story.by("dana"), story.product, "recall", 2)
    row = Input.objects.get(name="recall")
    assert (row.reference, row.grade, row.source) == ("", "measured", "once the measured recall")
    with pytest.raises(Conflict, match="follows no evidence"):
        actions.unbind(story.by("dana"), story.product, "recall", 3)


@pytest.mark.parametrize(
    ("name", "reference", "says"),
    [
        ("recall", "rate:precision", "is not what the measured precision says"),
        ("build", "source:predictions:rows", "is not what rows of the source"),
        ("build", "source:predictions:rows",
         "the one is an amount of money, the other a count of rows. A quality follows"),
        ("per_1000", "rate:recall", "the one is an amount of money, the other a share. A quality"),
        ("months", "source:predictions:age", "a number of months, the other a number of days"),
        ("users", "rate:recall", "the one is a count, the other a share"),
        ("recall", "criterion:recall of new against old >= 0 across arm", "other a difference"),
        ("recall", "criterion:)(", "the one is a share, the other no number"),
        ("recall", "rumour:recall", "refers to nothing"),
        ("colour", "rate:recall", "There is no input 'colour'"),
        ("recall", "criterion:recall >= 0.9", "That cannot be followed"),
        ("recall", "criterion:recall >= 0.5 in every sex", "is not what the criterion"),
    ],
)  # fmt: skip
def test_what_cannot_be_followed(
    name: str, reference: str, says: str, story: Telling, following: ValueModel
) -> None:
    with pytest.raises(Invalid, match=says):
        actions.bind(story.by("dana"), story.product, name, reference, 2)


def test_people_are_counted_by_a_source(story: Telling, following: ValueModel) -> None:
    kept = actions.bind(story.by("dana"), story.product, "users", "source:predictions:rows", 2)
    users = next(
        one for one in queries.held(kept, timezone.localdate()) if one.kept.name == "users"
    )
    assert (users.range.low, users.range.high, users.grade) == (300, 300, "measured")


def test_expected_against_measured(story: Telling, following: ValueModel, as_: As) -> None:
    shown = as_(story.people["vera"]).get(PAGE).content.decode()
    assert "60 % to 95 %" in shown
    assert "With the quality that was expected it was worth" in shown
    assert "What it has earned is not known" in shown


def test_what_a_gate_keeps(story: Telling, following: ValueModel) -> None:
    kept = queries.frozen(story.product, timezone.localdate())
    digest = kept.pop("digest")
    assert digest == json_digest(kept)
    assert (kept["currency"], kept["version"]) == ("EUR", 2)
    recall = next(one for one in kept["inputs"] if one["name"] == "recall")
    assert (recall["follows"], recall["grade"]) == ("rate:recall", "measured")
    assert isinstance(recall["low"], str)


def test_nothing_is_known_of_other_products(story: Telling, product: Product) -> None:
    today = timezone.localdate()
    assert queries.valued([product.pk], today) == {}
    assert queries.frozen(product, today) == {}
    asked = (product.pk, Reference("value", "expected"))
    assert "nothing is known" in queries.readings([asked], today)[asked].absent


def test_results_can_be_rested_on(
    story: Telling, following: ValueModel, newer: Callable[[], Run]
) -> None:
    today = timezone.localdate()
    asked = [(story.product.pk, Reference("value", key))
             for key in ("expected", "payback", "break_even", "colour")]  # fmt: skip
    then = queries.readings(asked, today)
    assert [then[one].value is None for one in asked] == [False, False, False, True]
    assert "has no result 'colour'" in then[asked[3]].absent
    assert moved(then[asked[0]], queries.readings(asked, today)[asked[0]]) == ""
    newer()
    now = queries.readings(asked, today)
    assert now[asked[0]].origin != then[asked[0]].origin


def test_many_products_cost_few_queries(
    story: Telling, following: ValueModel, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        queries.valued([story.product.pk], timezone.localdate())


def test_a_quality_follows_the_study_that_measured_it_and_no_other(
    story: Telling, model: ValueModel
) -> None:
    """Such as a probe: what a model reached on rows that did not teach it."""
    figure = {"what": "recall of a model", "value": 0.6, "low": 0.5, "high": 0.7, "n": 300,
              "counted": "share", "of": "recall"}  # fmt: skip
    Study.objects.create(
        product=story.product, number=1, kind="probe", title="Is it feasible", headline="It is.",
        verdict="met", answer="feasible", record={}, asked={}, figure=figure, question="q",
        seal="s", code="sextant", recorded_at=timezone.now(),
    )  # fmt: skip
    with pytest.raises(Invalid, match="is not what study 1 says"):
        actions.bind(story.by("dana"), story.product, "accuracy", "study:1", 1)
    actions.bind(story.by("dana"), story.product, "recall", "study:1", 1)
    held = next(
        one for one in queries.held(model, timezone.localdate()) if one.spec.name == "recall"
    )
    assert (held.grade, held.follows) == ("measured", "study 1")
    assert (held.range.low, held.range.likely, held.range.high) == (0.5, 0.6, 0.7)
