"""Everything that changes contracts: drafts, signatures, locks. A locked one never changes."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sextant.contracts.file.draft import OUTCOME, PRODUCT, draft_text
from sextant_server.accounts.acting import Acting
from sextant_server.audit.seals import seal_of
from sextant_server.contracts import queries
from sextant_server.contracts.models import Contract, Signatory, Signature, State
from sextant_server.contracts.reading import read
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.products.entering import need
from sextant_server.products.models import Product
from sextant_server.sources.queries import latest_ready, sources_of
from sextant_server.sources.roles import draft_of as draft_from_roles

ABILITY = {Signatory.BUSINESS: "sign_business", Signatory.TECHNICAL: "sign_technical"}
CHANGED = "Somebody changed this contract since you opened the page"


@transaction.atomic
def draft(by: Acting, product: Product, text: str = "") -> Contract:
    """Begin a draft; without a text it begins with what the product and its source say."""
    need(by, product, "write")
    Product.objects.select_for_update().get(pk=product.pk)
    if held := queries.draft_of(product):
        raise Conflict(f"There is a draft already, contract {held.number}. Go on with that one.")
    if locked := queries.locked_of(product):
        raise Conflict(
            f"Contract {locked.number} is locked. Supersede it, and say why it needs another one."
        )
    return _begin(by, product, text or first_text(product))


@transaction.atomic
def supersede(by: Acting, contract: Contract, reason: str) -> Contract:
    """Begin a draft that is to take the place of the locked contract, and say why."""
    need(by, contract.product, "write")
    Product.objects.select_for_update().get(pk=contract.product_id)
    why = reason.strip()
    if not why:
        raise Invalid("Say why the locked contract needs another one.", "reason")
    held = Contract.objects.get(pk=contract.pk)
    if held.state != State.LOCKED:
        raise Conflict(f"Contract {held.number} is {held.get_state_display()}: it decides nothing.")
    if other := queries.draft_of(contract.product):
        raise Conflict(f"There is a draft already, contract {other.number}. Go on with that one.")
    return _begin(by, contract.product, held.text, follows=held, reason=why[:2000])


@transaction.atomic
def write(by: Acting, contract: Contract, text: str, version: int) -> Contract:
    """Change a draft's text. Signatures on the text before count no more."""
    need(by, contract.product, "write")
    held = Contract.objects.select_for_update().get(pk=contract.pk)
    if held.state != State.DRAFT:
        raise Conflict(f"Contract {held.number} is {held.get_state_display()} and stays as it is.")
    if held.version != version:
        raise Conflict(f"{CHANGED}. Both texts are below: put yours into theirs, then keep it.")
    clean = text.replace("\r\n", "\n").rstrip() + "\n"
    if "\x00" in clean:
        raise Invalid("The text holds a NUL character. Take it out.", "text")
    if clean == held.text:
        return held
    reading = read(clean, held.product)
    held.text, held.digest, held.source = clean, reading.digest, reading.source
    held.version += 1
    held.edited_at, held.edited_by = timezone.now(), by.user
    held.save()
    by.record("contract.written", held.subject, product=held.product_id, text=held.text_digest)
    return held


@transaction.atomic
def sign(by: Acting, contract: Contract, parts: list[str], text_digest: str) -> Contract:
    """Sign exactly the text that was shown, for one or, in a team of one, for both sides."""
    held = Contract.objects.select_for_update().get(pk=contract.pk)
    user = by.person()
    sides = [Signatory(part) for part in parts if part in Signatory.values]
    if by.token or not sides:
        raise NotAllowed("A person signs, on the contract's page, for the business or technically.")
    for side in sides:
        need(by, held.product, ABILITY[side])
    _signable(held, text_digest)
    for side in sides:
        _, made = Signature.objects.get_or_create(
            contract=held, part=side, text_digest=text_digest, defaults={"user": user}
        )
        if made:
            by.record("contract.signed", held.subject, product=held.product_id, side=str(side),
                      text=text_digest)  # fmt: skip
    return held


