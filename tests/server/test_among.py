"""One parameter for many keys gives the rows that `in` gives, on every database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sextant_server.accounts.models import User
from sextant_server.core.among import among
from sextant_server.products.models import Membership, Product


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_same_rows_as_in(product: Product, team: dict[str, User], count: int) -> None:
    people = [one.pk for one in team.values()][:count]
    rows = Membership.objects.filter(among("user", people), product=product)
    assert set(rows) == set(Membership.objects.filter(user__in=people))
    assert rows.count() == count


def test_across_a_relation_and_out_of_sight(product: Product) -> None:
    rows = Membership.objects.filter(among("user__memberships__product", [product.pk, 2**40]))
    assert rows.exists()
    assert not Membership.objects.exclude(among("product", [product.pk])).exists()


def test_however_many_keys_are_one_parameter(product: Product) -> None:
    keys = range(product.pk, product.pk + 40_000)
    with CaptureQueriesContext(connection) as ran:
        assert list(Product.objects.filter(among("pk", keys))) == [product]
    assert len(ran) == 1
