"""What a way of mitigation does, as a plain sentence."""

from __future__ import annotations

from sextant.lab.mitigation import Changed, Mitigation, Option
from sextant.stats.estimate import Estimate
from sextant.words.numbers import scale_for, span, whole


def headline(found: Mitigation) -> str:
    """The way that brings what it aims at nearest, and its price; or that none is shown to help."""
    shown = [(aim, one) for one in found.options if (aim := aimed(one)) and helps(aim)]
    if not shown:
        return f"No way is shown to bring the groups by {found.by} nearer to each other."
    aim, best = min(shown, key=lambda one: (one[0].after.value or 0) - (one[0].before.value or 0))
    accuracy = moved(dict(best.quality)["accuracy"])
    return (
        f"“{best.way.title}” helps most: in {aim.definition.title.lower()} the groups lie"
        f" {moved(aim.after)} apart, {moved(aim.before)} before; accuracy changes by {accuracy}."
    )


def helps(aim: Changed) -> bool:
    """Are the two worst groups shown to have moved towards each other, and all less far apart?"""
    return aim.change.high < 0 and (aim.after.value or 0.0) < (aim.before.value or 0.0)


def aimed(option: Option) -> Changed | None:
    """The definition that the way aims at."""
    return next((one for one in option.fairness if one.definition.name == option.way.aims_at), None)


def sentence(option: Option) -> str:
    """`Equalised odds: 5.5 points apart before, 0.9 after; … Accuracy changes by …`."""
    if option.failed:
        return f"Gave nothing: {option.failed}."
    aim = aimed(option)
    assert aim is not None
    assert aim.before.between is not None
    quality = dict(option.quality)
    told = _told(aim)
    return (
        f"{aim.definition.title}: {points(aim.before)} apart before "
        f"({' and '.join(aim.before.between)}), "
        f"{points(aim.after)} after; {told}. Accuracy changes by {moved(quality['accuracy'])}; of "
        f"1,000 rows {1000 * option.worse:.0f} get a worse answer and {1000 * option.better:.0f} a "
        "better one."
    )


def _told(aim: Changed) -> str:
    text = f"the difference of these two changes by {moved(aim.change)}"
    return text if helps(aim) else f"{text}, so that it is not shown to help"


def points(one: Estimate) -> str:
    """`5.5 points`."""
    if one.value is None:
        return "an unknown number of points"
    return scale_for("points", one.value, one.low, one.high, 0.0, "<=").full(one.value)


def moved(one: Estimate) -> str:
    """`−0.2 points (−0.4 to 0.0)`."""
    if one.value is None:
        return "an unknown number of points"
    scale = scale_for("points", one.value, one.low, one.high, 0.0, "<=")
    return f"{scale.full(one.value)} ({span(scale, one.low, one.high)})"


def turned(before: Estimate, change: Estimate) -> str:
    """`moved`; where who was ahead is now behind, by a tenth of a point or more, from what to what.

    A change that is larger than the gap was reads like a mistake without it.
    """
    text = moved(change)
    if before.value is None or change.value is None or before.value + change.value > -0.001:
        return text
    after = -(before.value + change.value)
    behind = scale_for("points", after, after, after, 0.0, "<=").full(after)
    return f"{text}: who was {points(before)} ahead is {behind} behind"


def caveats(found: Mitigation) -> list[str]:
    """How it was measured, and what deciding by group means."""
    said = [
        f"Every way was fitted on {whole(found.fitted)} rows, drawn by chance, and measured on the "
        f"other {whole(found.held_out)}. Changes are of the same rows, before and after.",
        f"Each interval holds by itself, at {100 * found.confidence:g} % confidence. What is "
        "called the best way is the best on these rows, and looks a little better by that.",
    ]
    if 0 < found.trained < found.fitted:
        said.append(
            f"Models were trained on {whole(found.trained)} of the rows that fit, drawn by chance, "
            f"so that it does not take hours; {whole(found.fitted - found.trained)} were left out. "
            "They are measured on the same rows as all others."
        )
    if found.trained and found.scored:
        said.append(
            "A way that trains replaces the model by another, on the columns that were named: its "
            "change is that of the new model against the scores as they are."
        )
    return [
        *said,
        "Thresholds per group decide by the group itself, which some laws forbid. Some decisions "
        "near a threshold are drawn by chance, as Fairlearn's optimiser does.",
        "What makes groups alike by one definition can part them by another: all are shown.",
    ]
