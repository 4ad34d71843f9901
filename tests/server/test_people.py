"""Roles and open or closed accounts."""

from collections.abc import Callable

import pytest
from django.test import Client

from sextant_server.accounts import actions
from sextant_server.accounts.acting import OPERATOR, Acting
from sextant_server.accounts.models import Role, User
from sextant_server.audit.models import Entry
from sextant_server.core.errors import Conflict, Invalid, NotAllowed

pytestmark = pytest.mark.django_db


def test_only_administrators_change_people(member: User, stranger: User, admin: User) -> None:
    for refused in (Acting(), Acting(user=member), Acting(user=stranger)):
        with pytest.raises(NotAllowed):
            actions.change_role(refused, member.pk, Role.ADMIN)
        with pytest.raises(NotAllowed):
            actions.deactivate(refused, admin.pk)
        with pytest.raises(NotAllowed):
            actions.reactivate(refused, admin.pk)
    assert Entry.objects.count() == 0


def test_a_role_is_changed_and_recorded(admin: User, member: User) -> None:
    assert actions.change_role(Acting(user=admin), member.pk, Role.ADMIN).is_admin
    entry = Entry.objects.get()
    assert (entry.action, entry.subject) == ("person.role", f"person:{member.pk}")
    assert entry.details == {"before": "member", "after": "admin"}
    actions.change_role(Acting(user=admin), member.pk, Role.ADMIN)
    assert Entry.objects.count() == 1


def test_an_unknown_role_is_refused(admin: User, member: User) -> None:
    with pytest.raises(Invalid, match="no role 'king'"):
        actions.change_role(Acting(user=admin), member.pk, "king")


def test_the_last_administrator_stays(admin: User) -> None:
    with pytest.raises(Conflict, match="last administrator"):
        actions.change_role(Acting(user=admin), admin.pk, Role.MEMBER)
    with pytest.raises(Conflict, match="last administrator"):
        actions.deactivate(OPERATOR, admin.pk)


def test_a_closed_account_opens_nothing(
    admin: User,
    member: User,
    as_: Callable[[User | None], Client],
    token_of: Callable[..., str],
) -> None:
    browser, text = as_(member), token_of(member)
    bearer = {"Authorization": f"Bearer {text}"}
    assert browser.get("/today/").status_code == 200
    assert Client().get("/api/v1/me", headers=bearer).status_code == 200
    actions.deactivate(Acting(user=admin), member.pk)
    assert browser.get("/today/").status_code == 302
    assert Client().get("/api/v1/me", headers=bearer).status_code == 401
    actions.reactivate(Acting(user=admin), member.pk)
    assert browser.get("/today/").status_code == 200
    assert Client().get("/api/v1/me", headers=bearer).status_code == 401


def test_an_administrator_whose_account_was_closed_does_nothing(
    admin: User, member: User, make_user: Callable[..., User]
) -> None:
    other = make_user("other", role=Role.ADMIN)
    actions.deactivate(Acting(user=admin), other.pk)
    other.refresh_from_db()
    with pytest.raises(NotAllowed):
        actions.change_role(Acting(user=other), member.pk, Role.ADMIN)


def test_one_address_is_one_account_whatever_its_case(member: User) -> None:
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="MEMBER@example.org", name="Twin")


def test_names_are_written_as_text(
    admin: User, member: User, as_: Callable[[User | None], Client]
) -> None:
    actions.rename(Acting(user=member), "<script>alert(1)</script>")
    page = as_(admin).get("/people/").content
    assert b"<script>alert" not in page
    assert b"&lt;script&gt;alert" in page


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_name_is_needed_and_bounded(member: User, name: str) -> None:
    with pytest.raises(Invalid):
        actions.rename(Acting(user=member), name)


def test_the_list_asks_few_questions_of_the_database(
    admin: User,
    as_: Callable[[User | None], Client],
    make_user: Callable[..., User],
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    for number in range(30):
        make_user(f"p{number}")
    browser = as_(admin)
    with django_assert_max_num_queries(5):
        assert browser.get("/people/").status_code == 200
    with django_assert_max_num_queries(6):
        assert browser.get("/audit/").status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "9", "x", "²", "1e3", "9" * 30])
def test_a_page_that_does_not_exist(
    admin: User, as_: Callable[[User | None], Client], page: str
) -> None:
    assert as_(admin).get("/people/", {"page": page}).status_code == 404
