"""The page of a product as a bet: what is known, what is missing, and what to doubt."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sextant.strategy.opportunities.hype import Recorded, doubts
from sextant.strategy.opportunities.industries import industries
from sextant.strategy.opportunities.patterns import shipped_pattern
from sextant.strategy.opportunities.reframe import Reframed, reframe
from sextant_server.contracts.models import Contract
from sextant_server.products.entering import Here, in_product, show
from sextant_server.products.models import Product, plain
from sextant_server.products.queries import visible_to
from sextant_server.sources.models import SourceVersion, VersionState
from sextant_server.strategy.opportunities import facts, queries
from sextant_server.strategy.opportunities.checklist import Item, checklist
from sextant_server.strategy.opportunities.known import known_of
from sextant_server.strategy.opportunities.models import AlternativeKind, Idea
from sextant_server.strategy.opportunities.pages import shown
from sextant_server.strategy.opportunities.words import headline


@in_product
@require_safe
def opportunity(request: HttpRequest, here: Here) -> HttpResponse:
    """The whole of it, in the order in which a bet is thought through."""
    product, today = here.product, timezone.localdate()
    bet, pains, whys = (queries.bet_of(product), queries.pains_of(product),
                        queries.whys_of(product))  # fmt: skip
    alternatives, links = queries.alternatives_of(product), queries.links_of(product)
    rests = queries.dependencies_of(product)
    beside = _beside(here)
    visible = {one.pk: one for one in beside if one.pk != product.pk}
    me = next(one for one in beside if one.pk == product.pk)
    baseline = any(one.kind == AlternativeKind.BASELINE for one in alternatives)
    known = known_of(
        facts.of_bet(bet), [facts.of_pain(one) for one in pains],
        [facts.of_link(one) for one in links], baseline, today,
    )  # fmt: skip
    said = me.said or product.name  # type: ignore[attr-defined]
    recorded = Recorded(
        said, product.problem, product.metric, has_baseline=baseline,
        sourced_pains=sum(one.is_sourced for one in pains), serves_goal=bool(links),
        has_kill=known.kill is not None,
    )  # fmt: skip
    context = {
        "headline": headline(known),
        "known": known,
        "framing": framing(product, said, [one.metric for one in links]),
        "doubts": doubts(recorded),
        "whys": shown.whys(whys),
        "pains": shown.pains(pains),
        "alternatives": shown.alternatives(alternatives),
        "baseline": baseline,
        "dependencies": shown.dependencies(
            [one for one in rests if one.product_id == product.pk], visible),
        "dependents": [visible[one.product_id] for one in rests if one.product_id in visible],
        "goals": shown.links(links),
        "bet": shown.bet(known, bet),
        "kinds": shown.kinds(known, product),
        "pattern": shipped_pattern(known.pattern),
        "industry": industries().get(known.industry) if known.industry else None,
        "has_contract": me.has_contract,  # type: ignore[attr-defined]
        "checklist": [(one, _href(product, one)) for one in checklist(
            product, known, pains, alternatives, links, int(me.has_source))],  # type: ignore[attr-defined]
    }  # fmt: skip
    return show(request, here, "opportunities/opportunity.html", context)


def framing(product: Product, said: str, moved_by: list[str]) -> Reframed:
    """The outcome as a phrase, or what was said in the beginning where none is stated."""
    if not product.has_outcome:
        return reframe(said)
    assert product.baseline is not None
    assert product.target is not None
    verb = "reduce" if product.target < product.baseline else "increase"
    means = f" using {moved_by[0]}" if moved_by else ""
    return reframe(
        f"{verb} {product.metric} from {plain(product.baseline)} to {plain(product.target)}"
        f" by {product.due:%Y-%m-%d}{means}"
    )


def _beside(here: Here) -> list[Product]:
    """This product with what else is asked of it, and those that it may be bound to, in one."""
    rests = queries.bound_to(here.product)
    rows = visible_to(here.user).filter(pk__in=rests) | Product.objects.filter(pk=here.product.pk)
    idea = Idea.objects.filter(product=OuterRef("pk")).values("text")[:1]
    read = SourceVersion.objects.filter(source__product=OuterRef("pk"), state=VersionState.READY)
    promised = Contract.objects.filter(product=OuterRef("pk"))
    return list(
        rows.annotate(
            said=Subquery(idea), has_source=Exists(read), has_contract=Exists(promised)
        ).distinct()
    )


def _href(product: Product, item: Item) -> str:
    return reverse(item.route, args=[product.slug, item.what] if item.what else [product.slug])
