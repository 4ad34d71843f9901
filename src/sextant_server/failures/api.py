"""The API of failure modes: how each stands, and one more of them. Who answers for it is a person.

A pipeline can write down how a product fails and by which number that shows. Who sees to it, and
giving it up, stay with people.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Schema, Status

from sextant_server.accounts.bearer import Bearer
from sextant_server.failures import actions, queries
from sextant_server.failures.models import FailureMode
from sextant_server.failures.reading import Sight
from sextant_server.products.api import AuthedRequest, standing
from sextant_server.products.entering import Here

router = Router(tags=["failures"])
READS = "products:read"
WRITES = "products:write"


class NewFailure(Schema):
    """A way to fail. `criterion` and `group` name the number of the contract that watches it.

    Beyond `red` it fails; `green` is the criterion's own bound unless another is given.
    """

    how: str
    shows: str = ""
    answer: str = ""
    severe: bool = True
    criterion: str = ""
    group: dict[str, str] = {}  # noqa: RUF012 - pydantic copies it
    green: float | None = None
    red: float | None = None


class FailureOut(Schema):
    """A way to fail as the newest evidence that decides shows it.

    `possible` are the bands (green, amber, red) that its number's interval allows, the best first;
    none: not known. `lacks` is what has to be written down before it is known what happens then.
    """

    id: int
    how: str
    shows: str
    answer: str
    severe: bool
    criterion: str
    group: dict[str, str]
    green: float | None
    red: float | None
    possible: list[str]
    word: str
    says: str
    figures: str
    lacks: list[str]
    amber_response: str
    amber_owner: str
    red_response: str
    red_owner: str
    page: str


@router.get(
    "/products/{slug}/failures", response=list[FailureOut], auth=Bearer(READS),
    summary="Failure modes",
)  # fmt: skip
def failures(request: AuthedRequest, slug: str) -> list[dict[str, Any]]:
    """Every mode that was not given up, the severe ones first."""
    here = standing(request, slug)
    return [_plain(here, one) for one in _standing(here)]


@router.get(
    "/products/{slug}/failures/{failure_id}", response=FailureOut, auth=Bearer(READS),
    summary="A failure mode",
)  # fmt: skip
def failure(request: AuthedRequest, slug: str, failure_id: int) -> dict[str, Any]:
    """One mode, as it stands now."""
    here = standing(request, slug)
    return _plain(here, _one(here, failure_id))


@router.post(
    "/products/{slug}/failures", response={201: FailureOut}, auth=Bearer(WRITES),
    summary="Write a failure mode down",
)  # fmt: skip
def write(request: AuthedRequest, slug: str, new: NewFailure) -> Status[dict[str, Any]]:
    """Write a mode down. What happens in amber and in red, and who sees to it, people say."""
    here = standing(request, slug)
    wanted = actions.Wanted(
        how=new.how, shows=new.shows, answer=new.answer, severe=new.severe,
        criterion=new.criterion, group=tuple(new.group.items()), green=new.green, red=new.red,
    )  # fmt: skip
    made = actions.write(request.auth, here.product, wanted)
    return Status(201, _plain(here, _one(here, made.pk)))


def _standing(here: Here) -> list[Sight]:
    key = here.product.pk
    return queries.standing([key], timezone.now().date()).get(key, [])


def _one(here: Here, key: int) -> Sight:
    found = next((one for one in _standing(here) if one.mode.pk == key), None)
    if found is None:
        raise Http404
    return found


def _plain(here: Here, one: Sight) -> dict[str, Any]:
    mode = one.mode
    return {
        "id": mode.pk, "how": mode.how, "shows": mode.shows, "answer": mode.answer,
        "severe": mode.severe, "criterion": mode.criterion, "group": dict(mode.group),
        "green": mode.green, "red": mode.red, "possible": list(one.possible), "word": one.word,
        "says": one.says, "figures": one.figures, "lacks": list(one.lacks),
        "amber_response": mode.amber_response, "amber_owner": _name(mode, "amber"),
        "red_response": mode.red_response, "red_owner": _name(mode, "red"),
        "page": reverse("failure", args=[here.product.slug, mode.pk]),
    }  # fmt: skip


def _name(mode: FailureMode, which: str) -> str:
    owner = getattr(mode, f"{which}_owner")
    return str(owner) if owner else ""
