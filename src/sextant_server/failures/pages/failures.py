"""How a product fails: each way with its band now, what is done then, and the form for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from sextant.strategy.opportunities.patterns import Pattern, shipped_pattern
from sextant.words.nouns import capital, listed
from sextant.words.numbers import word
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.accounts.pages.forms import attempt
from sextant_server.core.errors import Refused
from sextant_server.core.numbers import number_in
from sextant_server.failures import actions, queries
from sextant_server.failures.forms import ModeForm
from sextant_server.failures.models import FailureMode
from sextant_server.failures.offering import then
from sextant_server.failures.reading import Sight, Watched, named
from sextant_server.products.entering import Here, in_product, show
from sextant_server.products.models import Part
from sextant_server.products.queries import holders
from sextant_server.strategy.bindings.memory import remembering
from sextant_server.strategy.opportunities.models import Bet


@dataclass(frozen=True, slots=True)
class Line:
    """A mode as it stands, what watches it, what happens now, the form for who may change it."""

    sight: Sight
    watched: str
    then: str
    form: ModeForm | None


@dataclass(frozen=True, slots=True)
class Choices:
    """What a form offers: the numbers, the people."""

    numbers: Sequence[Watched]
    people: Sequence[User]

    def form(self, data: object = None, mode: FailureMode | None = None) -> ModeForm:
        """The form of a mode, or of a new one."""
        auto_id = f"mode_{mode.pk}_%s" if mode else "new_%s"
        return ModeForm(self.numbers, self.people, data, mode, auto_id=auto_id)


@in_product
def failures(request: HttpRequest, here: Here) -> HttpResponse:
    """The register; POST writes a mode down."""
    with remembering():
        return _failures(request, here)


def _failures(request: HttpRequest, here: Here) -> HttpResponse:
    choices = _choices(here)
    form = choices.form(request.POST or None)
    if request.method == "POST":
        by = Acting.of(request)
        if attempt(form, lambda: actions.write(by, here.product, form.wanted())):
            messages.success(request, "It is written down.")
            return redirect("failures", here.product.slug)
    return _page(request, here, choices, form, {})


@in_product
@require_POST
def failure(request: HttpRequest, here: Here, failure_id: int) -> HttpResponse:
    """Change a mode, or give it up; what was typed stays on a refusal."""
    rows = FailureMode.objects.filter(product=here.product, pk=failure_id)
    found = rows.select_related("product").first()
    if found is None:
        raise Http404("There is no such failure mode.")
    by, version = Acting.of(request), number_in(request.POST, "version")
    if "withdraw" in request.POST:
        try:
            actions.withdraw(by, found, version)
            messages.success(request, "It is given up.")
        except Refused as refused:
            messages.error(request, refused.detail)
        return redirect("failures", here.product.slug)
    choices = _choices(here)
    form = choices.form(request.POST, found)
    if attempt(form, lambda: actions.change(by, found, form.wanted(), version)):
        messages.success(request, "It is changed.")
        return redirect("failures", here.product.slug)
    return _page(request, here, choices, choices.form(), {found.pk: form})


@in_product
@require_POST
def from_pattern(request: HttpRequest, here: Here) -> HttpResponse:
    """Write down how products of the bet's pattern fail."""
    try:
        made = actions.take_pattern(Acting.of(request), here.product)
        messages.success(request, f"{capital(word(len(made)))} of them written down.")
    except Refused as refused:
        messages.error(request, refused.detail)
    return redirect("failures", here.product.slug)


def _choices(here: Here) -> Choices:
    if not here.may("guard"):
        return Choices((), ())
    return Choices(queries.offered(here.product), holders(here.product, *Part))


def _page(
    request: HttpRequest, here: Here, choices: Choices, form: ModeForm,
    refused: Mapping[int, ModeForm],
) -> HttpResponse:  # fmt: skip
    today = timezone.now().date()
    seen = queries.standing([here.product.pk], today).get(here.product.pk, [])
    may = here.may("guard")
    lines = [
        Line(one, named(one.mode), then(one),
             refused.get(one.mode.pk) or choices.form(None, one.mode) if may else None)
        for one in seen
    ]  # fmt: skip
    pattern = _pattern(here)
    known = {one.mode.how for one in seen}
    context = {
        "headline": headline(seen),
        "lines": lines,
        "form": form if may else None,
        "pattern": pattern,
        "typical": [one for one in pattern.failures if one.how not in known] if pattern else [],
        "numbers": bool(choices.numbers),
    }
    bad = bool(refused or form.errors)
    return show(request, here, "failures/failures.html", context, 422 if bad else 200)


def headline(seen: Sequence[Sight]) -> str:
    """The gravest thing that is known of how it fails, as a sentence."""
    if not seen:
        return "Nobody has written down how it fails."
    red = [one for one in seen if one.band == "red"]
    if red:
        first = f"It fails: {red[0].mode.how.rstrip('.')}."
        more = len(red) - 1
        return (
            first if not more else f"{first} So in {word(more)} more way{'' if more == 1 else 's'}."
        )
    total = f"Of {word(len(seen))} way{'' if len(seen) == 1 else 's'} to fail"
    amber = sum(one.band == "amber" for one in seen)
    grave = sum(one.band is None and (not one.possible or "red" in one.possible) for one in seen)
    open_ones = sum(one.band is None for one in seen) - grave
    said = [
        f"{word(count)} {are if count == 1 else are.replace('is', 'are', 1)}"
        for count, are in (
            (amber, "is amber"), (grave, "may be red"), (open_ones, "is not known to be green"),
        )
        if count
    ]  # fmt: skip
    return f"{total}, {listed(said)}." if said else f"{total}, none shows: it works as promised."


def _pattern(here: Here) -> Pattern | None:
    key = Bet.objects.filter(product=here.product).values_list("pattern", flat=True).first()
    return shipped_pattern(key) if key else None
