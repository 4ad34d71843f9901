"""Every input of a value model: what it asks, in which unit, and what leaving it open means.

An input that is left open is not guessed: it is left out of the sum, and `open_means` says so in
the words that stand on the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Shape = Literal["binary", "answers"]
Unit = Literal["count", "share", "money", "months"]
SHAPES: Mapping[Shape, str] = {
    "binary": "It says yes or no to each case, and the two can be wrong in two ways",
    "answers": "It gives an answer, which is right or wrong",
}
BOTH: tuple[Shape, ...] = ("binary", "answers")
LIMITS: Mapping[Unit, tuple[float, float]] = {
    "count": (0.0, 1e10),
    "share": (0.0, 1.0),
    "money": (0.0, 1e12),
    "months": (0.0, 120.0),
}
"""What an input of a unit can be; the upper limits are far beyond any product (proposed)."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input: its name, its unit, the question it answers, and where it stands in a form.

    `open_value` is what it counts as where nobody has given it, `open_means` that in words;
    `needed`: there is no value without it; `first`: the shapes whose model begins with it.
    """

    name: str
    unit: Unit
    asks: str
    group: str
    shapes: tuple[Shape, ...] = BOTH
    help: str = ""
    needed: bool = False
    first: tuple[Shape, ...] = ()
    open_value: float = 0.0
    open_means: str = ""


GROUPS: Mapping[str, str] = {
    "use": "How often it is used",
    "quality": "How good it will be",
    "stakes": "What right and wrong are worth",
    "costs": "What it costs",
    "today": "Today’s way",
    "other": "The way without AI",
    "learning": "What learning costs",
}
_BINARY: tuple[Shape, ...] = ("binary",)
_ANSWERS: tuple[Shape, ...] = ("answers",)
INPUTS: tuple[Input, ...] = (
    Input("users", "count", "How many people could use it?", "use", needed=True, first=BOTH,
          help="Those it is made for and who can get at it."),
    Input("uses", "count", "How often does each of them come to it in a month?", "use",
          needed=True, first=BOTH, help="Every case it would judge counts as one use."),
    Input("adoption", "share", "Of these uses, which share would really go through it?", "use",
          open_value=1.0, help="Whoever does not use it goes on as today.",
          open_means="every possible use is taken to go through it", first=_ANSWERS),
    Input("prevalence", "share", "Which share of cases is positive?", "quality", _BINARY,
          needed=True, first=BOTH, help="Positive: what it looks for, such as fraud."),
    Input("recall", "share", "Which share of the positives will it find?", "quality", _BINARY,
          needed=True, first=BOTH, help="Its recall: what you believe can be reached."),
    Input("false_positive_rate", "share", "Which share of the others will it flag wrongly?",
          "quality", _BINARY, needed=True, first=BOTH, help="Its false positive rate."),
    Input("accuracy", "share", "Which share of its answers will be right?", "quality", _ANSWERS,
          needed=True, first=BOTH, help="What you believe can be reached."),
    Input("benefit_right_positive", "money", "What is each positive that it finds worth?",
          "stakes", _BINARY, needed=True, first=BOTH,
          help="The loss it avoids and what it brings. Count each amount once."),
    Input("cost_false_positive", "money", "What does each false alarm cost?", "stakes", _BINARY,
          needed=True, first=BOTH, help="The work, and the customer who was stopped for nothing."),
    Input("cost_false_negative", "money", "What does each missed positive cost beyond that?",
          "stakes", _BINARY, help="Only what the worth of finding it does not count already.",
          open_means="a missed positive costs no more than what finding it was worth"),
    Input("benefit_right_negative", "money", "What is each other case worth that passes rightly?",
          "stakes", _BINARY, help="Only where the false alarm does not count it already.",
          open_means="a case that passes rightly is worth nothing by itself"),
    Input("benefit_right", "money", "What is each right answer worth?", "stakes", _ANSWERS,
          needed=True, first=BOTH, help="Against today’s way: minutes saved, sales made."),
    Input("cost_wrong", "money", "What does each wrong answer cost?", "stakes", _ANSWERS,
          needed=True, first=BOTH, help="Mending it, and the harm it does until then."),
    Input("per_1000", "money", "What do 1,000 uses cost to run?", "costs", first=_ANSWERS,
          help="Computing, calls to a model, storage.", open_means="running it costs nothing"),
    Input("review_share", "share", "Which share of uses does a person review?", "costs",
          help="The oversight that was promised.", open_means="nobody reviews a use"),
    Input("review_cost", "money", "What does each such review cost?", "costs",
          help="Minutes times wage.", open_means="a review costs nothing"),
    Input("labelling", "money", "What does labelling cost in a month?", "costs",
          help="Labels that keep it measured.", open_means="labels cost nothing"),
    Input("fixed", "money", "What else does it cost in each month?", "costs",
          help="Monitoring, licences, the people who look after it.",
          open_means="nobody is paid to look after it"),
    Input("build", "money", "What does it cost to build, once?", "costs", needed=True, first=BOTH,
          help="Until the first day of use: people, data, purchases."),
    Input("months", "months", "How many months until it is live?", "costs",
          help="Before that it earns nothing.", open_means="it is live from the first day"),
    Input("today_recall", "share", "Which share of the positives does today’s way find?", "today",
          _BINARY, help="With nothing in place: leave it open.",
          open_means="today’s way finds no positive"),
    Input("today_false_positive_rate", "share", "Which share of the others does it flag wrongly?",
          "today", _BINARY, open_means="today’s way flags nobody wrongly"),
    Input("today_accuracy", "share", "Which share of answers is right today?", "today", _ANSWERS,
          help="Where people get an answer today. Else leave it open.",
          open_means="without it there is no answer, which costs nothing"),
    Input("today_per_1000", "money", "What do 1,000 cases cost today?", "today",
          help="What would be saved by not handling them as today.",
          open_means="today’s way costs nothing to run"),
    Input("other_recall", "share", "Which share of the positives would it find?", "other",
          _BINARY, help="Rules, a checklist, a better form: the best way without AI."),
    Input("other_false_positive_rate", "share", "Which share of the others would it flag wrongly?",
          "other", _BINARY),
    Input("other_accuracy", "share", "Which share of its answers would be right?", "other",
          _ANSWERS, help="A search, a fixed text, a form: the best way without AI."),
    Input("other_per_1000", "money", "What would 1,000 uses of it cost?", "other",
          open_means="running the way without AI costs nothing"),
    Input("other_fixed", "money", "What would it cost in each month?", "other",
          open_means="nobody is paid to look after the way without AI"),
    Input("other_build", "money", "What would it cost to build, once?", "other",
          open_means="the way without AI costs nothing to build"),
    Input("other_months", "months", "How many months until it is live?", "other",
          open_means="the way without AI is live from the first day"),
    Input("cost_per_label", "money", "What does one labelled case cost?", "learning",
          help="To learn how good it can be before it is built.",
          open_means="what a labelled case costs is not known"),
)  # fmt: skip
BY_NAME: Mapping[str, Input] = {one.name: one for one in INPUTS}
OTHER_QUALITY: Mapping[Shape, tuple[str, ...]] = {
    "binary": ("other_recall", "other_false_positive_rate"),
    "answers": ("other_accuracy",),
}
QUALITY: Mapping[Shape, tuple[str, ...]] = {
    "binary": ("recall", "false_positive_rate"),
    "answers": ("accuracy",),
}
"""What evidence will one day measure of the product itself."""


def inputs_of(shape: Shape) -> tuple[Input, ...]:
    """The inputs of a shape in the order of its form."""
    return tuple(one for one in INPUTS if shape in one.shapes)
