"""People who answered on their own: where they differ, and whether that decides."""

from sextant.strategy.frameworks import Given, compare, everybody, judge, shipped, together

KEY = "build-buy-partner"


def test_what_decides_comes_first(say):
    by_person = {
        "Ada": say(kind="core", importance="high", capability="strong", time="enough"),
        "Ben": say(kind="commodity", importance="low", capability="strong", time="enough"),
        "Cleo": say(kind="core"),
    }
    found = compare(shipped()[KEY], by_person, "limited")
    assert [(one.question, one.decides) for one in found] == [
        ("kind", True), ("importance", False),
    ]  # fmt: skip
    assert set(found[0].answers) == {"Ada", "Ben", "Cleo"}
    assert set(found[1].answers) == {"Ada", "Ben"}


def test_who_agrees_or_is_alone_does_not_differ(say):
    by_person = {"Ada": say(kind="core"), "Ben": say(kind="core", importance="low"), "Cleo": {}}
    assert compare(shipped()[KEY], by_person) == ()


def test_ranges_differ_when_they_have_nothing_in_common(say):
    framework = shipped()["ai-value"]
    near = {"Ada": say(achievable=(80, 86)), "Ben": say(achievable=(85, 90))}
    far = {"Ada": say(achievable=(80, 86)), "Ben": say(achievable=(87, 90))}
    assert compare(framework, near) == ()
    assert [one.question for one in compare(framework, far)] == ["achievable"]


def test_ranges_differ_when_they_reach_other_bands(say):
    framework = shipped()["ai-value"]
    alike = {"Ada": say(frequency=(5, 9)), "Ben": say(frequency=(10, 90))}
    other = {"Ada": say(frequency=(5, 9)), "Ben": say(frequency=(2, 3))}
    assert compare(framework, alike) == ()
    assert [one.question for one in compare(framework, other)] == ["frequency"]


def test_all_answers_together_leave_open_what_any_leaves_open(say):
    framework = shipped()[KEY]
    by_person = {"Ada": say(kind="core"), "Ben": say(kind="commodity"), "Cleo": {}}
    answers = everybody(framework, by_person)
    assert answers["kind"].levels == {"core", "commodity"}
    assert answers["time"].empty
    assert len(judge(framework, answers, "limited").possible) == 3


def test_together_is_the_union_the_hull_and_the_weakest_grade():
    one = Given(frozenset({"a"}), 1, 2, "x", "measured")
    other = Given(frozenset({"b"}), 4, None, "y", "estimated", verified=False)
    assert together([one, Given(), other]) == Given(
        frozenset({"a", "b"}), 1, None, "x\n\ny", "estimated", verified=False
    )
    assert together([]).empty
