"""Everything that changes value models. Each change is a new version, and no version changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from sextant.strategy.economics import BY_NAME, SHAPES, Grade, Range, ValueModelError
from sextant.strategy.economics.currencies import unknown
from sextant.strategy.economics.inputs import LIMITS
from sextant_server.accounts.acting import Acting
from sextant_server.audit.chain import Plain
from sextant_server.audit.seals import seal_of
from sextant_server.core.errors import Conflict, Invalid
from sextant_server.products.entering import need
from sextant_server.products.models import Product
from sextant_server.strategy.bindings.grades import Grade as Grades
from sextant_server.strategy.bindings.queries import read
from sextant_server.strategy.bindings.reading import Reference
from sextant_server.strategy.economics import results
from sextant_server.strategy.economics.following import check_fits, reference_for
from sextant_server.strategy.economics.models import Input, ValueModel, Version
from sextant_server.strategy.economics.reading import (
    Held,
    follows,
    grades_of,
    held_of,
    model_of,
    range_of,
    references,
)

MOST_SOURCE = 300
STEP = Decimal("0.000000001")
GONE = "Another version was kept since you opened the page"


class Faulty(Invalid):
    """Ranges or settings contradict each other; `faults` by the name of the input, all at once."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        field, says = next(iter(self.faults.items()))
        asked = f"{BY_NAME[field].asks} " if field in BY_NAME else ""
        super().__init__(f"{asked}{says}", field)


@dataclass(frozen=True, slots=True)
class Given:
    """One input as somebody gives it; shares as fractions."""

    low: Decimal
    likely: Decimal | None
    high: Decimal
    grade: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """The settings of a model. Its shape and its currency stay what they were at the beginning."""

    shape: str
    currency: str
    begins: date
    horizon: int = 24
    payback: int = 24


@transaction.atomic
def set_inputs(
    by: Acting, product: Product, terms: Terms, inputs: Mapping[str, Given], version: int
) -> ValueModel:
    """Say what is known of every input that follows no evidence; what is not among them is open.

    `version` is the one that was seen, 0 where there was no model. Valuing takes some
    milliseconds, so it is done here, where the evidence that inputs follow cannot change under it.
    """
    need(by, product, "value")
    model = _locked(product, version) or _begun(product, terms)
    if model.is_empty:
        _fit(terms)
        model.shape, model.currency = terms.shape, terms.currency
    if (terms.shape, terms.currency) != (model.shape, model.currency):
        raise Invalid(
            f"This model counts in {model.currency} and keeps its kind of answer: its ranges were"
            " written for them. Begin it anew to change that.", "currency",
        )  # fmt: skip
    rows = {row.name: row for row in model.inputs.all()}
    model.begins, model.horizon, model.payback = terms.begins, terms.horizon, terms.payback
    changed = _settings_of(model, terms) if model.version else {}
    wanted = {name: one for name, one in inputs.items() if not _follows(rows.get(name))}
    if faults := faults_of(wanted):
        raise Faulty(faults)
    for name, row in rows.items():
        if name not in wanted and not row.reference:
            changed[name] = [_said(row), ""]
            row.delete()
    for name, one in wanted.items():
        row = rows.get(name) or Input(model=model, name=name, at=timezone.now())
        before = _said(row)
        row.low, row.likely, row.high = (_plain(x) for x in (one.low, one.likely, one.high))
        row.grade, row.source = one.grade, one.source.strip()[:MOST_SOURCE]
        if (after := _said(row)) != before:
            row.by, row.at = by.user, timezone.now()
            row.save()
            changed[name] = [before, after]
    return _keep(by, model, changed) if changed or model.is_empty else model


