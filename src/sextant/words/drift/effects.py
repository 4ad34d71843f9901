"""What changed columns do to criteria, as plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from sextant.metrics.catalogue import CATALOGUE
from sextant.stats.estimate import Estimate
from sextant.studies.drift.effects import size
from sextant.studies.drift.result import Drift, Effect
from sextant.words.drift.shares import number

MOST = 3


def effects_sentence(effects: Sequence[Effect]) -> str:
    """What the column's new mix alone does to the criteria that it moves most; "" without any."""
    if not effects:
        return ""
    known = [one for one in effects if one.after.value is not None]
    if not known:
        return f"Its effect on the criteria cannot be estimated: {effects[0].after.reason}."
    order = sorted(known, key=lambda one: size([one]), reverse=True)
    shown = [one for one in order if one.change.low > 0 or one.change.high < 0][:MOST]
    if not shown:
        first = order[0]
        return f"No effect of its mix on a criterion is shown; on {_move(first)}."
    return f"Its mix alone moves {'; '.join(_move(one) for one in shown)}."


def order_said(drift: Drift) -> str:
    """What changed columns are ordered by."""
    contract = drift.asked.contract
    if contract is None:
        return "Changed columns are in the order of their size, for no contract says what matters."
    return (
        f"Changed columns are in the order of what their mix alone would do to the criteria of "
        f"{contract.product}, by the reference's labels: rows of a value are taken to do as they "
        "did, only more or fewer of them came. Of texts that is not estimated."
    )


def _move(one: Effect) -> str:
    """`recall >= 80 % from 85.3 % to 81.0 % (79.2 % to 82.7 %)`."""
    share = CATALOGUE[one.criterion.quantity.call.metric].unit in {"share", "percent"}
    before, after = _said(one.before.value or 0.0, share), _said(one.after.value or 0.0, share)
    return f"{one.criterion.text} from {before} to {after} ({_ends(one.after, share)})"


def _ends(one: Estimate, share: bool) -> str:
    return f"{_said(one.low, share)} to {_said(one.high, share)}"


def _said(x: float, share: bool) -> str:
    return f"{x * 100:.1f} %" if share else number(x)
