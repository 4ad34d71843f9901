"""Industries are rows with a day and a source, and nothing of a law is code."""

from datetime import date

import pytest

from sextant.contracts.problems import ContractError
from sextant.strategy.opportunities.industries import Industry, industries, industry_from_text
from sextant.strategy.opportunities.reading import texts_in

NAMED = ("healthcare", "retail", "finance", "e-commerce", "saas", "start-ups", "non-technical")


def test_the_industries_of_the_sources_are_there() -> None:
    assert set(NAMED) <= set(industries())


@pytest.mark.parametrize("found", industries().values(), ids=industries())
def test_each_has_risks_and_dated_pointers(found: Industry) -> None:
    assert len(found.risks) >= 3
    assert found.pointers
    for one in found.pointers:
        assert date(1950, 1, 1) < one.dated < date(2026, 12, 1)
        assert any(char.isdigit() for char in one.source)
        assert one.asks.split(".")[0].strip()


def test_pointers_to_one_act_speak_of_one_text() -> None:
    texts: dict[str, set[tuple[str, date]]] = {}
    for found in industries().values():
        for one in found.pointers:
            texts.setdefault(one.name, set()).add((one.source, one.dated))
    assert [name for name, read in texts.items() if len(read) > 1] == []
    act = "Artificial Intelligence Act (EU)"
    assert ["2026/1744" in source for source, _ in texts[act]] == [True]


BROKEN = [
    ("dated: 2016-04-27", "dated: last year", "'last year' is no date"),
    ("kind: bias", "kind: luck", "'luck' is no kind of risk"),
    ("industry: finance", "industry: Finance", "is no key"),
    ("    where: Article 22\n", "", "Key 'where' is missing"),
]


@pytest.mark.parametrize(("old", "new", "says"), BROKEN)
def test_a_file_with_an_error(old: str, new: str, says: str) -> None:
    text = texts_in("industries")["finance.yaml"]
    assert old in text
    with pytest.raises(ContractError, match=says) as refused:
        industry_from_text(text.replace(old, new, 1))
    assert all(one.where.startswith("line ") for one in refused.value.problems)
