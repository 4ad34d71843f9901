"""Data moat: three of five strong make it strong; a weak one asks for another difference."""

from dataclasses import replace

from sextant.strategy.frameworks import Given, judge, shipped

QUESTIONS = (
    "proprietary", "usage", "labelled", "gain", "accumulation", "quality", "freshness",
)  # fmt: skip


def wheel(usage, labelled, gain):
    """As good as its worst link; nothing before two turn."""
    links = (usage, labelled, gain)
    if "broken" in links:
        return "weak"
    return "strong" if set(links) == {"works"} else "even"


def test_the_rule_over_all_answers(every):
    for answers, judged in every(shipped()["data-moat"], "limited", *QUESTIONS):
        network = wheel(answers["usage"], answers["labelled"], answers["gain"])
        sides = [answers[key] for key in ("proprietary", "accumulation", "quality", "freshness")]
        sides.append(network)
        strong, fair = sides.count("strong"), len(sides) - sides.count("weak")
        expected = "strong" if strong >= 3 else "partial" if fair >= 3 else "weak"
        assert judged.outcome.key == expected


def test_the_broken_link_is_named(say):
    judged = judge(shipped()["data-moat"], say(usage="works", labelled="broken"), "limited")
    says = {one.key: one.says for one in judged.dimensions}
    assert says["examples"] == "The flywheel is broken where use should become labelled examples."
    assert says["network"] == "The flywheel does not turn. Use does not make the product better."


def test_a_weak_moat_is_not_met_before_the_difference_is_told(say):
    framework = shipped()["data-moat"]
    answers = dict.fromkeys(QUESTIONS, "weak") | dict.fromkeys(QUESTIONS[1:4], "broken")
    graded = {key: replace(one, grade="measured") for key, one in say(**answers).items()}
    judged = judge(framework, graded, "limited")
    assert judged.outcome.key == "weak"
    assert [one.question for one in judged.lacking] == ["differentiation"]
    assert judged.verdict == "undecided"
    told = graded | {"differentiation": Given(text="It speaks Frisian.")}
    assert judge(framework, told, "limited").verdict == "met"
