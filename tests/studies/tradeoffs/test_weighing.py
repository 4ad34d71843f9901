"""Agreed trade-offs: the grammar, the verdicts, what would decide, and bad input on purpose."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from benchmarks.tradeoff_coverage import TABLES, asked, errors, tally_of

import sextant as sx
from sextant.contracts.grammar.setting import Setting
from sextant.contracts.grammar.trading import parse_tradeoff
from sextant.contracts.problems import ContractError
from sextant.metrics.paired.catalogue import PAIRED
from sextant.studies.tradeoffs.paired import prepared, weigh_versions
from sextant.studies.tradeoffs.weighing import joint, net_of


def rows(better: int, worse: int, n: int = 1_000) -> pd.DataFrame:
    """Half positive; B finds `better` positives more and flags `worse` negatives more."""
    y = np.arange(n) % 2
    a = np.where(np.arange(n) % 10 < 8, y, 1 - y).astype(float)
    table = pd.DataFrame({"y": y, "a": a, "b": a})
    table.loc[table[(table.y == 1) & (table.a == 0)].index[:better], "b"] = 1.0
    table.loc[table[(table.y == 0) & (table.a == 0)].index[:worse], "b"] = 1.0
    return table


def weighed(better: int, worse: int, *trades: str, n: int = 1_000) -> sx.ComparisonResult:
    return sx.compare(rows(better, worse, n), a="a", b="b", label="y", trades=trades)


RATE = "1% of specificity is worth 1% of recall"


def test_an_exchange_rate_is_met_missed_or_undecided() -> None:
    assert [weighed(*of, RATE).trades[0].verdict for of in ((90, 10), (10, 90), (30, 28))] == [
        "met", "missed", "undecided",
    ]  # fmt: skip
    found = weighed(90, 10, RATE).trades[0]
    assert found.net is not None
    assert found.net.value == pytest.approx(90 / 500 - 10 / 500)
    assert found.joint


def test_the_rate_moves_the_verdict() -> None:
    cheap, dear = (weighed(40, 60, f"1% of specificity is worth {rate}% of recall").trades[0]
                   for rate in (0.2, 1.5))  # fmt: skip
    assert (cheap.verdict, dear.verdict) == ("met", "missed")
    turned = weighed(40, 60, "0.2% of recall is worth 1% of specificity").trades[0]
    assert turned.verdict == cheap.verdict


def test_what_would_decide_does() -> None:
    found = weighed(55, 45, RATE).trades[0]
    assert found.verdict == "undecided"
    assert found.needed is not None
    assert found.needed.towards == "met"
    assert found.needed.rows is not None
    assert 0 < found.needed.rows < 50_000


def test_a_floor_asks_for_a_gain_and_bounds_its_price() -> None:
    texts = [f"recall may cost {price}% of specificity" for price in (8, 2.05, 0.5)]
    found = weighed(90, 10, *texts).trades
    assert [one.verdict for one in found] == ["met", "undecided", "missed"]
    assert joint([one.verdict for one in found]) == "missed"
    nothing = weighed(0, 10, texts[0]).trades[0]
    assert nothing.verdict == "undecided"


def test_more_of_an_error_is_a_loss() -> None:
    found = weighed(90, 10, "1% of false_positive_rate is worth 1% of recall").trades[0]
    same = weighed(90, 10, RATE).trades[0]
    assert found.net == same.net
    assert found.first.gain.value == pytest.approx(-10 / 500)
    assert "raises false positive rate by 2.0 points" in str(weighed(
        90, 10, "1% of false_positive_rate is worth 1% of recall"))  # fmt: skip


def test_few_differences_are_joined_without_a_correlation() -> None:
    few, many = weighed(5, 5, RATE).trades[0], weighed(50, 50, RATE).trades[0]
    assert (few.joint, many.joint) == (False, True)
    later = sx.compare(rows(90, 10), a="a", b="b", label="y", trades=RATE, look=2).trades[0]
    assert not later.joint
    assert later.net is not None
    first = weighed(90, 10, RATE).trades[0].net
    assert first is not None
    assert later.net.high - later.net.low > first.high - first.low


def test_the_joint_interval_is_that_of_one_share_where_it_is_one() -> None:
    """Recall and specificity at equal weights on equal halves are accuracy twice."""
    table = np.array([[[200, 30], [10, 60]], [[40, 70], [20, 170]]], dtype=float)
    found = weigh_versions(RATE, asked(), tally_of(asked(), table)).net
    cell = next(iter(tally_of(asked(), table).cells[()].values()))[()]
    accuracy = PAIRED["accuracy"].difference((cell,), {}, found_level())
    assert found is not None
    assert found.value == pytest.approx(2 * (accuracy.value or 0))
    assert found.high - found.low == pytest.approx(2 * (accuracy.high - accuracy.low), rel=0.05)


def found_level():  # type: ignore[no-untyped-def]
    from sextant.stats.estimate import Level

    return Level()


def test_influence_agrees_with_the_jackknife() -> None:
    """The variance by influence values is that of leaving rows out, for a ratio metric too."""
    text = "1% of precision is worth 1% of f1"
    table = np.array([[[300, 40], [30, 90]], [[60, 50], [20, 310]]], dtype=float)
    question = asked()
    ready = prepared(text, question, tally_of(question, table))
    assert ready.setup.correlation is not None
    n, values, weights = table.sum(), [], []
    plain = [PAIRED[name].plain for name in ("precision", "f1")]
    for place in np.ndindex(2, 2, 2):
        left = table.copy()
        left[place] -= 1
        whole = np.concatenate([left, np.zeros((1, 2, 2))])
        values.append([one(whole, {"beta": 1.0}) for one in plain if one])
        weights.append(table[place] / n)
    found = np.array(values)
    centred = found - np.array(weights) @ found
    cov = (centred * np.array(weights)[:, None]).T @ centred
    r = cov[0, 1] / np.sqrt(cov[0, 0] * cov[1, 1])
    assert ready.setup.correlation(1.0) == pytest.approx(r, abs=0.02)


@pytest.mark.slow
def test_a_side_is_wrong_at_most_as_often_as_allowed() -> None:
    rng = np.random.default_rng(11)
    for name in TABLES:
        low, high, _, _ = errors(RATE, TABLES[name], 300, 200, rng)
        assert max(low, high) <= 0.025 + 3 * np.sqrt(0.025 * 0.975 / 200)


def test_a_thousandfold_sample_narrows_it() -> None:
    question, table = asked(), TABLES["close"] * 1_000
    ready = prepared(RATE, question, tally_of(question, table))
    wide, narrow = (
        net_of(ready.agreed, ready.first, ready.second, ready.setup, ready.setup.level, factor)
        for factor in (1.0, 100.0)
    )
    assert (wide.high - wide.low) / (narrow.high - narrow.low) == pytest.approx(10, rel=0.1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "A trade-off is empty"),
        ("recall", "'may' is expected"),
        ("1% of recall is worth 2% of recall", "Both sides are recall"),
        ("0% of recall is worth 2% of precision", "more than 0"),
        ("-1% of recall is worth 2% of precision", "more than 0"),
        ("recall may cost 1% of selection_rate", "neither good nor bad"),
        ("recall may cost 1% of ndcg", "ndcg"),
        ("recall may cost 1% of absolute_error", "not for binary"),
        ("recall may cost 1 of cost", "cost"),
        ("recall may cost 1% of precision in sex = men", "the end"),
        ("gap(recall) across sex may cost 1% of precision", "sex"),
        ("1% of recall is worth 2% of precision, please", "the end"),
    ],
)
def test_bad_trade_offs_are_refused_before_a_row_is_read(text: str, says: str) -> None:
    with pytest.raises(ContractError, match=says):
        sx.compare(rows(1, 1, 40), a="a", b="b", label="y", trades=text)


def test_equal_trade_offs_have_equal_texts() -> None:
    setting = Setting(threshold=0.5)
    one, other = (parse_tradeoff(text, setting).text for text in (
        "1 % of recall(threshold=0.5) is worth 2% of precision",
        "0.01 of recall is worth 0.02 of precision",
    ))  # fmt: skip
    assert one == other == parse_tradeoff(one, setting).text


def test_without_labels_nothing_is_met() -> None:
    table = rows(90, 10).assign(y=np.nan)
    found = sx.compare(table, a="a", b="b", label="y", trades=RATE).trades[0]
    assert found.verdict == "undecided"


def test_what_the_comparison_did_not_keep_is_said() -> None:
    found = weighed(90, 10, "1% of accuracy is worth 1% of auc").trades[0]
    assert found.verdict in ("met", "missed", "undecided")
    assert not found.joint
