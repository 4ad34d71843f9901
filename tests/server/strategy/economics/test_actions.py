"""Who may change a value model, what the log keeps of it, and that no version changes."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.audit import seals
from sextant_server.audit.models import Entry
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.demo.telling import Telling
from sextant_server.products.models import Product
from sextant_server.strategy.economics import actions
from sextant_server.strategy.economics.actions import Given, Terms
from sextant_server.strategy.economics.models import Input, ValueModel, Version
from sextant_server.strategy.economics.seals import KIND

MAY = {"owner", "business", "technical", "contributor"}
Inputs = dict[str, Given]


@pytest.mark.parametrize("action", ["set", "bind", "unbind", "anew"])
def test_who_may(
    action: str, product: Product, team: dict[str, User], stranger: User, admin: User,
    member: User, terms: Terms, inputs: Inputs,
) -> None:  # fmt: skip
    people = {**team, "stranger": stranger, "admin": admin, "member": member, "nobody": None}
    acts: dict[str, Any] = {
        "set": lambda by: actions.set_inputs(by, product, terms, inputs, 0),
        "bind": lambda by: actions.bind(by, product, "recall", "rate:recall", 0),
        "unbind": lambda by: actions.unbind(by, product, "recall", 0),
        "anew": lambda by: actions.begin_anew(by, product, 0),
    }
    for name, user in people.items():
        before = Entry.objects.count()
        if name in MAY:
            if action == "set":
                if not ValueModel.objects.exists():
                    acts[action](Acting(user=user))
            else:
                with pytest.raises(Conflict, match="There is no value model yet"):
                    acts[action](Acting(user=user))
            continue
        with pytest.raises(NotAllowed):
            acts[action](Acting(user=user))
        assert Entry.objects.count() == before


def test_a_version_is_sealed_and_told(story: Telling, model: ValueModel) -> None:
    version = Version.objects.get()
    entry = Entry.objects.filter(action="value_model.kept").get()
    assert entry.details["changed"]["recall"] == ["", "0.6 | 0.95 believed"]
    assert entry.details["seal"] == version.seal
    assert seals.check(KIND) == (1, [])
    Version.objects.update(content={**version.content, "currency": "USD"})
    assert seals.check(KIND) == (1, [f"{version.subject} was changed"])


def test_the_same_again_is_no_version(
    story: Telling, model: ValueModel, terms: Terms, inputs: Inputs
) -> None:
    again = actions.set_inputs(story.by("tara"), story.product, terms, inputs, 1)
    assert again.version == 1
    assert Version.objects.count() == 1


def test_a_stale_version_changes_nothing(
    story: Telling, model: ValueModel, terms: Terms, inputs: Inputs
) -> None:
    for act in (
        lambda by: actions.set_inputs(by, story.product, terms, inputs, 0),
        lambda by: actions.bind(by, story.product, "recall", "rate:recall", 7),
        lambda by: actions.unbind(by, story.product, "recall", 7),
        lambda by: actions.begin_anew(by, story.product, 7),
    ):
        with pytest.raises(Conflict, match="Another version was kept since"):
            act(story.by("ines"))
    assert Version.objects.count() == 1


def test_what_is_taken_out_is_open_again(
    story: Telling, model: ValueModel, terms: Terms, inputs: Inputs
) -> None:
    with_more = {**inputs, "adoption": Given(Decimal("0.4"), None, Decimal("0.9"), "believed")}
    actions.set_inputs(story.by("dana"), story.product, terms, with_more, 1)
    assert Input.objects.filter(name="adoption").exists()
    kept = actions.set_inputs(story.by("dana"), story.product, terms, inputs, 2)
    assert not Input.objects.filter(name="adoption").exists()
    assert kept.digest == Version.objects.get(number=1).digest


def test_every_fault_comes_at_once(story: Telling, terms: Terms, inputs: Inputs) -> None:
    wrong = {
        **inputs,
        "colour": inputs["users"],
        "recall": Given(Decimal(2), None, Decimal(3), "believed"),
        "uses": Given(Decimal("NaN"), None, Decimal(3), "believed"),
        "build": Given(Decimal(1), None, Decimal("1e30"), "believed"),
        "users": Given(Decimal(1), None, Decimal(3), "sure"),
        "prevalence": Given(Decimal("0.00000000001"), None, Decimal("0.1"), "believed"),
    }
    with pytest.raises(actions.Faulty) as error:
        actions.set_inputs(story.by("dana"), story.product, terms, wrong, 0)
    assert set(error.value.faults) == {
        "colour", "recall", "uses", "build", "users", "prevalence",
    }  # fmt: skip
    assert not ValueModel.objects.exists()


def test_a_model_does_not_begin_without_ranges(story: Telling, terms: Terms) -> None:
    with pytest.raises(actions.Faulty) as error:
        actions.set_inputs(story.by("dana"), story.product, terms, {}, 0)
    assert len(error.value.faults) == 8
    assert not ValueModel.objects.exists()


@pytest.mark.parametrize(
    ("changed", "says"),
    [({"currency": "EURO"}, "is no currency"), ({"shape": "ranking"}, "is no shape")],
)
def test_terms_that_are_none(
    changed: dict[str, str], says: str, story: Telling, terms: Terms, inputs: Inputs
) -> None:
    with pytest.raises(Invalid, match=says):
        actions.set_inputs(
            story.by("dana"),
            story.product,
            replace(terms, **changed),
            inputs,
            0,  # type: ignore[arg-type]
        )
