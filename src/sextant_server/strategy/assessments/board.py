"""Everything of one product that its pages about assessments show, read at once for one reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sextant.strategy.frameworks import BINDS, Framework, shipped
from sextant_server.accounts.models import User
from sextant_server.products.models import Product
from sextant_server.strategy.assessments import catalogue
from sextant_server.strategy.assessments.models import Answer, Assessment, FrameworkVersion
from sextant_server.strategy.assessments.offering import Offer, offered
from sextant_server.strategy.assessments.records import records
from sextant_server.strategy.assessments.weighing import Sight, Weighed, as_reading, sight_of, weigh
from sextant_server.strategy.bindings.reading import Reference


@dataclass(frozen=True, slots=True)
class Board:
    """The assessments of one product, weighed; its measures; what there is on record.

    `answers` are those that this reader may see: his own, and all of what is uncovered.
    """

    weighed: Mapping[str, Weighed]
    measures: tuple[Sight, ...]
    offers: tuple[Offer, ...]
    answers: Mapping[int, Sequence[Answer]]

    def offers_to(self, key: str) -> list[Offer]:
        """What an answer under this framework can rest on: records, and other assessments."""
        others = [
            Offer(Reference("assessment", other), as_reading(one))
            for other, one in self.weighed.items()
            if other != key and not one.assessment.blind
        ]
        return [*self.offers, *others]


def board(product: Product, today: date, user: User, kinds: tuple[str, ...] = BINDS) -> Board:
    """All of a product; of what is on record only these kinds are offered."""
    offers = tuple(offered(product.pk, kinds, today))
    known = {(product.pk, one.reference): one.reading for one in offers}
    held = records({product.pk: product.risk}, today, user, known)[product.pk]
    measures = tuple(sight_of(product.pk, held, one) for one in held.measures)
    return Board(weigh(product.pk, held, today), measures, offers, held.answers)


def newer(assessment: Assessment) -> Framework | None:
    """The framework in force, where it is another one than the assessment is answered under."""
    own: int | None = getattr(assessment, "newest_own", None)
    if own is None:
        found = shipped().get(assessment.key)
    elif own == assessment.framework_id:
        return None
    else:
        found = catalogue.framework_of(FrameworkVersion.objects.get(pk=own))
    return found if found and found.digest != assessment.framework.digest else None
