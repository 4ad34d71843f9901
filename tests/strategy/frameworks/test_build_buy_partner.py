"""Build, buy or partner: what is core is built, a commodity bought, the specialised partnered."""

import pytest

from sextant.strategy.frameworks import flips, judge, shipped

QUESTIONS = ("kind", "importance", "capability", "time")


def route(kind, importance, capability, time):
    """The rule, put another way: from the kind, then what the axes change."""
    if kind == "commodity":
        return "buy"
    if kind == "core":
        in_time = time != "late" and capability != "none"
        return (
            "build" if in_time or (importance == "high" and capability == "strong") else "partner"
        )
    if kind == "specialised":
        if importance == "high" and capability == "strong" and time == "enough":
            return "build"
        return "service" if importance == "low" and time == "late" else "partner"
    return "partner" if importance == "high" else "service"


def test_the_rule_over_all_answers(every):
    for answers, judged in every(shipped()["build-buy-partner"], "limited", *QUESTIONS):
        assert judged.outcome.key == route(**answers)


@pytest.mark.parametrize("importance", ["low", "medium", "high"])
def test_reading_printed_text_is_bought(say, importance):
    answers = say(kind="commodity", importance=importance)
    assert judge(shipped()["build-buy-partner"], answers, "limited").outcome.key == "buy"


def test_the_route_is_not_met_before_its_cost_is_told(say):
    framework = shipped()["build-buy-partner"]
    answers = say(kind="moving", importance="low", capability="none", time="late")
    judged = judge(framework, answers, "limited")
    assert judged.outcome.name == "AI as a service"
    assert [one.question for one in judged.lacking] == ["cost", "lock_in"]
    assert judged.verdict == "undecided"


def test_which_single_answer_would_flip_it(say):
    answers = say(kind="core", importance="medium", capability="partial", time="close")
    found = flips(shipped()["build-buy-partner"], answers, "limited")
    assert {(one.question, one.level, one.outcome.key) for one in found} == {
        ("kind", "commodity", "buy"),
        ("kind", "moving", "service"),
        ("kind", "specialised", "partner"),
        ("capability", "none", "partner"),
        ("time", "late", "partner"),
    }


def test_two_people_who_differ_leave_both_routes(say):
    answers = say(kind={"core", "commodity"}, importance="low", capability="strong", time="close")
    judged = judge(shipped()["build-buy-partner"], answers, "limited")
    assert {one.key for one in judged.possible} == {"build", "buy"}
    assert judged.deciders == ("kind",)
