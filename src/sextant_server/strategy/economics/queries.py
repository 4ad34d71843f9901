"""What products are worth, as pages, gates, assessments and the portfolio read it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from sextant.strategy.economics import Grade, unsketch
from sextant.strategy.economics.breakeven import Reason
from sextant.strategy.economics.model import Candidate
from sextant.strategy.economics.money import amount, percent
from sextant.strategy.economics.words import QUALITIES
from sextant_server.audit.seals import json_digest
from sextant_server.core.among import among
from sextant_server.products.models import Product
from sextant_server.strategy.bindings.memory import remembered
from sextant_server.strategy.bindings.queries import Found, read
from sextant_server.strategy.bindings.reading import Reading, Reference
from sextant_server.strategy.economics import results
from sextant_server.strategy.economics.models import Input, ValueModel
from sextant_server.strategy.economics.reading import (
    Held,
    grades_of,
    held_of,
    model_of,
    references,
    weakest,
)

Needed = dict[int, list[Input]]


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The quality above or below which it is worth it, or why there is none."""

    name: str
    at: float | None
    low: float
    high: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Valued:
    """What a product is worth over its horizon, against today's way.

    `low` and `high`: nine of ten draws lie between them. `payback`: in which share of the draws it
    has paid back by `payback_by`. `beats`: the share in which it beats the best way without AI;
    `best`: what is worth most by the means. `sketch`: 512 ascending quantiles. `grades`: how many
    inputs are known how far; `grade` the weakest. `moved`: what evidence has changed since.
    """

    currency: str
    expected: float
    low: float
    high: float
    horizon: int
    payback: float
    payback_by: date
    beats: float
    best: Candidate
    break_evens: tuple[BreakEven, ...]
    sketch: np.ndarray
    grades: dict[Grade, int]
    grade: Grade
    moved: tuple[str, ...]
    digest: str
    subject: str
    on: date

    @property
    def says(self) -> str:
        """The value in a sentence."""
        ends = self.expected, self.low, self.high
        return says(self.currency, self.horizon, ends, self.payback, self.payback_by)


def valued(products: Collection[int], today: date, known: Found | None = None) -> dict[int, Valued]:
    """Of each product that has a value model; six queries, whatever their number.

    What was kept is read; only where evidence has moved an input it is computed anew. `known` is
    what has been read of records already.
    """
    return remembered(f"valued on {today}", products, lambda keys: _read(keys, today, known))


def _read(products: Collection[int], today: date, known: Found | None) -> dict[int, Valued]:
    models = list(ValueModel.objects.filter(among("product", products)).exclude(digest=""))
    follow = inputs_that_follow(models)
    pairs = [(m.product_id, row) for m in models for row in follow.get(m.pk, ())]
    already = known or {}
    wanted = [one for one in references(pairs) if one not in already]
    found = {**already, **read(wanted, today)}
    return {m.product_id: _valued(m, follow.get(m.pk, []), found) for m in models}


def inputs_that_follow(models: Iterable[ValueModel]) -> Needed:
    """All inputs of those models of which one follows evidence, by model."""
    follow = Input.objects.filter(among("model", [m.pk for m in models])).exclude(reference="")
    rows: Needed = {}
    for row in Input.objects.filter(model__in=follow.values("model")):
        rows.setdefault(row.model_id, []).append(row)
    return rows


def readings(
    wanted: Iterable[tuple[int, Reference]], today: date, known: Found | None = None
) -> Found:
    """What `value:expected`, `value:payback` and `value:break_even` say, for several products."""
    asked = [one for one in dict.fromkeys(wanted) if one[1].kind == "value"]
    found = valued({product for product, _ in asked}, today, known) if asked else {}
    return {
        (product, reference): reading_of(reference.key, found.get(product))
        for product, reference in asked
    }


def held(model: ValueModel, today: date) -> list[Held]:
    """Every input of one model as it counts now."""
    rows = list(model.inputs.select_related("by"))
    found = read(references((model.product_id, row) for row in rows), today)
    return held_of(rows, model.product_id, found)


def model_for(product: Product) -> ValueModel | None:
    """The value model of a product, if it has one."""
    return ValueModel.objects.filter(product=product).first()


