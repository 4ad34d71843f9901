"""Everything of one product that its pages about assessments show, read at once for one reader."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sextant.strategy.frameworks import Framework, shipped
from sextant_server.accounts.models import User
from sextant_server.products.models import Product
from sextant_server.strategy.assessments import catalogue
from sextant_server.strategy.assessments.models import Answer, Assessment, FrameworkVersion, Origin
from sextant_server.strategy.assessments.offering import Offer, evident, worth
from sextant_server.strategy.assessments.records import assessments_of, records
from sextant_server.strategy.assessments.weighing import Sight, Weighed, as_reading, sight_of, weigh
from sextant_server.strategy.bindings.reading import Reference
from sextant_server.strategy.economics.queries import Valued, valued


@dataclass(frozen=True, slots=True)
class Board:
    """The assessments of one product, weighed; its measures; what there is on record.

    `answers` are those that this reader may see: his own, and all of what is uncovered. `worth` is
    read where the value model is offered.
    """

    weighed: Mapping[str, Weighed]
    measures: tuple[Sight, ...]
    offers: tuple[Offer, ...]
    answers: Mapping[int, Sequence[Answer]]
    worth: Valued | None

    def offers_to(self, key: str) -> list[Offer]:
        """What an answer under this framework can rest on: records, and other assessments."""
        others = [
            Offer(Reference("assessment", other), as_reading(one))
            for other, one in self.weighed.items()
            if other != key and not one.assessment.blind
        ]
        return [*self.offers, *others]


def board(
    product: Product, today: date, user: User | None, kinds: Collection[str] = (), key: str = ""
) -> Board:
    """All of a product. Offered is what is on record of these kinds.

    With the key of a framework that was begun only the kinds that its questions can rest on.
    Without a `user` no answer is read for itself.
    """
    begun = assessments_of({product.pk: product})
    held = begun.get(product.pk, {})
    if key:
        kinds = set(kinds) & _kinds(held[key]) if key in held else ()
    offers = evident(product.pk, kinds, today)
    known = {(product.pk, one.reference): one.reading for one in offers}
    of = valued([product.pk], today, known).get(product.pk) if "value" in kinds else None
    offers += worth(of)
    known |= {(product.pk, one.reference): one.reading for one in offers}
    kept = records({product.pk: product}, today, user, known, begun)[product.pk]
    measures = tuple(sight_of(product.pk, kept, one) for one in kept.measures)
    shown = tuple(one for one in offers if one.reference.kind in kinds)
    return Board(weigh(product.pk, kept, today), measures, shown, kept.answers, of)


def _kinds(held: Assessment) -> set[str]:
    questions = catalogue.framework_of(held.framework).questions
    return {kind for one in questions.values() for kind in one.rests_on}


def newer(assessment: Assessment) -> Framework | None:
    """The framework in force, where it is another version than the one that is answered."""
    own: int | None = getattr(assessment, "newest_own", None)
    row = assessment.framework
    if own is not None:
        if own == row.pk:
            return None
        return catalogue.framework_of(FrameworkVersion.objects.get(pk=own))
    found = shipped().get(assessment.key)
    pinned = row.origin == Origin.SHIPPED and found is not None and row.number == found.version
    return None if pinned else found
