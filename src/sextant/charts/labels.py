"""Where names stand beside their points, so that none covers another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDE = 0.58
"""The mean width of a character in the height of the type, on the safe side."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that is taken."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two cover a common spot."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, frame: Box) -> bool:
        """Whether it lies inside a frame."""
        return (
            frame.left <= self.left
            and self.right <= frame.right
            and frame.top <= self.top
            and self.bottom <= frame.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A name at its place: the text's baseline start, and the box that it takes."""

    text: str
    x: float
    y: float
    box: Box


def placed(
    points: Sequence[tuple[float, float, str]],
    taken: Iterable[Box],
    faint: Sequence[Box],
    frame: Box,
    size: float,
    away: float,
) -> list[Label | None]:
    """A place for each text around its point, in the order given; None where there is none.

    Right, left, above and below are tried first, then the corners, then further off: at first
    without touching what is `faint`, then across it. What is `taken`, other texts among it, is
    never covered. `away` is how far a text keeps from the middle of its point.
    """
    held = list(taken)
    found: list[Label | None] = []
    for x, y, text in points:
        label = _best(_tries(x, y, text, size, away), held, faint, frame)
        if label is not None:
            held.append(label.box)
        found.append(label)
    return found


def _best(
    tries: Iterable[Label], taken: list[Box], faint: Sequence[Box], frame: Box
) -> Label | None:
    """The first that is clear of everything, else the first that covers nothing but the faint."""
    first = None
    for one in tries:
        if one.box.within(frame) and not any(one.box.meets(box) for box in taken):
            if not any(one.box.meets(box) for box in faint):
                return one
            first = first or one
    return first


def _tries(x: float, y: float, text: str, size: float, away: float) -> Iterable[Label]:
    width, height = WIDE * size * len(text), size * 1.1
    for far in (1.0, 1.8, 2.8):
        gap = away * far
        beside, over, under = y - height / 2, y - gap - height, y + gap
        for left, top in (
            (x + gap, beside), (x - gap - width, beside),
            (x + gap * 0.5, over), (x + gap * 0.5, under),
            (x - width - gap * 0.5, over), (x - width - gap * 0.5, under),
            (x - width / 2, over), (x - width / 2, under),
        ):  # fmt: skip
            box = Box(left, top, left + width, top + height)
            yield Label(text, round(left, 1), round(top + size * 0.86, 1), box)
