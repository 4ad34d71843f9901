"""The criteria of a contract, each read in its setting."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sextant.contracts.file.conflicts import Placed, check_ids, check_pairs
from sextant.contracts.file.fields import Problems, add, entries, one_of, text, whole
from sextant.contracts.file.ids import with_ids
from sextant.contracts.grammar.meaning import understand
from sextant.contracts.model import Criterion, Role
from sextant.contracts.problems import Problem

if TYPE_CHECKING:
    from sextant.contracts.file.node import Node
    from sextant.contracts.grammar.setting import Setting

KEYS = ("check", "id", "role", "why", "min_rows")
ROLES: tuple[Role, ...] = ("primary", "guardrail", "secondary")
MAX_CRITERIA = 500
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


def read_criteria(node: Node | None, setting: Setting, problems: Problems) -> tuple[Criterion, ...]:
    """All criteria, with ids. Problems of each, and between them, are added."""
    if node is None:
        return ()
    if node.kind != "list" or not node.items or len(node.items) > MAX_CRITERIA:
        what = f"'criteria' must be a list of 1 to {MAX_CRITERIA} criteria."
        add(problems, node, what, "Write one a line, such as - recall >= 0.8.")
        return ()
    read = [_criterion(item, setting, node.flow, problems) for item in node.items]
    placed = [one for one in read if one is not None]
    check_ids(placed, problems)
    check_pairs(placed, problems)
    if all(one is not None and one.criterion.role == "secondary" for one in read):
        what = "Every criterion is secondary, so nothing decides."
        add(problems, node, what, "Make one primary or a guardrail.")
    return with_ids([one.criterion for one in placed])


def _criterion(node: Node, setting: Setting, flow: bool, problems: Problems) -> Placed | None:
    if node.kind != "mapping":
        return _parsed(node, node, {}, setting, flow, problems)
    found = entries(node, KEYS, ("check",), "a criterion", problems)
    fields = {
        "role": one_of(found.get("role"), ROLES, "role", problems) or "primary",
        "why": text(found.get("why"), "why", problems),
        "min_rows": 0,
        "id": text(found.get("id"), "id", problems),
    }
    if "min_rows" in found:
        fields["min_rows"] = whole(found["min_rows"], "min_rows", problems) or 0
    if fields["id"] and not NAME.fullmatch(str(fields["id"])):
        remedy = "Use letters, digits, '-', '_' and '.', at most 80."
        add(problems, found["id"], f"'{fields['id']}' cannot be an id.", remedy)
    if "check" not in found:
        return None
    return _parsed(found["check"], node, fields, setting, node.flow, problems)


def _parsed(
    check: Node,
    node: Node,
    fields: dict[str, object],
    setting: Setting,
    flow: bool,
    problems: Problems,
) -> Placed | None:
    if check.kind != "scalar" or check.empty:
        remedy = "Write one, such as recall >= 0.8, or {check: recall >= 0.8, role: guardrail}."
        add(problems, check, "A criterion must be text.", remedy)
        return None
    criterion, faults = understand(check.raw, setting)
    for fault in faults:
        remedy = fault.remedy
        if flow and check.plain and _looks_cut(check.raw):
            remedy = "Inside [ ] and { } a comma ends the text: put the criterion in quotes."
        problems.append(Problem(check.at(fault.at), fault.what, remedy))
    if criterion is None:
        return None
    return Placed(replace(criterion, **fields), node)  # type: ignore[arg-type]


def _looks_cut(text: str) -> bool:
    """Whether a comma may have ended a criterion before its time."""
    return text.count("(") != text.count(")") or not set(text) & set("<>=")
