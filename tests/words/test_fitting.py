"""Over- and underfitting in plain words, from what a look says of both parts of the rows."""

from collections.abc import Callable

import pytest

from sextant.contracts.evidence import CriterionResult, Evidence
from sextant.contracts.model import Contract
from sextant.words.fitting import fitting

Numbers = tuple[float, float, float, float]
HIGH, MIDDLE, LOW = (0.95, 0.93, 0.96, 900.0), (0.80, 0.76, 0.84, 400.0), (0.6, 0.56, 0.64, 700.0)


@pytest.fixture
def shown(contract: Contract, make_row: Callable) -> Callable[..., list]:
    """The cards of one promise on a part called `learned` and one called `other`."""

    def make(
        train: Numbers, test: Numbers, verdicts: tuple[str, str] = ("met", "met"),
        learned: str = "train", other: str = "test", text: str = "recall >= 0.75",
    ) -> list:  # fmt: skip
        rows = tuple(
            make_row(text, numbers, verdict, segment={"split": part})
            for numbers, verdict, part in zip(
                (train, test), verdicts, (learned, other), strict=True
            )
        )
        result = CriterionResult(rows[0].criterion, "met", rows)
        evidence = Evidence.__new__(Evidence)
        object.__setattr__(evidence, "criteria", (result,))
        object.__setattr__(evidence, "contract", contract)
        return fitting(evidence)

    return make


def test_worse_on_what_it_has_not_seen_is_overfitting(shown: Callable) -> None:
    (card,) = shown(HIGH, MIDDLE)
    assert (card.word, card.title) == ("overfitting", "Recall, test")
    assert "of 100 people who work about 95 are found (93 to 96), n 900;" in card.says
    assert "on the test rows, of 100 people who work about 80 are found (76 to 84), n 400." in (
        card.says
    )
    assert "It does worse by 15.0 points (10.5 to 19.1)" in card.says


@pytest.mark.parametrize(
    ("train", "test", "verdicts", "word"),
    [
        (LOW, LOW, ("missed", "missed"), "underfitting"),
        (MIDDLE, LOW, ("missed", "missed"), "underfitting and overfitting"),
        (MIDDLE, MIDDLE, ("met", "met"), "no difference shown"),
        (MIDDLE, HIGH, ("met", "met"), "better on others"),
    ],
)
def test_every_other_case_has_its_word(
    shown: Callable, train: Numbers, test: Numbers, verdicts: tuple[str, str], word: str
) -> None:
    (card,) = shown(train, test, verdicts)
    assert card.word == word
    assert "worse by −" not in card.says


def test_of_errors_more_is_worse(shown: Callable) -> None:
    (card,) = shown((0.05, 0.03, 0.07, 900.0), (0.2, 0.16, 0.24, 400.0), text="friction <= 0.3")
    assert card.word == "overfitting"


@pytest.mark.parametrize(
    ("learned", "other", "cards"),
    [(" Training ", "Hold-out", 1), ("train", "validation", 1), ("women", "men", 0),
     ("test", "validation", 0)],
)  # fmt: skip
def test_parts_are_known_by_their_names_alone(
    shown: Callable, learned: str, other: str, cards: int
) -> None:
    assert len(shown(HIGH, MIDDLE, learned=learned, other=other)) == cards


def test_a_part_that_cannot_be_judged_gives_no_card(shown: Callable) -> None:
    assert shown(HIGH, "no positive row") == []  # type: ignore[arg-type]
