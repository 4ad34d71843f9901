"""The case: made from records, one page however long they are, never read as markup."""

from collections.abc import Callable
from datetime import date
from typing import Any

from bets_told import MakeBet, Told, told
from django.test import Client

from sextant_server.accounts.models import User
from sextant_server.products.models import Product
from sextant_server.strategy.opportunities.models import Alternative, PainPoint, Why
from sextant_server.strategy.portfolio import document
from sextant_server.strategy.portfolio.case import LONG, case_of, cut
from sextant_server.strategy.portfolio.gathering import portfolio_of

As = Callable[[User | None], Client]
TODAY = date(2026, 11, 20)
MARKUP = '#panic("x") $1/0$ *b* _i_ `c` = h <l> @r \\u{41} [x] // #read("/etc/passwd") {1} '


def a_case(product: Product, *others: Product) -> dict[str, Any]:
    found = portfolio_of([product, *others], TODAY)
    entry = next(one for one in found.entries if one.product.pk == product.pk)
    whys = Why.objects.filter(product=product)
    held = Alternative.objects.filter(product=product)
    return case_of(found, entry, whys, list(held), TODAY)


def full(bet_on: MakeBet, text: str, name: str = "") -> Product:
    """A bet of which everything is on record, in this text."""
    product = bet_on(
        name or cut(text, 80), told(90_000, 80_000), effort=(2, 4), currency="EUR", stake_low=1_000,
        stake_high=2_000, kill=text[:400], kill_by="2027-01-31", learning=text[:300],
        learning_low=1, learning_high=2, learning_decides=text[:300],
    )  # fmt: skip
    Product.objects.filter(pk=product.pk).update(metric=text[:160], problem=text)
    for impact in ("experience", "churn", "revenue"):
        Why.objects.create(product=product, impact=impact, says=text[:400], baseline=text[:160],
                           source=text[:300], grade="believed")  # fmt: skip
    for kind in ("baseline", "status_quo"):
        Alternative.objects.create(product=product, kind=kind, name=text[:160],
                                   measure=text[:160], reach_low=1, reach_high=2, cost_low=1,
                                   cost_high=2, currency="EUR", grade="estimated")  # fmt: skip
    PainPoint.objects.create(
        product=product, segment=text[:160], pain=text[:300], often_low=20, often_high=30,
        period="day", severity=3, quote=text[:500], source=text[:300], grade="measured",
    )  # fmt: skip
    return Product.objects.get(pk=product.pk)


def test_it_says_what_is_on_record(bet_on: MakeBet) -> None:
    product = full(bet_on, "Customers wait for an answer.", "Support assistant")
    case = a_case(product, bet_on("Other", told(10)))
    assert case["headline"].startswith("We ask for 2 to 4 person-months and €1,000 to €2,000.")
    assert case["value"]["says"].startswith("€90,000 is expected; nine of ten draws run from −€")
    assert case["rank"]["says"].startswith("By expected value first of 2. First in ")
    assert [row["says"] for row in case["worth"]] == [
        "Worth it only above 87 % recall; in nine of ten draws 80 % to 91 %.",
        "It has paid back by December 2027 in 62 of 100 draws.",
        "It beats the best way without AI in 50 of 100 draws.",
    ]
    assert [row["grade"] for row in case["baseline"]] == ["estimated", "estimated"]
    asked = dict(case["asked"])
    assert asked["It ends if"] == "Customers wait for an answer, by 31 Jan 2027; it stands"
    assert case["dangers"] == []
    assert "Made by Sextant from the records of 20 Nov 2026; case " in case["footing"]


def test_what_is_not_known_is_said(bet_on: MakeBet) -> None:
    case = a_case(bet_on("Bare"))
    assert case["headline"] == "Nothing is asked for yet: neither stake nor effort is stated."
    assert case["value"]["says"].startswith("It is not known. It has no value model.")
    assert (case["scale"], case["measured"]) == (None, [])
    assert document.pdf(case).startswith(b"%PDF")


def test_the_same_records_give_the_same_bytes_and_other_ones_another_digest(
    bet_on: MakeBet,
) -> None:
    product = full(bet_on, "Customers wait.", "Support")
    case = a_case(product)
    assert document.pdf(case) == document.pdf(a_case(product))
    Product.objects.filter(pk=product.pk).update(problem="Nobody waits.", metric="other")
    changed = a_case(Product.objects.get(pk=product.pk))
    assert changed["digest"] != case["digest"]


def test_it_is_one_page_however_long_the_records_are(bet_on: MakeBet) -> None:
    texts = ("word " * 900, "W" * 4_000, "漢字" * 2_000, "ﷺ" * 4_000)
    for at, text in enumerate(texts):
        case = a_case(full(bet_on, text, f"{at}{text}"[:80]))
        line = {"says": cut(text), "grade": "believed"}
        crowded = {**case, "benefits": [line] * 3, "dangers": [line] * 3, "measured": [line] * 4}
        assert len(document.pictures(crowded)) == 1, text[:9]


def test_what_people_write_is_never_read_as_markup(bet_on: MakeBet) -> None:
    case = a_case(full(bet_on, MARKUP * 5, MARKUP[:80]))
    assert len(document.pictures(case)) == 1


def test_a_case_that_is_too_large_is_refused(bet_on: MakeBet) -> None:
    import pytest

    with pytest.raises(ValueError, match="at most 60,000"):
        document.pdf({**a_case(bet_on("Bare")), "title": "x" * 70_000})


def test_texts_are_cut() -> None:
    assert cut("a  b\n c") == "a b c"
    assert len(cut("x" * 900)) == LONG
    assert cut("x" * 900).endswith("…")


def test_the_page_and_the_file(bet_on: MakeBet, member: User, as_: As) -> None:
    product = full(bet_on, "Customers wait.", "Support assistant")
    page = as_(member).get(f"/products/{product.slug}/bet/case/")
    assert page.status_code == 200
    assert b"We ask for 2 to 4 person-months" in page.content
    file = as_(member).get(f"/products/{product.slug}/bet/case/pdf/")
    assert (file.status_code, file["Content-Type"]) == (200, "application/pdf")
    assert file["Content-Disposition"].startswith('attachment; filename="support-assistant-case-')
    assert file.content.startswith(b"%PDF")
    assert as_(None).get(f"/products/{product.slug}/bet/case/pdf/").status_code == 302


def test_a_closed_product_has_no_case_for_others(
    bet_on: MakeBet, member: User, stranger: User, as_: As
) -> None:
    product = bet_on("Secret", told(1), is_open=False)
    for user in (member, stranger):
        for end in ("case/", "case/pdf/"):
            assert as_(user).get(f"/products/{product.slug}/bet/{end}").status_code == 404


def test_the_rank_in_a_case_counts_only_what_its_reader_sees(
    bet_on: MakeBet, values: dict[int, Told], member: User, as_: As
) -> None:
    mine = bet_on("Mine", told(1_000))
    bet_on("Open", told(500))
    bet_on("Hidden", told(9_000), is_open=False)
    text = as_(member).get(f"/products/{mine.slug}/bet/case/").content.decode()
    assert "By expected value first of 2." in text
