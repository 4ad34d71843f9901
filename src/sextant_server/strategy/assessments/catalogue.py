"""Which frameworks there are: what comes with the program, and what was published here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from django.db.models import Max, QuerySet

from sextant.contracts.problems import Problem
from sextant.strategy.frameworks import (
    Framework,
    FrameworkError,
    carry_over,
    framework_from_text,
    shipped,
    text_of,
)
from sextant_server.core.errors import Invalid
from sextant_server.strategy.assessments.models import (
    KEY,
    FrameworkState,
    FrameworkVersion,
    Origin,
)

MOST_CHARACTERS = 200_000
KEY_PATTERN = re.compile(r"[a-z][a-z0-9_-]*")
VERSION_LINE = re.compile(r"^version:.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class InForce:
    """The version by which new assessments are asked; without a row it is read from the program.

    `shadowed`: the version that comes with the program, where one written here has its place.
    """

    framework: Framework
    text: str
    origin: Origin
    row: FrameworkVersion | None = None
    shadowed: Framework | None = None

    def is_pinned_by(self, row: FrameworkVersion) -> bool:
        """Whether that row is this very version, in its rule and in its words."""
        if self.row is not None:
            return self.row.pk == row.pk
        return row.origin == Origin.SHIPPED and row.number == self.framework.version


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says, or every problem that it has."""

    framework: Framework | None
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        return self.framework.name if self.framework else ""


@lru_cache(maxsize=512)
def parsed(text: str) -> Framework:
    """The framework of a text that was published; raises FrameworkError for any other.

    What the program still brings, word for word, is read already.
    """
    key = _brought().get(text)
    return shipped()[key] if key else framework_from_text(text)


def once_verified(framework: Framework) -> tuple[str, ...]:
    """The questions whose answers count only once a measure is verified."""
    return tuple(key for key, one in framework.questions.items() if one.once_verified)


def framework_of(row: FrameworkVersion) -> Framework:
    """What a published version says."""
    return parsed(row.text)


@cache
def _brought() -> Mapping[str, str]:
    """The keys of the shipped frameworks by their texts, as they are pinned."""
    return {text: key for key in shipped() for text in (text_of(key), clean(text_of(key)))}


def in_force() -> Mapping[str, InForce]:
    """By key the newest version published here, else the one that comes with the program."""
    found = {key: InForce(one, text_of(key), Origin.SHIPPED) for key, one in shipped().items()}
    for row in published().filter(origin=Origin.OWN).order_by("number"):
        own = InForce(framework_of(row), row.text, Origin.OWN, row, shipped().get(row.key))
        found[row.key] = own
    return dict(sorted(found.items(), key=lambda one: one[1].framework.name.casefold()))


def published() -> QuerySet[FrameworkVersion]:
    """All versions that were published or pinned here."""
    return FrameworkVersion.objects.filter(state=FrameworkState.PUBLISHED)


def versions_of(key: str) -> QuerySet[FrameworkVersion]:
    """Everything that is kept of one framework, the newest first."""
    rows = FrameworkVersion.objects.filter(key=key)
    return rows.select_related("begun_by", "edited_by", "published_by").order_by("-id")


def drafts() -> list[FrameworkVersion]:
    """All drafts, whoever writes them."""
    rows = FrameworkVersion.objects.filter(state=FrameworkState.DRAFT)
    return list(rows.select_related("edited_by"))


def draft_of(key: str) -> FrameworkVersion | None:
    """The draft of a framework, where there is one."""
    return versions_of(key).filter(state=FrameworkState.DRAFT).first()


def next_number(key: str) -> int:
    """The number of the version to be written next: above all that were published."""
    last = published().filter(key=key).aggregate(last=Max("number"))["last"] or 0
    one = shipped().get(key)
    return max(last, one.version if one else 0) + 1


def first_text(key: str, number: int) -> str:
    """The text that a draft begins with: the version in force, or a small one that works."""
    if not (KEY_PATTERN.fullmatch(key) and len(key) <= KEY):
        raise Invalid(
            f"“{key[:KEY]}” is no key. Begin with a small letter; use small letters, digits and"
            f" hyphens, at most {KEY}: vendor-exit.", "key",
        )  # fmt: skip
    found = in_force().get(key)
    text = (
        found.text
        if found
        else FIRST.format(key=key, name=key.replace("-", " ").replace("_", " ").capitalize())
    )
    return VERSION_LINE.sub(f"version: {number}", text, count=1)


def clean(text: str) -> str:
    """A text as it is kept."""
    if len(text) > MOST_CHARACTERS:
        raise Invalid(
            f"The text has {len(text):,} characters; at most {MOST_CHARACTERS:,} are kept."
            " Ask fewer questions.", "text",
        )  # fmt: skip
    return text.replace("\r\n", "\n").rstrip() + "\n"


def read(text: str, key: str, number: int) -> Reading:
    """Read a draft's text; its key and its version must be those of the draft."""
    if len(text) > MOST_CHARACTERS:
        what = f"The text has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read."
        return Reading(None, (Problem("framework", what, "Ask fewer questions."),))
    try:
        found = framework_from_text(text.replace("\r\n", "\n"))
    except FrameworkError as error:
        return Reading(None, error.problems)
    problems = []
    if found.key != key:
        what = f"The key is '{found.key}'; this is a draft of '{key}'."
        problems.append(Problem(_line(text, "framework"), what, f"Write framework: {key}."))
    if found.version != number:
        what = f"The version is {found.version}; the next one to be published is {number}."
        problems.append(Problem(_line(text, "version"), what, f"Write version: {number}."))
    return Reading(None if problems else found, tuple(problems))


def unchanged(before: FrameworkVersion, after: FrameworkVersion) -> tuple[str, ...]:
    """The questions whose answers mean the same in both versions."""
    return carry_over(framework_of(before), framework_of(after))


def _line(text: str, name: str) -> str:
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(f"{name}:"):
            return f"line {number}, column {len(name) + 3}"
    return "framework"


FIRST = """\
framework: {key}
version: 1
name: {name}
asks: What do we want to know before we go on?
sources: [written here]
used_by:
  - reader: page
valid_for: 6 months
scales:
  strength:
    low: Nothing speaks for it.
    middle: Something speaks for it.
    high: It has been shown.
questions:
  need:
    asks: Do people need it?
    scale: strength
    binds: [criterion, rate, source, value, dependency, assessment]
dimensions:
  need: {{is: need}}
outcomes:
  go_on: {{verdict: met, when: {{need: [high]}}, says: It is needed.}}
  look_again: {{verdict: undecided, when: {{need: [middle]}}, says: It may be needed.}}
  leave_it: {{verdict: missed, says: Nothing says that it is needed.}}
"""
