"""Which numbers a reader is shown: what is likely missed, then the furthest few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sextant.words.nouns import listed
from sextant.words.numbers import whole

Record = Mapping[str, Any]
MARKS = {
    "likely missed": "✕",
    "nothing points to a miss": "○",
    "undecided": "◐",
    "cannot be estimated": "–",
    None: "·",
}
"""None of them is the mark of a promise that is met."""
STATES = {"holds": "○", "fails": "✕", "open": "◐", "unseen": "–"}
ORDER = ("likely missed", "cannot be estimated", "undecided", "nothing points to a miss")
MOST, FEWEST, MOST_INFORM = 8, 3, 12


def of_criterion(record: Record, criterion: str) -> list[Record]:
    """The rows of a criterion, worst first: all that are likely missed, eight at the most."""
    rows = [one for one in record["rows"] if one["criterion"] == criterion]
    missed = sum(one["outlook"] == "likely missed" for one in rows)
    rows.sort(key=_worst)
    return rows[: min(max(missed, FEWEST), MOST)]


def informing(record: Record) -> list[Record]:
    """What nobody promised: of all rows, then of groups; of windows the lowest of each number."""
    rows = [one for one in record["rows"] if one["criterion"] is None]
    if record["by"]:
        least: dict[str, Record] = {}
        for one in rows:
            old = least.get(one["metric"])
            if one["segment"] or (old is not None and _value(old) <= _value(one)):
                continue
            least[one["metric"]] = one
        return list(least.values())
    return rows[:MOST_INFORM]


def told(rows: Sequence[Record]) -> list[Record]:
    """The rows as they are read: a reason why nothing can be estimated is said once.

    Rows that share it and hold nothing else stand as one, `names` naming them; of the others the
    sentence leaves it out.
    """
    found: list[dict[str, Any]] = []
    first: dict[str, dict[str, Any]] = {}
    for one in rows:
        why = one["why"]
        mine = {**one, "names": [name_of(one)]}
        if why is None or why not in first:
            found.append(mine)
            if why is not None:
                first[why] = mine
            continue
        if one["measured"] is None and one["weighted"] is None:
            held = first[why]
            if held["measured"] is None and held["weighted"] is None:
                held["names"].append(name_of(one))
                continue
        start = f"Cannot be estimated: {why}."
        mine["sentence"] = one["sentence"].removeprefix(start).strip() or "For the same reason."
        found.append(mine)
    return [{**one, "name": listed(one["names"], most=MOST)} for one in found]


def name_of(one: Record) -> str:
    """The place and, of what nobody promised, the number; `all rows` of the only window."""
    number = "" if one["criterion"] else one["metric"]
    return ", ".join(filter(None, (one["place"], number))) or "all rows"


def title(record: Record) -> str:
    """What the numbers are that nobody promised."""
    return "Lowest of each number" if record["by"] else "What labels would show"


def rest(record: Record) -> str:
    """How many rows are not shown; "" where all are."""
    shown = sum(len(of_criterion(record, one["criterion"])) for one in record["criteria"])
    shown += len(informing(record))
    if shown >= len(record["rows"]):
        return ""
    return f"{whole(shown)} of {whole(len(record['rows']))} numbers are shown; the JSON has all."


def figures(one: Record) -> str:
    """`60.4 % (56.8 – 63.8)`; a dash where there is none."""
    if not one["value_text"]:
        return "–"
    return f"{one['value_text']} ({one['interval_text']})"


def n_of(one: Record) -> str:
    """What an estimate rests on: the expected denominator, rounded."""
    return whole(round(one["estimate"]["n"]))


def _worst(one: Record) -> tuple[int, float]:
    gap = _value(one) - (one["bound"] or 0.0)
    return ORDER.index(one["outlook"]), gap if one["direction"] == ">=" else -gap


def _value(one: Record) -> float:
    held = one["estimate"]["estimate"]
    return float("inf") if held is None else float(held)
