"""What a gate requires, and from which risk on: read from `files/gates.yaml`.

The tiers are proposals of ours: no source gives any. Who finds one wrong changes a line of data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from sextant.contracts.file.document import parse_document
from sextant.contracts.file.fields import Problems, add, entries, one_of, text
from sextant.contracts.file.node import Node
from sextant.strategy.lifecycles.model import STAGES
from sextant.strategy.shipped import chosen, items, settle, shipped

TIERS = ("minimal", "limited", "high")
AUTOMATION = ("inform", "suggest", "reviewed", "alone")
KNOWN = (
    "outcome",
    "problem",
    "owner",
    "baseline",
    "value",
    "kill_criterion",
    "contract",
    "evidence",
    "review",
    "conditions",
    "failures",
    "fairness",
)
"""What is required of the records themselves; any other key is that of a framework."""
GATE = ("gate", "name", "asks", "requires")
REQUIRED = ("requirement", "from", "automation", "groups", "begun", "says")


@dataclass(frozen=True, slots=True)
class Required:
    """One thing that a gate requires of a product from a tier on.

    `automation` limits it to products that decide so much themselves; empty: to all. `begun`: an
    assessment need not be settled yet, only begun. `groups`: only where the contract speaks of
    groups.
    """

    requirement: str
    tier: str
    says: str
    automation: tuple[str, ...] = ()
    begun: bool = False
    groups: bool = False

    @property
    def framework(self) -> str:
        """The key of the framework that has to be answered, or empty."""
        return "" if self.requirement in KNOWN else self.requirement

    def asks(self, tier: str, automation: str = "", grouped: bool = True) -> bool:
        """Whether it is required of such a product; without `automation`, of any."""
        fits = not self.automation or not automation or automation in self.automation
        fits = fits and (grouped or not self.groups)
        return fits and TIERS.index(self.tier) <= TIERS.index(tier)


@dataclass(frozen=True, slots=True)
class Gate:
    """The gate to a stage: its name, what it asks, what it requires."""

    stage: str
    name: str
    asks: str
    requires: tuple[Required, ...]


@cache
def gates() -> Mapping[str, Gate]:
    """Every gate that leads forward, by the stage it leads to."""
    return _gates(shipped(__package__, "gates.yaml"))


def required(
    stage: str, tier: str, automation: str = "", grouped: bool = True
) -> tuple[Required, ...]:
    """What the gate to a stage requires of a product of this risk; each once, in order.

    Without `automation` it includes what depends on it, and so it does unless it is known that
    the contract speaks of no groups (`grouped` False). Nothing for a stage without a gate. Raises
    ValueError for an unknown tier.
    """
    if tier not in TIERS:
        raise ValueError(f"{tier!r} is no tier. Use {', '.join(TIERS)}.")
    gate = gates().get(stage)
    found: dict[str, Required] = {}
    for one in gate.requires if gate else ():
        if one.asks(tier, automation, grouped):
            found.setdefault(one.requirement, one)
    return tuple(found.values())


def gates_from_text(text: str) -> Mapping[str, Gate]:
    """Gates from YAML. Raises `ContractError` with every problem and its place."""
    return _gates(parse_document(text))


def _gates(root: Node) -> Mapping[str, Gate]:
    problems: Problems = []
    held = entries(root, ("gates",), ("gates",), "the gates", problems)
    rows = items(held.get("gates"), "gates", problems)
    found: dict[str, Gate] = {}
    for row in rows:
        gate = _gate(row, problems)
        if gate.stage in found:
            add(problems, row, f"The gate to '{gate.stage}' is given twice.", "Keep one.")
        found[gate.stage] = gate
    settle(problems)
    return MappingProxyType(found)


def _gate(node: Node, problems: Problems) -> Gate:
    held = entries(node, GATE, GATE, "a gate", problems)
    stage = one_of(held.get("gate"), STAGES[1:], "stage with a gate", problems) or ""
    rows = items(held.get("requires"), "requires", problems)
    name, asks = (text(held.get(one), one, problems) for one in ("name", "asks"))
    return Gate(stage, name, asks, tuple(_required(row, problems) for row in rows))


def _required(node: Node, problems: Problems) -> Required:
    held = entries(node, REQUIRED, ("requirement", "from", "says"), "a requirement", problems)
    return Required(
        requirement=text(held.get("requirement"), "requirement", problems),
        tier=one_of(held.get("from"), TIERS, "tier", problems) or "",
        says=text(held.get("says"), "says", problems),
        automation=chosen(held.get("automation"), AUTOMATION, "automation", problems),
        groups=one_of(held.get("groups"), ("true", "false"), "truth value", problems) == "true",
        begun=one_of(held.get("begun"), ("true", "false"), "truth value", problems) == "true",
    )
