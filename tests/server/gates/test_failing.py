"""What the launch gate asks of how a product fails: three-valued, and why."""

from dataclasses import replace

import pytest
from gate_facts import FACTS

from sextant_server.gates.known import Failing, Requirement
from sextant_server.gates.since import since
from sextant_server.gates.verdict import requirements
from sextant_server.products.models import Risk, Stage

GREEN = Failing(1, "stale", True, ("green",), "Green: it works as promised.")


def asked(*failing: Failing, **changed: object) -> Requirement | None:
    found = requirements(replace(FACTS, failing=failing, **changed))
    return next((one for one in found if one.name == "failures"), None)


@pytest.mark.parametrize(
    ("modes", "verdict", "says"),
    [
        ((), "undecided", "Nobody has written down how it fails"),
        ((GREEN,), "met", "One severe way to fail has an answer"),
        ((replace(GREEN, possible=("amber",)),), "met", "none is red, 0 of them green"),
        ((replace(GREEN, possible=("green", "amber")),), "met", "none is red"),
        ((replace(GREEN, possible=("red",)),), "missed", "It fails now: stale."),
        ((replace(GREEN, possible=("amber", "red")),), "undecided", "Whether it fails is not"),
        ((replace(GREEN, possible=()),), "undecided", "Whether it fails is not known"),
        ((replace(GREEN, lacks=("a response for red",)),), "undecided", "lacks a response for red"),
        ((GREEN, replace(GREEN, key=2, possible=("red",))), "missed", "It fails now"),
        ((replace(GREEN, severe=False, possible=("red",)),), "met", "none is called severe"),
        (
            (replace(GREEN, lacks=("x",)), replace(GREEN, key=2, possible=("red",))),
            "missed",
            "It fails now",
        ),
    ],
)
def test_the_launch_asks(modes: tuple, verdict: str, says: str) -> None:
    one = asked(*modes)
    assert one is not None
    assert one.verdict == verdict
    assert says in one.says


def test_a_harmless_tool_is_not_asked_nor_another_gate() -> None:
    assert asked(risk=Risk.MINIMAL) is None
    assert asked(risk=Risk.HIGH) is not None
    assert asked(origin=Stage.LAUNCH, target=Stage.OPERATIONS) is None


def test_what_has_become_of_it() -> None:
    then = {"failures": [{"id": 1, "how": "stale", "possible": ["green"]}]}
    assert since(then, FACTS.bet, (GREEN,)) == []
    (says,) = since(then, FACTS.bet, (replace(GREEN, possible=("red",), says="Red: it fails."),))
    assert says == "“stale” was green and is red now. Red: it fails."
    (says,) = since(then, FACTS.bet, ())
    assert says.endswith("no longer on record.")
    assert "was not on record" in since(then, FACTS.bet, (GREEN, replace(GREEN, key=2)))[0]
