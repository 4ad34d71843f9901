"""What a judgement says beside its outcome: sentences, what lacks, what would decide or flip."""

from sextant.strategy.frameworks import Given, flips, framework_from_text, judge, shipped

TEA = """\
framework: tea
version: 1
name: Tea
asks: Is this tea worth drinking?
sources: [A book on tea]
used_by: [{reader: case}]
valid_for: 2 weeks
scales:
  warmth: {cold: Colder than the hand., warm: As warm as the hand., hot: Hotter.}
questions:
  pot: {asks: How warm is the pot?, scale: warmth}
  cup: {asks: How warm is the cup?, scale: warmth, from: limited, otherwise: pot}
  milk: {asks: How much milk?, kind: text, asked_when: {tea: {at_most: warm}}, read_by: [case]}
  name: {asks: What is it called?, kind: text, asked_when: [drink], from: high}
dimensions:
  tea: {name: Warmth of the tea, least: [pot, cup], says: {hot: It steams.}}
outcomes:
  drink: {verdict: met, when: {tea: hot}, says: Drink it.}
  wait: {verdict: undecided, when: {tea: warm}, says: Warm it.}
  pour: {name: Pour it away, verdict: missed, says: "Pour it away, for {fails}."}
"""


def tea(tier="high", **answers):
    given = {key: Given(frozenset({held})) if " " not in held else Given(text=held)
             for key, held in answers.items()}  # fmt: skip
    return judge(framework_from_text(TEA), given, tier)


def test_a_decided_outcome_says_so_and_its_dimension_too():
    judged = tea(pot="hot", cup="hot", name="Earl Grey")
    assert (judged.says, judged.verdict, judged.deciders) == ("Drink it.", "met", ())
    assert judged.dimensions[0].says == "It steams."


def test_an_open_outcome_says_what_it_turns_on():
    judged = tea(pot="hot")
    assert judged.says == (
        "Not decided: “Drink”, “Wait” or “Pour it away” is still possible. It turns on “Cup”."
    )
    assert judged.dimensions[0].says == "Open: cold, warm or hot."


def test_many_can_be_judged_without_what_they_turn_on():
    judged = judge(framework_from_text(TEA), {}, "high", explain=False)
    assert judged.deciders == ()
    assert judged.says == "Not decided: “Drink”, “Wait” or “Pour it away” is still possible."


def test_levels_that_are_still_possible_are_named():
    framework = framework_from_text(TEA)
    given = {"pot": Given(frozenset({"hot"})), "cup": Given(frozenset({"warm", "hot"}))}
    judged = judge(framework, given, "high")
    assert judged.dimensions[0].says == "Either warm or hot."
    assert [one.key for one in judged.possible] == ["drink", "wait"]


def test_what_fails_is_named_in_the_outcomes_sentence():
    judged = tea(pot="cold", cup="hot")
    assert judged.says == "Pour it away, for warmth of the tea."
    assert judged.dimensions[0].says == "Cold: Colder than the hand."


def test_a_question_that_is_not_asked_takes_its_stand_in():
    assert tea("minimal", pot="hot").outcome.key == "drink"
    assert tea("minimal", pot="hot", cup="cold").outcome.key == "pour"


def test_a_condition_or_an_outcome_asks_for_more():
    assert [one.question for one in tea(pot="cold", cup="hot").lacking] == ["milk"]
    assert [one.question for one in tea(pot="hot", cup="hot").lacking] == ["name"]
    assert [one.question for one in tea(pot="hot").lacking] == ["cup"]
    assert tea("minimal", pot="hot", cup="hot").lacking == ()


def test_an_outcome_is_not_met_while_something_lacks():
    assert tea(pot="hot", cup="hot").verdict == "undecided"
    assert tea(pot="hot", cup="hot").lacking[0].why == "It is not answered."


def test_it_is_missed_when_every_possible_outcome_is():
    framework = framework_from_text(TEA.replace("verdict: undecided", "verdict: missed"))
    given = {"pot": Given(frozenset({"cold", "warm"}))}
    judged = judge(framework, given, "high")
    assert judged.outcome is None
    assert judged.verdict == "missed"


def test_what_would_flip_it_is_a_single_answer():
    given = {"pot": Given(frozenset({"hot"})), "cup": Given(frozenset({"warm"}))}
    found = flips(framework_from_text(TEA), given, "high")
    assert {(one.question, one.level, one.outcome.key) for one in found} == {
        ("pot", "cold", "pour"), ("cup", "cold", "pour"), ("cup", "hot", "drink"),
    }  # fmt: skip


def test_nothing_flips_what_is_not_decided():
    assert flips(framework_from_text(TEA), {}, "high") == ()


def test_how_long_an_answer_counts():
    assert framework_from_text(TEA).valid_days == 14
    assert shipped()["ai-value"].valid_days == 180
    assert shipped()["data-moat"].valid_days == 365


def test_a_choice_does_not_fail_but_what_it_takes_does():
    framework = shipped()["automation-level"]
    answers = {"automation": "alone", "harm": "mild", "override": "tried", "review": "planned",
               "appeal": "tried", "stop": "absent"}  # fmt: skip
    given = {key: Given(frozenset({level})) for key, level in answers.items()}
    judged = judge(framework, given, "limited")
    assert judged.says == (
        "It decides more than its controls allow. Missing is review with appeal and stopping it."
    )
