"""The normal text of a criterion: equal promises have equal texts, and it reads back as itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sextant.contracts.grammar.calls import default_of
from sextant.contracts.grammar.tokens import plain, quote

if TYPE_CHECKING:
    from sextant.contracts.grammar.setting import Setting
    from sextant.contracts.model import Call, Quantity, Scope

CONFIDENCE = 0.95


def criterion_text(
    quantity: Quantity, op: str, bound: float, scope: Scope, confidence: float, setting: Setting
) -> str:
    """One spelling for all: fractions, single spaces, no argument that is a default."""
    parts = [quantity_text(quantity, setting), op, plain(bound), scope_text(scope)]
    if confidence != CONFIDENCE:
        parts.append(f"with {percentage(confidence)}% confidence")
    return " ".join(part for part in parts if part)


def quantity_text(quantity: Quantity, setting: Setting) -> str:
    call = call_text(quantity.call, setting)
    if quantity.kind in ("gap", "ratio"):
        return f"{quantity.kind}({call})"
    if quantity.kind == "contrast":
        of, against = quote(quantity.of, number=True), quote(quantity.against, number=True)
        return f"{call} of {of} against {against}"
    return call


def scope_text(scope: Scope) -> str:
    groups = ", ".join(" x ".join(quote(name) for name in names) for names in scope.groupings)
    match scope.kind:
        case "every":
            return f"in every {groups}"
        case "one":
            return f"in {groups} = {quote(scope.value, number=True)}"
        case "across":
            return f"across {groups}"
        case "all":
            return ""


def percentage(share: float) -> str:
    """0.999 as 99.9, without the dust of binary fractions."""
    return f"{share * 100:.10g}"


def call_text(call: Call, setting: Setting) -> str:
    """The normal text of a call: columns first, and nothing that is a default."""
    parts: list[str] = []
    metric = setting.catalogue[call.metric]
    for parameter in metric.parameters:
        value = call[parameter.name]
        if parameter.kind == "column":
            parts.append(quote(value))
        elif value != default_of(parameter, setting):
            parts.append(f"{parameter.name}={_shown(value)}")
    return f"{call.metric}({', '.join(parts)})" if parts else call.metric


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_shown(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return quote(value) if isinstance(value, str) else plain(value)
