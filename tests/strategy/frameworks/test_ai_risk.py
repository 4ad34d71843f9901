"""AI risk: likelihood by impact in six kinds; mitigation counts only once it is verified."""

from dataclasses import replace
from itertools import product

import pytest

from sextant.strategy.frameworks import Given, flips, judge, shipped

KINDS = ("performance", "bias", "security", "reliability", "adoption", "regulatory")
LIKELIHOODS = ("likely", "possible", "unlikely")
IMPACTS = ("severe", "serious", "minor")
AXES = ("legal", "brand", "ethical")


def risk(likelihood, impact):
    """One step down the matrix for each step that it is less likely or less severe."""
    steps = LIKELIHOODS.index(likelihood) + IMPACTS.index(impact)
    return "high" if steps < 2 else "medium" if steps == 2 else "low"


def outcome_of(*risks):
    worst = min(risks, key=("high", "medium", "low").index)
    return {"high": "not_yet", "medium": "with_watch", "low": "acceptable"}[worst]


def calm(tier):
    """Every kind unlikely and minor."""
    parts = AXES if tier == "high" else ("impact",)
    answers = {f"{kind}_likelihood": "unlikely" for kind in KINDS}
    return answers | {f"{kind}_{part}": "minor" for kind in KINDS for part in parts}


def test_the_matrix_is_that_of_the_steps():
    matrix = shipped()["ai-risk"].dimensions["bias_residual"].table
    for likelihood, impact in product(LIKELIHOODS, IMPACTS):
        gives = matrix.gives[likelihood][IMPACTS.index(impact)]
        assert gives == risk(likelihood, impact), (likelihood, impact)


def test_the_short_form_for_minimal_risk(every):
    for answers, judged in every(shipped()["ai-risk"], "minimal", "chance", "worst"):
        assert judged.outcome.key == outcome_of(risk(answers["chance"], answers["worst"]))


@pytest.mark.parametrize("kind", KINDS)
def test_one_kind_over_all_answers_where_the_risk_is_limited(every_with, kind):
    framework = shipped()["ai-risk"]
    names = (f"{kind}_likelihood", f"{kind}_impact", f"{kind}_after")
    for answers, judged in every_with(framework, "limited", calm("limited"), *names):
        expected = risk(answers[names[2]], answers[names[1]])
        assert judged.outcome.key == outcome_of(expected)
        levels = {one.key: one.levels for one in judged.dimensions}
        assert levels[f"{kind}_inherent"] == (risk(answers[names[0]], answers[names[1]]),)


@pytest.mark.parametrize("kind", KINDS)
def test_the_worst_of_the_three_axes_counts_where_the_risk_is_high(every_with, kind):
    names = (f"{kind}_likelihood", *(f"{kind}_{axis}" for axis in AXES))
    for answers, judged in every_with(shipped()["ai-risk"], "high", calm("high"), *names):
        impact = min((answers[name] for name in names[1:]), key=IMPACTS.index)
        assert judged.outcome.key == outcome_of(risk(answers[names[0]], impact))


def test_the_worst_kind_counts(say):
    framework = shipped()["ai-risk"]
    for likelihoods in product(LIKELIHOODS, repeat=len(KINDS)):
        answers = calm("limited")
        for kind, likelihood in zip(KINDS, likelihoods, strict=True):
            answers |= {f"{kind}_likelihood": likelihood, f"{kind}_impact": "serious"}
        judged = judge(framework, say(**answers), "limited")
        assert judged.outcome.key == outcome_of(*(risk(one, "serious") for one in likelihoods))


def test_a_mitigation_counts_once_it_is_verified(say):
    framework = shipped()["ai-risk"]
    answers = say(**calm("limited") | {"bias_likelihood": "likely", "bias_impact": "severe"})
    assert judge(framework, answers, "limited").outcome.key == "not_yet"
    promised = answers | {"bias_after": Given(frozenset({"unlikely"}), verified=False)}
    assert judge(framework, promised, "limited").outcome.key == "not_yet"
    proven = answers | {"bias_after": Given(frozenset({"unlikely"}), verified=True)}
    assert judge(framework, proven, "limited").outcome.key == "with_watch"


def test_what_is_too_high_is_named_and_what_would_flip_it(say):
    framework = shipped()["ai-risk"]
    answers = say(**calm("limited") | {"bias_likelihood": "likely", "bias_impact": "severe"})
    judged = judge(framework, answers, "limited")
    assert [one.key for one in judged.dimensions if one.fails] == ["bias_residual", "residual"]
    found = {(one.question, one.level) for one in flips(framework, answers, "limited")}
    assert ("bias_after", "unlikely") in found
    assert ("bias_impact", "minor") in found


def test_a_risk_that_is_not_low_asks_for_its_mitigation(say):
    framework = shipped()["ai-risk"]
    answers = say(**calm("limited") | {"bias_likelihood": "possible", "bias_impact": "serious"})
    judged = judge(framework, answers, "limited")
    assert [one.question for one in judged.lacking] == ["bias_plan", "watch"]
    told = {key: Given(text="Written down.") for key in ("bias_plan", "watch")}
    assert judge(framework, answers | told, "limited").verdict == "met"


def test_belief_does_not_do_where_the_risk_is_high(say):
    answers = say(**calm("high"))
    judged = judge(shipped()["ai-risk"], answers, "high")
    assert {one.question for one in judged.lacking} == {f"{kind}_likelihood" for kind in KINDS}
    graded = {key: replace(one, grade="estimated") for key, one in answers.items()}
    assert judge(shipped()["ai-risk"], graded, "high").verdict == "met"
