"""A framework file with an error: every problem at once, with line, column, reason and remedy."""

import pytest

from sextant.strategy.frameworks import FrameworkError, framework_from_text

FILE = """\
framework: tea
version: 1
name: Tea
asks: Is this tea worth drinking?
sources: [A book on tea]
used_by:
  - {reader: case}
valid_for: 30 days
scales:
  warmth: {cold: Colder than the hand., warm: As warm as the hand., hot: Hotter.}
  taste: {bad: Nobody wants more., good: Somebody wants more.}
  worth: {no: Leave it., yes: Drink it.}
tables:
  cup:
    down: warmth
    across: taste
    scale: worth
    gives: {cold: [no, no], warm: [no, yes], hot: [no, yes]}
questions:
  warmth: {asks: How warm is it?, kind: range, scale: warmth, cuts: [30, 45], unit: °C}
  taste: {asks: How does it taste?, scale: taste}
  price: {asks: What did it cost?, kind: text, asked_when: [drink]}
dimensions:
  cup: {table: cup, down: warmth, across: taste}
outcomes:
  drink: {verdict: met, when: {cup: yes}, says: Drink it.}
  leave: {verdict: missed, says: Leave it.}
"""

CASES = [
    ("name: Tea\n", "", "line 1, column 1: Key 'name' is missing in the framework."),
    ("asks: Is", "ask: Is", "line 4, column 1: Key 'ask' is not known in the framework. Did you"),
    ("framework: tea", "framework: Tea!", "line 1, column 12: 'Tea!' cannot be the key"),
    ("version: 1", "version: 0", "line 2, column 10: 'version' must be a whole number"),
    ("reader: case", "reader: cas", "line 7, column 14: 'cas' is no reader. Did you mean 'case'?"),
    ("{reader: case}", "{gate: scope}", "line 7, column 12: 'scope' is no gate. Did you mean"),
    ("{reader: case}", "{from: high}", "line 7, column 5: A use names either a gate or a reader."),
    ("30 days", "a while", "line 8, column 12: 'valid_for' must be a length of time."),
    (
        "{bad: Nobody wants more., good: ",
        "{good: ",
        "line 11, column 10: The scale 'taste' needs 2",
    ),
    ("bad: Nobody", "good: Nobody", "line 11, column 37: The level 'good' is there twice."),
    ("no: Leave it.,", "no: ,", "The level 'no' has no anchor. Write what has to be so"),
    ("down: warmth\n", "down: warmt\n", "line 15, column 11: 'warmt' is no scale. Did you mean"),
    ("warm: [no, yes]", "warm: [no]", "The row 'warm' holds 1 levels, not 2. Write one for"),
    ("hot: [no, yes]", "hot: [no, yess]", "line 18, column 56: 'yess' is no level. Did you"),
    ("cold: [no, no], ", "", "Key 'cold' is missing in the table."),
    ("scale: taste}", "scale: tast}", "line 21, column 44: 'tast' is no scale. Did you mean"),
    ("taste?, scale: taste}", "taste?}", "line 21, column 10: A question of kind level needs a"),
    ("kind: range", "kind: rang", "line 20, column 41: 'rang' is no kind. Did you mean 'range'?"),
    ("cuts: [30, 45], ", "", "line 20, column 11: A range has a scale and cuts, or neither."),
    ("[30, 45]", "[45, 30]", "line 20, column 69: The cuts do not ascend."),
    ("[30, 45]", "[30]", "line 20, column 69: 1 cuts make 2 levels; 'warmth' has 3."),
    ("unit: °C", "unit: °C, role: boss", "'boss' is no role."),
    ("unit: °C", "binds: [criterium]", "'criterium' is no kind of reference. Did you mean 'crit"),
    (
        "scale: taste}",
        "scale: taste, unit: g}",
        "'unit' means nothing in a question of kind level.",
    ),
    (
        "scale: taste}",
        "scale: taste, from: high, to: limited}",
        "asked from high to limited: never.",
    ),
    (
        "scale: taste}",
        "scale: taste, grade: {limited: measured, high: believed}}",
        "At high risk a weaker grade is enough than below it. Write measured or more.",
    ),
    (
        "scale: taste}",
        "scale: taste, grade: {high: measured}}",
        "line 21, column 58: 'taste' has to be measured, and may rest on nothing that measures.",
    ),
    ("[drink]", "[drunk]", "line 22, column 61: 'drunk' is no outcome. Did you mean 'drink'?"),
    (
        "down: warmth, ",
        "down: warmht, ",
        "line 24, column 27: 'warmht' is no question or dimension.",
    ),
    ("table: cup", "table: mug", "line 24, column 16: 'mug' is no table."),
    ("{table: cup, ", "{", "line 24, column 8: The dimension 'cup' needs exactly one of is, least"),
    ("down: warmth, across: taste}", "down: taste, across: taste}", "is on the scale taste; the"),
    ("verdict: met", "verdict: meet", "line 26, column 20: 'meet' is no verdict. Did you mean"),
    ("{cup: yes}", "{cap: yes}", "line 26, column 32: Key 'cap' is not known in when. Did you"),
    ("{cup: yes}", "{cup: yas}", "line 26, column 37: 'yas' is no level. Did you mean 'yes'?"),
    (
        "{cup: yes}",
        "{cup: {at_least: yes, at_most: no}}",
        "line 26, column 37: No level is at least yes and at most no: worst to best they are no,",
    ),
    (
        "{cup: yes}",
        "{count: {of: [cup], at_least: yes, many: 2}}",
        "2 of 1 dimensions can never be.",
    ),
    ("{cup: yes}", "{count: {of: [cup], many: 1}}", "The count says of which level."),
    ("when: {cup: yes}, ", "", "line 27, column 3: The outcome 'leave' is never reached: one"),
    (
        "{verdict: missed, says",
        "{verdict: missed, when: {cup: yes}, says",
        "The outcome 'leave' is never",
    ),
    (
        "{verdict: missed, says",
        "{verdict: missed, when: {cup: yes}, says",
        "line 26, column 3: No outcome answers cup: no. Add an outcome for it",
    ),
    (
        "outcomes:\n",
        "  spare: {is: taste}\noutcomes:\n",
        "line 25, column 3: Nothing uses the dimension 'spare': no outcome rests on it.",
    ),
    (
        "dimensions:\n",
        "  smell: {asks: How does it smell?, scale: taste}\ndimensions:\n",
        "line 23, column 3: Nothing uses the question 'smell': no outcome rests on it.",
    ),
    (
        "dimensions:\n",
        "  note: {asks: Anything else?, kind: text}\ndimensions:\n",
        "line 23, column 3: Nothing uses the question 'note'",
    ),
    ("tables:\n", "  spare: {a: One., b: Two.}\ntables:\n", "Nothing uses the scale 'spare'."),
    (
        "  cup: {table: cup, down: warmth, across: taste}\n",
        "  cup: {least: [mug]}\n  mug: {least: [cup]}\n",
        "line 24, column 3: The dimension 'cup' rests on itself: cup → mug → cup.",
    ),
    (
        "  cup: {table: cup, down: warmth, across: taste}\n",
        "  cup: {least: [cup]}\n",
        "line 24, column 17: The dimension 'cup' rests on itself.",
    ),
    (
        "scale: taste}",
        "scale: taste, from: high}",
        "line 21, column 3: At minimal risk neither 'taste' is asked nor anything that stands in.",
    ),
    (
        "scale: taste}",
        "scale: taste, once_verified: true}",
        "line 21, column 3: 'taste' counts only once verified, and nothing counts before.",
    ),
    (
        "scale: taste}",
        "scale: taste, otherwise: tast}",
        "'tast' is no question or level of its scale. Known",
    ),
    (
        "outcomes:\n",
        "examples:\n  one: {answers: {warmth: hot, taste: bad}, outcome: drink}\noutcomes:\n",
        "line 26, column 3: The example 'one' comes to leave, not to drink.",
    ),
    (
        "outcomes:\n",
        "examples:\n  one: {answers: {warmth: [50, 40], taste: good}, outcome: drink}\noutcomes:\n",
        "line 26, column 27: The range runs from 50 to 40. Exchange them.",
    ),
]


