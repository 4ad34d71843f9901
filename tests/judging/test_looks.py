"""The ledger counts the looks at one question, and later looks pay for it."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from scipy.special import betaincinv

import sextant as sx
from sextant.contracts.ledger import LedgerError


def look(path, data, **more):
    data.to_parquet(path.parent / "data.parquet")
    result = sx.check(path, **more)
    return result.evidence.look, result.evidence.results[0]


def test_growing_data_are_further_looks(contract, table):
    path = contract("recall >= 0.8")
    first = table(85, 15)
    second = pd.concat([first, table(85, 15, start=100)])
    third = pd.concat([second, table(500, 60, start=200)])
    assert look(path, first)[0] == 1
    number, row = look(path, second)
    assert number == 2
    assert "sequence" in row.estimate.method
    number, row = look(path, third)
    assert (number, row.verdict) == (3, "met")


def test_later_looks_are_tuned_to_the_first_n(contract, table):
    path = contract("recall >= 0.65")
    first = table(70, 30)
    look(path, first)
    _, row = look(path, pd.concat([first, table(630, 270, start=100)]))
    # 700/1000 with t_opt 100: the golden values of the beta mixture
    assert (row.estimate.low, row.estimate.high) == pytest.approx((0.651630, 0.745950), abs=1e-6)
    assert row.verdict == "met"


def test_the_same_snapshot_again_is_no_new_look(contract, table):
    path = contract("recall >= 0.8")
    first = look(path, table(85, 15))
    shuffled = table(85, 15).sample(frac=1, random_state=1)
    again = look(path, shuffled)
    assert again[0] == first[0] == 1
    assert again[1].estimate == first[1].estimate


def test_an_earlier_snapshot_keeps_its_own_look(contract, table):
    path = contract("recall >= 0.8")
    first, more = table(85, 15), pd.concat([table(85, 15), table(85, 15, start=100)])
    look(path, first)
    look(path, more)
    assert look(path, first)[0] == 1
    assert look(path, more)[0] == 2


def test_data_that_do_not_contain_the_old_are_a_new_question(contract, table):
    path = contract("recall >= 0.8")
    look(path, table(85, 15))
    assert look(path, table(86, 14, start=5_000))[0] == 1


def test_leaving_a_few_rows_out_makes_no_new_question(contract, table):
    path = contract("recall >= 0.8")
    first = table(85, 15)
    look(path, first)
    trimmed = pd.concat([first.iloc[3:], table(90, 10, start=100)])
    assert look(path, trimmed)[0] == 2


def test_another_model_and_another_contract_are_new_questions(contract, table):
    path = contract("recall >= 0.8")
    more = pd.concat([table(85, 15), table(85, 15, start=100)])
    look(path, table(85, 15))
    assert look(path, more, model="v2")[0] == 1
    path = contract("recall >= 0.81")
    assert look(path, more)[0] == 1


def test_a_locked_number_of_looks(contract, table):
    path = contract("recall >= 0.8", extra="looks: 2")
    first = table(85, 15)
    _, row = look(path, first)
    # Clopper-Pearson at 1 - .05/2: 85/100 from BetaInv(.0125; 85, 16)
    assert row.estimate.low == pytest.approx(betaincinv(85, 16, 0.0125))
    assert row.needed.rows is not None
    second = pd.concat([first, table(86, 14, start=100)])
    number, row = look(path, second)
    assert number == 2
    assert row.needed.rows is None
    assert "no look is left" in row.needed.why
    third = pd.concat([second, table(900, 50, start=200)])
    number, row = look(path, third)
    assert (number, row.verdict) == (3, "undecided")
    assert "2 looks" in row.reason


def test_continuous_is_always_valid_from_the_start(contract, table):
    path = contract("recall >= 0.8", extra="looks: continuous")
    _, row = look(path, table(85, 15))
    assert "sequence" in row.estimate.method


def test_a_pipeline_may_keep_the_count(contract, table):
    path = contract("recall >= 0.8")
    number, row = look(path, table(85, 15), look=2)
    assert number == 2
    assert "sequence" in row.estimate.method
    assert not path.with_name("contract.looks.json").exists()


def test_a_damaged_ledger_is_refused_not_restarted(contract, table):
    path = contract("recall >= 0.8")
    look(path, table(85, 15))
    ledger = path.with_name("contract.looks.json")
    ledger.write_text(ledger.read_text()[:-40])
    with pytest.raises(LedgerError, match="Restore it from version control"):
        look(path, table(85, 15, start=50))


def test_the_ledger_is_readable_and_holds_no_row(contract, table):
    path = contract("recall >= 0.8 in every g", segments="{g: g}")
    look(path, table(85, 15, g="secret name"))
    held = json.loads(path.with_name("contract.looks.json").read_text())
    (series,) = held["series"]
    assert series["looks"][0]["rows"] == 100
    assert series["first"] == {"recall >= 0.8 in every g | g = secret name": [1, 100.0]}


def test_a_group_seen_for_the_first_time_is_looked_at_once(contract, table):
    path = contract("recall >= 0.5 in every g", segments="{g: g}")
    first = table(85, 15, g="a")
    look(path, first)
    grown = pd.concat([first, table(40, 10, start=100, g="b")])
    grown.to_parquet(path.parent / "data.parquet")
    old, new = sx.check(path).evidence.results
    assert "sequence" in old.estimate.method
    assert new.estimate.method == "Clopper-Pearson"


def test_what_was_folded_at_the_first_look_stays_folded(contract, table):
    path = contract(
        "recall >= 0.5 in every g", segments="{g: {column: g, min_rows: 80, fold: others}}"
    )
    first = pd.concat([table(400, 40, g="a"), table(50, 10, start=1_000, g="b")])
    look(path, first)
    grown = pd.concat([first, table(60, 10, start=2_000, g="b"), table(9, 1, start=3_000, g="c")])
    grown.to_parquet(path.parent / "data.parquet")
    result = sx.check(path)
    assert result.evidence.look == 2
    assert [dict(row.segment) for row in result.evidence.results] == [{"g": "a"}, {"g": "others"}]
    assert result.evidence.results[1].estimate.n == 140
