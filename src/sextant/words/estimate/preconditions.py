"""What an estimate takes for granted, and what of that could be checked."""

from __future__ import annotations

from typing import Literal

from sextant.studies.estimate.learning import NEAR
from sextant.studies.estimate.result import Clash, Place, Unlabelled
from sextant.words.estimate.numbers import place_name
from sextant.words.nouns import listed
from sextant.words.numbers import Scale, percent, span, whole

State = Literal["holds", "fails", "open", "unseen"]
RAW = {
    "met": "On the reference the scores mean what they say, within 5 points.",
    "missed": "On the reference the scores do not mean what they say.",
    "undecided": "On the reference it is open whether the scores mean what they say.",
}
TAUGHT = (
    "The estimate takes from its labels what each score is worth, with the error of so many rows."
)


def preconditions(found: Unlabelled) -> list[tuple[str, State, str]]:
    """What must hold, whether it does, and how that is known."""
    return [
        ("the reference teaches", _taught_state(found), _taught(found)),
        ("scores are known", *_support(found)),
        ("scores mean what they meant", *_relation(found)),
    ]


def _taught_state(found: Unlabelled) -> State:
    return "holds" if any(not one.why or one.reference >= 100 for one in found.places) else "fails"


def _taught(found: Unlabelled) -> str:
    labelled = whole(found.reference.labelled or 0)
    return f"{labelled} labelled rows teach. {RAW[found.raw]} {TAUGHT}"


def _support(found: Unlabelled) -> tuple[State, str]:
    unknown = [one for one in found.places if one.outside]
    if not unknown:
        return "holds", f"No score lies further than {NEAR:g} from one that has a label."
    rows = sum(one.outside for one in unknown if not one.segment)
    refused = any("come near" in one.why for one in unknown)
    said = f"{whole(rows)} rows have scores further than {NEAR:g} from any that has a label"
    return ("fails" if refused else "open"), f"{said}; they are counted at their worst."


def _relation(found: Unlabelled) -> tuple[State, str]:
    tested = [one for one in found.places if one.clash]
    broken = [one for one in tested if one.clash and one.clash.clashes]
    if broken:
        worst = max(broken, key=lambda one: abs(one.clash.z) if one.clash else 0.0)
        named = [place_name(one, found) for one in broken]
        each = [name or "all rows" for name in named]
        where = f" in {listed(each, most=6)}" if any(named) else ""
        return "fails", f"Labels that have come contradict the estimate{where}. {clash(worst)}"
    if tested:
        worst = max(tested, key=lambda one: abs(one.clash.z) if one.clash else 0.0)
        return "open", f"The labels that have come do not contradict it. {clash(worst)}"
    return "unseen", (
        "Nobody can see without labels whether the same score still means the same; 50 labels of "
        "the current rows would begin to tell."
    )


def clash(place: Place) -> str:
    """`Of 100 labelled rows 61 were positive (58 to 64), and 48 were expected.`"""
    held: Clash | None = place.clash
    if held is None:
        return ""
    scale = Scale(100.0, 1)
    share = scale.bare(held.measured.value or 0.0)
    ends = span(scale, held.measured.low, held.measured.high)
    return (
        f"Of 100 {held.of} {share} were {held.what} ({ends}), and "
        f"{scale.bare(held.expected)} were expected of these very rows."
    )


def caveats(found: Unlabelled) -> list[str]:
    """What the numbers are, what they do not see, what was left out."""
    said = [
        "This is an estimate, not a measurement: it can say that a promise is likely missed, never "
        "that it is kept. In a gate it counts for no criterion; no labels are no pass.",
        "It sees that other rows come than before, and what their scores were worth then. It does "
        "not see that the same score is worth something else now: such a change makes the true "
        "loss larger than the estimated one.",
        f"Intervals hold with {percent(found.asked.confidence)} confidence for what labels of "
        "these rows would show, and for the population they come from; they carry the error of the "
        "reference too. Each row counts as independent, unless a unit is named.",
    ]
    if found.same:
        said.insert(0, "Both sides are the same rows: the estimate repeats what their labels say.")
    if found.labels.labelled and found.labels.labelled == found.labels.rows:
        said.insert(0, "Every row has a label: sextant check measures what is estimated here.")
    said += [f"Left out: {text} ({why})." for text, why in found.left_out]
    return said
