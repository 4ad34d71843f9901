"""A threshold is chosen: kept as a study with all that was known, written into a draft.

Beside it stands what a user is then shown on each route, as a comment: it decides nothing, but it
is part of the text that people sign, export and can hold the product to.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from sextant_server.accounts.acting import Acting
from sextant_server.contracts import actions as contracts
from sextant_server.contracts import queries
from sextant_server.contracts.models import Contract
from sextant_server.contracts.reading import read
from sextant_server.core.errors import Conflict, Invalid
from sextant_server.evidence.models import Evidence
from sextant_server.products.entering import need
from sextant_server.products.models import Product
from sextant_server.studies import actions
from sextant_server.studies.kinds.thresholds import KIND
from sextant_server.studies.models import Study

LINE = re.compile(r"^threshold:[^\n#]*?(?P<note>[ \t]*#[^\n]*)?$", re.MULTILINE)
SHOWN = re.compile(r"^# What a user is shown \(study \d+\):\n(?:#  [^\n]*\n)*", re.MULTILINE)
WIDTH = 96


@transaction.atomic
def choose_threshold(
    by: Acting, evidence: Evidence, settings: dict[str, Any], asked: dict[str, Any]
) -> tuple[Study, Contract]:
    """Keep the page as a study with its reason, and put its threshold into the contract's draft.

    Where a contract is locked its text begins a draft that is to supersede it; a draft that is
    there already is changed. `settings` are the form's cleaned data, `asked` the same as sent.
    """
    product = evidence.product
    need(by, product, "write")
    why = str(settings.get("why", "")).strip()
    if not why:
        raise Invalid("Say why this threshold is chosen.", "why")
    study = actions.keep_live(by, evidence, KIND, settings, asked)
    threshold = float(settings["at"])
    draft = _draft(by, product, f"Threshold {threshold:.12g}, study {study.number}: {why}")
    held: Mapping[str, Any] = study.record.get("preview", {}).get(str(product.risk), {})
    shown = shown_text(held.get("routes", ()), study.number)
    text = with_shown(with_threshold(draft.text, threshold), shown)
    reading = read(text, product)
    if reading.contract is None or reading.contract.threshold != threshold:
        raise Conflict(
            f"The threshold cannot be written into contract {draft.number} by itself. Write"
            f" 'threshold: {threshold:.12g}' there."
        )
    draft = contracts.write(by, draft, text, draft.version)
    by.record("threshold.chosen", study.subject, product=product.pk, number=study.number,
              evidence=evidence.number, threshold=f"{threshold:.12g}", contract=draft.number,
              why=why)  # fmt: skip
    return study, draft


def with_threshold(text: str, threshold: float) -> str:
    """A contract's text with this threshold; comments stay."""
    line = f"threshold: {threshold:.12g}"
    if found := LINE.search(text):
        return f"{text[: found.start()]}{line}{found['note'] or ''}{text[found.end() :]}"
    return f"{text.rstrip()}\n\n{line}\n"


def shown_text(routes: Sequence[Mapping[str, str]], study: int) -> str:
    """What a user is shown on each route as lines of comment; empty where nothing is known."""
    if not routes:
        return ""
    lines = [f"# What a user is shown (study {study}):"]
    for one in routes:
        says = " ".join(f"{one['when']}: {one['says']} ({one['rests_on']})".split())
        lines += textwrap.wrap(says, WIDTH, initial_indent="#  ", subsequent_indent="#    ")
    return "\n".join(lines) + "\n"


def with_shown(text: str, shown: str) -> str:
    """A contract's text with these lines under its threshold, in the place of older ones."""
    bare = SHOWN.sub("", text)
    found = LINE.search(bare)
    if found is None or not shown:
        return bare
    head, rest = bare[: found.end()], bare[found.end() :].removeprefix("\n")
    return f"{head}\n{shown}{rest}"


def _draft(by: Acting, product: Product, reason: str) -> Contract:
    """The draft to change: the one there is, or one that supersedes the locked contract."""
    if held := queries.draft_of(product):
        return held
    locked = queries.locked_of(product)
    if locked is None:
        raise Conflict("The product has no contract to write a threshold into. Draft one first.")
    return contracts.supersede(by, locked, reason)
