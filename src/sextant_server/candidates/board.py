"""The table of options: every candidate with what is measured and what is believed of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sextant_server.candidates import queries
from sextant_server.candidates.measured import Key, Measured, between, key_of
from sextant_server.candidates.models import Aspect, Candidate, Choice, Tradeoff
from sextant_server.candidates.proof import Floor, floor_of
from sextant_server.candidates.trades import Answer, by_studies
from sextant_server.evidence.models import Evidence
from sextant_server.evidence.queries import latest_deciding
from sextant_server.products.models import Product

BAR = ("estimate", "low", "high", "limit", "op", "drawn", "spoken", "between", "interval",
       "difference", "n", "count", "method", "reason")  # fmt: skip
SHORT = {
    Aspect.COST: "Cost of 1,000", Aspect.LATENCY: "Latency", Aspect.EXPLAINS: "Explained?",
    Aspect.NEEDS: "Needs",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Board:
    """Everything of a product's candidates, read once."""

    candidates: Sequence[Candidate]
    choices: Sequence[Choice]
    champion: Candidate | None
    measured: Sequence[Measured]
    evidence: Evidence | None
    tradeoffs: Sequence[Tradeoff] = ()

    @property
    def running(self) -> list[Candidate]:
        """Those that are not discarded, the champion first."""
        held = [one for one in self.candidates if one.dropped_at is None]
        return sorted(held, key=lambda one: (one != self.champion, one.number))

    @property
    def in_force(self) -> list[Tradeoff]:
        """The trade-offs that both sides have agreed to."""
        return [one for one in self.tradeoffs if one.in_force]

    @property
    def waiting(self) -> Choice | None:
        """The choice that waits for a second person."""
        return next((one for one in self.choices if one.waits), None)

    @property
    def simple(self) -> dict[Key, Candidate]:
        """Those that can be a baseline, by where their answers stand; discarded ones too."""
        held = [one for one in self.candidates if one.is_simple]
        return {key: one for one in held if (key := key_of(one))}

    def names(self, one: Measured) -> tuple[str, str]:
        """What A and B of a comparison are called here; else what the study has called them."""
        held = {key_of(each): each.name for each in reversed(self.candidates)}
        return held.get(one.a, one.names[0]), held.get(one.b, one.names[1])

    def told(self, one: Measured) -> str:
        """`cut at 0.5: better than by hand by cost, −3.23 USD (−3.30 – −3.16)`."""
        a, b = self.names(one)
        where = f" ({one.row['name']})" if one.row.get("name") else ""
        than = "against" if one.answer == "undecided" else "than"
        said = f"{b}: {one.answer} {than} {a} by {one.question}{where}"
        if not one.row.get("interval"):
            return said
        return f"{said}, {one.row['difference']} ({one.row['interval']})"

    def floor(self, candidate: Candidate, rows: Measured | None = None) -> Floor:
        """Whether it is better than a baseline."""
        return floor_of(candidate, self.simple, self.measured, rows)


def board_of(
    product: Product, evidence: Callable[[Product], Evidence | None] = latest_deciding
) -> Board:
    """The board of a product as it stands; `evidence` reads the newest that decides."""
    choices = queries.choices_of(product)
    return Board(
        queries.candidates_of(product), choices, queries.champion_of(choices),
        queries.measured_of(product), evidence(product), queries.tradeoffs_of(product),
    )  # fmt: skip


def options_of(board: Board) -> list[dict[str, Any]]:
    """The table as plain JSON: a choice keeps it as it was."""
    newest = [found for one in board.running if (found := _newest(one, board))]
    trades = by_studies(board.in_force, newest)
    return [option_of(one, board, trades) for one in board.running]


def _newest(candidate: Candidate, board: Board) -> Measured | None:
    """The newest comparison of a candidate with the champion."""
    champion = key_of(board.champion) if board.champion else None
    return next(iter(between(board.measured, champion, key_of(candidate))), None)


