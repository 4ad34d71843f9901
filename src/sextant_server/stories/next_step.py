"""The next step of a product for one person: one sentence, one button."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from sextant.strategy.lifecycles.gates import gates
from sextant.words.nouns import capital
from sextant.words.numbers import word
from sextant_server.contracts.models import Contract
from sextant_server.contracts.models import State as ContractState
from sextant_server.evidence.models import Evidence
from sextant_server.gates.known import Requirement
from sextant_server.gates.models import Condition, Decision, Gate, Outcome
from sextant_server.gates.models import State as GateState
from sextant_server.gates.words import href_of
from sextant_server.products.entering import Here
from sextant_server.products.models import STAGES, Stage
from sextant_server.stories.today.promises import expired


@dataclass(frozen=True, slots=True)
class Standing:
    """What a product has so far. `halted`: the last decision, where it was to hold or to stop.

    `ahead`: what the next gate requires, while the product is a bet.
    """

    contracts: tuple[Contract, ...]
    evidence: Evidence | None
    gate: Gate | None
    conditions: tuple[Condition, ...]
    halted: Decision | None
    sources: bool
    today: date
    ahead: tuple[Requirement, ...] = ()

    @property
    def locked(self) -> Contract | None:
        return next((one for one in self.contracts if one.state == ContractState.LOCKED), None)

    @property
    def draft(self) -> Contract | None:
        return next((one for one in self.contracts if one.state == ContractState.DRAFT), None)


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next, where it is done, and the button for somebody who may do it."""

    says: str
    href: str = ""
    label: str = ""


def next_step(here: Here, standing: Standing) -> Step:
    """The first thing that is due; without a button where this person may not do it."""
    return next(_steps(here, standing))


def _steps(here: Here, standing: Standing) -> Iterator[Step]:
    """What is due, in the order in which it is due."""
    product, slug = here.product, [here.product.slug]
    if standing.gate:
        yield _at_gate(here, standing.gate)
    if product.stage == Stage.RETIRED:
        yield Step("The product is retired. Its records stay.")
    if standing.halted:
        yield _halted(here, standing.halted)
    if not product.has_outcome:
        says = "Say what should change: from what, to what, by when."
        yield _step(here, "edit", says, reverse("product_edit", args=slug), "State the outcome")
    if product.stage in (Stage.OPPORTUNITY, Stage.SCOPING):
        yield from _of_bet(here, standing)
    if product.stage == Stage.OPPORTUNITY:
        says = "The outcome is stated: ask whether it is worth scoping."
        yield _step(here, "ask", says, reverse("gates", args=slug), "Ask for a decision")
    if not standing.sources and not standing.locked:
        says = "A contract speaks of data: register the predictions it will be judged on."
        yield _step(here, "sources", says, reverse("source_new", args=slug), "Register a source")
    if not standing.locked:
        yield _to_lock(here, standing.draft)
    if standing.locked and (not standing.evidence or expired(standing.evidence, standing.today)):
        says = "The contract is locked; its evidence "
        says += "has expired." if standing.evidence else "is still to come."
        run = reverse("run_new", args=slug)
        yield _step(here, "run", says, run, "Run it again" if standing.evidence else "Run it")
    if standing.conditions:
        first = standing.conditions[0]
        many = len(standing.conditions)
        says = f"{capital(word(many))} condition{' is' if many == 1 else 's are'} open. "
        says += f"Next is due on {first.due.day} {first.due:%b %Y}: {first.text}."
        gate = reverse("gate", args=[product.slug, first.decision.gate.number])
        yield Step(says, f"{gate}#conditions", "See the conditions")
    if product.stage == Stage.OPERATIONS:
        yield Step("It is in operation. Its next evidence says whether its promises still hold.")
    says = "The evidence is there: ask for the decision."
    yield _step(here, "ask", says, reverse("gates", args=slug), "Ask for a decision")


def _of_bet(here: Here, standing: Standing) -> Iterator[Step]:
    """What the next gate still lacks, but for the contract, whose own steps follow."""
    open_ones = [one for one in standing.ahead if one.verdict != "met" and one.name != "contract"]
    if not open_ones:
        return
    gate = gates()[STAGES[STAGES.index(Stage(here.product.stage)) + 1]].name
    first, many = open_ones[0], len(open_ones)
    says = f"{capital(word(many))} thing{' that' if many == 1 else 's that'} the {gate.lower()}"
    says += f" requires {'is' if many == 1 else 'are'} open. First: {first.says}"
    yield Step(says, href_of(here.product, first), "See to it")


def _at_gate(here: Here, gate: Gate) -> Step:
    address = reverse("gate", args=[here.product.slug, gate.number])
    if gate.state == GateState.PROPOSED:
        says = "A decision against the verdict waits for a second person."
        seconds = here.may("second") and getattr(gate, "decider", None) != here.user.pk
        return Step(says, address, "Second or refuse" if seconds else "See the gate")
    waits = f"Gate {gate.number} waits for a decision."
    return Step(waits, address, "Open the gate" if here.may("decide") else "See the gate")


def _halted(here: Here, decision: Decision) -> Step:
    """What a hold or a stop means until somebody asks again."""
    at = decision.effective_at or decision.decided_at
    done = "stopped" if decision.outcome == Outcome.STOP else "held"
    says = (
        f"It was {done} at gate {decision.gate.number} on {at.day} {at:%b %Y}: {decision.reason}"
        f" To go on, ask again when something has changed."
    )
    return Step(says, reverse("gate", args=[here.product.slug, decision.gate.number]), "See why")


def _to_lock(here: Here, draft: Contract | None) -> Step:
    slug = here.product.slug
    if draft is None:
        says = "Write what would make you say yes, before anybody looks."
        return _step(here, "write", says, reverse("contracts", args=[slug]), "Write the contract")
    address = reverse("contract", args=[slug, draft.number])
    return Step("The contract is a draft: it takes two signatures and a lock.", address, "Read it")


def _step(here: Here, ability: str, says: str, href: str, label: str) -> Step:
    return Step(says, href, label) if here.may(ability) else Step(says)
