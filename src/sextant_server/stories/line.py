"""One line of Today: what is so, how sure that is, and the one thing to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from sextant_server.products.models import Product, Risk, Stage

HURTS = {Risk.HIGH: 3, Risk.LIMITED: 2, Risk.MINIMAL: 1}
JOINED = frozenset(
    [
        "Of",
        "Among",
        "Shown",
        "Counting",
        "Not",
        "The",
        "Where",
        "In",
        "It",
        "By",
        "Met",
        "May",
        "Is",
        "Shall",
        "Ready",
        "Only",
    ]
)
"""Words that begin sentences, and are no names: after a colon they are written small."""
REACHES = {Stage.OPERATIONS: 3, Stage.LAUNCH: 2, Stage.DEVELOPMENT: 1}


@dataclass(frozen=True, slots=True)
class Line:
    """`verdict` or `word` stands before the sentence; `rank` orders lines, the highest first."""

    says: str
    href: str
    label: str
    why: str = ""
    verdict: str = ""
    word: str = ""
    rank: tuple[float, ...] = field(default=())


def of(product: Product, sentence: str) -> str:
    """A sentence about a product: `Fraud check: of 100 honest customers …`."""
    first, rest = sentence[:1], sentence[1:]
    joined = first.lower() + rest if sentence.split(" ", 1)[0] in JOINED else sentence
    return f"{product}: {joined}"


def stake(product: Product) -> tuple[int, int]:
    """What is at stake: whether people meet it already, and how badly they can be hurt."""
    return REACHES.get(Stage(product.stage), 0), HURTS[Risk(product.risk)]


def ranked(lines: list[Line]) -> list[Line]:
    """The lines by rank, the highest first; equal ones in the order they came in."""
    return sorted(lines, key=lambda line: line.rank, reverse=True)
