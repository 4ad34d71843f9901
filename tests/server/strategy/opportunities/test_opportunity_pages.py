"""The pages of a bet: what they show, what they keep, and what they cost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sextant_server.accounts import actions as accounts
from sextant_server.accounts.acting import OPERATOR, Acting
from sextant_server.accounts.models import User
from sextant_server.contracts.models import Contract
from sextant_server.products.models import Product
from sextant_server.strategy.opportunities import actions
from sextant_server.strategy.opportunities.actions.bets import Kind
from sextant_server.strategy.opportunities.contents import Rests
from sextant_server.strategy.opportunities.models import Bet, Dependency, PainPoint

As = Callable[[User | None], Client]
By = Callable[[str], Acting]
PAIN = {
    "segment": "applicants", "pain": "they wait", "often_low": "1", "often_high": "2",
    "period": "month", "severity": "3", "quote": "I waited.", "source": "a letter",
    "grade": "measured",
}  # fmt: skip
OTHER = {"kind": "baseline", "name": "A rule", "grade": "believed", "period": "month"}
FORMS: dict[str, dict[str, Any]] = {
    "pain": PAIN,
    "why": {"impact": "churn", "says": "They leave", "baseline": "9 %", "source": "the books",
            "grade": "estimated"},
    "alternative": OTHER,
    "dependency": {"kind": "model", "name": "A model", "noted_on": "2026-11-02"},
}  # fmt: skip
STAKE = {
    "version": "0", "stake_low": "20000", "stake_high": "35000", "currency": "eur",
    "kill": "fewer than 300 saved", "kill_by": "2020-01-31", "learning": "Is 87 % within reach?",
    "learning_low": "3000", "learning_high": "3000", "learning_decides": "whether to build",
}  # fmt: skip


def url(product: Product, rest: str = "") -> str:
    return f"/products/{product.slug}/bet/{rest}"


def said(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_nothing_is_known_at_first(as_: As, product: Product, team: dict[str, User]) -> None:
    text = said(as_(team["owner"]), url(product))
    assert "Nothing is known of this bet yet." in text
    assert "No baseline without AI is on record." in text
    assert "pain is on record." in text
    assert "Add a pain point" in text
    assert "Add a pain point" not in said(as_(team["viewer"]), url(product))


@pytest.mark.parametrize("kind", FORMS)
def test_a_record_is_kept_changed_and_dropped_by_forms(
    kind: str, as_: As, product: Product, team: dict[str, User]
) -> None:
    from sextant_server.strategy.opportunities.pages.records import KINDS

    browser, base = as_(team["contributor"]), url(product, f"records/{kind}/")
    answer = browser.post(base, FORMS[kind])
    assert answer["Location"] == f"{url(product)}#{kind}"
    row = KINDS[kind].model.objects.get()
    assert 'value="1"' in said(browser, f"{base}{row.pk}/")
    grown_old = {**FORMS[kind], "version": "0"}
    stale = browser.post(f"{base}{row.pk}/", grown_old)
    assert stale.status_code in (302, 422)
    changed = {**FORMS[kind], "version": "1"}
    field = next(name for name in ("pain", "says", "name") if name in changed)
    changed[field] = "said otherwise"
    assert browser.post(f"{base}{row.pk}/", changed).status_code == 302
    assert "said otherwise" in said(browser, url(product))
    again = browser.post(f"{base}{row.pk}/", {**changed, field: "a third time"})
    assert again.status_code == 422
    assert "a third time" in again.content.decode()
    assert "Somebody else changed" in again.content.decode()
    browser.post(f"{base}{row.pk}/drop/", {"version": "2"})
    assert not KINDS[kind].model.objects.exists()
    browser.post(f"{base}{row.pk}/drop/", {"version": "2"})


def test_a_refused_form_keeps_what_was_typed(
    as_: As, product: Product, team: dict[str, User]
) -> None:
    wrong = {**PAIN, "often_low": "5", "often_high": "2"}
    answer = as_(team["owner"]).post(url(product, "records/pain/"), wrong)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "smaller number first" in text
    assert "I waited." in text
    assert not PainPoint.objects.exists()


def test_a_form_sent_twice_keeps_one(as_: As, product: Product, team: dict[str, User]) -> None:
    browser = as_(team["owner"])
    for _ in range(2):
        assert browser.post(url(product, "records/pain/"), PAIN).status_code == 302
    assert PainPoint.objects.count() == 1
    for _ in range(2):
        assert browser.post(url(product, "say/stake/"), STAKE).status_code == 302
    assert Bet.objects.get().version == 1


def test_the_bet_is_said_in_parts(as_: As, product: Product, team: dict[str, User]) -> None:
    browser = as_(team["business"])
    browser.post(url(product, "say/stake/"), STAKE)
    browser.post(url(product, "say/kind/"), {"version": "1", "family": "agent", "scope": "final",
                                             "technique": "ml", "industry": "finance"})  # fmt: skip
    effort = {"version": "2", "months_low": "2", "months_high": "3", "starts_on": "2026-12-01",
              "data_science_low": "1", "data_science_high": "2.5"}  # fmt: skip
    browser.post(url(product, "say/effort/"), effort)
    text = said(browser, url(product))
    for words in (
        "20,000 to 35,000 EUR", "its day has come, and nobody has said, by 31 Jan 2020",
        "Costs 3,000 EUR. Decides whether to build.", "1 to 2.5 person-months",
        "2 to 3 months, from 1 Dec 2026", "starts at high risk; limited is",
        "pointers to what regulates it", "The task is agent",
    ):  # fmt: skip
        assert words in text, words
    browser.post(url(product, "say/kill/"), {"version": "3", "kill_state": "struck",
                                             "kill_note": "120 saved"})  # fmt: skip
    assert "it has come true, by 31 Jan 2020. 120 saved. Business," in said(browser, url(product))
    assert 'value="2.5"' in said(browser, url(product, "say/effort/"))
    stale = browser.post(url(product, "say/stake/"), {**STAKE, "kill": "otherwise"})
    assert stale.status_code == 422
    assert "otherwise" in stale.content.decode()


def test_a_kill_criterion_that_is_not_there_is_not_reported(
    as_: As, product: Product, team: dict[str, User]
) -> None:
    sent = {"version": "0", "kill_state": "passed", "kill_note": "x"}
    answer = as_(team["owner"]).post(url(product, "say/kill/"), sent)
    assert "No kill criterion is on record" in answer.content.decode()
    assert not Bet.objects.exists()


@pytest.mark.parametrize("part", ["viewer", "reviewer", "annotator"])
def test_who_only_reads_sees_no_form_and_changes_nothing(
    part: str, as_: As, product: Product, team: dict[str, User]
) -> None:
    browser = as_(team[part])
    for rest, sent in (("records/pain/", PAIN), ("say/stake/", STAKE)):
        assert "Only owner, signatories" in said(browser, url(product, rest))
        answer = browser.post(url(product, rest), sent)
        assert answer.status_code == 422
    assert not PainPoint.objects.exists()
    assert not Bet.objects.exists()


def test_what_does_not_exist_is_not_found(
    as_: As, product: Product, team: dict[str, User], kept: Any
) -> None:
    browser = as_(team["owner"])
    for rest in ("records/x/", "records/pain/999/", "say/x/", "records/why/x/",
                 f"records/why/{kept['pain'].pk + 50}/"):  # fmt: skip
        assert browser.get(url(product, rest)).status_code == 404, rest


def test_markup_in_every_field_is_text(as_: As, product: Product, team: dict[str, User]) -> None:
    evil = "<script>alert(1)</script>"
    browser = as_(team["owner"])
    for kind, form in FORMS.items():
        texts = {name: evil for name in form if name in (
            "segment", "pain", "quote", "source", "says", "baseline", "name")}  # fmt: skip
        more = {"lock_in": evil, "difference": evil, "measure": evil, "noted_version": evil,
                "blocks": evil, "owner": str(team["owner"].pk)}  # fmt: skip
        sent = {**form, **more, **texts}
        assert browser.post(url(product, f"records/{kind}/"), sent).status_code == 302, kind
    told = {**STAKE, "kill": evil, "learning": evil, "learning_decides": evil}
    assert browser.post(url(product, "say/stake/"), told).status_code == 302
    browser.post(url(product, "say/kill/"), {"version": "1", "kill_state": "passed",
                                             "kill_note": evil})  # fmt: skip
    text = said(browser, url(product))
    assert evil not in text
    assert text.count("&lt;script&gt;") > 12
    pain = PainPoint.objects.get()
    assert evil not in said(browser, url(product, f"records/pain/{pain.pk}/"))


def test_whoever_is_gone_is_shown_as_gone(
    as_: As, product: Product, team: dict[str, User], by: By
) -> None:
    from datetime import date

    rests = Rests("infrastructure", date(2026, 11, 2), "Feature store", blocks="the training",
                  owner=team["technical"])  # fmt: skip
    row = actions.add(by("owner"), product, rests)
    accounts.deactivate(OPERATOR, team["technical"].pk)
    text = said(as_(team["owner"]), url(product))
    assert "Technical (account closed) sees to it." in text
    assert "Nobody who is here sees to it." in text
    form = said(as_(team["owner"]), url(product, f"records/dependency/{row.pk}/"))
    assert "Technical, account closed" in form


def test_a_closed_product_is_not_named(
    as_: As, product: Product, team: dict[str, User], make_user: Any, by: By
) -> None:
    from dataclasses import replace

    from examples import ABOUT

    from sextant_server.products import actions as products

    other = make_user("other")
    hidden = products.begin(Acting(user=other), replace(ABOUT, name="Hidden thing", is_open=False))
    from datetime import date

    products.give_part(Acting(user=other), hidden, team["owner"], "viewer")
    actions.add(by("owner"), product, Rests("product", date(2026, 11, 2), on=hidden))
    assert "Hidden thing" in said(as_(team["owner"]), url(product))
    text = said(as_(team["viewer"]), url(product))
    assert "Hidden thing" not in text
    assert "a product that is not open to you" in text
    assert Dependency.objects.get().on == hidden
    assert f'href="{product.get_absolute_url()}"' in said(
        as_(team["owner"]), f"/products/{hidden.slug}/bet/"
    )
    form = as_(team["viewer"]).get(url(product, "records/dependency/")).content.decode()
    assert "Hidden thing" not in form


def test_the_checklist_is_read_never_ticked(
    as_: As, product: Product, team: dict[str, User], kept: Any, by: By
) -> None:
    text = said(as_(team["owner"]), url(product))
    assert text.count(">done<") == 2
    assert "1 pain point told with its source." in text
    assert "No competitor and no service to buy is on record." in text
    assert "moved by recall &gt;= 0.80." in text


def test_a_contract_begins_with_what_is_typical(
    as_: As, product: Product, team: dict[str, User], by: By
) -> None:
    browser = as_(team["owner"])
    refused = browser.post(url(product, "draft/"), follow=True).content.decode()
    assert "No pattern is on record" in refused
    actions.set_kind(by("owner"), product, Kind(pattern="fraud"), 0)
    assert "Begin a contract with them" in said(browser, url(product))
    answer = browser.post(url(product, "draft/"))
    text = Contract.objects.get().text
    assert answer["Location"].endswith("/contracts/1/edit/")
    assert "# - recall >= 0.70" in text
    assert "Begin a contract with them" not in said(browser, url(product))


def test_pages_cost_few_queries(
    as_: As, product: Product, team: dict[str, User], kept: Any, django_assert_max_num_queries: Any
) -> None:
    browser = as_(team["owner"])
    browser.post(url(product, "say/stake/"), STAKE, follow=True)
    rests = [("", 12), *((f"records/{kind}/", 12) for kind in kept), ("say/stake/", 12),
             ("say/effort/", 12), (f"records/dependency/{kept['dependency'].pk}/", 12)]  # fmt: skip
    for rest, most in rests:
        with django_assert_max_num_queries(most):
            assert browser.get(url(product, rest)).status_code == 200
