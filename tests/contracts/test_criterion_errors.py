"""A criterion that cannot be read says where, why, and what to write instead."""

import pytest

from sextant.contracts.grammar import Setting, parse_criterion
from sextant.contracts.problems import ContractError

MISSPELLINGS = [
    ("recal >= 0.8", "column 1: Metric 'recal' is not known. Did you mean 'recall'?"),
    ("Recall >= 0.8", "column 1: Metric 'Recall' is not known. Did you mean 'recall'?"),
    (
        "gap(acuracy) <= 0.1 across sex",
        "column 5: Metric 'acuracy' is not known. Did you mean 'accuracy'?",
    ),
    ("sensitivity >= 0.8", "column 1: Metric 'sensitivity' is not known. Did you mean 'recall'?"),
    ("fpr <= 0.1", "column 1: Metric 'fpr' is not known. Did you mean 'false_positive_rate'?"),
    (
        "recall(treshold=0.4) >= 0.8",
        "column 8: 'treshold' is no argument of recall. Did you mean 'threshold'?",
    ),
    ("auc(threshold=0.4) >= 0.8", "column 5: 'threshold' is no argument of auc. It takes none."),
    (
        "recall >= 0.8 in every sexe",
        "column 24: Segment 'sexe' is not declared. Did you mean 'sex'?",
    ),
    (
        'recall >= 0.8 in age = "65 and ovr"',
        "column 24: '65 and ovr' is no value of segment 'age'. Did you mean '65 and over'?",
    ),
    (
        "recall >= 0.8 in race = Whit",
        "column 25: 'Whit' is no value of segment 'race'. Did you mean 'White'?",
    ),
    (
        "recall >= 0.8 in race = 2",
        "column 25: '2' is no value of segment 'race'. Write its label: Black.",
    ),
    (
        "recall >= 0.8 in evry sex",
        "column 23: Here 'sex' stands, where '=' is expected. Did you mean 'every'?",
    ),
    (
        "recall >= 0.8 acros sex",
        "column 15: Here 'acros' stands, where the end is expected. Did you mean 'across'?",
    ),
    (
        "recall >= 0.8 in every sex wiht 99% confidence",
        "column 28: Here 'wiht' stands, where the end is expected. Did you mean 'with'?",
    ),
]

SYNTAX = [
    ("", "column 1: A criterion is empty. Write one, such as recall >= 0.8."),
    ("recall > 0.8", "column 8: '>' sets no bound. Write >= instead."),
    ("recall => 0.8", "column 8: '=>' sets no bound. Write >= instead."),
    ("recall < 0.8", "column 8: '<' sets no bound. Write <= instead."),
    ("recall == 0.8", "column 8: '==' sets no bound. Write >= or <= instead."),
    ("recall >= 0,8", "column 12: A decimal comma. Write a point: 0.8."),
    (
        "recall >= high",
        "column 11: Here 'high' stands, where a number for the bound is expected. "
        "Write it like 0.8, 80% or 1e-3.",
    ),
    (
        "recall in every sex >= 0.8",
        "column 8: 'in' stands before the bound. "
        "First the bound, then where it holds: recall >= 0.8 in every sex.",
    ),
    (
        "recall >= 0.8 with 99 confidence",
        "column 20: The confidence 99 has no %. Write it like with 99% confidence.",
    ),
    (
        "recall >= 0.8 with 99% confidence in every sex",
        "column 35: Here 'in' stands, where the end is expected. The confidence comes last.",
    ),
    (
        "recall >= 0.8 in every sex and age",
        "column 28: Here 'and' stands, where ',' is expected. "
        "Separate segments by a comma: in every sex, age.",
    ),
    (
        "precision >= 0.9 in age = 65 and over",
        "column 30: Here 'and' stands, where the end is expected. "
        "Put a value with spaces in double quotes.",
    ),
    (
        "recall(threshold=0.5 >= 0.8",
        "column 22: Here '>=' stands, where ',' or ')' is expected. "
        "Close the parentheses of recall(…), or separate by a comma.",
    ),
    ('mean("a >= 1', 'column 6: A name in double quotes has no end. Close it with ".'),
    ("mean('a') >= 1", "column 6: ' does not quote a name. Use straight double quotes: \"."),
    ("mean(a) >= 1e999", "column 12: The number 1e999 is too large. Write a smaller one."),
]

