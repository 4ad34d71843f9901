"""A comparison that is judged elsewhere: the question and its states as bytes, never the rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sextant.contracts.model import Contract
from sextant.metrics.paired.metric import Versions
from sextant.metrics.request_codec import plain, side_from
from sextant.metrics.tally import Tally, covers
from sextant.metrics.tally_codec import dump_tally, load_tally
from sextant.states.columns import damaged
from sextant.states.state import StateError
from sextant.studies.comparison.asked import Asked, Named, ask
from sextant.studies.comparison.questions import requests_of
from sextant.studies.comparison.roles import comparable, loose_contract, truth_in

SCHEMA = 1
ROLES = ("label", "unit", "time", "segments", "threshold", "costs", "task")
MOST_TEXT = 100_000
"""Bytes of the question, which stands before the states on a line of its own."""


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it was put. `contract`: the digest of the contract that names the roles.

    `roles`: what takes its place, as `loose_contract` takes them; None where there is a contract.
    `tables`: the snapshots of the whole tables that were read, the first and, where two were
    joined, the second; none where a period was chosen, since the states are then not of them.
    """

    metrics: tuple[str, ...]
    margin: float | None
    confidence: float
    contract: str | None
    roles: Mapping[str, Any] | None
    source: str
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """What arrived: the question, both versions, the digest of it all, the states still packed."""

    put: Put
    versions: Versions
    names: Named
    digest: str
    states: bytes


def sent(asked: Asked, put: Put, tally: Tally) -> bytes:
    """A line of JSON that puts the question, then the states that answer it."""
    versions = asked.versions
    told = {
        "schema": SCHEMA,
        **asdict(put),
        "versions": [plain(versions.a), plain(versions.b), versions.truth, versions.by_unit],
        "names": [asked.names.a, asked.names.b],
        "digest": asked.digest(),
    }
    line = json.dumps(told, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
    if len(line) > MOST_TEXT:
        raise StateError("The question is too long to send, bytes", len(line), "Ask for less.")
    return line + b"\n" + dump_tally(tally)


def received(body: bytes) -> Received:
    """What `sent` wrote. Raises `StateError` for anything else."""
    line, found, states = body.partition(b"\n")
    if not found or len(line) > MOST_TEXT:
        raise damaged("question", "no line of it")
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise damaged("question", error) from None
    match told:
        case {
            "schema": 1, "metrics": [*metrics], "margin": margin, "confidence": confidence,
            "contract": contract, "roles": roles, "source": str(source), "digest": str(of),
            "versions": [[*a], [*b], str(truth), bool(by_unit)],
            "names": [str(name_a), str(name_b)],
        } if (
            all(isinstance(one, str) for one in (*metrics, *_tables(told)))
            and isinstance(margin, int | float | None)
            and isinstance(confidence, int | float)
            and isinstance(contract, str | None)
            and isinstance(roles, dict | None)
            and (contract is None) != (roles is None)
        ):  # fmt: skip
            tables = _tables(told)
            put = Put(tuple(metrics), margin, confidence, contract, roles, source, tables)
            versions = Versions(side_from(a), side_from(b), truth, by_unit)
            return Received(put, versions, Named(name_a, name_b), of, states)
        case _:
            raise damaged("question", repr(line[:80]))


def _tables(told: Mapping[str, Any]) -> tuple[Any, ...]:
    """The snapshots of the tables; older clients sent none."""
    found = told.get("tables", ())
    if not isinstance(found, list | tuple) or len(found) > 2:
        raise damaged("tables", repr(found)[:80])
    return tuple(found)


def question(held: Received, contract: Contract | None) -> Asked:
    """The question as it is understood here, of the contract of its digest or of the roles sent.

    Raises `ContractError`, or `StateError` where the same words mean something else here.
    """
    if contract is None:
        roles = dict(held.put.roles or {})
        if unknown := [name for name in roles if name not in ROLES]:
            raise damaged("role", repr(unknown[0])[:80])
        contract = loose_contract(held.put.source or "states", **roles)
        truth = held.versions.truth
    else:
        truth, contract = truth_in(contract), comparable(contract)
    versions = replace(held.versions, by_unit=contract.data.unit is not None, truth=truth)
    put = held.put
    found = ask(contract, versions, held.names, put.metrics, put.margin, put.confidence)
    if found.digest() != held.digest:
        what = "The question means something else here than where it was counted, digest"
        raise StateError(what, held.digest[:20], "Use the same version of Sextant on both sides.")
    return found


def tallied(held: Received, asked: Asked, most_bytes: int, most_states: int) -> Tally:
    """The states. Raises `StateError` where they do not answer what is asked."""
    tally = load_tally(held.states, most_bytes, most_states)
    for grouping, requests in requests_of(asked).items():
        cells = tally.cells.get(grouping, {})
        absent = [one for one in requests if not any(covers(wide, one) for wide in cells)]
        named = " x ".join(grouping) or "all rows"
        if absent or grouping not in tally.counts:
            raise StateError("The states do not answer the question for", named, "Count anew.")
        rows = (cell for of in cells.values() for cell in of.values())
        if asked.versions.by_unit and any(cell.by_unit is None for cell in rows):
            raise StateError("The states were not kept by unit for", named, "Count anew.")
    for segment in asked.contract.data.segments:
        if (segment.name,) not in tally.counts:
            raise StateError("The states do not count rows by", segment.name, "Count anew.")
    return tally
