"""What a product is worth: the answer, what it rests on, what would change it, what to learn."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sextant.strategy.economics import BY_NAME, words
from sextant.strategy.economics.inputs import GROUPS
from sextant.strategy.economics.money import amount, listed
from sextant_server.accounts.acting import Acting
from sextant_server.core.errors import Refused
from sextant_server.core.numbers import number_in
from sextant_server.products.entering import Here, in_product, show
from sextant_server.strategy.bindings.queries import offered, read
from sextant_server.strategy.economics import actions, pictures, queries, results
from sextant_server.strategy.economics.models import ValueModel, Version
from sextant_server.strategy.economics.reading import (
    Held,
    fits,
    follows,
    grades_of,
    model_of,
    weakest,
)
from sextant_server.strategy.economics.realised import realised, wanted

MOST_VERSIONS = 20

FOLLOWED = ("criterion", "rate", "source", "study")
"""What inputs may follow."""


@in_product
@require_safe
def value_model(request: HttpRequest, here: Here) -> HttpResponse:
    """The value of a product, or that nothing is known of it yet."""
    model = queries.model_for(here.product)
    if model is None or model.is_empty:
        return show(request, here, "economics/none.html")
    return show(request, here, "economics/value.html", _context(here, model))


@in_product
@require_POST
def anew(request: HttpRequest, here: Here) -> HttpResponse:
    """Take out every range."""
    version = number_in(request.POST, "version")
    return _done(request, here, lambda by: actions.begin_anew(by, here.product, version),
                 "Its ranges are taken out. The versions keep what was thought.")  # fmt: skip


@in_product
@require_POST
def bind(request: HttpRequest, here: Here) -> HttpResponse:
    """Let an input follow evidence."""
    name, _, reference = request.POST.get("pair", "").partition("|")
    version = number_in(request.POST, "version")
    return _done(request, here, lambda by: actions.bind(by, here.product, name, reference, version),
                 "It follows the evidence from now on.")  # fmt: skip


@in_product
@require_POST
def unbind(request: HttpRequest, here: Here) -> HttpResponse:
    """Let an input follow nothing any more."""
    name, version = request.POST.get("name", ""), number_in(request.POST, "version")
    return _done(request, here, lambda by: actions.unbind(by, here.product, name, version),
                 "It keeps the range that the evidence said last.")  # fmt: skip


def _done(request: HttpRequest, here: Here, act: Any, says: str) -> HttpResponse:
    """Back to the page, with what was done or why it was not."""
    try:
        act(Acting.of(request))
    except Refused as refused:
        messages.error(request, refused.detail)
    else:
        messages.success(request, says)
    return redirect("value_model", here.product.slug)


def _context(here: Here, model: ValueModel) -> dict[str, Any]:
    today = timezone.localdate()
    inputs = queries.held(model, today)
    of = model_of(model, inputs)
    found, more = results.valuation(of), results.found_in(of)
    grades = grades_of(inputs)
    drawn, rows = pictures.swings(more, of.currency, found.ai.expected)
    versions = list(Version.objects.filter(model=model).select_related("by")[:MOST_VERSIONS])
    return {
        "model": model,
        "headline": words.headline(found, f"{model.months_on(model.payback):%B %Y}"),
        "explained": words.explained(found),
        "rivals": words.rivals(found),
        "error": _error(found.ai.interval.low_error, found.ai.interval.high_error, of.currency),
        "moved": _moved(model, inputs, found.ai.expected),
        "grade": weakest(grades),
        "grades": [(grade, count) for grade, count in grades.items() if count],
        "candidates": pictures.candidates(found, weakest(grades)),
        "curves": pictures.curves(more, found, of),
        "matters": words.matters(more),
        "tornado": drawn,
        "swings": rows,
        "knowing": words.knowing(more, of.currency),
        "learning": words.next_learning(of, more),
        "studies": _studies(more, of.currency),
        "groups": _groups(inputs, of.currency),
        "left_open": words.not_counted(of),
        "pairs": _pairs(here, inputs, today),
        "realised": realised(here.product.pk, of, inputs, versions,
                             read(wanted(here.product.pk, of), today)),
        "history": [(one, changed_in(one)) for one in versions],
    }  # fmt: skip


def _moved(model: ValueModel, inputs: list[Held], expected: float) -> list[str]:
    """What evidence has changed since the version that was kept, and what that does."""
    found = [f"{one.spec.asks} {one.moved}" for one in inputs if one.moved]
    before = model.results["expected"]
    if found and before != expected:
        money = [amount(x, model.currency) for x in (before, expected)]
        found.append(f"The value was {money[0]} when version {model.version} was kept, and is"
                     f" {money[1]} now.")  # fmt: skip
    return found


def changed_in(version: Version) -> str:
    """What a version changed, in words."""
    names = [name for name in version.says.split(", ") if name]
    if version.number == 1:
        return f"the first {len(names)} ranges"
    if names == ["anew"]:
        return "begun anew: every range was taken out"
    return listed([words.short(name) if name in BY_NAME else name for name in names])


def _error(low: tuple[float, float], high: tuple[float, float], currency: str) -> str:
    ends = [amount(x, currency) for x in (*low, *high)]
    return (
        f"Drawn again, the lower end would lie between {ends[0]} and {ends[1]}, the upper between"
        f" {ends[2]} and {ends[3]}, in 95 of 100 cases."
    )


def _studies(found: Any, currency: str) -> list[tuple[str, str, str, str]]:
    rows = []
    for one in found.studies:
        cost = "not known" if one.cost is None else amount(one.cost, currency)
        left = "" if one.net is None else amount(one.net, currency)
        rows.append((f"{one.cases:,}", amount(one.worth, currency), cost, left))
    return rows


def _groups(inputs: list[Held], currency: str) -> list[tuple[str, list[tuple[Held, str]]]]:
    found = []
    for key, title in GROUPS.items():
        rows = [(one, one.says(currency)) for one in inputs if one.spec.group == key]
        if rows:
            found.append((title, rows))
    return found


def _pairs(here: Here, inputs: list[Held], today: Any) -> list[tuple[str, str]]:
    """What could follow which evidence, as the choices of a form."""
    if not here.may("value"):
        return []
    open_ones = [one.spec for one in inputs if not one.follows]
    return [
        (f"{spec.name}|{reference}",
         f"{words.short(spec.name).capitalize()} follows {follows(reference)}: {reading.says}")
        for reference, reading in offered(here.product.pk, today, FOLLOWED)
        for spec in open_ones
        if fits(spec.name, reference, reading.of)
    ]  # fmt: skip
