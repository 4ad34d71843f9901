"""Personal data: found by checksum, never by chance, never shown; in four languages."""

from __future__ import annotations

import json
import random

import pandas as pd
import pytest
from stdnum import luhn

import sextant as sx
from sextant.studies.quality import kinds, profiling


def found(cells: list[str], **more: object) -> dict:
    return sx.profile(pd.DataFrame({"cell": cells}), **more).to_dict()


def seen(record: dict) -> dict[str, bool]:
    return {one["kind"]: one["sure"] for one in record["personal"]["found"]}


def digits(rng: random.Random, n: int) -> str:
    return str(rng.randrange(10 ** (n - 1), 10**n))


def test_running_numbers_are_no_cards_and_cards_are() -> None:
    """A tenth of all numbers of 16 digits passes Luhn's test: chance, and so not said."""
    rng = random.Random(5)
    numbers = [f"4{digits(rng, 15)}" for _ in range(400)]
    assert seen(found(numbers)) == {}
    cards = [number[:15] + luhn.calc_check_digit(number[:15]) for number in numbers]
    record = found(cards)
    assert seen(record) == {"card numbers": True}
    assert record["personal"]["found"][0]["share"]["low"] > 0.99


@pytest.mark.parametrize("length", [9, 11, 12])
def test_numbers_of_any_length_are_nobody(length: int) -> None:
    rng = random.Random(length)
    assert not any(seen(found([digits(rng, length) for _ in range(1_000)])).values())


def test_one_card_in_a_text_is_possible_and_not_sure() -> None:
    record = found(["nothing here"] * 50 + ["paid with 4111 1111 1111 1111, thanks"])
    assert seen(record) == {"card numbers": False}
    assert "chance cannot be ruled out" in record["findings"][0]["sentence"]


def test_texts_in_four_languages() -> None:
    texts = [
        "Schreiben Sie an anna.muster@beispiel.de oder rufen Sie +49 30 901820 an",
        "連絡先はtaro@example.jpです、電話は＋81 3-3580-3311",
        "اتصل على +٤٤ ٢٠ ٧٩٤٦ ٠٩٥٨ من فضلك",
        "Mon IBAN : FR14 2004 1010 0505 0001 3M02 606, merci",
    ]
    record = found(texts * 30)
    assert seen(record)["e-mail addresses"]
    assert seen(record)["phone numbers"]
    counted = {one["kind"]: one["cells"] for one in record["personal"]["found"]}
    assert counted["e-mail addresses"] == 60
    assert counted["phone numbers"] == 90
    assert counted["bank accounts (IBAN)"] == 30


def test_no_form_of_the_answer_holds_a_value() -> None:
    cells = ["zoe@secret.example"] * 300
    result = sx.profile(pd.DataFrame({"cell": cells, "n": [4111111111111111] * 300}))
    forms = [json.dumps(result.to_dict()), result.to_html(), result.to_markdown(), repr(result)]
    for form in (*forms, *result.suggested):
        assert "zoe" not in form
        assert "4111111111111111" not in form


def test_a_sample_says_its_size_and_what_it_cannot_have_missed() -> None:
    cells = [f"nothing {i}" for i in range(500)]
    record = found(cells, sample=200)
    assert record["personal"]["rows"] == 200
    elsewhere = record["personal"]["elsewhere"]
    assert (elsewhere["estimate"], elsewhere["n"]) == (0.0, 200)
    assert elsewhere["high"] == pytest.approx(1 - 0.025 ** (1 / 200))
    assert any("at most 2 of 100 hold any" in text for text in record["searched"])


def test_without_the_extra_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "PACKAGES", {"no_such_package": "no-such-package"})
    assert profiling.lacking() == (
        'it needs the package no-such-package. Install it: pip install "sextant[personal]".'
    )
    record = found(["a@b.example"] * 10)
    assert not record["personal"]["looked"]
    assert any("Personal data were not looked for" in text for text in record["searched"])
