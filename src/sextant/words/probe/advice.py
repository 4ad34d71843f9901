"""What to do next, each step from evidence, and what a probe does not say."""

from __future__ import annotations

from collections.abc import Iterator

from sextant.studies.probe.result import Probe, Required
from sextant.words.fitting import fitting
from sextant.words.nouns import listed
from sextant.words.numbers import about, percent, whole
from sextant.words.probe.figures import MEASURES, MODELS, lead, plain_name, worth
from sextant.words.probe.sentences import (
    WIDE,
    choice,
    enough_rows,
    growth_of,
    half_width,
    money,
)
from sextant.words.probe.voice import COMMANDS, Voice

MANY = 0.03
MOST = 6


def steps(probe: Probe, voice: Voice = COMMANDS) -> list[str]:
    """At most six steps, the first first."""
    return [*_steps(probe, voice)][:MOST]


def _steps(probe: Probe, voice: Voice) -> Iterator[str]:
    if probe.leaks:
        names = listed([one.column for one in probe.leaks], most=3)
        yield f"Ask when {names} {_is(len(probe.leaks))} known: before the answer, or after it."
    yield from _advised(probe)
    if probe.table.copies > 0.01 * probe.table.used:
        yield (
            f"Ask why {whole(probe.table.copies)} rows stand more than once: a copy tests what"
            f" its twin taught. {voice.unit}."
        )
    half = half_width(probe)
    if half > WIDE:
        rows = "" if half == float("inf") else f", about {about(enough_rows(probe))} in all"
        yield f"Label more rows before comparing anything closely{rows}."
    if probe.noise is not None and probe.noise.share.low > MANY:
        yield (
            "Have two people judge some of the labels that the model contradicts"
            f"{voice.doubtful}: what they disagree on bounds every model."
        )
    yield from _buy(probe, half)
    if probe.weak is not None and probe.weak.weak:
        where = ", ".join(f"{a} {b}" for a, b in probe.weak.weak[0].conditions)
        yield f"Look at rows with {where}: what would have told them apart?"
    if _worth_building(probe):
        first = probe.required[0].text if probe.required else "the promise"
        yield voice.lock.format(first=first, plain=plain_name(probe.plain))


def _beaten(probe: Probe) -> bool:
    """Is a model shown to beat the best way without one?"""
    lead = probe.model.lead
    return lead is not None and lead.value is not None and lead.low > 0


def _worth_building(probe: Probe) -> bool:
    """Where something is required: is it the model that reaches it? Else: does it win?"""
    if not probe.required:
        return _beaten(probe)
    return probe.verdict == "met" and probe.verdict_without != "met"


def _advised(probe: Probe) -> Iterator[str]:
    """Build or not: by what is required and who reaches it; by who wins where nothing is."""
    plain, model = plain_name(probe.plain), MODELS[probe.model.kind]
    if not probe.required:
        if not _beaten(probe):
            yield f"Take {plain} as the version to beat, and build nothing yet."
    elif probe.verdict_without == "met":
        yield f"Use {plain}: it would meet what is required{_or_a_model(probe)}"
    elif probe.verdict == "met":
        yield (
            f"Build {model}: it would meet what is required, and {plain}"
            f" {_falls_short(probe.without)}."
        )
    elif probe.verdict == "missed":
        missed = listed([one.text for one in probe.required if one.verdict == "missed"])
        other = (
            f"neither {model} nor {plain} reaches what is required (the model misses {missed})"
            if probe.verdict_without == "missed"
            else f"{model} would miss {missed}, and {plain} {_falls_short(probe.without)}"
        )
        yield f"Build nothing yet: {other}. Find columns that say more, or require less."
    else:
        undecided = [one for one in probe.required if one.verdict == "undecided"]
        rows = max((int(one.needed) for one in undecided if one.needed), default=0)
        more = f" About {about(rows)} more labelled rows would decide it." if rows else ""
        names = listed([one.text for one in undecided])
        yield f"Build nothing yet: whether {model} would meet {names} is undecided.{more}"


def _or_a_model(probe: Probe) -> str:
    """What speaks for a model where none is needed; the end of the sentence."""
    model, ahead = MODELS[probe.model.kind], probe.model.lead
    if not _beaten(probe) or ahead is None:
        return ", and no model is shown to beat it. Build nothing yet."
    if probe.verdict != "met":
        return f", and {model} {_falls_short(probe.required)}. Build nothing yet."
    more = lead(probe.main, ahead)
    what = f"a mean error smaller by {more} is" if probe.main == "mae" else (
        f"{more} more {MEASURES[probe.main]} are"
    )  # fmt: skip
    return f" without a model. Build one only if {what} worth the cost."


def _falls_short(required: tuple[Required, ...]) -> str:
    """`would miss recall >= 0.9`."""
    missed = [one.text for one in required if one.verdict == "missed"]
    if missed:
        return f"would miss {listed(missed)}"
    return f"is not shown to meet {listed([one.text for one in required if one.verdict != 'met'])}"


def _buy(probe: Probe, half: float) -> Iterator[str]:
    growth = growth_of(probe)
    if growth is None:
        return
    what = choice(probe, growth)
    cost = ""
    if probe.asked.price is not None:
        cost = f" for {money(probe.asked.price * growth.more, probe.asked.currency)}"
    if what.what == "more data":
        brings = worth(probe.main, growth.asked)
        yield f"Buy labels: {whole(growth.more)} more{cost} bring {brings}."
    elif what.what == "a better model":
        learned = [one.fit for one in fitting(probe.fit)] if probe.fit is not None else []
        heart = any(one in {"overfits", "both"} for one in learned)
        tried = "a simpler model and columns" if heart else "columns"
        yield f"Look for {tried} that say more; do not buy labels of the same kind."
    elif half <= WIDE:
        yield (
            f"Try a small lot of labels first: {whole(max(growth.more // 4, 1))}, then probe again."
        )


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def caveats(probe: Probe) -> list[str]:
    """How it was measured, and what that does not cover."""
    asked = probe.asked
    parted = "drawn by chance"
    if asked.time is not None:
        parted = f"in the order of {asked.time}, each taught by what came before it"
    elif asked.unit is not None:
        parted = f"with all rows of one {asked.unit} in the same part"
    said = [
        f"{whole(probe.tested)} rows in {probe.folds} parts, {parted}: every row was answered by a"
        f" model (of {whole(probe.taught)} rows in the mean) that it did not teach. Every number"
        " is of such models, not of one that is taught by all rows.",
        f"Each interval holds by itself, at {percent(asked.confidence)} confidence, and is wider"
        " than that of fresh rows, since rows teach and test. The better of two models looks a"
        " little better by being chosen.",
        "What more labels are worth is carried on from smaller parts of these rows. It holds for"
        " more rows of the same kind, and not for another time, place or way of labelling.",
    ]
    if asked.time is not None and asked.unit is None:
        said.append(
            "Rows near each other in time are taken to hang together; intervals count stretches of"
            " them. The same as last time needs the last true answer before the next is asked."
        )
    return said
