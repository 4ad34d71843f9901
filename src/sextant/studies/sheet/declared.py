"""What only people know of a table: a small file; what it does not say stays unknown.

owner: Data office
origin: Exported from the customer register every Monday
licence: internal
consent: contract (GDPR 6.1 b)
retention: 24 months
gaps: [Nothing from before 2019]
fields:
age: {purpose: Fairness by age, consent: as above}
postcode: Delivery
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sextant.contracts.file.document import parse_document
from sextant.contracts.file.fields import Problems, add, entries, text
from sextant.contracts.file.node import Node, node_from_python
from sextant.contracts.problems import ContractError

FACTS = ("owner", "origin", "licence", "consent", "retention")
KEYS = (*FACTS, "gaps", "fields")
FIELD_KEYS = ("purpose", "consent", "retention")


@dataclass(frozen=True, slots=True)
class About:
    """`facts`: of `FACTS`, those that are known. `fields`: column → what is said of it."""

    facts: Mapping[str, str]
    gaps: tuple[str, ...] = ()
    fields: Mapping[str, Mapping[str, str]] = ()  # type: ignore[assignment]


def about_of(given: str | Mapping[str, Any]) -> About:
    """A YAML text or a mapping. Raises `ContractError` with every problem."""
    if isinstance(given, str):
        root = parse_document(given, "data sheet")
    else:
        root = node_from_python(given)
    problems: Problems = []
    found = entries(root, KEYS, (), "the data sheet", problems)
    facts = {name: text(found[name], name, problems) for name in FACTS if name in found}
    gaps = found.get("gaps")
    listed = gaps.items if gaps is not None and gaps.kind == "list" else (gaps,) if gaps else ()
    said = tuple(text(one, "gaps", problems) for one in listed)
    fields = _fields(found.get("fields"), problems)
    if problems:
        raise ContractError(problems)
    return About(facts, said, fields)


def _fields(node: Node | None, problems: Problems) -> dict[str, dict[str, str]]:
    if node is None:
        return {}
    if node.kind != "mapping":
        add(problems, node, "'fields' must be a mapping.", "Write age: Fairness by age.")
        return {}
    found: dict[str, dict[str, str]] = {}
    for key, value in node.entries:
        name = text(key, "a field", problems)
        if name in found:
            add(problems, key, f"Field '{name}' stands twice.", "Keep one.")
        elif value.kind == "mapping":
            held = entries(value, FIELD_KEYS, (), f"field '{name}'", problems)
            found[name] = {word: text(one, word, problems) for word, one in held.items()}
        else:
            found[name] = {} if value.empty else {"purpose": text(value, name, problems)}
    return found
