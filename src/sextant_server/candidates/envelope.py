"""Is the target realistic? What people, a baseline and the champion reach, against the promise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sextant.charts import ForestGroup, ForestRow, forest
from sextant.contracts.evidence import Verdict
from sextant.metrics.paired.catalogue import PAIRED
from sextant.words.nouns import capital
from sextant_server.candidates.board import Board
from sextant_server.candidates.measured import Key, key_of
from sextant_server.candidates.models import Candidate, Level, Yardstick

WANTED = ("people", "a baseline", "the best known", "the champion")


@dataclass(frozen=True, slots=True)
class Reach:
    """How far somebody comes by a metric; `value` is None where only a range is known."""

    who: str
    value: float | None
    low: float
    high: float
    grade: str
    source: str
    study: int | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """One promise: who reaches what, what is not known, and whether the target is realistic."""

    promise: str
    text: str
    metric: str
    target: float
    op: str
    percent: bool
    reaches: tuple[Reach, ...]
    missing: tuple[str, ...]
    verdict: Verdict
    says: str

    def figure(self, value: float) -> str:
        """A number in the promise's own unit."""
        return f"{100 * value:.1f} %" if self.percent else f"{value:.3g}"

    @property
    def lines(self) -> list[tuple[Reach, str]]:
        """Each with its figures."""
        return [(one, self._told(one)) for one in self.reaches]

    def _told(self, one: Reach) -> str:
        span = f"{self.figure(one.low)} to {self.figure(one.high)}"
        return span if one.value is None else f"{self.figure(one.value)} ({span})"


@dataclass(frozen=True, slots=True)
class Own:
    """The version that the contract is about, which its evidence has measured."""

    key: Key
    evidence: int


def envelopes(
    board: Board, record: Mapping[str, Any], levels: Sequence[Level], own: Own | None
) -> list[Envelope]:
    """Of each promise over all rows that decides and that versions differ in, in their order."""
    found = []
    for criterion in record["criteria"]:
        top = criterion["top"]
        plain = (
            criterion["metric"] in PAIRED
            and not criterion["rows"]
            and not top["segment"]
            and not top["between"]
        )
        if criterion["role"] != "secondary" and plain and top["estimate"] is not None:
            found.append(_envelope(board, criterion, levels, own))
    return found


def picture(found: Sequence[Envelope]) -> str:
    """All promises, each on its own scale, the target as the tick."""
    groups = []
    for one in found:
        rows = tuple(_drawn(reach, told, one) for reach, told in one.lines)
        if rows:
            ends = [one.target, *(end for reach in one.reaches for end in (reach.low, reach.high))]
            pad = (max(ends) - min(ends)) * 0.06 or 0.05
            domain = (min(ends) - pad, max(ends) + pad)
            groups.append(ForestGroup(f"{one.text}: {one.says}", rows, domain, one.target))
    return forest(groups, " ".join(one.says for one in found)) if groups else ""


def _drawn(reach: Reach, told: str, of: Envelope) -> ForestRow:
    """A range without an estimate is marked at its middle, for it has no better place."""
    middle = (reach.low + reach.high) / 2
    value = middle if reach.value is None else reach.value
    verdict = _meets(reach, of.target, of.op) if reach.grade == "measured" else None
    return ForestRow(f"{reach.who}, {reach.grade}", told, value, reach.low, reach.high, verdict)


def _envelope(
    board: Board, criterion: Mapping[str, Any], levels: Sequence[Level], own: Own | None
) -> Envelope:
    top, metric = criterion["top"], criterion["metric"]
    target, op = top["limit"], top["op"]
    reaches: list[Reach] = []
    missing: list[str] = []
    for who, name in ((Yardstick.HUMAN, WANTED[0]), (Yardstick.BEST, WANTED[2])):
        held = next((one for one in levels if (one.who, one.metric) == (who, metric)), None)
        if held is None:
            missing.append(name)
        else:
            says = "People" if who == Yardstick.HUMAN else "Best known"
            reaches.append(Reach(says, None, held.low, held.high, held.grade, held.source))
    simple = [reach for key in board.simple if (reach := _measured(board, key, metric))]
    reaches += simple
    if not simple:
        missing.append(WANTED[1])
    champion = _champion(board, criterion, own)
    if champion:
        reaches.append(champion)
    elif board.champion is None or not board.champion.is_simple:
        missing.append(WANTED[3])
    rivals = [
        reach for one in board.running
        if one != board.champion and not one.is_simple and (key := key_of(one))
        and (reach := _reach(one, board, criterion, own) or _measured(board, key, metric))
    ]  # fmt: skip
    reaches += rivals
    verdict, says = _judged(champion, reaches, target, op)
    return Envelope(
        criterion["promise"], criterion["text"], metric, target, op, "%" in str(top["value"]),
        tuple(reaches), tuple(missing), verdict, says,
    )  # fmt: skip


def _judged(
    champion: Reach | None, reaches: Sequence[Reach], target: float, op: str
) -> tuple[Verdict, str]:
    """Whether the target is realistic: reached, not reached by anybody known, or open."""
    measured = [one for one in reaches if one.grade == "measured"]
    if champion and _meets(champion, target, op) == "met":
        return "met", f"{capital(champion.who)} reaches it."
    for one in measured:
        if _meets(one, target, op) == "met":
            return "met", f"{capital(one.who)} reaches it, the champion is not shown to."
    typed = [one for one in reaches if one.grade != "measured"]
    if len(typed) == len(Yardstick) and all(_meets(x, target, op) == "missed" for x in reaches):
        return "missed", "Nobody who is known reaches it: it may be more than can be had."
    for one in typed:
        if _meets(one, target, op) == "met":
            return "undecided", f"{one.who}: within reach as far as is {one.grade}."
    return "undecided", "Nothing shows that it can be reached, nor that it cannot."


def _meets(reach: Reach, target: float, op: str) -> Verdict:
    """The whole interval against the target."""
    low, high = (reach.low, reach.high) if op == ">=" else (-reach.high, -reach.low)
    bound = target if op == ">=" else -target
    return "met" if low >= bound else "missed" if high < bound else "undecided"


def _champion(board: Board, criterion: Mapping[str, Any], own: Own | None) -> Reach | None:
    """The champion's own value, of the evidence where that is about it; a baseline stands above."""
    champion = board.champion
    if champion is None or champion.is_simple:
        return None
    key = key_of(champion)
    return _reach(champion, board, criterion, own) or (
        _measured(board, key, criterion["metric"]) if key else None
    )


def _reach(
    candidate: Candidate, board: Board, criterion: Mapping[str, Any], own: Own | None
) -> Reach | None:
    """What the evidence has measured, where the candidate is the contract's own version."""
    top = criterion["top"]
    if own is None or key_of(candidate) != own.key or None in (top["low"], top["high"]):
        return None
    where = f"evidence {own.evidence}, {top['n']} rows"
    return Reach(candidate.name, top["estimate"], top["low"], top["high"], "measured", where)


def _measured(board: Board, key: Key, metric: str) -> Reach | None:
    """A version's own value in the newest comparison that has its interval."""
    for one in board.measured:
        row = one.values.get(metric)
        for side, which, name in zip((one.a, one.b), "ab", board.names(one), strict=True):
            if row is None or side != key or row[f"{which}_value"] is None:
                continue
            low, high = row.get(f"{which}_ends") or (None, None)
            if low is not None and high is not None:
                where = f"study {one.study}, {row['n']} rows"
                return Reach(name, row[f"{which}_value"], low, high, "measured", where, one.study)
    return None
