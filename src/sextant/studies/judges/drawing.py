"""Which rows people should judge next: drawn at random inside strata, so that estimates hold."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sextant.contracts.problems import ContractError, Problem
from sextant.engines.drawing import all_alike, by_judge, drawn, strata
from sextant.engines.errors import SourceError
from sextant.engines.source import Source
from sextant.metrics.requests import Verdicts
from sextant.stats.stratified import allocate

MOST_STRATA = 50
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Share:
    """One stratum: its rows, those that people judged, those drawn now."""

    name: str
    rows: int
    judged: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The rows to judge, in a random order, and how they were drawn.

    `rows` are (key, stratum, probability): each row left in a stratum had the same chance.
    `stratum` is what an estimate must be told: `--stratum …`.
    """

    key: str
    by: str
    seed: str
    rows: tuple[tuple[str, str, float], ...]
    strata: tuple[Share, ...]
    stratum: str = ""

    def to_csv(self) -> str:
        """A line per row: key, stratum, probability."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow((self.key, "stratum", "probability"))
        writer.writerows((key, name, f"{chance:.6g}") for key, name, chance in self.rows)
        return out.getvalue()


def draw(
    source: Source,
    *,
    human: str,
    judge: str,
    key: str,
    rows: int,
    positive: str | None = None,
    at_least: float | None = None,
    mean: bool = False,
    by: str = "random",
    bands: tuple[float, ...] = (),
    seed: str = "1",
) -> Drawing:
    """So many unjudged rows, drawn at random inside strata.

    `by` "judge": inside its verdicts (or `bands` of its numbers), more where people differ most
    (Neyman's shares, never less than 30 % of a proportional draw); "random": from all alike. The
    same seed draws the same rows, whatever their order.

    Raises `ContractError` or `SourceError`, each with every problem and its remedy.
    """
    problems = []
    if by not in ("judge", "random"):
        problems.append(Problem("by", f"Rows cannot be drawn by '{by}'.", "Write judge or random."))
    if rows < 1:
        problems.append(Problem("rows", f"{rows} rows are none.", "Ask for 1 or more."))
    if problems:
        raise ContractError(problems)
    if found := source.check_columns(
        {human: "what people say", judge: "the judge's verdict", key: "the key"}
    ):
        raise SourceError(found)
    kind: Literal["true", "is", "range", "value"] = "true"
    kind = "is" if positive is not None else "range" if at_least is not None else kind
    kind = "value" if mean else kind
    request = Verdicts(kind, human, judge, at_least, None, positive or "")
    stratum = by_judge(source, judge, bands) if by == "judge" else all_alike()
    held = strata(source, request, stratum)
    if len(held) > MOST_STRATA:
        raise SourceError(
            [
                f"The judge's column '{judge}' holds {len(held):,} different values. Name bands "
                "to cut it into strata, such as 0.2,0.5,0.8, or draw at random."
            ]
        )
    left = np.array([one.left for one in held], dtype=float)
    judged = np.array([one.judged for one in held], dtype=float)
    variances = [one.variance for one in held]
    if kind != "value":
        shares = [(one.judged * one.mean + 1) / (one.judged + 2) for one in held]
        variances = [share * (1 - share) for share in shares]
    known = [v for v, one in zip(variances, held, strict=True) if one.judged >= FEWEST]
    usual = max(known, default=1.0)
    spread = np.array(
        [
            math.sqrt(v if kind != "value" or one.judged >= FEWEST else usual)
            for v, one in zip(variances, held, strict=True)
        ]
    )
    counts = allocate(left, spread, rows, judged).tolist() if held else []
    wanted = {one.name: int(n) for one, n in zip(held, counts, strict=True)}
    chance = {one.name: wanted[one.name] / one.left if one.left else 0.0 for one in held}
    found_rows = drawn(source, request, key, stratum, wanted, seed)
    return Drawing(
        key=key,
        by=by,
        seed=seed,
        stratum=f"{judge}_band --segment {judge}_band={judge}:{_edges(bands)}" if bands else judge,
        rows=tuple((one.key, one.stratum, chance[one.stratum]) for one in found_rows),
        strata=tuple(
            Share(one.name, one.judged + one.left, one.judged, wanted[one.name]) for one in held
        ),
    )


def _edges(bands: tuple[float, ...]) -> str:
    return ",".join(f"{edge:g}" for edge in bands)