def option_of(
    candidate: Candidate, board: Board, trades: Mapping[int, Sequence[Answer]] | None = None
) -> dict[str, Any]:
    """One line of the table; `trades` is what comparisons say of trade-offs, by their keys."""
    newest = _newest(candidate, board)
    weighed = (trades or {}).get(newest.pk, ()) if newest else ()
    floor = board.floor(candidate)
    return {
        "number": candidate.number,
        "name": candidate.name,
        "sort": candidate.get_sort_display(),
        "says": candidate.says,
        "written": candidate.written,
        "champion": candidate == board.champion,
        "against": _against(candidate, board),
        "trades": [one.plain() for one in weighed],
        "floor": None if candidate.is_simple else {
            "verdict": floor.verdict, "says": floor.says, "settles": floor.settles,
            "study": floor.study.study if floor.study else None,
        },
        "aspects": [_aspect(one, candidate, board) for one in Aspect],
    }  # fmt: skip


def _against(candidate: Candidate, board: Board) -> dict[str, Any]:
    """The newest comparison with the champion, or why there is none."""
    champion = board.champion
    if candidate == champion:
        return {"why": "the champion"}
    if champion is None:
        return {"why": "there is no champion yet"}
    a, b = key_of(champion), key_of(candidate)
    for one, name in ((b, candidate.name), (a, champion.name)):
        if one is None:
            return {"why": f"no column holds the answers of {name}"}
    found = between(board.measured, a, b)
    if not found:
        if turned := between(board.measured, b, a):
            return {"why": f"asked the other way round: {board.told(turned[0])}",
                    "turned": turned[0].study}  # fmt: skip
        return {"why": "not compared with it yet"}
    newest = found[0]
    return {
        "study": newest.study,
        "verdict": newest.verdict,
        "word": newest.answer,
        "question": newest.question,
        "domain": list(newest.domain),
        "row": {name: newest.row.get(name) for name in BAR},
        "studies": len(found),
        "group": newest.row.get("name", ""),
    }


def _aspect(aspect: Aspect, candidate: Candidate, board: Board) -> dict[str, Any]:
    """What is known of one aspect: a record's number before what somebody has said."""
    found = {"aspect": str(aspect), "title": aspect.label, "short": SHORT[aspect]}
    read: Mapping[str, Any] | None = None
    if aspect == Aspect.COST:
        read = _cost(candidate, board.measured)
    if read is None:
        said = next((one for one in candidate.remarks.all() if one.aspect == aspect), None)
        if said is None:
            return {**found, "text": "", "grade": "", "source": ""}
        where = said.source or str(said.by)
        return {**found, "text": said.text, "grade": str(said.grade), "source": where}
    return {**found, **read}


def _cost(candidate: Candidate, measured: Sequence[Measured]) -> dict[str, Any] | None:
    """What decisions cost by the contract's costs, from the newest comparison that holds it."""
    key = key_of(candidate)
    for one in measured:
        for side, which in ((one.b, "b"), (one.a, "a")):
            if side == key and one.cost:
                where = f"study {one.study}, by the contract's costs, {one.cost['n']} rows"
                text = _per_thousand(one.cost, which)
                return {"text": text, "grade": "measured", "source": where, "study": one.study}
    return None


def _per_thousand(row: Mapping[str, Any], which: str) -> str:
    """`7,700 USD (7,650 to 7,750)`; as it was written where the record holds no interval."""
    value, unit = row[f"{which}_value"], row[which].rpartition(" ")[2]
    ends = row.get(f"{which}_ends") or [None, None]
    if value is None or None in ends:
        return f"{row[which]} a decision"
    low, high = (f"{1000 * one:,.0f}" for one in ends)
    money = "" if unit[:1].isdigit() else f" {unit}"
    interval = f" ({low} to {high})" if low != high else ""
    return f"{1000 * value:,.0f}{money}{interval}"
