"""What recalibrating gains, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from sextant.stats.estimate import Estimate
from sextant.studies.calibration.mapping import Method
from sextant.studies.calibration.result import Calibration, Gain, Triple
from sextant.words.nouns import among, listed
from sextant.words.numbers import MOST_PLACES, Scale, span, whole

NAMES: Mapping[Method, str] = {
    "none": "the scores as they are",
    "isotonic": "isotonic regression",
    "platt": "Platt scaling",
    "beta": "beta calibration",
}
MOST = 4


def gain_sentence(calibration: Calibration) -> str:
    """What the recalibration that does best changes, on rows that it was not fitted on."""
    found = calibration.recalibration
    if found is None:
        return f"What recalibrating would gain cannot be measured: {calibration.no_gain}."
    if found.told == "leave":
        return (
            "Recalibrating helps nothing: on rows that they were not fitted on, none of "
            f"{listed([NAMES[one.method] for one in found.candidates], 'and')} does better than "
            "the scores as they are. Leave them."
        )
    name = NAMES[found.mapping.method]
    changes = measured(found.best)
    match found.told:
        case "helps":
            return f"Recalibrating helps: {name} {changes}."
        case "harms":
            return f"Recalibrating makes the scores worse: {name} {changes}. Leave them."
        case _:
            first = changed(*_terms(found.best)[0])
            unseen = "on rows that it was not fitted on"
            return (
                f"Recalibrating is not shown to help: {name} {first}, {unseen}. Leave the scores."
            )


def measured(gain: Gain) -> str:
    """`lowers the log loss from 0.512 to 0.487 (by 0.021 to 0.029) and the Brier score …`."""
    first, *others = _terms(gain)
    said = [changed(*first), *(f"{name} from {_ends(triple)}" for name, triple in others)]
    return f"{listed(said)}, on rows that it was not fitted on"


def changed(name: str, triple: Triple) -> str:
    """One loss before and after, with the interval of the difference."""
    difference = triple[2]
    value = difference.value or 0.0
    verb = "lowers" if value >= 0 else "raises"
    text = f"{verb} {name} from {_ends(triple)}"
    if not difference.assessable:
        return f"{text} ({difference.reason})"
    if difference.low > 0 or difference.high < 0:
        low, high = sorted((abs(difference.low), abs(difference.high)))
        return f"{text} (by {span(scale_of(difference), low, high)})"
    scale = scale_of(difference)
    worse, better = scale.full(max(-difference.low, 0.0)), scale.full(max(difference.high, 0.0))
    return f"changes {name} by anything from {worse} worse to {better} better"


def group_sentences(calibration: Calibration) -> list[str]:
    """Where it helps: the groups it makes worse, and those it helps; proven among all groups."""
    found = calibration.recalibration
    if found is None or not found.groups or found.told != "helps":
        return []
    contract = calibration.asked.contract
    worse, better = [], []
    for one in found.groups:
        difference = one.gain.deciding[2]
        if difference.assessable and difference.high < 0:
            worse.append(among(one.segment, contract))
        if difference.assessable and difference.low > 0:
            better.append(among(one.segment, contract))
    said = []
    if worse:
        said.append(f"It makes the scores worse {listed(worse, most=MOST)}.")
    if better:
        every = len(better) == len(found.groups)
        where = "in every group" if every else listed(better, most=MOST)
        said.append(f"It makes them better {where}.")
    if not worse and not better:
        said.append("For no group alone is it shown to make the scores better or worse.")
    return said


def split_sentence(calibration: Calibration) -> str:
    """Which rows taught and which tested."""
    fold = calibration.asked.fold
    if fold.since is not None:
        return f"Fitted on rows before {fold.since}, tested on those from then on."
    if fold.value is not None:
        return f"Fitted on rows whose {fold.column} is {fold.value}, tested on the others."
    held = calibration.recalibration.held if calibration.recalibration else 0.0
    found = f"{whole(held)} labelled rows"
    kind = "units" if calibration.asked.contract.data.unit else "rows"
    return (
        f"Half of the {kind}, by their hash, taught: the method was chosen and fitted on them. The "
        f"other half tested: {found}."
    )


def _terms(gain: Gain) -> list[tuple[str, Triple]]:
    terms = [
        ("the log loss", gain.log_loss),
        ("the Brier score", gain.brier),
        ("the calibration error", gain.error),
    ]
    return [term for term in terms if term[1][2].value is not None]


def _ends(triple: Triple) -> str:
    before, after = (one.value or 0.0 for one in triple[:2])
    for places in range(3, MOST_PLACES):
        scale = Scale(1.0, places)
        if before == after or scale.shown(before) != scale.shown(after):
            return f"{scale.bare(before)} to {scale.bare(after)}"
    return f"{before:g} to {after:g}"


def scale_of(difference: Estimate) -> Scale:
    """Decimals enough to tell both ends from 0, and from each other."""
    for places in range(3, MOST_PLACES):
        scale = Scale(1.0, places)
        ends = [end for end in (difference.low, difference.high) if end]
        if all(scale.shown(end) for end in ends) and scale.shown(difference.low) != scale.shown(
            difference.high
        ):
            return scale
    return Scale(1.0, MOST_PLACES)
