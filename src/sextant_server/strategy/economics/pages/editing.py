"""Saying what is known of each input, as ranges."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from sextant.strategy.economics import SHAPES, Shape
from sextant_server.accounts.acting import Acting
from sextant_server.core.errors import Conflict, Refused
from sextant_server.products.entering import Here, in_product, show
from sextant_server.products.models import AiType
from sextant_server.strategy.economics import actions, queries
from sextant_server.strategy.economics.forms import RangesForm
from sextant_server.strategy.economics.models import ValueModel, Version
from sextant_server.strategy.economics.pages.value import changed_in
from sextant_server.strategy.economics.reading import Held


@in_product
def value_edit(request: HttpRequest, here: Here) -> HttpResponse:
    """All ranges in one form; whatever happens, what was typed is still there."""
    today = timezone.localdate()
    model = queries.model_for(here.product)
    held = queries.held(model, today) if model else []
    shape = _shape(request, here, model)
    initial = RangesForm.initial_of(model, held, today)
    form = RangesForm(shape, held, request.POST or None, initial={**initial, "shape": shape})
    meanwhile: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            by, data = Acting.of(request), form.cleaned_data
            actions.set_inputs(by, here.product, form.terms(), data["inputs"], data["version"])
        except actions.Faulty as refused:
            form.refuse(refused)
        except Conflict as refused:
            form, meanwhile = _again(request, here, shape, data["version"])
            form.add_error(None, refused.detail)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.detail)
        else:
            messages.success(request, "The ranges are kept.")
            return redirect("value_model", here.product.slug)
    context = {
        "model": model, "form": form, "groups": list(form.groups()), "meanwhile": meanwhile,
        "shapes": [(key, says, key == shape) for key, says in SHAPES.items()],
    }  # fmt: skip
    return show(request, here, "economics/edit.html", context, 422 if form.errors else 200)


def _shape(request: HttpRequest, here: Here, model: ValueModel | None) -> Shape:
    """That of the model; of a first one what was chosen, or what fits the product's kind."""
    if model is not None and not model.is_empty:
        return model.shape  # type: ignore[return-value]
    chosen = request.POST.get("shape") or request.GET.get("shape")
    for shape in SHAPES:
        if chosen == shape:
            return shape
    return "binary" if here.product.ai_type == AiType.CLASSIFICATION else "answers"


def _again(
    request: HttpRequest, here: Here, shape: Shape, seen: int
) -> tuple[RangesForm, list[str]]:
    """The form with what was typed on the newest version, and what others have changed."""
    model = queries.model_for(here.product)
    held: list[Held] = queries.held(model, timezone.localdate()) if model else []
    data = request.POST.copy()
    data["version"] = str(model.version if model else 0)
    initial = RangesForm.initial_of(model, held, timezone.localdate())
    form = RangesForm(shape, held, data, initial=initial)
    form.is_valid()
    newer = Version.objects.filter(model=model, number__gt=seen).select_related("by")
    return form, [f"{one.by} changed {changed_in(one)} (version {one.number})." for one in newer]