def frozen(product: Product, today: date) -> dict[str, Any]:
    """What is known of the value, as plain JSON for a decision to keep; numbers are texts.

    Empty where there is no value model. The `digest` covers everything else.
    """
    model = model_for(product)
    if model is None or model.is_empty:
        return {}
    inputs = held(model, today)
    of = model_of(model, inputs)
    found = results.valuation(of)
    kept: dict[str, Any] = {
        "version": model.version,
        "model": of.digest,
        "shape": of.shape,
        "currency": of.currency,
        "begins": model.begins.isoformat(),
        "horizon": of.horizon,
        "payback": of.payback,
        "inputs": [_frozen(one) for one in inputs],
        "left_open": [one.name for one in of.left_open],
        "says": says(
            of.currency, of.horizon,
            (found.ai.expected, found.ai.interval.low, found.ai.interval.high),
            found.payback.chance.share, model.months_on(model.payback),
        ),
        "results": _texts(results.summary(found)),
    }  # fmt: skip
    return {**kept, "digest": json_digest(kept)}


def says(
    currency: str, horizon: int, ends: tuple[float, float, float], payback: float, by: date
) -> str:
    """The value in a sentence: `€120,000 over 24 months, from … to …; paid back by …`.

    `ends` are what is expected, and the low and the high end of nine of ten draws.
    """
    expected, low, high = (amount(x, currency) for x in ends)
    return (
        f"{expected} over {horizon} months, from {low} to {high}; paid back by {by:%B %Y}"
        f" in {100 * payback:.0f} of 100 draws."
    )


def _valued(model: ValueModel, rows: list[Input], found: Found) -> Valued:
    summary, sketch, digest = model.results, bytes(model.sketch), model.digest
    moves: tuple[str, ...] = ()
    grades = summary["grades"]
    if rows:
        inputs = held_of(rows, model.product_id, found)
        of = model_of(model, inputs)
        moves = tuple(f"{one.spec.asks} {one.moved}" for one in inputs if one.moved)
        grades = grades_of(inputs)
        if of.digest != digest:
            new = results.valuation(of)
            summary, sketch, digest = results.summary(new), new.sketch, of.digest
    money = [summary[name] for name in ("expected", "low", "high", "payback")]
    return Valued(
        currency=model.currency, expected=money[0], low=money[1], high=money[2],
        horizon=model.horizon, payback=money[3], payback_by=model.months_on(model.payback),
        beats=summary["beats"], best=summary["best"],
        break_evens=tuple(BreakEven(**one) for one in summary["break_evens"]),
        sketch=unsketch(sketch), grades=dict(grades), grade=weakest(grades),
        moved=moves, digest=digest, subject=model.subject,
        on=model.changed_at.date(),
    )  # fmt: skip


def reading_of(key: str, of: Valued | None) -> Reading:
    """What one result of a value model says."""
    if of is None:
        return Reading(absent="nothing is known of what it is worth yet.")
    origin = f"{of.subject} {of.digest[:12]}"
    if key == "expected":
        return Reading(of.expected, of.low, of.high, says=of.says, origin=origin, on=of.on)
    if key == "payback":
        by = f"{of.payback_by:%B %Y}"
        says = f"Paid back by {by} in {100 * of.payback:.0f} of 100 draws."
        return Reading(of.payback, of.payback, of.payback, says=says, origin=origin, on=of.on)
    if key != "break_even":
        return Reading(absent=f"a value model has no result '{key[:40]}'.")
    one = of.break_evens[0]
    name = QUALITIES[one.name]
    if one.at is None:
        word = f"at {'any' if one.reason == 'any' else 'no'} {name}"
        return Reading(word=word, says=f"Worth it {word}.", origin=origin, on=of.on)
    says = (
        f"Worth it only above {percent(one.at)} {name}; in nine of ten draws the limit is"
        f" {percent(one.low)} to {percent(one.high)}."
    )
    return Reading(one.at, one.low, one.high, says=says, origin=origin, on=of.on)


def _frozen(one: Held) -> dict[str, Any]:
    ends = {name: _text(getattr(one.range, name)) for name in ("low", "likely", "high")}
    return {
        "name": one.spec.name, **ends, "grade": one.grade, "source": one.kept.source,
        "follows": one.kept.reference, "moved": one.moved,
        "by": one.kept.by_id, "at": one.kept.at.isoformat(),
    }  # fmt: skip


def _text(x: float | None) -> str | None:
    return None if x is None else repr(x)


def _texts(value: Any) -> Any:
    """Numbers as texts, so that every database gives back what was kept."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, dict):
        return {name: _texts(one) for name, one in value.items()}
    return [_texts(one) for one in value] if isinstance(value, list) else value
