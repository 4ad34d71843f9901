"""The risks of a product: each kind before and after, what is done, and the balanced brief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.pages.forms import attempt
from sextant_server.core.errors import Refused
from sextant_server.core.numbers import number_in
from sextant_server.products.entering import Here, in_product, show
from sextant_server.products.models import Part
from sextant_server.products.queries import holders
from sextant_server.strategy.assessments import actions, brief
from sextant_server.strategy.assessments.board import Board, board
from sextant_server.strategy.assessments.catalogue import in_force
from sextant_server.strategy.assessments.forms import Choices, MeasureForm
from sextant_server.strategy.assessments.models import Measure
from sextant_server.strategy.assessments.register import KEY, Risk, kinds, risks_of
from sextant_server.strategy.assessments.weighing import Sight

Refusals = Mapping[int, MeasureForm]


@dataclass(frozen=True, slots=True)
class Line:
    """A measure, and the form that changes it for who may."""

    sight: Sight
    overdue: bool
    form: MeasureForm | None


@in_product
def risks(request: HttpRequest, here: Here) -> HttpResponse:
    """The register; POST takes a measure."""
    found = _board(here)
    asked = _choices(here, found)
    form = MeasureForm(asked, request.POST or None, auto_id="new_%s")
    if request.method == "POST":
        made = attempt(form, lambda: actions.take_measure(
            Acting.of(request), here.product, KEY, form.cleaned_data["question"], form.wanted()
        ))  # fmt: skip
        if made:
            messages.success(request, "The measure is taken on.")
            return redirect("risks", here.product.slug)
    return _page(request, here, found, asked, form, {})


@in_product
@require_POST
def measure(request: HttpRequest, here: Here, measure_id: int) -> HttpResponse:
    """Change a measure, or give it up; what was typed stays on a refusal."""
    rows = Measure.objects.filter(product=here.product, pk=measure_id)
    found = rows.select_related("product", "owner").first()
    if found is None:
        raise Http404("There is no such measure.")
    by, version = Acting.of(request), number_in(request.POST, "version")
    if "withdraw" in request.POST:
        try:
            actions.withdraw_measure(by, found, version)
            messages.success(request, "The measure is given up.")
        except Refused as refused:
            messages.error(request, refused.detail)
        return redirect("risks", here.product.slug)
    held = _board(here)
    asked = _choices(here, held)
    form = MeasureForm(asked, request.POST, auto_id=f"measure_{found.pk}_%s")
    if attempt(form, lambda: actions.change_measure(by, found, form.wanted(), version)):
        messages.success(request, "The measure is changed.")
        return redirect("risks", here.product.slug)
    new = MeasureForm(asked, None, auto_id="new_%s")
    return _page(request, here, held, asked, new, {found.pk: form})


def _board(here: Here) -> Board:
    return board(here.product, timezone.now().date(), here.user, ("criterion", "value"))


def _page(
    request: HttpRequest, here: Here, found: Board, asked: Choices, form: MeasureForm,
    refused: Refusals,
) -> HttpResponse:  # fmt: skip
    today = timezone.now().date()
    weighed, worth = found.weighed, found.worth
    one = weighed.get(KEY)
    begun = one is not None and not one.assessment.blind
    register = risks_of(one) if one is not None and begun else ()
    context = {
        "register": register,
        "headline": _headline(register, blind=one is not None and not begun),
        "matrix": _matrix(register),
        "blind": one is not None and not begun,
        "measures": [
            (name, [_line(here, sight, today, asked, refused) for sight in rows])
            for name, rows in _by_risk(found.measures, asked)
        ],
        "benefits": brief.benefits(weighed, worth),
        "dangers": brief.dangers(weighed, worth),
        "form": form if here.may("assess") else None,
        "framework": KEY,
    }
    bad = bool(refused or form.errors)
    return show(request, here, "assessments/risks.html", context, 422 if bad else 200)


def _headline(register: Sequence[Risk], blind: bool) -> str:
    if blind:
        return "People are answering; the risks are shown once they are uncovered."
    if not register:
        return "Nobody has assessed the risks yet."
    high = [one for one in register if one.residual.levels == one.kind.residual.scale.keys[:1]]
    if high:
        names = ", ".join(one.name.lower() for one in high)
        return f"{len(high)} of {len(register)} kinds of risk cannot be borne yet: {names}."
    fine = [one for one in register if one.residual.levels == one.kind.residual.scale.keys[-1:]]
    if len(fine) == len(register):
        return "What remains of every risk can be borne."
    return f"{len(register) - len(fine)} of {len(register)} kinds of risk need watching."


def _matrix(register: Sequence[Risk]) -> dict[str, object] | None:
    """Likelihood by impact: each cell with how bad it is, and the kinds that lie there."""
    table = register[0].kind.residual.table if register else None
    if table is None:
        return None
    rows = []
    for level in table.down.levels:
        gives = zip(table.across.keys, table.gives[level.key], strict=True)
        cells = [(risk, _in_cell(register, level.key, impact)) for impact, risk in gives]
        rows.append((level, cells))
    return {"across": table.across.levels, "rows": rows}


def _in_cell(register: Sequence[Risk], likelihood: str, impact: str) -> list[tuple[str, str]]:
    """Each kind in a cell: whether it lies there now, may lie there, or lay there before."""
    found = []
    for one in register:
        if impact not in one.impact:
            continue
        if likelihood in one.after:
            sure = one.after == (likelihood,) and one.impact == (impact,)
            found.append((one.name, "now" if sure else "possible"))
        elif likelihood in one.likelihood:
            found.append((one.name, "before"))
    return found


def _by_risk(sights: Sequence[Sight], asked: Choices) -> list[tuple[str, list[Sight]]]:
    names = dict(asked.risks)
    by_name: dict[str, list[Sight]] = {}
    for sight in sights:
        if sight.measure.framework == KEY:
            name = names.get(sight.measure.question, sight.measure.question)
            by_name.setdefault(name, []).append(sight)
    return sorted(by_name.items())


def _line(here: Here, sight: Sight, today: date, asked: Choices, refused: Refusals) -> Line:
    one = sight.measure
    overdue = one.due < today and not sight.verified
    if not here.may("assess"):
        return Line(sight, overdue, None)
    initial = {
        "version": one.version, "question": one.question, "text": one.text,
        "owner": str(one.owner_id), "due": one.due, "reference": one.reference,
    }  # fmt: skip
    form = MeasureForm(asked, None, initial=initial, auto_id=f"measure_{one.pk}_%s")
    return Line(sight, overdue, refused.get(one.pk, form))


def _choices(here: Here, held: Board) -> Choices:
    """What can be chosen for a measure: the risk, who sees to it, what shows that it works."""
    begun = held.weighed.get(KEY)
    framework = begun.framework if begun else in_force()[KEY].framework
    risks = [(one.after.key, one.residual.name) for one in kinds(framework)]
    people = holders(here.product, *Part) if here.may("assess") else []
    return Choices(tuple(risks), tuple(people), held.offers)
