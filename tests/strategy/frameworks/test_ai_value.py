"""AI value: accurate enough, met often, errors that can be borne, a substantial improvement."""

import pytest

from sextant.strategy.frameworks import flips, judge, shipped

QUESTIONS = ("believed_accuracy", "frequency", "criticality", "improvement")
OFTEN = {"achievable": (90, 94), "required": (87, 87), "frequency": (8, 30)}
REST = {"criticality": "manageable", "improvement": "substantial"}


def test_the_rule_over_all_answers(every):
    for answers, judged in every(shipped()["ai-value"], "minimal", *QUESTIONS):
        fails = {
            "Accuracy": answers["believed_accuracy"] == "short",
            "Frequency": answers["frequency"] == "rare",
            "Criticality": answers["criticality"] == "unbearable",
            "Improvement over alternatives": answers["improvement"] == "none",
        }
        assert judged.fails == tuple(name for name, failed in fails.items() if failed)
        assert judged.verdict == ("missed" if any(fails.values()) else "met")
        best = answers["frequency"] == "often" and answers["improvement"] == "substantial"
        if judged.verdict == "met":
            assert judged.outcome.key == ("most_valuable" if best else "worth_it")


def test_a_missed_value_names_what_fails(say):
    answers = {"believed_accuracy": "short", "frequency": "rare"} | REST
    judged = judge(shipped()["ai-value"], say(**answers), "minimal")
    assert judged.says == (
        "This is not worth having as it stands. It fails on accuracy and frequency."
    )


@pytest.mark.parametrize(
    ("achievable", "required", "verdict"),
    [
        ((90, 94), (87, 87), {"enough"}),
        ((80, 86), (87, 90), {"short"}),
        ((80, 90), (87, 87), {"short", "enough"}),
        ((87, 94), (87, 87), {"enough"}),
        ((None, 86), (87, None), {"short"}),
        ((80, None), (None, 95), {"short", "enough"}),
    ],
)
def test_required_against_achievable(say, achievable, required, verdict):
    answers = OFTEN | REST | {"achievable": achievable, "required": required}
    judged = judge(shipped()["ai-value"], say(**answers), "limited")
    assert set(judged.dimensions[0].levels) == verdict


def test_ranges_that_overlap_leave_it_undecided_and_say_what_decides(say):
    answers = OFTEN | REST | {"achievable": (80, 90)}
    judged = judge(shipped()["ai-value"], say(**answers), "limited")
    assert judged.verdict == "undecided"
    assert judged.deciders == ("achievable", "required")
    assert judged.dimensions[0].says == (
        "Achievable accuracy 80 to 90 % against required accuracy 87 %. Open: too little or enough."
    )


def test_a_range_across_a_limit_is_both_levels(say):
    judged = judge(shipped()["ai-value"], say(**OFTEN | REST | {"frequency": (2, 5)}), "limited")
    assert judged.dimensions[1].levels == ("regular", "often")
    assert [one.key for one in judged.possible] == ["most_valuable", "worth_it"]


def test_what_would_flip_it(say):
    found = flips(shipped()["ai-value"], say(**OFTEN | REST), "limited")
    assert ("improvement", "none", "not_worth_it") in [
        (one.question, one.level, one.outcome.key) for one in found
    ]
    assert ("achievable", "short", "not_worth_it") in [
        (one.question, one.level, one.outcome.key) for one in found
    ]


def test_belief_is_not_enough_where_the_risk_is_high(say):
    judged = judge(shipped()["ai-value"], say(**OFTEN | REST), "high")
    assert judged.outcome is not None
    assert judged.outcome.key == "most_valuable"
    assert judged.verdict == "undecided"
    why = {one.question: one.why for one in judged.lacking}
    assert why["achievable"] == "It is believed; where the risk is high it has to be measured."
