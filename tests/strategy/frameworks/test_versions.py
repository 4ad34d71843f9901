"""A new version: which answers still mean the same, what decides differently, in words."""

import pytest

from sextant.strategy.frameworks import (
    carry_over,
    differences,
    framework_from_text,
    shipped,
    text_of,
)  # fmt: skip

OLD = text_of("ai-value")


def changed(*pairs):
    text = OLD
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return framework_from_text(text)


CASES = [
    (("cuts: [1, 4]", "cuts: [1, 8]"), {"frequency"}, "another limits between its levels."),
    (("asks: How often does", "asks: How seldom does"), {"frequency"}, "is asked as “How seldom"),
    (("name: Accuracy\n", "name: Precise\n"), set(), "“Accuracy” is called “Precise” now."),
    (("    mild: An error costs a moment.", "    mild: It costs nothing."), {"criticality"},
     "“mild” of “Criticality” means “It costs nothing.” now."),
    (("grade: {limited: estimated}\n    binds: [assessment]", "binds: [assessment]"), set(),
     "The question “Criticality” has another least grade."),
    (("valid_for: 6 months", "valid_for: 3 months"), set(), "An answer counts for 3 months"),
    (("{reader: case}", "{reader: today}"), set(), "It is used by today from minimal risk upwards"),
    (("verdict: missed", "verdict: undecided"), set(),
     "The outcome “Not worth having” has another verdict."),
    (("frequency: {at_least: regular}", "frequency: regular"), set(),
     "The outcome “Worth having” has another condition."),
]  # fmt: skip


@pytest.mark.parametrize(("pair", "lost", "says"), CASES)
def test_a_change_in_words_and_what_it_costs(pair, lost, says):
    new = changed(pair)
    old = shipped()["ai-value"]
    assert set(old.questions) - set(carry_over(old, new)) == lost
    assert any(says in one for one in differences(old, new))


def test_nothing_changed():
    old = shipped()["ai-value"]
    again = changed(("version: 1", "version: 2"))
    assert differences(old, again) == ()
    assert again.digest == old.digest
    assert carry_over(old, again) == tuple(old.questions)


def test_a_question_more_and_one_less():
    new = changed(
        ("  criticality:\n    asks", "  harm:\n    name: Criticality\n    asks"),
        ("criticality: {is: criticality}", "criticality: {is: harm}"),
        ("criticality: mild, improve", "harm: mild, improve"),
        ("criticality: manageable, improve", "harm: manageable, improve"),
        ("criticality: manageable, improve", "harm: manageable, improve"),
    )
    told = differences(shipped()["ai-value"], new)
    assert "The question “Criticality” is new." in told
    assert "The question “Criticality” is gone." in told
    assert "The dimension “Criticality” has another base." in told


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("name: AI value", "name: Value of AI", True),
        ("says: This is worth having", "says: It is worth having", True),
        ("    none: People do as well", "    none: They do as well", True),
        ("cuts: [1, 4]", "cuts: [1, 5]", False),
        ("frequency: often,", "frequency: regular,", False),
        ("binds: [criterion, rate]\n", "binds: [rate]\n", False),
        ("valid_for: 6 months", "valid_for: 7 months", False),
        ("- {gate: development}", "- {gate: scoping}", False),
    ],
)  # fmt: skip
def test_the_digest_is_over_what_decides(old, new, same):
    text = OLD[: OLD.index("examples:")]
    digest = framework_from_text(text.replace(old, new, 1)).digest
    assert (digest == shipped()["ai-value"].digest) == same


def test_the_order_of_outcomes_decides():
    old = shipped()["product-risks"]
    text = text_of("product-risks")
    start, end = text.index("  all_four:"), text.index("  fails:")
    at = text.index("  unproven:")
    moved = text[:start] + text[end:at] + text[start:end] + text[at:]
    new = framework_from_text(moved)
    assert new.digest != old.digest
    assert differences(old, new) == (
        "The outcomes stand in another order, and the first that holds is the answer.",
    )
