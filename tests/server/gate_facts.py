"""Facts of which every gate's verdict is met, for tests that take one of them away."""

from datetime import date

from sextant.strategy.lifecycles.gates import gates
from sextant_server.gates.known import Assessed, Bet, Facts, Failing, Found, Review, Worth
from sextant_server.products.models import Automation, Risk, Stage

DAY = date(2026, 11, 25)
FOUND = Found(7, "met", "Ready to launch: all promises are met.", False, None, None, 2, True)
KEYS = [one.framework for gate in gates().values() for one in gate.requires if one.framework]
ASSESSED = {key: Assessed(key, "met", f"{key} says yes.") for key in KEYS}
BET = Bet(ASSESSED, Worth(0.9, 120_000, "Worth it."), True, "no gain in a year")
FACTS = Facts(
    origin=Stage.DEVELOPMENT,
    target=Stage.LAUNCH,
    today=DAY,
    outcome="checks: from 1,000 to 500 by 31 Mar 2027",
    problem="Officials check everybody.",
    affected="people who apply",
    owner="Ines",
    risk=Risk.LIMITED,
    automation=Automation.REVIEWED,
    contract=2,
    signed=("Bruno", "Tara"),
    evidence=FOUND,
    reviewed=(),
    overdue=(),
    bet=BET,
    review=Review(3, "met", "Equal enough.", DAY, "Dana", 2, stands=True, same_rows=True),
    grouped=True,
    failing=(Failing(1, "the score is stale", True, ("green",), "Green: it works as promised."),),
)
