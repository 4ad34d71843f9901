"""Each audience gets its own sentence."""

import re

import pytest

from sextant.metrics.catalogue import CATALOGUE
from sextant.words import AUDIENCES, promise, sentence

JARGON = re.compile(
    r"\b(auc|roc|recall|precision|specificity|brier|f1|f\{?beta\}?|false positive|quantile|"
    r"interval|confidence|prevalence|null)\b",
    re.IGNORECASE,
)
PARAMS = {
    "column": "income",
    "x": "revenue",
    "y": "sessions",
    "lower": "p10",
    "upper": "p90",
    "baseline": "naive",
    "class": "cat",
    "taken_for": "dog",
    "columns": ("first", "second"),
    "at_least": 4.0,
    "k": 5.0,
    "q": 0.95,
    "beta": 2.0,
    "low": 0.0,
    "high": 10.0,
    "values": ("a", "b"),
    "pattern": "[A-Z]+",
    "type": "time",
    "users": 500.0,
    "items": 9724.0,
}


def params(name):
    return {p.name: PARAMS[p.name] for p in CATALOGUE[name].parameters if p.name in PARAMS}


def row_of(make_row, name):
    return make_row(f"{name} >= 0.6", (0.72, 0.65, 0.8, 400), "met", params=params(name))


@pytest.mark.parametrize("name", CATALOGUE)
def test_executives_read_no_technical_term(name, make_row, contract):
    row = row_of(make_row, name)
    said = sentence(row, contract, "executive")
    assert not JARGON.search(said)
    assert said.endswith("; the promise is kept.")
    assert re.search(r"counted" if CATALOGUE[name].fact else r"\(.* to .*\)", said)
    assert not JARGON.search(
        sentence(
            make_row(f"{name} >= 0.6", "no rows", "undecided", params=params(name)),
            contract,
            "executive",
        )
    )


@pytest.mark.parametrize("name", CATALOGUE)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_metric_reads_without_a_hole(name, audience, make_row, contract):
    row = row_of(make_row, name)
    for text in (sentence(row, contract, audience), promise(row.criterion, contract)):
        assert not re.search(r"[{}]|None|  ", text)


def test_auc_ranks_pairs(make_row, contract):
    row = make_row("auc >= 0.85", (0.904, 0.902, 0.906, 68785), "met")
    assert sentence(row, contract, "executive") == (
        "Shown one positive and one negative case, it ranks the positive one higher 90 times out "
        "of 100 (90 to 91); the promise is kept."
    )


def test_balanced_accuracy_is_counted(make_row, contract):
    row = make_row("balanced_accuracy >= 0.8", (0.9, 0.864, 0.958, 1000), "met")
    assert sentence(row, contract).startswith(
        "Of 100 cases drawn equally from both kinds about 90 are decided rightly (86 to 96)"
    )


def test_money_carries_its_currency(make_row, contract):
    row = make_row("cost <= 4.5", (3.204, 3.052, 3.361, 68785), "met")
    assert sentence(row, contract) == (
        "The cost of a decision is 3.20 EUR (3.05 to 3.36); at most 4.50 EUR was promised."
    )


def test_technical_gives_all_that_is_needed_to_check(make_row, contract):
    row = make_row(
        "recall >= 0.8",
        (0.82, 0.814, 0.826, 17314),
        "met",
        params={"threshold": 0.5},
        segment={"sex": "women"},
    )
    assert sentence(row, contract, "technical") == (
        "recall(threshold=0.5) in sex = women: 82.0 %, 95 % interval 81.4 to 82.6, n = 17,314, "
        "Clopper-Pearson; bound >= 80 %: met."
    )


def test_a_range_open_on_one_side_reads_so(make_row, contract):
    row = make_row(
        "out_of_range <= 0.05",
        (0.02, 0.01, 0.03, 900),
        "met",
        params={"column": "age", "low": None, "high": 120.0},
    )
    assert "Of 100 values of age about 2 lie above 120" in sentence(row, contract)
    row = make_row(
        "out_of_range <= 0.05",
        (0.02, 0.01, 0.03, 900),
        "met",
        params={"column": "age", "low": 0.0, "high": None},
    )
    assert "about 2 lie below 0" in sentence(row, contract)
