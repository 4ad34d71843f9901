"""A reference to something that is on record, and what it says at a moment.

An answer or an input that was bound keeps the reference and the reading it was given on. When the
record says something else later, `moved` tells why; nobody has to remember to look.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

Kind = Literal["criterion", "rate", "source", "value", "dependency", "assessment", "study"]
TENTH = 0.1
"""A count without an interval has moved when it differs by more than a tenth."""


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """What is referred to, inside one product: its kind, and its name within that kind.

    criterion: the criterion's text, as its contract writes it; over segments its worst one. rate:
    `recall` and its like over all rows, at the contract's threshold. source: `predictions:rows`,
    `predictions:labelled` or `predictions:age`. value: a result of the value model, such as
    `break_even`. dependency: its number. assessment: the framework's key. study: its number, and
    with it every later study of the same question.
    """

    kind: Kind
    key: str

    @classmethod
    def parse(cls, text: str) -> Reference:
        """From `kind:key`, as a form sends it. Raises ValueError for any other text."""
        kind, colon, key = text.partition(":")
        if not (colon and key and kind in KINDS):
            raise ValueError(f"{text[:60]!r} refers to nothing.")
        return cls(kind, key)

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


KINDS: tuple[Kind, ...] = (
    "criterion", "rate", "source", "value", "dependency", "assessment", "study"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reference says: a number with its interval, or a word, or why there is nothing.

    `origin` is the record it was read from, as the audit log names it; `on` the day of that
    record; `verdict` of a criterion; `word` of what has no number; `absent` the reason, where it
    says nothing. An exact count has its interval's ends at its value. `counted`: in what the number
    is counted, and `of` which quality of a model it is, where the reference alone does not tell.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    verdict: str = ""
    word: str = ""
    says: str = ""
    origin: str = ""
    on: date | None = None
    absent: str = ""
    counted: str = ""
    of: str = ""

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {**asdict(self), "on": self.on.isoformat() if self.on else None}

    @classmethod
    def from_plain(cls, held: dict[str, Any]) -> Reading:
        """From what `plain` gave."""
        on = held.get("on")
        return cls(**{**held, "on": date.fromisoformat(on) if on else None})


def moved(then: Reading, now: Reading) -> str:
    """Why what was read then no longer holds, as a sentence; empty where it holds.

    A number has moved when its estimate has left the interval of then, or the estimate of then
    lies outside the interval of now; a verdict or a word when it is another one.
    """
    if now.origin == then.origin and now.word == then.word and not now.absent:
        return ""
    if now.absent:
        return f"What it rested on is no longer there: {now.absent}"
    if then.verdict != now.verdict and (then.verdict or now.verdict):
        return f"It was {then.verdict or 'open'} and is {now.verdict or 'open'} now. {now.says}"
    if then.word != now.word:
        return f"It said “{then.word}” and says “{now.word}” now."
    if _left(then, now):
        return f"The number has moved: {then.says} Now: {now.says}"
    return ""


def _left(then: Reading, now: Reading) -> bool:
    if then.value is None or now.value is None:
        return then.value is not now.value
    if _exact(then) and _exact(now):
        return abs(now.value - then.value) > TENTH * max(abs(then.value), abs(now.value))
    return not (_within(now.value, then) and _within(then.value, now))


def _exact(reading: Reading) -> bool:
    return reading.low == reading.high


def _within(value: float, reading: Reading) -> bool:
    low = value if reading.low is None else reading.low
    high = value if reading.high is None else reading.high
    return low <= value <= high
