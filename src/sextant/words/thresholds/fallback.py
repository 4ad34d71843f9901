"""The fallback band as sentences: what is automatic, what is left, and what is guaranteed."""

from __future__ import annotations

from sextant.studies.thresholds.fallback import Bands, Fallback
from sextant.studies.thresholds.result import Exploration
from sextant.words.nouns import capital
from sextant.words.numbers import percent, scale_for, whole
from sextant.words.thresholds.figures import counted, nouns, written
from sextant.words.thresholds.sentences import one_sided


def fallback_sentences(found: Exploration) -> list[str]:
    """The band of each guarantee and the one that was asked about, with what they promise."""
    bands, said = found.fallback, []
    if bands.bound is not None:
        said += _among(bands, found) + _average(bands, found)
    if bands.asked is not None:
        said += [band_sentence(bands.asked, found), *_costs(bands.asked, found)]
    return said


def band_sentence(band: Fallback, found: Exploration) -> str:
    """`Below 0.145 and from 0.856 on the score decides alone: of 100 people about 46 …`"""
    rows = nouns(found.contract).rows
    if not band.automated.value:
        return "The score decides nothing alone: everything goes to people."
    text = (
        f"below {written(band.low)} and from {written(band.high)} on the score decides alone: "
        f"{counted(band.automated, rows, 'are decided automatically')}"
    )
    if band.error.value is not None:
        text += f", and {counted(band.error, 'of them', 'are wrong')}"
    volume = found.setting.volume
    if volume and band.people.value is not None:
        left = [round(x * volume) for x in (band.people.value, band.people.low, band.people.high)]
        text += (
            f". {whole(left[0])} ({whole(left[1])} to {whole(left[2])}) of {whole(volume)} a "
            f"{found.setting.period} are left to people"
        )
    return capital(f"{text}.")


def _among(bands: Bands, found: Exploration) -> list[str]:
    bound = percent(bands.bound or 0)
    if bands.among is None:
        return [
            f"No band is shown to keep the errors among automatic decisions to {bound}: there are "
            "too few labelled rows, or too many errors even where the score is surest."
        ]
    return [
        band_sentence(bands.among, found),
        f"Guarantee: with {one_sided(found)} confidence at most {bound} of the automatic decisions "
        "on new cases like these are wrong (tested from the widest band inwards).",
        *_costs(bands.among, found),
    ]


def _average(bands: Bands, found: Exploration) -> list[str]:
    bound = percent(bands.bound or 0)
    if found.cuts.by_unit is not None:
        return ["Rows of one unit are dependent: the guarantee on average cannot be given."]
    if bands.average is None:
        return [f"No band keeps automatic errors to {bound} of all cases on average."]
    one = bands.average
    return [
        f"A weaker promise allows more: below {written(one.low)} and from {written(one.high)} on, "
        f"{percent(round(one.automated.value or 0, 3))} are decided automatically, and of all "
        f"cases at most {bound} are decided automatically and wrongly, on average over bands set "
        "like this one. About half of them do worse than the average."
    ]


def _costs(band: Fallback, found: Exploration) -> list[str]:
    """Who should decide between the two thresholds, by cost; people are taken to be right."""
    setting = found.setting
    if band.cost is None or not setting.known:
        return []
    currency = setting.costs.currency

    def amount(x: float) -> str:
        return scale_for("money", x, x, x, float("-inf"), ">=", currency).full(x)

    review = f", {amount(setting.review)} a look," if setting.review else ""
    return [
        f"Between the two, a decision costs {amount(band.cost.people)} over all cases if people "
        f"decide{review} and are right, {amount(band.cost.flag)} if a rule flags them, "
        f"{amount(band.cost.leave)} if a rule leaves them."
    ]
