"""Each shipped rule over all combinations of answers, against the same rule told another way."""

import pytest

from sextant.strategy.frameworks import shipped

SOMEHOW = "several dimensions together"
"""What a sentence says that names what fails, where nothing can be named."""
FOUR = ("valuable", "usable", "feasible", "viable")


def product_risks(valuable, usable, feasible, viable):
    """Every solution must be all four; one that is refuted decides, one that is open waits."""
    bad = ("unwanted", "stuck", "out_of_reach", "a_loss")
    if any(one in bad for one in (valuable, usable, feasible, viable)):
        return "fails"
    return "unproven" if "open" in (valuable, usable, feasible, viable) else "all_four"


def canvas(real, care, fit, simpler, data_there, data_enough):
    if care == "indifferent":
        return "no_problem"
    if simpler == "enough" or fit == "wrong":
        return "simpler"
    if data_there == "none" or data_enough == "insufficient":
        return "no_data"
    unknown = real == "assumed" or fit == "doubtful" or "unknown" in (simpler, data_enough)
    return "find_out" if unknown else "pursue"


def readiness(maturity, supply, failures):
    if maturity in ("elsewhere", "here") and supply != "single" and failures == "handled":
        return "ready"
    return "not_ready" if maturity == "research" or failures == "unknown" else "with_plan"


def automation(automation, harm, override, review, appeal, stop):
    """People decide; or it decides, and what watches over it was tried."""
    if override == "absent":
        return "no_way_out"
    if automation in ("inform", "suggest"):
        return "people_decide"
    if automation == "alone" and harm == "unbearable":
        return "too_far"
    tried = review == appeal == "tried"
    if automation == "reviewed":
        return "reviewed" if tried else "controls_missing"
    return "alone" if tried and stop == "tried" else "controls_missing"


def misuse(reach, damage):
    """Without a test that counts, whoever can try can still try."""
    if damage == "slight" or (reach == "few" and damage == "limited"):
        return "harmless"
    return "open" if damage == "grave" and reach != "few" else "watched"


def society(effect, lasting, heard):
    lasts = lasting == "lasting"
    if effect == "good" or (effect == "mixed" and not lasts):
        return "light"
    needed = ("changed",) if effect == "harmful" and lasts else ("asked", "changed")
    return "with_care" if heard in needed else "not_heard"


def work(automation, roles, transition):
    if automation in ("inform", "suggest"):
        return "helps"
    if roles == "kept":
        return "kept"
    if transition in ("agreed", "absent"):
        return {"agreed": "agreed", "absent": "no_plan"}[transition]
    return "planned" if roles == "changed" else "not_agreed"


def users(expectation, doubt, why, recourse):
    if expectation == "absent" or doubt == "certain" or recourse == "stuck":
        return "left_alone"
    return "understood" if expectation == "understood" and why != "absent" else "untried"


def pillars(focus, transparency, data_driven, placing_bets):
    held = (focus, transparency, data_driven, placing_bets)
    if held == ("chosen", "open", "measured", "bets"):
        return "stands"
    worst = ("everything", "closed", "opinion", "projects")
    missing = any(one == bad for one, bad in zip(held, worst, strict=True))
    return "missing" if missing else "partly"


def maturity(**sides):
    held = set(sides.values())
    return "not_yet" if "absent" in held else "one_bet" if "patchy" in held else "direction"


def why_ai(recorded, difference, motive):
    """With a gain; without one see below."""
    if recorded == "absent":
        return "baseline_first"
    return "simpler" if difference == "small" else "hype" if motive == "fashion" else "earns_it"


RULES = [
    ("product-risks", "minimal", FOUR, product_risks),
    (
        "opportunity-canvas",
        "limited",
        ("real", "care", "fit", "simpler", "data_there", "data_enough"),
        canvas,
    ),
    ("technology-readiness", "high", ("maturity", "supply", "failures"), readiness),
    (
        "automation-level",
        "high",
        ("automation", "harm", "override", "review", "appeal", "stop"),
        automation,
    ),
    ("misuse", "high", ("reach", "damage"), misuse),
    ("societal-impact", "high", ("effect", "lasting", "heard"), society),
    ("employment-impact", "high", ("automation", "roles", "transition"), work),
    ("users-and-uncertainty", "high", ("expectation", "doubt", "why", "recourse"), users),
    (
        "strategy-pillars",
        "minimal",
        ("focus", "transparency", "data_driven", "placing_bets"),
        pillars,
    ),
    (
        "data-maturity",
        "minimal",
        ("access", "meaning", "quality", "labels", "ownership"),
        maturity,
    ),
]


@pytest.mark.parametrize(("key", "tier", "questions", "rule"), RULES, ids=[r[0] for r in RULES])
def test_all_answers(every, key, tier, questions, rule):
    seen = set()
    for answers, judged in every(shipped()[key], tier, *questions):
        assert judged.outcome is not None, answers
        assert judged.outcome.key == rule(**answers), answers
        assert SOMEHOW not in judged.says, answers
        seen.add(judged.outcome.key)
    assert seen == set(shipped()[key].outcomes)


@pytest.mark.parametrize("gain", ["better", "none"])
def test_why_ai(every_with, gain):
    ranges = {"with_ai": (40, 48) if gain == "better" else (10, 12), "without_ai": (19, 21)}
    for answers, judged in every_with(
        shipped()["why-ai"], "limited", ranges, "recorded", "difference", "motive"
    ):
        expected = why_ai(**answers)
        if gain == "none" and expected != "baseline_first":
            expected = "simpler"
        assert judged.outcome.key == expected


@pytest.mark.parametrize("fast", [True, False])
def test_edge_or_cloud(every_with, fast):
    """On the device where it must or pays, in both where one is not enough, else in the cloud."""
    ranges = {"allowed": (100, 200), "cloud": (50, 90) if fast else (300, 900)}
    names = ("privacy", "connection", "device", "cost")
    for answers, judged in every_with(shipped()["edge-or-cloud"], "high", ranges, *names):
        privacy, connection, device, cost = (answers[name] for name in names)
        cloud_fails = not fast or connection == "often_absent"
        if device == "too_weak":
            expected = "nowhere" if cloud_fails or privacy == "must_stay" else "cloud"
        elif privacy == "must_stay" or (
            device == "strong" and (cloud_fails or cost == "cloud_dearer")
        ):
            expected = "edge"
        else:
            expected = "both" if cloud_fails or privacy == "restricted" else "cloud"
        assert judged.outcome.key == expected, answers


def test_literacy_rests_on_the_weakest_of_the_four(every_with):
    """All answers to the four, and all answers to the rest where the four hold."""
    framework = shipped()["ai-literacy"]
    four = ("technical_literacy", "data_intuition", "uncertainty", "experimentation")
    rest = tuple(key for key in framework.questions if key not in four)
    for answers, judged in every_with(framework, "minimal", dict.fromkeys(rest, "teach"), *four):
        held = set(answers.values())
        expected = "begin" if "new" in held else "practise" if "follow" in held else "share"
        assert judged.outcome.key == expected
    for answers, judged in every_with(framework, "minimal", dict.fromkeys(four, "use"), *rest):
        narrow = {"new", "follow"} & set(answers.values())
        assert judged.outcome.key == ("widen" if narrow else "share")
