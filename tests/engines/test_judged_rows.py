"""People and a judge in one scan: the states equal NumPy's, and bad verdicts are told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.contracts.file.reading import contract_from_mapping
from sextant.contracts.normal_form import digest, normal_form
from sextant.metrics.requests import Verdicts
from sextant.metrics.tally_codec import dump_tally, load_tally
from sextant.states.judged import Judged


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    n = 5000
    truth, labelled = rng.random(n) < 0.86, rng.random(n) < 0.08
    judge = np.where(rng.random(n) < 0.92, truth, ~truth).astype(object)
    judge[:30] = None
    score = np.round(rng.normal(4000, 0.7, n))
    return pd.DataFrame(
        {
            "resolved": np.where(labelled, truth.astype(object), None),
            "judge_says": judge,
            "channel": rng.choice(["web", "phone"], n),
            "score": np.where(labelled, score, np.nan),
            "judge_score": score + rng.normal(0, 0.5, n),
            "who": rng.integers(0, 900, n),
        }
    )


def state(
    result: sx.Result, grouping: tuple[str, ...] = (), values: tuple[str, ...] = ()
) -> Judged:
    held = result.tally.cells[grouping]
    return next(cell for one, cell in held.items() if isinstance(one, Verdicts))[values].whole


def evaluated(data, criterion: str, **more) -> sx.Result:
    return sx.evaluate(data, criteria=[criterion], task="agent", **more)


def number(column: pd.Series) -> np.ndarray:
    return pd.to_numeric(column).to_numpy(float)


def test_yes_and_no(table):
    found = evaluated(
        table,
        "success_rate(resolved, judge=judge_says) >= 80% in every channel",
        segments={"channel": "channel"},
    )
    web = table[table["channel"] == "web"]
    got, want = (
        state(found, ("channel",), ("web",)),
        Judged.of(number(web["resolved"]), number(web["judge_says"])),
    )
    assert got.table == pytest.approx(want.table, abs=1e-8)


def test_numbers_far_from_zero_keep_their_digits(table):
    found = state(evaluated(table, "mean(score, judge=judge_score) >= 3800"))
    want = Judged.of(table["score"], table["judge_score"])
    assert found.table == pytest.approx(want.table, rel=1e-6, abs=1e-4)


def test_a_bar_is_laid_to_both(table):
    found = state(evaluated(table, "pass_rate(score, at_least=4000, judge=judge_score) >= 50%"))
    bar = np.where(table["score"].isna(), np.nan, table["score"] >= 4000)
    want = Judged.of(bar, table["judge_score"] >= 4000)
    assert found.table == pytest.approx(want.table, abs=1e-8)


def test_parts_merge_to_the_whole(table):
    rule = "success_rate(resolved, judge=judge_says) >= 80%"
    parts = [table.iloc[:1500], table.iloc[1500:1600], table.iloc[1600:]]
    merged = sum((state(evaluated(part, rule)) for part in parts), Judged())
    assert merged.table == pytest.approx(state(evaluated(table, rule)).table, abs=1e-8)


@pytest.mark.parametrize("unit", [None, "who"])
def test_a_tally_with_a_judge_is_kept(table, unit):
    tally = evaluated(table, "rate(resolved, judge=judge_says) >= 80%", unit=unit).tally
    assert load_tally(dump_tally(tally)) == tally


def test_units_are_not_taken_for_independent(table):
    twice = pd.concat([table] * 4, ignore_index=True)
    rule = "success_rate(resolved, judge=judge_says) >= 80%"
    once = evaluated(table, rule, unit="who").to_dict()["results"][0]
    more = evaluated(twice, rule, unit="who").to_dict()["results"][0]
    assert more["high"] - more["low"] == pytest.approx(once["high"] - once["low"], rel=0.03)


def test_sentences_say_what_the_judge_is_worth(table):
    said = evaluated(table, "success_rate(resolved, judge=judge_says) >= 80%").to_dict()
    assert "With the judge 407 labelled rows count as 1,028." in said["criteria"][0]["sentence"]


def test_nonsense_is_counted_and_never_a_pass(table):
    odd = table.assign(judge_says=table["judge_says"].astype(object))
    odd.loc[100:399, "judge_says"] = "As an AI model I cannot"
    found = evaluated(odd, "success_rate(resolved, judge=judge_says) >= 80%")
    aside = dict(found.tally.set_aside)
    assert aside["judge_says gives no verdict that can be read"] == 300
    assert aside["no verdict of judge_says"] == 30
    assert state(found).silent == 330


def test_a_label_that_cannot_be_read_counts_as_set_aside(table):
    odd = table.assign(resolved=table["resolved"].astype(object))
    odd.loc[:99, "resolved"] = "perhaps"
    found = evaluated(odd, "success_rate(resolved, judge=judge_says) >= 80%")
    assert found.verdict == "undecided"
    assert "set aside" in found.evidence.criteria[0].rows[0].obstacle


def test_nobody_labelled(table):
    found = evaluated(
        table.assign(resolved=None), "success_rate(resolved, judge=judge_says) >= 80%"
    )
    assert found.verdict == "undecided"
    assert "no row that people judged" in found.to_dict()["criteria"][0]["sentence"]


def test_labels_that_were_not_drawn_at_random_are_told(table):
    says = table["judge_says"].fillna(False).astype(bool)
    picked = table.assign(resolved=table["resolved"].where(says, None))
    notes = evaluated(picked, "success_rate(resolved, judge=judge_says) >= 80%").evidence.notes
    assert any("not like the others" in note for note in notes)
    assert not evaluated(table, "success_rate(resolved, judge=judge_says) >= 80%").evidence.notes


def test_a_contract_without_a_judge_keeps_its_digest():
    def of(criterion: str):
        return contract_from_mapping(
            {
                "product": "p", "outcome": "o", "task": "agent",
                "data": {"source": "x.csv"}, "criteria": [criterion],
            }
        )  # fmt: skip

    plain, judged = of("rate(a) >= 0.5"), of("rate(a, judge=b) >= 0.5")
    assert "judge" not in normal_form(plain)["criteria"][0]["params"]
    assert normal_form(judged)["criteria"][0]["params"]["judge"] == "b"
    assert digest(plain) != digest(judged)
    assert judged.criteria[0].text == "rate(a, judge=b) >= 0.5"
