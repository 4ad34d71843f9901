"""Drafts of frameworks, and publishing them. A published version never changes."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.audit.seals import seal_of, text_digest
from sextant_server.core.errors import Conflict, NotAllowed
from sextant_server.strategy.assessments import catalogue
from sextant_server.strategy.assessments.catalogue import InForce
from sextant_server.strategy.assessments.models import FrameworkState, FrameworkVersion, Origin

CHANGED = "Somebody changed this draft since you opened the page"


@transaction.atomic
def draft(by: Acting, key: str) -> FrameworkVersion:
    """Begin the next version of a framework, or the first of one that nobody has written yet."""
    user = _member(by)
    number = catalogue.next_number(key)
    text = catalogue.first_text(key, number)
    reading = catalogue.read(text, key, number)
    made, begun = FrameworkVersion.objects.get_or_create(
        key=key, state=FrameworkState.DRAFT,
        defaults={"number": number, "origin": Origin.OWN, "text": text,
                  "name": reading.name or key, "begun_by": user, "edited_by": user},
    )  # fmt: skip
    if not begun:
        raise Conflict(f"There is a draft already, version {made.number}. Go on with that one.")
    by.record("framework.begun", made.subject, key=key, number=number, text=text_digest(text))
    return made


@transaction.atomic
def write(by: Acting, framework: FrameworkVersion, text: str, version: int) -> FrameworkVersion:
    """Change a draft's text; it may have problems until it is published."""
    user = _member(by)
    held = _draft(framework, version, f"{CHANGED}. Both texts are below: put yours into theirs,"
                  " then keep it.")  # fmt: skip
    clean = catalogue.clean(text)
    if clean == held.text:
        return held
    held.text, held.name = clean, catalogue.read(clean, held.key, held.number).name or held.key
    held.version += 1
    held.edited_at, held.edited_by = timezone.now(), user
    held.save()
    by.record("framework.written", held.subject, key=held.key, number=held.number,
              text=text_digest(clean))  # fmt: skip
    return held


@transaction.atomic
def publish(by: Acting, framework: FrameworkVersion, version: int) -> FrameworkVersion:
    """Publish exactly the text that was shown. Assessments begun from now on are asked by it."""
    by.need_admin()
    user = by.person()
    if by.token:
        raise NotAllowed("A person publishes a framework, on its page.")
    held = _draft(framework, version, f"{CHANGED}. Load it again and read it.")
    reading = catalogue.read(held.text, held.key, held.number)
    if reading.framework is None:
        raise Conflict(f"It has problems: {reading.problems[0]} Mend it first.")
    held.state, held.digest, held.name = (
        FrameworkState.PUBLISHED, reading.framework.digest, reading.framework.name,
    )  # fmt: skip
    held.published_at, held.published_by = timezone.now(), user
    held.version += 1
    _seal(by, held)
    return held


@transaction.atomic
def withdraw(by: Acting, framework: FrameworkVersion, version: int) -> FrameworkVersion:
    """Give up a draft. It stays readable."""
    _member(by)
    held = _draft(framework, version, f"{CHANGED}. Load it again and read it.")
    held.state = FrameworkState.WITHDRAWN
    held.version += 1
    held.save()
    by.record("framework.withdrawn", held.subject, key=held.key, number=held.number)
    return held


def pinned(by: Acting, found: InForce) -> FrameworkVersion:
    """The row of a version that is in force; what comes with the program gets its row here."""
    if found.row is not None:
        return found.row
    one = found.framework
    held, first = FrameworkVersion.objects.get_or_create(
        key=one.key, number=one.version, origin=Origin.SHIPPED, state=FrameworkState.PUBLISHED,
        defaults={"name": one.name, "text": found.text, "digest": one.digest,
                  "published_at": timezone.now()},
    )  # fmt: skip
    if first:
        _seal(by, held)
    elif held.digest != one.digest:
        raise Conflict(
            f"Version {one.version} of {one.name} says something else than when it was first used"
            " here. Install a release that has raised its version."
        )
    return held


def _seal(by: Acting, held: FrameworkVersion) -> None:
    held.seal = seal_of(held)
    held.save()
    by.record("framework.published", held.subject, key=held.key, number=held.number,
              origin=str(held.origin), digest=held.digest, seal=held.seal)  # fmt: skip


def _member(by: Acting) -> User:
    user = by.person()
    if not (user.is_active and user.is_member):
        raise NotAllowed("Only a member may write frameworks. Ask an administrator for the role.")
    return user


def _draft(framework: FrameworkVersion, version: int, stale: str) -> FrameworkVersion:
    held = FrameworkVersion.objects.select_for_update().get(pk=framework.pk)
    if held.state != FrameworkState.DRAFT:
        raise Conflict(f"Version {held.number} is {held.get_state_display()} and stays as it is.")
    if held.version != version:
        raise Conflict(stale)
    return held
