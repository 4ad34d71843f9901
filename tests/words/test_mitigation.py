"""What a way of mitigation does: short, each number with its interval, a turned gap said as one."""

import pytest

from sextant.lab.mitigating import WAYS
from sextant.lab.mitigation import Changed, Mitigation, Option
from sextant.stats.estimate import Estimate
from sextant.studies.fairness.definitions import BY_NAME
from sextant.words.mitigation import headline, turned


def points_of(value: float, n: int = 3_000) -> Estimate:
    return Estimate(value, value - 0.01, value + 0.01, n, "test")


@pytest.mark.parametrize(
    ("before", "change", "says"),
    [
        (0.055, -0.046, "−4.6 points (−5.6 to −3.6)"),
        (0.055, -0.065,
         "−6.5 points (−7.5 to −5.5): who was 5.5 points ahead is 1.0 points behind"),
        (0.055, -0.0555, "−5.6 points (−6.6 to −4.6)"),
    ],
)  # fmt: skip
def test_a_gap_that_turns_over_says_from_what_to_what(
    before: float, change: float, says: str
) -> None:
    assert turned(points_of(before), points_of(change)) == says


def test_the_headline_is_one_short_sentence_with_every_interval() -> None:
    way = next(one for one in WAYS if one.name == "thresholds_equalized_odds")
    definition = BY_NAME[way.aims_at]
    aim = Changed(definition, points_of(0.055), points_of(0.012), points_of(-0.043))
    option = Option(
        way=way, fairness=(aim,), quality=(("accuracy", points_of(-0.02)),), after=(),
        worse=0.02, better=0.01,
    )  # fmt: skip
    found = Mitigation(
        by="sex", fitted=3_000, held_out=3_000, trained=0, confidence=0.95, seed=0, before=(),
        options=(option,), left_out=(), scored=True,
    )  # fmt: skip
    said = headline(found)
    assert said == (
        "“Thresholds per group, equal errors” helps most: in equalised odds the groups lie"
        " 1.2 points (0.2 to 2.2) apart, 5.5 points (4.5 to 6.5) before; accuracy changes by"
        " −2.0 points (−3.0 to −1.0)."
    )


def test_no_way_that_helps_says_so() -> None:
    found = Mitigation("sex", 10, 10, (), (), (), 0.95, 0)
    assert headline(found) == "No way is shown to bring the groups by sex nearer to each other."
