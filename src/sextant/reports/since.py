"""What changed between two looks at one product, from their records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["verdict", "moved", "noise", "criterion", "basis"]
ORDER: tuple[Kind, ...] = ("verdict", "moved", "criterion", "basis", "noise")
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Moved:
    """One difference as a sentence.

    `kind`: the verdict changed; the number moved further than both intervals allow; it moved
    within the noise; a criterion came or went; what it rests on.

    Two intervals that do not overlap are more than a difference proven at their own level, so
    "moved" claims too seldom rather than too often.
    """

    kind: Kind
    says: str
    before: str = ""
    after: str = ""


def since(old: Record, new: Record) -> list[Moved]:
    """What changed from the older record to the newer one, the gravest first."""
    moved = [*_basis(old, new), *_criteria(old, new)]
    return sorted(moved, key=lambda one: ORDER.index(one.kind))


def _basis(old: Record, new: Record) -> Iterator[Moved]:
    if old["digest"] != new["digest"]:
        yield Moved("basis", "The contract is another one: what is asked has changed.")
    if old["model"] != new["model"]:
        before, after = old["model"] or "no version named", new["model"] or "no version named"
        yield Moved("basis", f"The model is another one: {before} before, {after} now.")
    if old["data"]["snapshot"] == new["data"]["snapshot"]:
        yield Moved("basis", "The data are the same rows as before.")
    else:
        before, after = old["data"]["rows"], new["data"]["rows"]
        yield Moved("basis", f"The data are others: {before:,} rows before, {after:,} now.")


def _criteria(old: Record, new: Record) -> Iterator[Moved]:
    before = {one["text"]: one for one in old["criteria"]}
    after = {one["text"]: one for one in new["criteria"]}
    for text, one in after.items():
        if text not in before:
            yield Moved("criterion", f"New: {text} is {one['verdict']}.")
            continue
        earlier = before[text]
        if earlier["verdict"] != one["verdict"]:
            says = f"{text}: {earlier['verdict']} before, {one['verdict']} now."
            yield Moved("verdict", says, _figure(earlier["top"]), _figure(one["top"]))
        yield from _rows(text, earlier, one)
    for text, one in before.items():
        if text not in after:
            yield Moved("criterion", f"No longer asked: {text} was {one['verdict']}.")


def _rows(text: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Moved]:
    before = {_key(row): row for row in old["rows"] or [old["top"]]}
    for row in new["rows"] or [new["top"]]:
        earlier = before.get(_key(row))
        if earlier is None or earlier["estimate"] is None or row["estimate"] is None:
            continue
        if earlier["estimate"] == row["estimate"]:
            continue
        name = f"{text}, {row['name']}" if row["name"] else text
        figures = _figure(earlier), _figure(row)
        if apart(earlier, row):
            way = "rose" if row["estimate"] > earlier["estimate"] else "fell"
            yield Moved("moved", f"{name} {way} from {figures[0]} to {figures[1]}.", *figures)
        else:
            says = f"{name}: {figures[0]} before, {figures[1]} now, within the noise."
            yield Moved("noise", says, *figures)


def apart(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether two intervals have no value in common. An open end is taken as boundless."""
    first, second = (old, new) if old["estimate"] <= new["estimate"] else (new, old)
    high, low = first["high"], second["low"]
    return high is not None and low is not None and high < low


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(sorted(row["segment"].items())), tuple(row["between"] or ())


def _figure(row: Mapping[str, Any]) -> str:
    if not row["value"]:
        return str(row["reason"])
    return f"{row['value']} ({row['interval']})"
