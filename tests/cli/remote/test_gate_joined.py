"""Which gate `sextant gate` joins, which it asks for, and which it leaves alone."""

from __future__ import annotations

from typing import Any

import pytest

from sextant.cli.gate import _asked
from sextant.cli.remote import RemoteError

PLACE = ("products", "shop")


class Told:
    """A server with one product at a stage, and the gates that it has."""

    def __init__(self, stage: str, *gates: dict[str, Any]) -> None:
        self.stage, self.gates = stage, list(gates)
        self.sent: list[Any] = []

    def get(self, *path: str) -> Any:
        return {PLACE: {"stage": self.stage}, (*PLACE, "gates"): self.gates}[path]

    def send(self, method: str, body: Any, *path: str) -> Any:
        self.sent.append((method, body["target"], path))
        return {"number": 8}


def gate(origin: str, target: str, state: str = "open") -> dict[str, Any]:
    return {"number": 7, "state": state, "origin": origin, "target": target}


def asked(server: Told, target: str | None = None) -> dict[str, Any]:
    return _asked(server, "shop", target, "")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("origin", "leads", "to"),
    [
        ("development", "launch", None),
        ("launch", "operations", None),
        ("launch", "operations", "operations"),
        ("launch", "opportunity", "opportunity"),
        ("operations", "retired", "retired"),
    ],
)
@pytest.mark.parametrize("state", ["open", "proposed"])
def test_a_gate_that_leads_there_is_joined(
    origin: str, leads: str, to: str | None, state: str
) -> None:
    server = Told(origin, gate(origin, leads, state))
    assert asked(server, to)["number"] == 7
    assert server.sent == []


@pytest.mark.parametrize(
    ("origin", "leads", "to", "says"),
    [
        ("launch", "opportunity", None, "To wait for it, add --to opportunity."),
        ("launch", "development", None, "no step forward"),
        ("operations", "retired", None, "To wait for it, add --to retired."),
        ("launch", "opportunity", "operations", "to opportunity, not to operations."),
        ("launch", "operations", "opportunity", "to operations, not to opportunity."),
    ],
)
def test_a_gate_that_leads_elsewhere_is_not_joined(
    origin: str, leads: str, to: str | None, says: str
) -> None:
    server = Told(origin, gate(origin, leads))
    with pytest.raises(RemoteError, match="Gate 7 waits") as refused:
        asked(server, to)
    assert says in str(refused.value)
    assert server.sent == []


@pytest.mark.parametrize(
    ("stage", "to", "target"),
    [
        ("opportunity", None, "scoping"),
        ("launch", None, "operations"),
        ("operations", "retired", "retired"),
        ("launch", "scoping", "scoping"),
    ],
)
def test_a_new_gate_names_its_stage(stage: str, to: str | None, target: str) -> None:
    server = Told(stage, gate("opportunity", "scoping", "decided"))
    assert asked(server, to)["number"] == 8
    assert server.sent == [("POST", target, (*PLACE, "gates"))]


@pytest.mark.parametrize("stage", ["operations", "retired"])
def test_there_is_no_default_from_the_last_stages(stage: str) -> None:
    server = Told(stage)
    with pytest.raises(RemoteError, match=f"From {stage} there is no next stage by default"):
        asked(server)
    assert server.sent == []
