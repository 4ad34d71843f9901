"""Life cycles: which suits a team, and one product through one of them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sextant.strategy.lifecycles import FACTS, advise, cycles
from sextant_server.accounts.acting import person_of
from sextant_server.core.access import SIGNED_IN, access
from sextant_server.products.entering import Here, in_product, show
from sextant_server.products.models import Stage
from sextant_server.strategy.team import queries
from sextant_server.strategy.team.records import with_bets
from sextant_server.strategy.team.through import loops, through

COMPARED = ("pom", "crisp-dm")
ANSWERS = {"yes": True, "no": False}


@access(SIGNED_IN)
@require_safe
def life_cycles(request: HttpRequest) -> HttpResponse:
    """The life cycles beside each other, and which of them the stated facts recommend."""
    sent = {fact.key: request.GET.get(fact.key, "") for fact in FACTS}
    advice = advise({key: ANSWERS[word] for key, word in sent.items() if word in ANSWERS})
    known = cycles()
    context = {
        "facts": [(fact, sent[fact.key]) for fact in FACTS],
        "advice": advice,
        "cycle": known[advice.cycle] if advice else None,
        "inside": known.get(advice.inside) if advice else None,
        "open": [fact.asks for fact in FACTS if advice and fact.key in advice.open],
        "compared": [known[key] for key in COMPARED],
        "others": [one for key, one in known.items() if key not in COMPARED],
        "products": queries.mine(person_of(request)),
    }
    return render(request, "team/life_cycles.html", context)


@in_product
@require_safe
def lens(request: HttpRequest, here: Here, cycle: str) -> HttpResponse:
    """A product through a life cycle: each step, what it takes, and what is on record for it."""
    found = cycles().get(cycle)
    if found is None:
        raise Http404(f"There is no life cycle {cycle!r}.")
    today = timezone.now().date()
    record = with_bets([here.product], today)[here.product.pk]
    ways_back = loops(found, record.moves)
    context = {
        "cycle": found,
        "cycles": cycles().values(),
        "steps": through(found, record, today),
        "stands": found.named(here.product.stage),
        "retired": here.product.stage == Stage.RETIRED,
        "loops": ways_back,
        "times": sum(one.times for one in ways_back),
    }
    return show(request, here, "team/lens.html", context)
