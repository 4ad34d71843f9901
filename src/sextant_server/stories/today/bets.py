"""What is asked of somebody about bets, and which answers about them no longer hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse

from sextant_server.products.models import Product
from sextant_server.stories.line import Line, of, ranked, stake
from sextant_server.stories.queries import Mine
from sextant_server.strategy.assessments.models import Measure
from sextant_server.strategy.assessments.queries import Reopening, Waiting
from sextant_server.strategy.opportunities.known import Known

LABELS = {"assessment": "Answer", "measure": "See the risk"}


def asked(waiting: Iterable[Waiting]) -> list[Line]:
    """The assessments that wait for this person's answers, and his measures that are due."""
    return ranked(
        [
            Line(
                says=of(one.product, one.says),
                href=one.href,
                label=LABELS[one.what],
                word="to answer" if one.what == "assessment" else "due",
                rank=stake(one.product),
            )
            for one in waiting
        ]
    )


def reopened(mine: Mapping[int, Mine], found: Iterable[Reopening]) -> list[Line]:
    """One line an answer that has reopened, with what moved and since when."""
    lines = []
    for one in found:
        product = mine[one.product].product
        since = f" So since {one.since.day} {one.since:%b %Y}." if one.since else ""
        lines.append(
            Line(
                says=f"{product}: {one.name} needs an answer again.",
                why=f"{one.why}{since}",
                href=one.href,
                label="Answer again" if mine[one.product].acts else "See the assessment",
                word="reopened",
                rank=stake(product),
            )
        )
    return ranked(lines)


def unseen(measures: Iterable[Measure]) -> list[Line]:
    """The measures against risks whose owner has left."""
    return ranked(
        [
            Line(
                says=of(one.product, f"Nobody sees to a risk any more. {one.text}."),
                why=f"It was {one.owner}'s, whose account is closed.",
                href=reverse("risks", args=[one.product.slug]),
                label="Give it to somebody",
                word="silent",
                rank=stake(one.product),
            )
            for one in measures
        ]
    )


def ending(mine: Mapping[int, Mine], known: Mapping[int, Known]) -> list[Line]:
    """The bets whose end was agreed, and whose day has come without anybody's word."""
    lines = []
    for key, one in known.items():
        if one.kill and one.kill.state == "due":
            product = mine[key].product
            lines.append(_due(product, one.kill.text))
    return ranked(lines)


def _due(product: Product, criterion: str) -> Line:
    return Line(
        says=of(product, f"Has it come to this? {criterion}."),
        why="It was agreed that this ends the bet, and its day has come.",
        href=reverse("opportunity", args=[product.slug]),
        label="Say what has come of it",
        word="due",
        rank=stake(product),
    )
