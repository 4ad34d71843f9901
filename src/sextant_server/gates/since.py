"""What has become of the records that a decision was taken on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sextant_server.gates.known import Bet


def since(records: Mapping[str, Any], now: Bet) -> list[str]:
    """A sentence for each assessment, and for the value, that says something else now."""
    return list(_since(records, now))


def _since(records: Mapping[str, Any], now: Bet) -> Iterator[str]:
    for then in records.get("assessments", ()):
        name, found = then["framework"]["name"], now.assessed.get(then["framework"]["key"])
        if found is None:
            yield f"{name} was {then['verdict']}, and is no longer on record."
        elif new := [one for one in found.reopened if one not in then["reopened"]]:
            yield f"{name} was {then['verdict']} and is {found.verdict} now. {' '.join(new)}"
        elif found.verdict != then["verdict"]:
            yield f"{name} was {then['verdict']} and is {found.verdict} now. {found.says}"
    said = (records.get("value") or {}).get("says", "")
    if said and now.worth is None:
        yield f"The value was: {said} It is no longer on record."
    elif said and now.worth and now.worth.says != said:
        yield f"The value was: {said} Now: {now.worth.says}"
