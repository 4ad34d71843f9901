"""What all bets of the demonstration do alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sextant_server.accounts.models import User
from sextant_server.demo.bets.answers import Amount, Answers
from sextant_server.demo.telling import Telling
from sextant_server.products.models import Product
from sextant_server.strategy.assessments import actions as assessments
from sextant_server.strategy.assessments.models import Assessment
from sextant_server.strategy.economics import actions as economics
from sextant_server.strategy.economics.actions import Given, Terms
from sextant_server.strategy.economics.models import ValueModel
from sextant_server.strategy.opportunities import actions as opportunities
from sextant_server.strategy.opportunities.actions.bets import Effort, Kind, Stake
from sextant_server.strategy.opportunities.contents import Content


@dataclass(frozen=True, slots=True)
class Opportunity:
    """All that is written down of a bet before anything is measured."""

    records: Sequence[Content]
    kind: Kind
    stake: Stake
    effort: Effort


class Betting(Telling):
    """One bet, told by the people of the demonstration."""

    def __init__(self, product: Product, people: Mapping[str, User]) -> None:
        super().__init__(product, dict(people))

    def explore(self, said: Opportunity) -> None:
        """Dana writes down what is known; Ines what is staked."""
        for content in said.records:
            opportunities.add(self.by("dana"), self.product, content)
        bet = opportunities.set_kind(self.by("dana"), self.product, said.kind, 0)
        bet = opportunities.set_stake(self.by("ines"), self.product, said.stake, bet.version)
        opportunities.set_effort(self.by("tara"), self.product, said.effort, bet.version)

    def assess(self, key: str, said: Answers, **others: Answers) -> Assessment:
        """Ines answers, and whoever else is asked; the last one to hand in uncovers it."""
        people = {"ines": said, **others}
        asked = [self.people[name] for name in others]
        held = assessments.begin(self.by("ines"), self.product, key, asked)
        for name, answers in people.items():
            assessments.answer(self.by(name), held, answers, 1, done=True)
        return held

    def again(self, held: Assessment, said: Answers, by: str = "ines") -> None:
        """Somebody answers some questions anew."""
        mine = held.asked.get(user=self.people[by])
        assessments.answer(self.by(by), held, said, mine.version)

    def value(self, terms: Terms, inputs: Mapping[str, Amount]) -> ValueModel:
        """Ines and Dana say what it could be worth."""
        given = {
            name: Given(_decimal(one.low), None, _decimal(one.high), one.grade, one.source)
            for name, one in inputs.items()
        }
        return economics.set_inputs(self.by("ines"), self.product, terms, given, 0)

    def follow(self, model: ValueModel, references: Mapping[str, str]) -> ValueModel:
        """Inputs follow evidence from now on."""
        for name, reference in references.items():
            model = economics.bind(self.by("dana"), self.product, name, reference, model.version)
        return model


def _decimal(number: float) -> Decimal:
    return Decimal(str(number))
