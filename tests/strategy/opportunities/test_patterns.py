"""Every shipped pattern is whole, and each of its criteria is one that a contract can name."""

import re

import pytest

from sextant.contracts.file.reading import contract_from_text
from sextant.contracts.grammar.parser import parse_sentence
from sextant.contracts.problems import ContractError
from sextant.strategy.opportunities.kinds import (
    FAMILIES,
    RISKS,
    SCOPES,
    TECHNIQUES,
    understated,
)
from sextant.strategy.opportunities.patterns import Pattern, pattern_from_text, patterns
from sextant.strategy.opportunities.reading import texts_in
from sextant.strategy.opportunities.reframe import SOURCES_OWN, reframe

DEEP = ("fraud", "recommendation", "support-assistant")
SHORT = ("personalisation", "workflow-automation", "churn", "perception", "content-generation")
SEGMENTS = ("customer_group", "kind", "language", "policy", "cohort", "market", "arm", "age",
            "planted", "light", "clothing")  # fmt: skip


def test_the_use_cases_of_the_sources_are_there() -> None:
    assert set(patterns()) == {*DEEP, *SHORT}
    assert {f"{key}.yaml" for key in patterns()} == set(texts_in("patterns"))


def contract(task: str, checks: tuple[str, ...]) -> str:
    """A contract of one's own with these criteria, and the segments that they name."""
    score = "  score: score\n" if task == "binary" else ""
    segments = "".join(f"    {name}: {name}\n" for name in SEGMENTS)
    return (
        f"product: P\noutcome: Cut A from 2 to 1 by 2027-01-01\ntask: {task}\ndata:\n"
        f"  source: rows.parquet\n  label: label\n{score}  segments:\n{segments}criteria:\n"
        + "".join(f"  - '{check}'\n" for check in checks)
    )


@pytest.mark.parametrize("found", patterns().values(), ids=patterns())
def test_each_criterion_is_read_by_the_contract_reader(found: Pattern) -> None:
    checks = tuple(one.check for one in found.criteria)
    read = contract_from_text(contract(FAMILIES[found.family].task, checks))
    assert len(read.criteria) == len(checks)


@pytest.mark.parametrize("found", patterns().values(), ids=patterns())
def test_each_pattern_is_whole(found: Pattern) -> None:
    deep = found.key in DEEP
    assert len(found.criteria) >= (5 if deep else 3)
    assert len(found.harms) >= (4 if deep else 3)
    assert len(found.failures) >= (4 if deep else 3)
    assert len(found.data) >= (4 if deep else 3)
    assert len(found.moves) >= (3 if deep else 2)
    assert len(found.questions) >= (5 if deep else 3)
    assert len(found.sources) >= 2
    assert all(one.endswith("?") for one in found.questions)
    assert reframe(found.outcome).is_framed
    assert found.baseline.says


CITED = re.compile(r"\(([A-Z][\w ]+?)(?: and others)? (\d{4})\)")


@pytest.mark.parametrize("found", patterns().values(), ids=patterns())
def test_what_is_cited_in_a_text_stands_among_the_sources(found: Pattern) -> None:
    said = texts_in("patterns")[f"{found.key}.yaml"].partition("\nsources:")[0]
    for author, year in CITED.findall(said):
        assert any(author in one and year in one for one in found.sources), (author, year)


def test_findings_of_others_are_cited_where_they_are_told() -> None:
    texts = texts_in("patterns")
    assert CITED.findall(texts["churn.yaml"]) == [("Ascarza", "2018")]
    told = CITED.findall(texts["recommendation.yaml"])
    assert told == [("Sharma", "2015"), ("Ferrari Dacrema", "2019")]


def test_only_the_sources_own_amount_is_not_a_placeholder() -> None:
    own = [one.outcome for one in patterns().values() if one.amount == "from the source"]
    assert own == [SOURCES_OWN]


def test_a_contract_refuses_what_is_no_criterion() -> None:
    """So that the test above can fail."""
    with pytest.raises(ContractError):
        contract_from_text(contract("binary", ("goodness >= 0.9",)))


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_each_family_names_criteria_of_its_task(family: object) -> None:
    from sextant.strategy.opportunities.kinds import Family

    assert isinstance(family, Family)
    read = contract_from_text(contract(family.task, family.criteria))
    assert len(read.criteria) == len(family.criteria)
    assert family.decision.endswith("?")


def test_each_technique_names_a_criterion() -> None:
    for one in TECHNIQUES.values():
        assert parse_sentence(one.criterion)
    assert list(TECHNIQUES) == ["ml", "nlp", "vision", "speech", "generative"]


def test_the_families_cover_what_is_learned_how() -> None:
    learned = {how for one in FAMILIES.values() for how in one.learning}
    assert learned == {"supervised", "unsupervised", "reinforcement"}


BROKEN = [
    ("family: classification", "family: sorting", "'sorting' is no family", "line 5, column 9"),
    ("technique: ml", "technique: magic", "'magic' is no technique", "line 4, column 12"),
    ("check: recall >= 0.70", "check: recal >= 0.70", "recal", "line 20, column 12"),
    ("pattern: fraud", "pattern: Fraud One", "is no key", "line 1, column 10"),
    ("amount: a placeholder", "amount: ours", "does not say where the amount", "line 7, column 3"),
    ("baseline:", "base:", "'base' is not known", "line 38, column 1"),
    ("harms:\n  - who", "harms: none\nextra:\n  - who", "'harms' must be a list", ""),
]


@pytest.mark.parametrize(("old", "new", "says", "where"), BROKEN)
def test_a_file_with_an_error(old: str, new: str, says: str, where: str) -> None:
    text = texts_in("patterns")["fraud.yaml"]
    assert old in text
    with pytest.raises(ContractError) as refused:
        pattern_from_text(text.replace(old, new, 1))
    found = [one for one in refused.value.problems if says in str(one)]
    assert found, str(refused.value)
    assert where in {"", found[0].where}
    assert found[0].remedy


def test_all_problems_are_told_at_once() -> None:
    text = texts_in("patterns")["fraud.yaml"]
    broken = text.replace("family: classification", "family: x").replace("name: Fraud", "nam: F")
    with pytest.raises(ContractError) as refused:
        pattern_from_text(broken)
    assert len(refused.value.problems) == 2


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("risk", RISKS)
def test_an_agent_starts_at_the_risk_of_its_scope(scope: str, risk: str) -> None:
    held = SCOPES[scope]
    low = RISKS.index(risk) < RISKS.index(held.risk)
    assert bool(understated(scope, risk, held.automation)) == low
    if not low and scope != "reads":
        assert "decides more by itself" in understated(scope, risk, "inform")
