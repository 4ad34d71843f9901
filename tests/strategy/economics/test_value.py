"""The exact mean against an example by hand, against quadrature, and against draws."""

from collections.abc import Callable

import numpy as np
import pytest

from sextant.strategy.economics import Range, ValueModel, unsketch, value
from sextant.strategy.economics.draws import draw
from sextant.strategy.economics.worth import expected, expected_monthly

Make = Callable[..., ValueModel]


def exactly(**numbers: float) -> dict[str, Range]:
    return {name: Range.exactly(x) for name, x in numbers.items()}


def test_a_binary_example_by_hand() -> None:
    """Each month 80 found of 80 €, 45 false alarms of 10 €; live after 4 of 24 months."""
    held = exactly(users=500, uses=4, adoption=0.5, prevalence=0.1, recall=0.8,
                   false_positive_rate=0.05, benefit_right_positive=80, cost_false_positive=10,
                   per_1000=50, review_share=0.1, review_cost=2, fixed=700, labelling=100,
                   build=20_000, months=4)  # fmt: skip
    model = ValueModel("binary", "EUR", held)
    monthly = 80 * 80 - 45 * 10 - 50 - 100 * 2 - 700 - 100
    assert expected_monthly(model)["ai"] == pytest.approx(monthly)
    assert expected(model)["ai"] == pytest.approx(20 * monthly - 20_000)


def test_answers_by_hand_against_today() -> None:
    """Of 1,000 answers 900 are right (2 €) and 100 wrong (5 €); today 600 are, for 300 € more."""
    held = exactly(users=100, uses=10, accuracy=0.9, benefit_right=2, cost_wrong=5, build=1_000)
    assert expected(ValueModel("answers", "EUR", held, 10, 10))["ai"] == pytest.approx(
        10 * (900 * 2 - 100 * 5) - 1_000
    )
    held |= exactly(today_accuracy=0.6, today_per_1000=300)
    assert expected(ValueModel("answers", "EUR", held, 10, 10))["ai"] == pytest.approx(
        10 * ((900 - 600) * 2 + (400 - 100) * 5 + 300) - 1_000
    )


def test_draws_agree_with_the_exact_mean(binary: Make, answers: Make, whole: Make) -> None:
    for model in (binary(), answers(), whole()):
        drawn = draw(model, 200_000)
        for who, mean in expected(model).items():
            error = float(np.std(drawn.totals[who])) / 200_000**0.5
            assert abs(float(np.mean(drawn.totals[who])) - mean) <= 4 * error


def test_the_middle_of_every_range_is_another_number(whole: Make) -> None:
    """What collapsing the ranges would say is not what they say."""
    model = whole()
    middles = {name: Range.exactly((r.low + r.high) / 2) for name, r in model.inputs.items()}
    collapsed = expected(ValueModel("binary", "EUR", middles))["ai"]
    assert collapsed != pytest.approx(expected(model)["ai"], rel=0.05)


def test_an_interval_says_its_own_error(binary: Make) -> None:
    """The ends of 10,000 draws against those of 500,000, which their stated error must reach."""
    few, many = value(binary()), value(binary(), 500_000)
    inside = few.ai.interval
    assert inside.low_error[0] <= many.ai.interval.low <= inside.low_error[1]
    assert inside.high_error[0] <= many.ai.interval.high <= inside.high_error[1]
    assert few.ai.positive.share == pytest.approx(many.ai.positive.share, abs=0.02)


def test_the_same_model_has_the_same_draws(whole: Make) -> None:
    one, again = value(whole()), value(whole())
    assert one == again
    ends = unsketch(one.sketch)
    assert len(ends) == 512
    assert np.all(np.diff(ends) >= 0)
    assert float(np.mean(ends)) == pytest.approx(one.ai.expected, rel=0.05)


def test_pay_back_by_hand() -> None:
    """Live after 3 months it earns 1,000 a month: 6,000 are back in month 9."""
    held = exactly(users=100, uses=1, accuracy=1, benefit_right=10, cost_wrong=0, build=6_000,
                   months=3)  # fmt: skip
    found = value(ValueModel("answers", "EUR", held, 12, 8)).payback
    assert (found.half, found.chance.share) == (9, 0.0)
    assert found.curve == (0.0,) * 8 + (1.0,) * 4
    held |= exactly(accuracy=0)
    assert value(ValueModel("answers", "EUR", held, 12, 8)).payback.half is None


def test_paid_back_at_the_horizon_is_a_value_above_nothing(whole: Make) -> None:
    found = value(whole())
    assert found.payback.curve[-1] == pytest.approx(found.ai.positive.share)
