"""A population is read, or refused with every problem and its place."""

from __future__ import annotations

import pytest

from sextant.contracts.problems import ContractError
from sextant.studies.representation.declared import population_of


def problems(text: str) -> list[str]:
    with pytest.raises(ContractError) as refused:
        population_of(text)
    return [str(one) for one in refused.value.problems]


def test_every_way_to_write_shares() -> None:
    found = population_of(
        """
population: Customers
margin: 10 %
shares:
  sex: {men: 49 %, women: rest}
  region: {column: REG, labels: {1: north, 2: south}, people: {north: "3,000", south: 1000}}
  age: {bands: [25, 65], shares: {under 25: 0.2, 25-64: 0.5, 65 and over: 0.3}}
  sex x age:
    men: {under 25: 10 %, 25-64: 25 %, 65 and over: 14 %}
    women: {under 25: 10 %, 25-64: 25 %, 65 and over: rest}
"""
    )
    sex, region, age, both = found.parts
    assert found.margin == pytest.approx(0.1)
    assert dict(sex.shares) == {("men",): 0.49, ("women",): 0.51}
    assert dict(region.shares) == {("north",): 0.75, ("south",): 0.25}
    assert region.segments[0].column == "REG"
    assert [values for values, _ in age.shares] == [("under 25",), ("25–64",), ("65 and over",)]
    assert both.segments == (sex.segments[0], age.segments[0])
    assert sum(share for _, share in both.shares) == pytest.approx(1)
    assert dict(both.shares)["women", "65 and over"] == pytest.approx(0.16)


def test_shares_of_few_digits_are_scaled() -> None:
    (part,) = population_of("shares: {race: {a: 33.3 %, b: 33.3 %, c: 33.3 %}}").parts
    assert sum(share for _, share in part.shares) == pytest.approx(1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("shares: {sex: {men: 49 %, women: 40 %}}", "add up to 89 %, not to 100 %"),
        ("shares: {sex: {men: 49, women: 51}}", "'49' is no share of 'men'"),
        ("shares: {sex: {men: 0 %, women: 100 %}}", "'0 %' is no share of 'men'"),
        ("shares: {sex: {men: 60 %, women: 50 %, other: rest}}", "Nothing is left for the rest"),
        ("shares: {sex: {men: rest, women: rest}}", "cannot have this rest"),
        ("shares: {sex: men}", "'sex' has no shares"),
        ("shares: {}", "'shares' names no column"),
        ("population: all", "Key 'shares' is missing"),
        ("shares: {sex: {men: {a: 1}}}", "'men' should hold one share"),
        ("shares: {sex x age: {men: 50 %, women: 50 %}}", "'men' should hold groups"),
        ("shares: {age: {bands: [30], shares: {young: 50 %, 30 and over: 50 %}}}", "is no group"),
        ("shares: {sex: {people: {men: 1, women: nobody}}}", "'nobody' is no number of people"),
        ("shares: {sex: {men: 1}, sex: {men: 1}}", "'sex' is declared twice"),
        ("shares: {sex: {shares: {a: 1}, people: {a: 1}}}", "has both shares and people"),
        ("shares: {sex x age: {bands: [3], shares: {a: {b: 1}}}}", "belongs to one of them"),
        ("margin: 0\nshares: {sex: {men: 1}}", "'0' is no share of 'margin'"),
    ],
    ids=lambda one: one[:30] if ":" not in one else None,
)
def test_what_is_no_population_is_refused_with_its_place(text: str, said: str) -> None:
    found = problems(text)
    assert any(said in one for one in found), found
    assert all(one.startswith("line ") for one in found)


def test_too_many_groups_are_refused() -> None:
    shares = {"id": {"people": {f"c{i}": 1 for i in range(1_001)}}}
    with pytest.raises(ContractError, match="1,001 groups are declared"):
        population_of({"shares": shares})
