"""A product begins with its owner, and its people get their parts."""

from dataclasses import replace
from decimal import Decimal

import pytest
from examples import ABOUT

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.products import actions, queries
from sextant_server.products.models import Part, Product


def test_whoever_begins_a_product_owns_it(member: User) -> None:
    product = actions.begin(Acting(user=member), ABOUT)
    assert queries.parts_of(member, product) == {Part.OWNER}
    assert (product.slug, product.stage) == ("employment-pre-screen", "opportunity")
    assert product.outcome == (
        "manual income checks per 1,000 applications: from 1,000 to 500 by 31 Mar 2027"
    )


def test_a_stranger_begins_nothing(stranger: User) -> None:
    with pytest.raises(NotAllowed, match="Only a member"):
        actions.begin(Acting(user=stranger), ABOUT)


def test_the_part_of_the_owner_passes_on(product: Product, team: dict[str, User]) -> None:
    owner, reviewer = team["owner"], team["reviewer"]
    actions.give_part(Acting(user=owner), product, reviewer, "owner")
    assert Part.OWNER not in queries.parts_of(owner, product)
    with pytest.raises(NotAllowed, match="product owner"):
        actions.give_part(Acting(user=owner), product, owner, "owner")


def test_there_is_always_an_owner(product: Product, team: dict[str, User]) -> None:
    with pytest.raises(Conflict, match="always has an owner"):
        actions.take_part(Acting(user=team["owner"]), product, team["owner"], "owner")


def test_an_edit_of_an_old_page_is_refused(product: Product, team: dict[str, User]) -> None:
    by = Acting(user=team["owner"])
    changed = actions.edit(
        by,
        product,
        ABOUT.__class__(name="Other", ai_type="ranking", automation="alone", risk="high"),
        1,
    )
    assert changed.version == 2
    with pytest.raises(Conflict, match="Somebody else changed"):
        actions.edit(by, product, ABOUT, 1)


@pytest.mark.parametrize("slug", ["a/b c", "A", "a--b", "-a", "a-", "a\n", "é", "a" * 61])
def test_an_address_has_a_form(member: User, slug: str) -> None:
    with pytest.raises(Invalid, match="is no address") as refused:
        actions.begin(Acting(user=member), ABOUT, slug)
    assert refused.value.field == "slug"
    assert not Product.objects.exists()


@pytest.mark.parametrize("field", ["baseline", "target"])
@pytest.mark.parametrize("number", ["1e30", "NaN", "-Infinity", "0.12345", "123456789012345"])
def test_a_number_fits_its_field(member: User, field: str, number: str) -> None:
    about = replace(ABOUT, **{field: Decimal(number)})
    with pytest.raises(Invalid, match="at most 14 digits before the point and 4") as refused:
        actions.begin(Acting(user=member), about)
    assert refused.value.field == field
    largest = replace(ABOUT, **{field: Decimal("99999999999999.9999")})
    assert actions.begin(Acting(user=member), largest)
