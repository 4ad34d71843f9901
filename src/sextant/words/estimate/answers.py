"""The answer in a sentence or two."""

from __future__ import annotations

from sextant.studies.estimate.result import Judged, Row, Unlabelled
from sextant.words.estimate.numbers import place_name, short_clause
from sextant.words.nouns import capital, listed
from sextant.words.numbers import percent, whole, word

ONLY = "Only labels can show that a promise is kept."
MOST = 6


def headline(found: Unlabelled) -> str:
    """What the estimates say, and where it is worst."""
    if not found.judged:
        return _usual(found)
    deciding = [one for one in found.judged if one.criterion.role != "secondary"]
    missed = [one for one in deciding if one.outlook == "likely missed"]
    if missed:
        return _missed(found, missed)
    counts = {name: sum(one.outlook == name for one in deciding) for name in _WORDS}
    if found.outlook == "nothing points to a miss":
        promises = _promises(len(deciding))
        return f"Nothing points to a miss of {promises}, if scores mean what they meant. {ONLY}"
    if found.outlook == "cannot be estimated":
        why = next((row.why for one in found.judged for row in one.rows if row.why), "")
        return f"Nothing can be estimated here: {why or 'no promise rests on the scores alone'}."
    said = listed([f"{word(n)} {_WORDS[name]}" for name, n in counts.items() if n])
    return f"Of {_promises(len(deciding))}: {said}. {ONLY}"


_WORDS = {
    "undecided": "open",
    "nothing points to a miss": "without a sign of a miss",
    "cannot be estimated": "that cannot be estimated",
}


def _promises(n: int) -> str:
    return "the promise" if n == 1 else f"{word(n)} promises"


def _missed(found: Unlabelled, missed: list[Judged]) -> str:
    worst = missed[0]
    row = max(worst.shown, key=_beyond)
    places = [place_name(one.place, found) for one in worst.shown]
    where = f" in {listed(places, most=MOST)}" if any(places) else ""
    more = len(missed) - 1
    others = f" {capital(word(more))} more {'is' if more == 1 else 'are'} too." if more else ""
    at = f"In {place_name(row.place, found)}: " if any(places) and len(places) > 1 else ""
    clause = short_clause(row, found)
    return (
        f"{worst.criterion.text} is likely missed{where}, if scores mean what they meant. "
        f"{at}{clause if at else capital(clause)}.{others}"
    )


def _beyond(row: Row) -> float:
    assert row.criterion is not None
    gap = (row.estimate.value or 0.0) - row.criterion.bound
    return -gap if row.criterion.op == ">=" else gap


def _usual(found: Unlabelled) -> str:
    """Nobody promised anything: the first number of all rows."""
    rows = [one for one in found.informs if not one.place.segment and not one.why]
    labels = found.labels
    have = f"{whole(labels.labelled)} of {whole(labels.rows)} rows have a label"
    if not rows:
        why = next((one.why for one in found.informs if one.why), "no row with a score")
        return f"Nothing can be estimated here: {why}. {capital(have)}."
    row = rows[0]
    where = place_name(row.place, found)
    at = f"in {where}, " if where else ""
    clause = short_clause(row, found)
    return (
        f"If scores mean what they meant, {at}{clause}, with {percent(found.asked.confidence)} "
        f"confidence. {capital(have)}."
    )
