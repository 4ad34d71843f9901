"""Lessons, what to read, roles and skills: whole, and no skill that no role brings."""

from __future__ import annotations

from itertools import pairwise

from sextant.strategy.literacy import LEVELS, lessons, resources, roles, skills


def test_lessons_are_short_and_end_with_something_to_do() -> None:
    assert len(lessons()) >= 5
    for lesson in lessons().values():
        assert lesson.minutes <= 5
        assert len(" ".join(lesson.says).split()) <= 60 * lesson.minutes, lesson.key
        assert lesson.do.endswith(".")
        assert lesson.page


def test_the_first_lesson_sets_dogs_in_photos_against_a_save_button() -> None:
    first = next(iter(lessons().values()))
    assert first.versus is not None
    assert (first.versus.left, first.versus.right) == ("Save button", "Identify dogs in photos")
    assert all(len(row) == 3 for row in first.versus.rows)


def test_15_of_100_lead_to_the_fallback() -> None:
    told = lessons()["eighty-five"]
    assert "out of 100 decisions 15 may be wrong" in told.says[0]
    assert "fallback" in " ".join(told.says)


def test_what_to_read_stands_together_by_aim() -> None:
    aims = [one.aim for one in resources()]
    assert len(set(aims)) == 1 + sum(a != b for a, b in pairwise(aims))
    linked = [one.href for one in resources() if one.href]
    assert len(set(linked)) == len(linked)
    assert len({(one.name, one.by) for one in resources()}) == len(resources())


def test_what_has_no_confirmed_address_is_named_with_its_author() -> None:
    bare = {one.name: one.by for one in resources() if not one.href}
    assert bare["AI Transformation Playbook"] == "Andrew Ng, Landing AI, 2018"
    assert all(bare.values())


def test_every_role_asks_and_brings() -> None:
    assert len(roles()) == 12
    for role in roles().values():
        assert len(role.asks) >= 3
        assert all(asked.says.endswith("?") for asked in role.asks)
    brought = {skill for role in roles().values() for skill in role.brings}
    assert set(skills()) == brought


def test_every_level_has_its_anchor() -> None:
    shared = {key for key, one in skills().items() if one.group == "shared"}
    assert shared >= {
        "data-literacy", "ai-concepts", "ethical-decision-making", "stakeholder-communication",
        "iterative-development", "strategic-thinking", "business-knowledge",
    }  # fmt: skip
    for skill in skills().values():
        anchors = [skill.anchor(level) for level in LEVELS]
        assert len(set(anchors)) == len(LEVELS)
