"""Break-even, tornado and value of information against closed forms and nested simulation."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from sextant.strategy.economics import Range, ValueModel, findings, value
from sextant.strategy.economics.distributions import Triangular, TwoPiece, Uniform
from sextant.strategy.economics.draws import draw
from sextant.strategy.economics.information import gain_of_knowing, information, knowing
from sextant.strategy.economics.learning import after_cases, worth_of_cases
from sextant.strategy.economics.worth import expected, factors, line, means

Make = Callable[..., ValueModel]


def exactly(**numbers: float) -> dict[str, Range]:
    return {name: Range.exactly(x) for name, x in numbers.items()}


def simple(accuracy: Range, build: float = 9_000) -> ValueModel:
    """Worth 50,000 a − 30,000 − 9,000 at an accuracy of a: it breaks even at 78 %.

    1,000 answers a month for 10 months, 2 € for a right one, 3 € lost by a wrong one.
    """
    held = exactly(users=100, uses=10, benefit_right=2, cost_wrong=3, build=build)
    return ValueModel("answers", "EUR", {**held, "accuracy": accuracy}, 10, 10)


def test_break_even_by_hand() -> None:
    found = value(simple(Range(0.7, None, 0.95, "believed"))).break_evens[0]
    assert found.at == pytest.approx(0.78)
    assert (found.low, found.high) == (pytest.approx(0.78), pytest.approx(0.78))
    assert found.reached.share == pytest.approx((0.95 - 0.78) / 0.25, abs=4 * found.reached.error)


def test_break_even_at_no_and_at_any_quality() -> None:
    accuracy = Range(0.7, None, 0.95, "believed")
    hard = value(simple(accuracy, build=30_000)).break_evens[0]
    assert (hard.at, hard.reason, hard.none_share) == (None, "none", 1.0)
    held = {**simple(accuracy).inputs, **exactly(cost_wrong=0, build=0, benefit_right=1)}
    held |= exactly(today_per_1000=5)
    easy = value(ValueModel("answers", "EUR", held, 10, 10)).break_evens[0]
    assert (easy.at, easy.reason, easy.any_share) == (None, "any", 1.0)


def test_at_the_break_even_it_is_worth_what_its_best_rival_is(whole: Make) -> None:
    model = whole(build=Range(5_000, None, 9_000, "believed"))
    rival = max(expected(model)["other"], 0.0)
    for found in value(model).break_evens:
        assert found.at is not None
        at = ValueModel("binary", "EUR", {**model.inputs, found.name: Range.exactly(found.at)})
        assert expected(at)["ai"] == pytest.approx(rival, abs=1e-6)


def test_fewer_false_alarms_are_better() -> None:
    held = exactly(users=1_000, uses=1, prevalence=0.5, recall=0.5, benefit_right_positive=10,
                   cost_false_positive=10, build=1_000)  # fmt: skip
    held["false_positive_rate"] = Range(0.2, None, 0.6, "believed")
    found = value(ValueModel("binary", "EUR", held, 1, 1)).break_evens[1]
    assert not found.least
    assert found.at == pytest.approx(0.3)
    assert found.reached.share == pytest.approx(0.25, abs=4 * found.reached.error)


def test_swings_are_those_of_the_value_itself(whole: Make) -> None:
    model = whole()
    swings = findings(model).swings
    assert [one.size for one in swings] == sorted((one.size for one in swings), reverse=True)
    assert not any(one.name.startswith("other_") for one in swings)
    at = means(model)
    for one in swings:
        for x, wanted in ((one.low, one.at_low), (one.high, one.at_high)):
            held = {**model.inputs, one.name: Range.exactly(x)}
            fixed = {name: Range.exactly(at[name]) for name in held if name in factors(model)}
            months = {name: held[name] for name in ("months", "other_months")}
            found = {**fixed, **months, one.name: Range.exactly(x)}
            assert expected(ValueModel("binary", "EUR", found))["ai"] == pytest.approx(wanted)


SHAPES = [Uniform(0.0, 1.0), Triangular(0.0, 0.2, 1.0), TwoPiece.of(0.1, 0.5, 0.6, 0.0, 1.0)]


@given(
    st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=4),
    st.sampled_from(SHAPES),
)
def test_knowing_is_the_integral_of_the_best_line(
    lines: list[tuple[int, int]], of: Uniform | Triangular | TwoPiece
) -> None:
    u = (np.arange(100_000) + 0.5) / 100_000
    best = np.max([a + b * of.quantile(u) for a, b in lines], axis=0)
    wanted = float(np.mean(best)) - max(a + b * of.mean for a, b in lines)
    assert gain_of_knowing(lines, of) == pytest.approx(wanted, abs=1e-4)


def test_knowing_by_hand() -> None:
    """Accuracy uniform on 70 to 95 %, worth 50,000 a − 39,000: E[(…)⁺] − E[…]⁺ in closed form."""
    model = simple(Range(0.7, None, 0.95, "believed"))
    best = 50_000 * (0.95 - 0.78) ** 2 / 2 / 0.25
    assert knowing(model, "accuracy") == pytest.approx(best - 50_000 * (0.825 - 0.78))
    found = information(model, draw(model, 100_000))
    assert found.everything == pytest.approx(knowing(model, "accuracy"), abs=4 * found.error)


def test_everything_is_worth_at_least_each_part(whole: Make) -> None:
    model = whole(cost_false_positive=Range(5, None, 60, "believed"))
    found = information(model, draw(model, 50_000))
    assert all(worth <= found.everything + 4 * found.error for _, worth in found.each)


def test_months_are_known_through_the_months_that_remain(binary: Make) -> None:
    """Live between 1 and 47 of 24 months: quadrature over the months themselves."""
    model = binary(months=Range(1, None, 47, "believed"))
    at = means(model)
    zero, slope = line(model, at, "months", "ai")
    of_month = lambda m: max(zero + slope * max(24 - m, 0.0), 0.0) / 46  # noqa: E731
    wanted = quad(of_month, 1, 47, limit=400, points=[24])[0] - max(expected(model)["ai"], 0.0)
    assert knowing(model, "months") == pytest.approx(wanted, rel=1e-5)


@pytest.mark.parametrize("n", [1, 7, 60, 400])
def test_a_uniform_share_is_learnt_as_laplace_says(n: int) -> None:
    """Of a share that can be anything: (k + 1) / (n + 2), each count as probable as the other."""
    learnt, weights = after_cases(Uniform(0.0, 1.0), n)
    k = np.arange(n + 1)
    assert np.allclose(learnt, (k + 1) / (n + 2), atol=0.004)
    assert np.allclose(weights, 1 / (n + 1), atol=0.2 / (n + 1))


def test_many_cases_thin_their_results_without_harm() -> None:
    """5,000 cases: the spread of what will be believed is that of the share, less what is left."""
    learnt, weights = after_cases(Uniform(0.6, 0.9), 5_000)
    assert weights.sum() == pytest.approx(1.0)
    assert float(weights @ learnt) == pytest.approx(0.75, abs=1e-3)
    spread = float(weights @ (learnt - 0.75) ** 2)
    left = np.mean([x * (1 - x) / 5_000 for x in np.linspace(0.6, 0.9, 500)])
    assert spread == pytest.approx(0.3**2 / 12 - left, rel=0.01)


def test_cases_are_worth_more_the_more_they_are_and_never_more_than_knowing() -> None:
    model = simple(Range(0.7, None, 0.95, "believed"))
    worth = [worth_of_cases(model, n) for n in (0, 10, 50, 200, 1_000, 5_000)]
    assert worth[0] == 0.0
    assert worth == sorted(worth)
    top = knowing(model, "accuracy")
    assert worth[-1] < top
    assert worth[-1] == pytest.approx(top, rel=0.01)


def test_nothing_is_learnt_where_no_result_changes_the_choice() -> None:
    assert worth_of_cases(simple(Range(0.9, None, 0.95, "believed")), 500) == 0.0


@pytest.mark.slow
def test_cases_against_a_nested_simulation(binary: Make) -> None:
    """What 400 cases are worth, by brute force.

    Draw the qualities, draw the cases, weigh 2,000 other draws by their likelihood, choose.
    """
    model = binary(build=Range(300_000, None, 500_000, "believed"))
    at, rng, worth = means(model), np.random.default_rng(11), expected(model)["ai"]
    positives = round(400 * at["prevalence"])
    after = np.full(10_000, worth)
    for name, cases in (("recall", positives), ("false_positive_rate", 400 - positives)):
        of, slope = model.inputs[name].distribution, line(model, at, name, "ai")[1]
        seen = rng.binomial(cases, of.quantile(rng.random(10_000)))
        weighed = of.quantile(rng.random(2_000))
        for k in np.unique(seen):
            weights = stats.binom.pmf(k, cases, weighed)
            learnt = float(weights @ weighed / weights.sum())
            after[seen == k] += slope * (learnt - at[name])
    gains = np.maximum(after, 0.0)
    wanted = float(np.mean(gains)) - max(worth, 0.0)
    error = float(np.std(gains)) / len(gains) ** 0.5
    assert wanted > 8 * error
    assert worth_of_cases(model, 400) == pytest.approx(wanted, abs=3 * error + 0.02 * wanted)


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1))
def test_any_model_gives_finite_answers(seed: int) -> None:
    rng = np.random.default_rng(seed)
    grades = ("believed", "estimated", "measured")

    def some(top: float) -> Range:
        low, likely, high = (float(x) for x in np.sort(rng.random(3)) * top)
        return Range(low, likely, high, grades[rng.integers(3)])

    held = {"users": some(1e10), "uses": some(1e3), "accuracy": some(1.0), "build": some(1e12),
            "benefit_right": some(1e6), "cost_wrong": some(1e6), "months": some(100.0),
            "other_accuracy": some(1.0)}  # fmt: skip
    model = ValueModel("answers", "JPY", held)
    found, more = value(model, 500), findings(model, 500)
    inside = found.ai.interval
    whole = more.information.everything
    assert np.isfinite([found.ai.expected, inside.low, inside.high, whole]).all()
    assert all(np.isfinite(one.worth) and one.worth >= 0 for one in more.studies)
