"""A gate that is acted on, held for the transaction, or why it cannot be."""

from __future__ import annotations

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.gates import queries
from sextant_server.gates.models import Gate, State
from sextant_server.products.entering import need

MOST = 4000
STALE = "The gate has changed since you opened the page. Load it again and read what is new."


def decider(by: Acting, gate: Gate, ability: str) -> User:
    if by.token:
        raise NotAllowed("Deciding takes a person in a browser, not a token.")
    return need(by, gate.product, ability)


def open_gate(gate: Gate, version: int) -> Gate:
    held = waiting_gate_of(gate)
    if held.state != State.OPEN:
        raise Conflict("A decision waits for its second person. Nothing else is decided meanwhile.")
    if held.version != version:
        raise Conflict(STALE)
    return held


def proposed_gate(gate: Gate, version: int) -> Gate:
    held = waiting_gate_of(gate)
    if held.state != State.PROPOSED:
        raise Conflict("No decision waits for a second person here.")
    if held.version != version:
        raise Conflict(STALE)
    return held


def waiting_gate_of(gate: Gate) -> Gate:
    held = Gate.objects.select_for_update().get(pk=gate.pk)
    if held.state not in queries.WAITS:
        raise Conflict(f"Gate {held.number} is {held.get_state_display()}.")
    return held


def changed(gate: Gate) -> None:
    gate.version += 1
    gate.save()


def said(text: str, field: str, otherwise: str = "Write something.") -> str:
    said = text.strip()
    if not said:
        raise Invalid(otherwise, field)
    if len(said) > MOST:
        raise Invalid(f"At most {MOST:,} characters, not {len(said):,}.", field)
    return said
