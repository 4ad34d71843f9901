"""Signing and locking: both sides, on this very text, by people who still have the part."""

import pytest
from examples import MET, MISSED, contract_text

from sextant_server.accounts import actions as accounts
from sextant_server.accounts.acting import OPERATOR, Acting
from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.contracts import actions, queries
from sextant_server.contracts.models import Contract
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.demo.telling import Telling
from sextant_server.products import actions as products
from sextant_server.sources.models import Source


@pytest.fixture
def draft(story: Telling, source: Source) -> Contract:
    return actions.draft(story.by("dana"), story.product, contract_text(MET))


def sign_both(story: Telling, draft: Contract) -> None:
    for key, part in (("bruno", "business"), ("tara", "technical")):
        actions.sign(story.by(key), draft, [part], draft.text_digest)


def test_both_sides_and_then_the_lock(story: Telling, draft: Contract) -> None:
    sign_both(story, draft)
    locked = actions.lock(story.by("ines"), draft, draft.text_digest)
    assert (locked.state, locked.digest) == ("locked", draft.digest)
    assert Entry.objects.get(action="contract.locked").details["seal"] == locked.seal
    assert {side for side, _, _ in locked.signed} == {"business", "technical"}


@pytest.mark.parametrize("missing", ["business", "technical"])
def test_one_signature_is_not_enough(story: Telling, draft: Contract, missing: str) -> None:
    key, part = ("tara", "technical") if missing == "business" else ("bruno", "business")
    actions.sign(story.by(key), draft, [part], draft.text_digest)
    with pytest.raises(Conflict, match=f"The {missing} signature is missing"):
        actions.lock(story.by("ines"), draft, draft.text_digest)


@pytest.mark.parametrize("part", ["owner", "technical", "contributor", "reviewer", "viewer"])
def test_only_the_business_signatory_signs_for_the_business(
    draft: Contract, team: dict[str, User], part: str
) -> None:
    with pytest.raises(NotAllowed, match="sign for the business"):
        actions.sign(Acting(user=team[part]), draft, ["business"], draft.text_digest)


def test_an_edit_leaves_the_signatures_behind(story: Telling, draft: Contract) -> None:
    sign_both(story, draft)
    edited = actions.write(story.by("dana"), draft, contract_text(MISSED), draft.version)
    assert queries.signatures_on(edited) == []
    with pytest.raises(Conflict, match="signature is missing"):
        actions.lock(story.by("ines"), edited, edited.text_digest)


def test_an_edit_and_its_undoing_are_the_text_that_was_signed(
    story: Telling, draft: Contract
) -> None:
    sign_both(story, draft)
    text = draft.text
    edited = actions.write(story.by("dana"), draft, contract_text(MISSED), draft.version)
    back = actions.write(story.by("dana"), edited, text, edited.version)
    assert len(queries.signatures_on(back)) == 2


def test_what_was_not_shown_is_not_signed(story: Telling, draft: Contract) -> None:
    shown = draft.text_digest
    actions.write(story.by("dana"), draft, contract_text(MISSED), draft.version)
    with pytest.raises(Conflict, match="Somebody changed this contract"):
        actions.sign(story.by("bruno"), draft, ["business"], shown)


def test_a_signatory_who_left_does_not_count(story: Telling, draft: Contract) -> None:
    sign_both(story, draft)
    accounts.deactivate(OPERATOR, story.people["bruno"].pk)
    with pytest.raises(Conflict, match="no longer has the part"):
        actions.lock(story.by("ines"), draft, draft.text_digest)
    products.give_part(story.by("ines"), story.product, story.people["rui"], "business")
    with pytest.raises(Conflict, match="signature"):
        actions.lock(story.by("ines"), draft, draft.text_digest)


def test_a_text_with_problems_is_not_signed(story: Telling, source: Source) -> None:
    draft = actions.draft(story.by("dana"), story.product, contract_text("recal >= 0.8"))
    assert draft.digest == ""
    with pytest.raises(Conflict, match="Did you mean 'recall'"):
        actions.sign(story.by("bruno"), draft, ["business"], draft.text_digest)


def test_a_token_signs_nothing(story: Telling, draft: Contract) -> None:
    user = story.people["bruno"]
    token, _ = accounts.issue_token(Acting(user=user), "ci", ["contracts:write"], 30)
    with pytest.raises(NotAllowed, match="A person signs"):
        actions.sign(Acting(user=user, token=token), draft, ["business"], draft.text_digest)


def test_a_locked_contract_never_changes(story: Telling, draft: Contract) -> None:
    locked = story.lock(draft)
    with pytest.raises(Conflict, match="stays as it is"):
        actions.write(story.by("dana"), locked, contract_text(MISSED), locked.version)
    with pytest.raises(Conflict, match="no draft"):
        actions.withdraw(story.by("dana"), locked)


def test_locking_twice_is_locking_once(story: Telling, draft: Contract) -> None:
    sign_both(story, draft)
    for _ in range(2):
        actions.lock(story.by("ines"), draft, draft.text_digest)
    assert Entry.objects.filter(action="contract.locked").count() == 1


def test_the_successor_takes_the_place_of_the_locked_one(story: Telling, draft: Contract) -> None:
    old = story.lock(draft)
    with pytest.raises(Invalid, match="Say why"):
        actions.supersede(story.by("dana"), old, " ")
    new = actions.supersede(story.by("dana"), old, "the bound was too low")
    actions.write(story.by("dana"), new, contract_text("auc >= 0.7"), new.version)
    new.refresh_from_db()
    story.lock(new)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state, new.follows) == ("superseded", "locked", old)


def test_a_product_has_one_draft(story: Telling, draft: Contract) -> None:
    with pytest.raises(Conflict, match="There is a draft already"):
        actions.draft(story.by("dana"), story.product)


def test_the_first_text_comes_from_what_is_known(story: Telling, source: Source) -> None:
    story.confirm(source)
    draft = actions.draft(story.by("dana"), story.product)
    assert draft.digest, "it can be read as it stands"
    assert "label: employed" in draft.text
    assert story.product.outcome in draft.text


def test_two_who_edit_at_once_are_told(story: Telling, draft: Contract) -> None:
    actions.write(story.by("dana"), draft, contract_text(MISSED), 1)
    with pytest.raises(Conflict, match="Both texts are below"):
        actions.write(story.by("tara"), draft, contract_text("auc >= 0.7"), 1)