@transaction.atomic
def bind(by: Acting, product: Product, name: str, reference: str, version: int) -> ValueModel:
    """Let an input follow evidence: from now on it is what that says."""
    need(by, product, "value")
    model = _there(_locked(product, version))
    asked = reference_for(name, reference)
    reading = read([(product.pk, asked)], timezone.localdate())[product.pk, asked]
    check_fits(name, asked, reading)
    range_of(name, reading)
    row = model.inputs.filter(name=name).first() or Input(model=model, name=name)
    before = _said(row)
    row.reference, row.reading = str(asked), reading.plain()
    row.grade, row.by, row.at = Grades.MEASURED, by.user, timezone.now()
    row.save()
    return _keep(by, model, {name: [before, _said(row)]})


@transaction.atomic
def unbind(by: Acting, product: Product, name: str, version: int) -> ValueModel:
    """Let an input follow nothing any more: it keeps the range that the evidence says now."""
    need(by, product, "value")
    model = _there(_locked(product, version))
    rows = list(model.inputs.all())
    row = next((one for one in rows if one.name == name and one.reference), None)
    if row is None:
        raise Conflict("This input follows no evidence. Load the page again.")
    found = read(references([(product.pk, row)]), timezone.localdate())
    (now,) = held_of([row], product.pk, found)
    before = _said(row)
    ends = (now.range.low, now.range.likely, now.range.high)
    row.low, row.likely, row.high = (_plain(None if x is None else Decimal(repr(x))) for x in ends)
    row.source = f"once {follows(Reference.parse(row.reference))}"[:MOST_SOURCE]
    row.reference, row.reading = "", None
    row.by, row.at = by.user, timezone.now()
    row.save()
    return _keep(by, model, {name: [before, _said(row)]})


@transaction.atomic
def begin_anew(by: Acting, product: Product, version: int) -> ValueModel:
    """Take out every range, so that another currency or kind of answer can be chosen.

    What was thought until now stays in the versions.
    """
    need(by, product, "value")
    model = _there(_locked(product, version))
    if model.is_empty:
        return model
    model.inputs.all().delete()
    model.version += 1
    model.digest, model.sketch, model.results = "", b"", {}
    model.changed_at = timezone.now()
    model.save()
    _write(by, model, [], {"anew": True})
    return model


def _locked(product: Product, version: int) -> ValueModel | None:
    """The model, where it is still the version that was seen."""
    Product.objects.select_for_update().get(pk=product.pk)
    model = ValueModel.objects.select_for_update().filter(product=product).first()
    if (model.version if model else 0) != version:
        raise Conflict(f"{GONE}. What you typed is still in the form: compare, then keep it.")
    return model


def _there(model: ValueModel | None) -> ValueModel:
    if model is None:
        raise Conflict("There is no value model yet. Give its ranges first.")
    return model


def _begun(product: Product, terms: Terms) -> ValueModel:
    _fit(terms)
    return ValueModel.objects.create(
        product=product, shape=terms.shape, currency=terms.currency, begins=terms.begins,
        horizon=1, payback=1, changed_at=timezone.now(),
    )  # fmt: skip


def _fit(terms: Terms) -> None:
    """Refuse a shape or a currency that is none."""
    if terms.shape not in SHAPES:
        raise Invalid(f"'{terms.shape[:20]}' is no shape. Use {' or '.join(SHAPES)}.", "shape")
    if problem := unknown(terms.currency):
        raise Invalid(problem, "currency")


def _keep(by: Acting, model: ValueModel, changed: dict[str, Plain]) -> ValueModel:
    """Value it, write its new version, and tell the log. Raises Faulty where it contradicts."""
    rows = list(model.inputs.all())
    pairs = [(model.product_id, row) for row in rows]
    held = held_of(rows, model.product_id, read(references(pairs), timezone.localdate()))
    try:
        of = model_of(model, held)
    except ValueModelError as error:
        raise Faulty({fault.name: fault.says for fault in error.faults}) from None
    found = results.valuation(of)
    model.version += 1
    model.digest, model.sketch, model.changed_at = of.digest, found.sketch, timezone.now()
    model.results = {**results.summary(found), "grades": dict(grades_of(held))}
    model.save()
    _write(by, model, held, changed)
    return model