@transaction.atomic
def lock(by: Acting, contract: Contract, text_digest: str) -> Contract:
    """Lock a draft that both sides have signed; what was locked before is superseded by it."""
    user = need(by, contract.product, "lock")
    if by.token:
        raise NotAllowed("A person locks a contract, on its page.")
    Product.objects.select_for_update().get(pk=contract.product_id)
    held = Contract.objects.select_for_update().get(pk=contract.pk)
    if held.state == State.LOCKED and held.text_digest == text_digest:
        return held
    reading_digest = _signable(held, text_digest)
    signed = queries.standing(held)
    missing = [side.label for side in Signatory if side not in signed]
    if missing:
        raise Conflict(
            f"The {' and the '.join(missing)} signature is missing on this text, or is that of"
            " somebody who no longer has the part. Whoever has it now signs."
        )
    if not held.product.solo and len({one.user_id for one in signed.values()}) == 1:
        raise Conflict(
            "One person has signed for both sides. Another one signs for one of them, or the"
            " product is declared a team of one."
        )
    now = timezone.now()
    for before in Contract.objects.filter(product=held.product_id, state=State.LOCKED):
        Contract.objects.filter(pk=before.pk).update(state=State.SUPERSEDED, ended_at=now)
        by.record("contract.superseded", before.subject, product=held.product_id,
                  followed_by=held.number)  # fmt: skip
    held.state, held.digest = State.LOCKED, reading_digest
    held.locked_at, held.locked_by = now, user
    held.version += 1
    held.signed = [
        [str(side), one.user_id, one.at.isoformat()] for side, one in sorted(signed.items())
    ]
    held.seal = seal_of(held)
    held.save()
    by.record("contract.locked", held.subject, product=held.product_id, digest=held.digest,
              seal=held.seal)  # fmt: skip
    return held


@transaction.atomic
def withdraw(by: Acting, contract: Contract) -> Contract:
    """Give up a draft. It stays readable."""
    need(by, contract.product, "write")
    held = Contract.objects.select_for_update().get(pk=contract.pk)
    if held.state != State.DRAFT:
        raise Conflict(f"Contract {held.number} is {held.get_state_display()}, no draft.")
    held.state, held.ended_at = State.WITHDRAWN, timezone.now()
    held.version += 1
    held.save()
    by.record("contract.withdrawn", held.subject, product=held.product_id)
    return held


@transaction.atomic
def run_by_itself(by: Acting, contract: Contract, on: bool) -> Contract:
    """Whether each new version of the source starts a run. Each run is a look."""
    need(by, contract.product, "run")
    held = Contract.objects.select_for_update().get(pk=contract.pk)
    if held.state != State.LOCKED:
        raise Conflict("Only a locked contract runs by itself.")
    if held.runs_itself != on:
        Contract.objects.filter(pk=held.pk).update(runs_itself=on)
        by.record("contract.runs", held.subject, product=held.product_id, itself=on)
    held.runs_itself = on
    return held


def first_text(product: Product) -> str:
    """The text that a product's first draft begins with."""
    source = sources_of(product).order_by("-roles_confirmed_at", "name").first()
    version = latest_ready(source) if source else None
    roles = (source.roles or version.guess) if source and version else {}
    written = draft_text(draft_from_roles(roles, source.name if source else "predictions"), "it")
    body = written[written.index("product:") :]
    body = body.replace(PRODUCT, _quoted(product.name), 1)
    return body.replace(OUTCOME, _quoted(product.outcome), 1) if product.outcome else body


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _begin(
    by: Acting, product: Product, text: str, follows: Contract | None = None, reason: str = ""
) -> Contract:
    last = Contract.objects.filter(product=product).aggregate(last=Max("number"))["last"] or 0
    clean = text.replace("\r\n", "\n").rstrip() + "\n"
    reading = read(clean, product)
    made = Contract.objects.create(
        product=product,
        number=last + 1,
        text=clean,
        digest=reading.digest,
        source=reading.source,
        follows=follows,
        reason=reason,
        created_by=by.user,
        edited_by=by.user,
    )
    by.record("contract.begun", made.subject, product=product.pk, number=made.number,
              text=made.text_digest)  # fmt: skip
    return made


def _signable(held: Contract, text_digest: str) -> str:
    """The digest of what a draft decides, where its very text can be signed and locked."""
    if held.state != State.DRAFT:
        raise Conflict(f"Contract {held.number} is {held.get_state_display()}, no draft.")
    if held.text_digest != text_digest:
        raise Conflict(f"{CHANGED}. Load it again and read it.")
    reading = read(held.text, held.product)
    if reading.problems:
        raise Conflict(f"It has problems: {reading.problems[0]} Mend it first.")
    if reading.unsigned:
        raise Conflict(reading.unsigned)
    return reading.digest