MEANING = [
    (
        "recall >= 80",
        "column 11: The bound 80 lies outside what recall can be. It lies from 0 to 1. "
        "Did you mean 80%?",
    ),
    (
        "recall >= 0",
        "column 11: recall >= 0 always holds: it decides nothing. "
        "Write a bound that could be missed.",
    ),
    (
        "missing_rate(a) <= 100%",
        "column 20: missing_rate <= 1 always holds: it decides nothing. "
        "Write a bound that could be missed.",
    ),
    (
        "gap(recall) >= 0.1 across sex",
        "column 16: A gap is the largest difference of two groups: only <= promises anything. "
        "Write gap(…) <= 0.1.",
    ),
    (
        "ratio(recall) <= 0.8 across sex",
        "column 18: A ratio is the smallest of two groups: only >= promises anything. "
        "Write ratio(…) >= 0.8.",
    ),
    (
        "gap(recall) <= 0 across sex",
        "column 16: The bound 0 of gap(recall) can never decide. "
        "It must lie between 0 and 1, both excluded.",
    ),
    (
        "ratio(mean(a)) >= 120% across sex",
        "column 19: The bound 1.2 of ratio(mean) can never decide. "
        "It must lie between 0 and 1, both excluded.",
    ),
    (
        "gap(mean(a)) <= -1 across sex",
        "column 17: The bound -1 of gap(mean) can never decide. It must lie above 0.",
    ),
    (
        "recall >= 0.8 across sex",
        "column 15: 'across sex' compares groups, and recall alone compares none. "
        "Write gap(recall) or ratio(recall) across sex, or recall in every sex.",
    ),
    (
        "gap(recall) <= 0.1",
        "column 1: gap(…) compares groups, and no segment says which. Add across sex.",
    ),
    (
        "gap(recall) <= 0.1 in every race",
        "column 20: gap(…) compares groups: 'in' cannot name them. Add across race.",
    ),
    (
        "mean(a) of x against y >= 0",
        "column 1: 'of x against y' compares groups, and no segment says which. Add across sex.",
    ),
    (
        "mean(a) of x against x >= 0 across policy",
        "column 22: 'x' is compared with itself. Name two different groups.",
    ),
    ("gap <= 0.1 across sex", "column 1: gap takes one metric. Write gap(recall), for example."),
    (
        "recall(gap(auc)) >= 0.8",
        "column 8: recall cannot take gap(…): only gap and ratio take a metric. Name one metric.",
    ),
    (
        "quantile(ms) <= 300",
        "column 1: quantile needs 'q': the share, such as 0.95. Write quantile(COLUMN, q=0.5).",
    ),
    (
        "quantile(ms, 0.95) <= 300",
        "column 14: quantile has an argument without a name. Write its name: q=….",
    ),
    (
        "quantile(ms, q=95) <= 300",
        "column 16: q = 95 is out of range. It must be between 0.0001 and 0.9999.",
    ),
    (
        "recall(threshold=half) >= 0.8",
        "column 18: 'threshold' must be a number. Write threshold=0.5, for example.",
    ),
    (
        "out_of_range(a) <= 1%",
        "column 1: out_of_range names no range. Write low=…, high=… or both.",
    ),
    (
        "out_of_range(a, low=2, high=1) <= 1%",
        "column 1: low = 2 lies above high = 1. Swap them.",
    ),
    (
        "out_of_set(a, values=1) <= 1%",
        "column 22: 'values' must be a list. Write values=[1, 2, 3], for example.",
    ),
    (
        "cost <= 3",
        "column 1: Metric 'cost' needs to know what each decision costs. "
        "Add costs: {false_positive: 5, false_negative: 100, currency: EUR}.",
    ),
    (
        "recall >= 0.8 with 20% confidence",
        "column 20: A confidence of 20% is out of range. Write one from 50% to 99.99%.",
    ),
    (
        "recall >= 0.8 in every sex, sex",
        "column 29: 'sex' is named twice. Keep one.",
    ),
    (
        "recall >= 0.8 in every sex x sex",
        "column 24: Segment 'sex' is crossed with itself. Name two different segments.",
    ),
]


@pytest.mark.parametrize(("text", "message"), [*MISSPELLINGS, *SYNTAX, *MEANING])
def test_message(setting: Setting, text: str, message: str) -> None:
    with pytest.raises(ContractError) as caught:
        parse_criterion(text, setting)
    assert [str(problem) for problem in caught.value.problems] == [message]


def test_an_unlike_name_gets_the_list_of_all(setting: Setting) -> None:
    with pytest.raises(ContractError) as caught:
        parse_criterion("zzz >= 0.8", setting)
    remedy = caught.value.problems[0].remedy
    assert remedy.startswith("Known metrics: accuracy, recall, precision")
    assert remedy.endswith("gap, ratio.")


def test_all_problems_of_one_criterion_come_together(setting: Setting) -> None:
    with pytest.raises(ContractError) as caught:
        parse_criterion("recal(x=1) >= 0.8 in every sexe, agee with 10% confidence", setting)
    places = [problem.where for problem in caught.value.problems]
    assert places == ["column 1", "column 28", "column 34", "column 44"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "pass_rate(score) >= 0.8",
            "pass_rate names no range. Write at_least=…, at_most=… or both.",
        ),
        (
            "pass_rate(score, at_least=5, at_most=4) >= 0.8",
            "at_least = 5 lies above at_most = 4. Swap them.",
        ),
    ],
)
def test_a_pass_needs_a_bar(setting: Setting, text: str, message: str) -> None:
    with pytest.raises(ContractError) as caught:
        parse_criterion(text, setting)
    (problem,) = caught.value.problems
    assert f"{problem.what} {problem.remedy}" == message
