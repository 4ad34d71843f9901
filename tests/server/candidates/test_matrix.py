"""What shows each promise: read from evidence and studies, and what nothing shows is said."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from examples import contract_text
from race import Race

from sextant_server.accounts.models import User
from sextant_server.candidates.matrix import Held, lines
from sextant_server.contracts import actions as contracts
from sextant_server.demo.telling import Telling
from sextant_server.sources.models import Source

As = Callable[[User | None], Client]


def promise(metric: str, in_groups: bool = False, verdict: str = "") -> dict[str, object]:
    return {"text": metric, "promise": "", "role": "primary", "metric": metric, "top": None,
            "in_groups": in_groups, "verdict": verdict}  # fmt: skip


def test_the_newest_study_of_each_kind_that_speaks_of_it() -> None:
    held = [
        Held("comparison", "B?", 4, "missed", "worse", {"recall": ("", "informs")}),
        Held("comparison", "B?", 3, "met", "better", {"recall": ("met", "better")}),
        Held("fairness", "Who?", 2, "undecided", "women", {}),
        Held("beauty", "Nice?", 1, "met", "nice", {}),
    ]
    recall, gap, auc = lines(
        [promise("recall"), promise("false_positive_rate", in_groups=True), promise("auc")], held
    )
    assert [(one.number, one.word) for one in recall.shown] == [(4, "informs")]
    assert [one.number for one in gap.shown] == [2]
    assert auc.empty


def test_the_page(race: Race, as_: As) -> None:
    race.baseline()
    url = f"/products/{race.story.product.slug}/candidates/shown/"
    browser = as_(race.story.people["vera"])
    browser.get("/today/")
    with CaptureQueriesContext(connection) as ran:
        text = browser.get(url).content.decode()
    assert len(ran) <= 12
    assert "The one promise is shown to be kept." in text
    assert "nothing shows this yet; the promises stand for it" in text
    assert "study 1" in text


def test_before_any_evidence(story: Telling, source: Source, as_: As) -> None:
    url = f"/products/{story.product.slug}/candidates/shown/"
    browser = as_(story.people["vera"])
    assert "Nothing is promised yet." in browser.get(url).content.decode()
    contracts.draft(story.by("dana"), story.product, contract_text("accuracy >= 0.5"))
    assert "of one nothing is known." in browser.get(url).content.decode()
