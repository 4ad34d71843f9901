"""A probe as one self-contained page."""

from __future__ import annotations

import math
from typing import Any

from markupsafe import Markup

from sextant.charts import Axis, value_curve
from sextant.reports.html import rendered
from sextant.reports.probe.shown import Record, head, rows
from sextant.reports.text import clean
from sextant.words.numbers import whole


def render(record: Record) -> str:
    """The page of a record, such as was kept."""
    pictures = [
        {"title": one["title"], "svg": Markup(picture(one, record))}  # noqa: S704
        for one in record["growth"]
    ]
    return rendered(
        "probe/page.html.j2", record=record, head=head(record), rows=rows(record),
        pictures=pictures,
    )  # fmt: skip


def picture(growth: Record, record: Record) -> str:
    """The learning curve over rows (each step to the right is many times more), with its band."""
    sign, top = (1.0, 0.0) if record["main"] == "mae" else (-1.0, 1.0)
    held = [(one["rows"], top + sign * one["error"]) for one in growth["points"]]
    last = held[-1][1]
    points = [(math.log(n), value, value, value) for n, value in held]
    for one in growth["futures"]:
        ends = sorted(last + sign * -one[key] for key in ("low", "high"))
        points.append((math.log(one["then"]), last - sign * one["gain"], *ends))
    rival = _rival(record)
    now = growth["asked"]["now"]
    ys = [*(p[2] for p in points), *(p[3] for p in points), rival]
    said = ", ".join(f"{whole(n)} rows {_shown(value, record)}" for n, value in held)
    then = "; ".join(f"{whole(one['then'])} rows: {one['text']} more" for one in growth["futures"])
    return value_curve(
        points, rival=rival, at=math.log(now), range_=(points[0][0], math.log(now)),
        across=Axis(whole(held[0][0]), whole(growth["futures"][-1]["then"]), "labelled rows"),
        up=Axis(_shown(min(ys), record), _shown(max(ys), record), ""),
        tick=f"now {whole(now)}",
        label=clean(f"Learning curve of {growth['title'].lower()}. {said}. Carried on: {then}."),
    )  # fmt: skip


def _rival(record: Record) -> float:
    plain: Any = next(one for one in record["answers"] if one["lead"] is None)
    return float(plain["numbers"][record["main"]]["estimate"] or 0.0)


def _shown(value: float, record: Record) -> str:
    return f"{value:.3g}" if record["main"] == "mae" else f"{100 * value:.1f} %"
