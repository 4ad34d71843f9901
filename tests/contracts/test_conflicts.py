"""The same promise twice, and promises that cannot both be kept."""

import pytest

from sextant.contracts.file.reading import contract_from_text
from sextant.contracts.problems import ContractError

HEAD = (
    "product: a\noutcome: b\ntask: binary\n"
    "data: {source: s, label: y, score: p, segments: {sex: S, age: A}}\ncriteria:\n"
)


def problem(one: str, other: str) -> str:
    with pytest.raises(ContractError) as caught:
        contract_from_text(f"{HEAD}  - {one}\n  - {other}\n")
    return str(caught.value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("recall >= 80%", "recall>=0.80"),
        ("recall >= 0.8", "recall(threshold=0.5) >= 0.8"),
        ("recall >= 0.8 in every sex, age", "recall >= 0.8 in every age, sex"),
        ("recall >= 0.8", "{check: recall >= 0.8, role: guardrail}"),
    ],
)
def test_two_spellings(one: str, other: str) -> None:
    message = problem(one, other)
    assert message.startswith("line 7, column 5: ")
    assert "is the same criterion as" in message
    assert message.endswith("at line 6, column 5. Keep one.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("recall >= 0.9", "recall <= 0.8"),
        ("recall <= 0.8", "recall >= 0.8"),
        ("recall >= 0.9 in every sex", "recall <= 0.8 in every sex with 99% confidence"),
        ("recall >= 0.9 in every sex, age", "recall <= 0.8 in every sex"),
        ("recall >= 0.9 in every sex", "recall <= 0.8 in sex = 2"),
        ("rate(c) of a against b >= 0.1 across sex", "rate(c) of a against b <= 0 across sex"),
        ("rate(c) of a against b >= 0.1 across sex", "rate(c) of b against a >= 0 across sex"),
    ],
)
def test_contradictions(one: str, other: str) -> None:
    message = problem(one, other)
    assert message == (
        f"line 7, column 5: '{other}' contradicts '{one}' at line 6, column 5: "
        "both can never be met. Change one of the bounds."
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("recall >= 0.8", "recall <= 0.9"),
        ("recall >= 0.8", "recall >= 0.9"),
        ("recall >= 0.9", "recall(threshold=0.9) <= 0.8"),
        ("recall >= 0.9 in every sex", "recall <= 0.8 in every age"),
        ("recall >= 0.9 in sex = 1", "recall <= 0.8 in sex = 2"),
        ("recall >= 0.9 in every sex", "recall <= 0.8"),
        ("mean(a) >= 9", "mean(b) <= 8"),
        ("rate(c) of a against b >= 0.1 across sex", "rate(c) of b against a >= -0.2 across sex"),
    ],
)
def test_no_conflict(one: str, other: str) -> None:
    assert len(contract_from_text(f"{HEAD}  - {one}\n  - {other}\n").criteria) == 2
