"""What a folder of states counts: columns, segments, edges. States of one layout alone merge."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sextant.contracts.model import Contract, Segment
from sextant.contracts.normal_form import digest
from sextant.contracts.requests import request_of
from sextant.engines.plan import Plan, plan_of
from sextant.metrics.request_codec import plain_request
from sextant.metrics.tally import Grouping
from sextant.states.state import StateError

SCHEMA = 1
ZONE = "UTC"


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a folder are cut and counted.

    `by`: day, month, year or number. `form`: task, roles, segments with their bands, and for each
    grouping of the rows what is kept of it, thresholds and bounds included. `contract`: the digest
    of the contract they were first counted for.
    """

    by: str
    contract: str
    form: Mapping[str, Any]

    @property
    def counted(self) -> str:
        """The digest of all that must be alike where states are merged."""
        text = _json({"schema": SCHEMA, "by": self.by, "zone": ZONE, "form": self.form})
        return hashlib.sha256(text.encode()).hexdigest()

    def text(self) -> str:
        """The folder's first file: JSON that people may read."""
        held = {"schema": SCHEMA, "by": self.by, "zone": ZONE, "contract": self.contract,
                "counted": self.counted, "form": self.form}  # fmt: skip
        return json.dumps(held, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def layout_of(contract: Contract, plan: Plan, by: str) -> Layout:
    """The layout of the states that a plan for a contract yields."""
    asked = {
        " x ".join(grouping): sorted((plain_request(one) for one in held), key=_json)
        for grouping, held in plan.requests.items()
    }
    return Layout(by, digest(contract), json.loads(_json({**roles(contract), "kept": asked})))


def roles(contract: Contract) -> dict[str, Any]:
    """What of a contract decides how rows are counted; names of segments' values do not."""
    data = contract.data
    return {
        "task": contract.task,
        "label": asdict(data.label) if data.label else None,
        "score": asdict(data.score) if data.score else None,
        "prediction": data.prediction,
        "time": data.time,
        "unit": data.unit,
        "segments": {one.name: _split(one) for one in data.segments},
    }


def _split(segment: Segment) -> dict[str, Any]:
    return {"column": segment.column, "bands": list(segment.bands)}


def layout_from(text: str, name: str) -> Layout:
    """The layout that `Layout.text` wrote. Raises StateError for anything else."""
    remedy = "Restore the file, or tally into a new folder."
    try:
        held = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise StateError(f"{name} cannot be read", error, remedy) from None
    schema = held.get("schema") if isinstance(held, dict) else None
    if isinstance(schema, int) and schema > SCHEMA:
        raise StateError(f"{name} is of a newer schema", schema, "Update Sextant.")
    match held:
        case {"by": str(by), "zone": "UTC", "contract": str(contract), "counted": str(counted),
              "form": dict(form)} if schema == SCHEMA:  # fmt: skip
            found = Layout(by, contract, form)
            if found.counted != counted:
                raise StateError(f"{name} was changed, its digest is", counted[:12], remedy)
            return found
        case _:
            raise StateError(f"{name} says nothing of states", repr(held)[:60], remedy)


def differences(kept: Layout, other: Layout) -> list[str]:
    """What two layouts count otherwise, as sentences; none where their states merge."""
    found = []
    if kept.by != other.by:
        found.append(f"They are kept by {kept.by}, not by {other.by}.")
    for key in dict.fromkeys([*kept.form, *other.form]):
        found += _differ(key, kept.form.get(key), other.form.get(key))
    return found


def unlike(kept: Layout, contract: Contract) -> list[str]:
    """What a contract counts otherwise than states that are kept, whatever it asks of them.

    A segment that it does not declare is no difference: the states merely hold more.
    """
    wanted: dict[str, Any] = json.loads(_json(roles(contract)))
    held = dict(kept.form)
    held["segments"] = {
        name: split for name, split in held["segments"].items() if name in wanted["segments"]
    }
    return [one for key in wanted for one in _differ(key, held.get(key), wanted[key])]


def _differ(key: str, kept: Any, other: Any) -> Iterator[str]:
    if kept == other:
        return
    if isinstance(kept, dict) and isinstance(other, dict) and key in ("segments", "kept"):
        what = "segment" if key == "segments" else "what is kept by"
        for name in dict.fromkeys([*kept, *other]):
            if kept.get(name) != other.get(name):
                named = f"{what} {name or 'nothing'}"
                pair = _short(kept.get(name)), _short(other.get(name))
                yield f"They have {named} as {pair[0]}, not {pair[1]}."
        return
    yield f"They have the {key} as {_short(kept)}, not {_short(other)}."


def wider_plan(contract: Contract, segments: Sequence[str] = ()) -> Plan:
    """What the criteria need; by each of `segments` all of it, so that later promises find it."""
    wanted: dict[Grouping, list[Any]] = {}
    for criterion in contract.criteria:
        for grouping in criterion.scope.groupings or ((),):
            wanted.setdefault(grouping, []).append(request_of(criterion))
    if segments:
        every = [request for held in wanted.values() for request in held]
        for grouping in ((), *((name,) for name in segments)):
            wanted[grouping] = [*wanted.get(grouping, []), *every]
    return plan_of(contract, wanted)


def whole(contract: Contract) -> Contract:
    """The contract for all times: its period chooses states, not rows."""
    return replace(contract, data=replace(contract.data, period=None))


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _short(value: Any) -> str:
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else _json(value)
    return text if len(text) <= 100 else text[:97] + "…"
