"""Small frameworks of the tests, published here, and people who answer them."""

from collections.abc import Callable
from typing import Any

import pytest
from examples import contract_text
from strategy_frameworks import fit

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Evidence
from sextant_server.sources.models import Source
from sextant_server.strategy.assessments import actions, queries
from sextant_server.strategy.assessments.actions import Said
from sextant_server.strategy.assessments.models import Asked, Assessment, FrameworkVersion
from sextant_server.strategy.assessments.standing import Standing


@pytest.fixture
def publish(admin: User, member: User) -> Callable[..., FrameworkVersion]:
    """Publish a text, as an administrator does."""

    def make(text: str) -> FrameworkVersion:
        key = text.split("\n", 1)[0].partition(": ")[2]
        draft = actions.draft(Acting(user=member), key)
        held = actions.write(Acting(user=member), draft, text, draft.version)
        return actions.publish(Acting(user=admin), held, held.version)

    return make


@pytest.fixture
def framework(publish: Callable[..., FrameworkVersion]) -> FrameworkVersion:
    """The framework `fit`, published."""
    return publish(fit())


class Table:
    """The people of a product at its assessments."""

    def __init__(self, story: Telling) -> None:
        self.story, self.product = story, story.product

    def begin(self, key: str = "fit", *others: str, by: str = "ines") -> Assessment:
        """Somebody begins it and asks others."""
        people = [self.story.people[name] for name in others]
        return actions.begin(self.story.by(by), self.product, key, people)

    def answer(
        self, held: Assessment, who: str, done: bool = True, **said: Said | str
    ) -> Assessment:
        """Somebody answers and hands in; a bare word is a level."""
        user = self.story.people[who]
        mine = Asked.objects.filter(assessment=held, user=user).first()
        given = {key: Said(level=one) if isinstance(one, str) else one for key, one in said.items()}
        version = mine.version if mine else 0
        actions.answer(Acting(user=user), held, given, version, done)
        held.refresh_from_db()
        return held

    def standing(self, key: str = "fit", today: Any = None) -> Standing:
        """How it stands."""
        return queries.standing([self.product.pk], today or self.today)[self.product.pk][key]

    @property
    def today(self) -> Any:
        from django.utils import timezone

        return timezone.now().date()


@pytest.fixture
def table(story: Telling) -> Table:
    return Table(story)


@pytest.fixture
def measured(story: Telling, source: Source) -> Callable[..., Evidence]:
    """Evidence under a locked contract with these criteria; each call is another look."""

    def make(*criteria: str, **of: str) -> Evidence:
        if not story.product.contracts.exists():
            story.contract(contract_text(*criteria))
        contract = story.product.contracts.get(state="locked")
        run = story.run(contract, source, **of)
        held = story.product.evidence.filter(run=run).first()
        assert held is not None, run.job.problem
        return held

    return make