def problems(text):
    with pytest.raises(FrameworkError) as caught:
        framework_from_text(text)
    assert all(one.remedy for one in caught.value.problems)
    return [str(one) for one in caught.value.problems]


def test_the_file_itself_is_right():
    assert framework_from_text(FILE).valid_days == 30


@pytest.mark.parametrize(("old", "new", "message"), CASES)
def test_an_error_has_its_place_and_a_remedy(old, new, message):
    assert FILE.count(old) >= 1
    found = problems(FILE.replace(old, new, 1))
    assert any(message in one for one in found), found


def test_all_problems_are_told_at_once():
    text = FILE.replace("kind: range", "kind: rang").replace("cup: yes}", "cup: yas}")
    found = problems(text.replace("version: 1", "version: one"))
    assert [one.split(",")[0] for one in found][:3] == ["line 2", "line 20", "line 20"]
    assert any("'yas'" in one for one in found)


def test_what_follows_from_another_problem_is_not_told():
    found = problems(FILE.replace("bad: Nobody", "good: Nobody"))
    assert len(found) == 1


def test_two_ranges_that_are_compared_twice():
    text = (
        FILE.replace("dimensions:\n", "  have: {asks: Have?, kind: range}\n"
                     "  need: {asks: Need?, kind: range}\ndimensions:\n"
                     "  one: {compare: have, against: need, scale: taste}\n"
                     "  two: {compare: have, against: need, scale: taste}\n")
        .replace("when: {cup: yes}", "when: {cup: yes, one: good, two: good}")
    )  # fmt: skip
    assert any("The range 'have' is compared 2 times." in one for one in problems(text))