def _write(by: Acting, model: ValueModel, held: Iterable[Held], changed: dict[str, Plain]) -> None:
    """The version that a model is now, and its entry in the log."""
    kept = Version(
        model=model, number=model.version, content=_content(model, held), digest=model.digest,
        says=", ".join(changed), by=by.user, at=model.changed_at,
    )  # fmt: skip
    kept.seal = seal_of(kept)
    kept.save()
    by.record("value_model.kept", kept.subject, product=model.product_id, version=kept.number,
              digest=kept.digest, changed=changed, seal=kept.seal)  # fmt: skip


def _content(model: ValueModel, held: Iterable[Held]) -> dict[str, Any]:
    """A version as JSON: its settings, and every input as it counted then."""
    inputs = {
        one.spec.name: {
            **{name: None if x is None else repr(x) for name, x in one.range.plain().items()
               if name != "grade"},
            "grade": one.grade, "source": one.kept.source, "follows": one.kept.reference,
        }
        for one in held
    }  # fmt: skip
    return {
        "shape": model.shape, "currency": model.currency, "begins": model.begins.isoformat(),
        "horizon": model.horizon, "payback": model.payback, "inputs": inputs,
    }  # fmt: skip


def faults_of(inputs: Mapping[str, Given]) -> dict[str, str]:
    """What each input has wrong by itself, by its name."""
    faults = {}
    for name, one in inputs.items():
        if name not in BY_NAME:
            faults[name] = f"There is no input '{name[:40]}'. Take it out."
        elif one.grade not in Grades.values:
            faults[name] = f"'{one.grade[:20]}' is no grade. Use {', '.join(Grades.values)}."
        elif one.grade != Grades.BELIEVED and not one.source.strip():
            faults[name] = f"Say where that was {one.grade}: a record, a count, a study."
        elif problem := _unkept(one):
            faults[name] = problem
        else:
            faults |= _contradicts(name, one)
    return faults


def _unkept(one: Given) -> str:
    for x in (one.low, one.likely, one.high):
        if x is None:
            continue
        if not x.is_finite():
            return f"'{x}' is not a number that can be counted with. Give a finite one."
        if abs(x) > 10**12:
            return f"{x:g} is more than can be counted with. Check the zeros."
        if _plain(x) != x:
            return f"{x:f} has more than nine decimals. Round it."
    return ""


def _contradicts(name: str, one: Given) -> dict[str, str]:
    low, high = float(one.low), float(one.high)
    likely = None if one.likely is None else float(one.likely)
    grade = cast("Grade", one.grade)
    try:
        Range(low, likely, high, grade).inside(*LIMITS[BY_NAME[name].unit])
    except ValueModelError as error:
        return {name: error.faults[0].says}
    return {}


def _plain(x: Decimal | None) -> Decimal | None:
    """As the database keeps it."""
    if x is None:
        return None
    try:
        return x.quantize(STEP)
    except InvalidOperation:
        raise Invalid(f"{x:g} cannot be kept. Use fewer digits.") from None


def _follows(row: Input | None) -> bool:
    return row is not None and bool(row.reference)


def _settings_of(model: ValueModel, terms: Terms) -> dict[str, Plain]:
    """Which settings of a model are others than the kept ones."""
    before = ValueModel.objects.get(pk=model.pk)
    pairs = {name: (str(getattr(before, name)), str(getattr(terms, name)))
             for name in ("begins", "horizon", "payback")}  # fmt: skip
    return {name: [old, new] for name, (old, new) in pairs.items() if old != new}


def _said(row: Input) -> str:
    """An input as the log tells it; empty where it is not there yet."""
    if row.reference:
        return f"follows {row.reference}"
    if row.low is None:
        return ""
    ends = [f"{x.normalize():f}" for x in (row.low, row.likely, row.high) if x is not None]
    source = f", {row.source}" if row.source else ""
    return f"{' | '.join(ends)} {row.grade}{source}"
