"""What happens to ideas: somebody has one, it is kept or declined, or it becomes a product."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.core.errors import Conflict, NotAllowed
from sextant_server.products import actions as products
from sextant_server.products.actions import About
from sextant_server.products.models import Product
from sextant_server.strategy.opportunities.actions.records import STALE
from sextant_server.strategy.opportunities.checking import line
from sextant_server.strategy.opportunities.models import Idea, IdeaState

OPEN = (IdeaState.NEW, IdeaState.KEPT)


@dataclass(frozen=True, slots=True)
class IdeaSaid:
    """An idea as somebody said it."""

    text: str
    problem: str = ""
    affected: str = ""
    today: str = ""


def member(by: Acting) -> User:
    """The person who acts, where he is a member here; ideas and goals belong to all members."""
    user = by.person()
    if not (user.is_active and user.is_member):
        raise NotAllowed("Only a member may do this. Ask an administrator for the role.")
    return user


@transaction.atomic
def add_idea(by: Acting, said: IdeaSaid) -> Idea:
    """Put an idea into the inbox; the same one of the same person, sent twice, is kept once."""
    user = member(by)
    fields = {
        "text": line(said.text, "text", 300, "What is the idea? One sentence is enough."),
        "problem": said.problem.strip()[:4000],
        "affected": line(said.affected, "affected", 300),
        "today": line(said.today, "today", 500),
    }
    User.objects.select_for_update().get(pk=user.pk)
    if held := Idea.objects.filter(created_by=user, state=IdeaState.NEW, **fields).first():
        return held
    made = Idea.objects.create(created_by=user, **fields)
    by.record("idea.added", made.subject, text=made.text)
    return made


@transaction.atomic
def keep(by: Acting, idea: Idea, reason: str, version: int) -> Idea:
    """Say that an idea stays, and why not now; the review leaves it alone for a while."""
    return _judge(by, idea, IdeaState.KEPT, reason, version)


@transaction.atomic
def decline(by: Acting, idea: Idea, reason: str, version: int) -> Idea:
    """Say that nothing comes of an idea, and why."""
    return _judge(by, idea, IdeaState.DECLINED, reason, version)


@transaction.atomic
def make_bet(by: Acting, idea: Idea, about: About, version: int, slug: str = "") -> Product:
    """Begin a product from an idea, owned by whoever does; sent twice, it begins one."""
    user = member(by)
    held = Idea.objects.select_for_update().get(pk=idea.pk)
    if held.product and held.product.created_by == user and held.version == version + 1:
        return held.product
    _fresh(held, version)
    product = products.begin(by, about, slug)
    held.product, held.state = product, IdeaState.PRODUCT
    _looked(held, user)
    by.record("idea.became", held.subject, product=product.pk)
    return product


def _judge(by: Acting, idea: Idea, state: IdeaState, reason: str, version: int) -> Idea:
    user = member(by)
    why = line(reason, "reason", 500, "Say why, so that nobody has to ask again.")
    held = Idea.objects.select_for_update().get(pk=idea.pk)
    if (held.state, held.reason, held.version) == (state, why, version + 1):
        return held
    _fresh(held, version)
    held.state, held.reason = state, why
    _looked(held, user)
    by.record(f"idea.{state}", held.subject, reason=why)
    return held


def _fresh(held: Idea, version: int) -> None:
    if held.product:
        raise Conflict(f"It has become a product already: {held.product}. Go on there.")
    if held.version != version:
        raise Conflict(STALE)


def _looked(held: Idea, user: User) -> None:
    held.looked_on, held.looked_by = timezone.localdate(), user
    held.version += 1
    held.save()