def test_a_range_that_is_not_asked_everywhere_needs_a_stand_in():
    text = FILE.replace(
        "dimensions:\n",
        "  have: {asks: Have?, kind: range, from: high}\n  need: {asks: Need?, kind: range}\n"
        "dimensions:\n  one: {compare: have, against: need, scale: taste}\n",
    ).replace("when: {cup: yes}", "when: {cup: yes, one: good}")
    assert any("At minimal risk neither 'one' is asked" in one for one in problems(text))


def test_a_rule_with_too_many_cases_is_refused():
    names = [f"d{at}" for at in range(11)]
    questions = "".join(f"  {one}: {{asks: How?, scale: taste}}\n" for one in names)
    dimensions = "".join(f"  {one}: {{is: {one}}}\n" for one in names)
    when = ", ".join(f"{one}: good" for one in names)
    text = (
        FILE.replace("dimensions:\n", questions + "dimensions:\n" + dimensions)
        .replace("when: {cup: yes}", f"when: {{cup: yes, {when}}}")
    )  # fmt: skip
    assert any("tell 4,096 cases apart; 1,024 are the most" in one for one in problems(text))


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\n"
LIMITS = [
    ("", "framework: The file is empty. Write its keys."),
    ("just words\n", "line 1, column 1: The framework must be a mapping of keys."),
    (BOMB, "Anchors (&) and aliases (*) are not allowed in a framework."),
    ("a: !!python/object/apply:os.system [ls]\n", "Tags (!) are not allowed in a framework."),
    ("a: b\n" * 15_000, "The framework holds too many values, or nests them too deeply."),
    ("[" * 100, "The framework holds too many values, or nests them too deeply."),
    ("a" * 100_001, "framework: It is longer than 100,000 characters."),
    ("a: b: c\n", "line 1, column 5: This is not valid YAML"),
    (FILE.replace("name: Tea", f"name: {'x' * 91}"), "'name' is longer than 90 characters."),
    (FILE.replace("How warm is it?", "x" * 601), "'asks' is longer than 600 characters."),
    (FILE.replace("[A book on tea]", f"[{'a, ' * 13}]"), "'sources' holds more than 12 texts."),
]


@pytest.mark.parametrize(("text", "message"), LIMITS)
def test_the_limits(text, message):
    assert any(message in one for one in problems(text))


def test_more_questions_than_can_be_answered_are_refused():
    many = "".join(f"  q{at}: {{asks: How?, scale: taste}}\n" for at in range(81))
    found = problems(FILE.replace("questions:\n", "questions:\n" + many))
    assert any("There are more than 80 questions." in one for one in found)
