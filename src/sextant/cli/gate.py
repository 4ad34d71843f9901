"""`sextant gate`: ask the people of a product for a decision, and wait for it."""

from __future__ import annotations

import json
import re
import sys
import time
from typing import Any

import click

from sextant.cli.output import interrupted, refuse, say
from sextant.cli.remote import RemoteError, Server

STAGES = ("opportunity", "scoping", "development", "launch", "operations", "retired")
STATUS = {"go": 0, "conditional": 0, "stop": 1, "hold": 3}
UNDECIDED = 3
EVERY = 3.0
DURATION = re.compile(r"(\d{1,5})(s|m|h|)")
SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600}


@click.command("gate")
@click.argument("product")
@click.option("--server", metavar="URL", help="The server; or set SEXTANT_SERVER.")
@click.option("--to", "target", help="The stage to go to; by default the next one forward.")
@click.option("--note", default="", help="What those who decide should know.")
@click.option("--wait", default="0", metavar="TIME", help="How long to wait: 90s, 30m, 2h.")
@click.option("--json", "as_json", is_flag=True, help="Print the gate as JSON.")
def command(
    product: str, server: str | None, target: str | None, note: str, wait: str, as_json: bool
) -> None:
    """Ask for a decision about PRODUCT (its short name), or join the one that is waited for.

    Exit status: 0 go, also with conditions; 1 stop; 3 hold, withdrawn or not decided in time;
    2 unusable input. The token comes from SEXTANT_TOKEN.
    """
    seconds = _seconds(wait)
    try:
        remote = Server.named(server)
        gate = _asked(remote, product, target, note)
        gate = _awaited(remote, product, gate, seconds)
    except RemoteError as error:
        refuse(error.problems)
    except KeyboardInterrupt:
        interrupted("the gate still waits; the question stands.")
    say(json.dumps(gate, ensure_ascii=False, indent=1) if as_json else _told(gate, remote.url))
    sys.exit(_status(gate))


def _seconds(text: str) -> float:
    found = DURATION.fullmatch(text.strip())
    if not found:
        refuse([f"--wait: {text!r} is no length of time. Write it like 90s, 30m or 2h."])
    return int(found[1]) * SECONDS[found[2]]


def _asked(remote: Server, product: str, target: str | None, note: str) -> dict[str, Any]:
    """The gate that waits already, if it leads where it shall; else a new one."""
    for gate in remote.get("products", product, "gates"):
        if gate["state"] in ("open", "proposed"):
            _joined(gate, target)
            return dict(gate)
    asked = {"target": target or _next(remote, product), "note": note}
    return dict(remote.send("POST", asked, "products", product, "gates"))


def _joined(gate: dict[str, Any], target: str | None) -> None:
    """Refuse to join a gate that leads elsewhere: its "go" would be the answer to another question.

    Without a target that is one that leads back, or out of operations.
    """
    if target is not None and gate["target"] == target:
        return
    waits = f"Gate {gate['number']} waits for a decision, from {gate['origin']} to {gate['target']}"
    if target is not None:
        raise RemoteError(f"{waits}, not to {target}. One is asked at a time: have it decided.")
    if gate["target"] != _after(gate["origin"]):
        raise RemoteError(
            f"{waits}, which is no step forward. To wait for it, add --to {gate['target']}."
        )


def _next(remote: Server, product: str) -> str:
    """The stage after the one where the product stands."""
    stage = remote.get("products", product)["stage"]
    after = _after(stage)
    if after is None:
        raise RemoteError(
            f"From {stage} there is no next stage by default. Name one with --to, for example"
            " --to retired."
        )
    return after


def _after(stage: str) -> str | None:
    """The next stage forward; none from operations, since to retire is never meant by default."""
    if stage not in STAGES[:-2]:
        return None
    return STAGES[STAGES.index(stage) + 1]


def _awaited(remote: Server, product: str, gate: dict[str, Any], seconds: float) -> dict[str, Any]:
    """The gate once it is decided, or as it is when the time is over."""
    until = time.monotonic() + seconds
    while gate["state"] in ("open", "proposed") and time.monotonic() < until:
        left = max(until - time.monotonic(), 0.0)
        if sys.stderr.isatty():
            click.echo(f"\rGate {gate['number']} waits, {left:,.0f} s left ", nl=False, err=True)
        time.sleep(min(EVERY, left))
        gate = dict(remote.get("products", product, "gates", str(gate["number"])))
    if sys.stderr.isatty():
        click.echo("\r" + " " * 50 + "\r", nl=False, err=True)
    return gate


def _status(gate: dict[str, Any]) -> int:
    decision = gate["decision"]
    if gate["state"] != "decided" or decision is None:
        return UNDECIDED
    return STATUS[decision["outcome"]]


def _told(gate: dict[str, Any], url: str) -> str:
    """The decision with its reason and conditions, or what is still missing, and the address."""
    decision = gate["decision"]
    lines = []
    if gate["state"] == "decided" and decision:
        by = " and ".join(filter(None, [decision["decided_by"], decision["seconded_by"]]))
        against = ", against the verdict" if decision["against"] else ""
        lines.append(f"{decision['outcome']}, to {gate['target']}: {by}{against}")
        lines.append(f"  {decision['reason']}")
        lines += [
            f"  - {one['text']} ({one['owner']}, by {one['due']})" for one in decision["conditions"]
        ]
    elif gate["state"] == "withdrawn":
        lines.append(f"Gate {gate['number']} was withdrawn.")
    else:
        waits = "for a second person" if gate["state"] == "proposed" else "for a decision"
        lines.append(f"Gate {gate['number']} waits {waits}; computed: {gate['verdict']}.")
        lines += [f"  {one['verdict']}: {one['says']}" for one in gate["requirements"]]
    return "\n".join([*lines, f"{url}{gate['page']}"])
