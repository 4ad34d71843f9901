"""A rule about rows as the criterion that it is: `missing(age) <= 1 %` is `missing_rate(age) …`.

A rule with a share speaks of what will come and becomes a share; any other speaks of the rows
that are there and becomes a count of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sextant.contracts.grammar.rules import Rule, form_of, read_rule
from sextant.contracts.grammar.tokens import NUMBER, plain, quote


def as_criterion(text: str) -> str | None:
    """The criterion that a rule states; None for what is no rule. Raises ValueError as a rule."""
    written = " ".join(text.split())
    return criterion_of(read_rule(written)) if form_of(written) else None


def criterion_of(rule: Rule) -> str:
    """The same promise in the words of the catalogue."""
    column = quote(rule.column) if rule.column is not None else ""
    match rule.what:
        case "missing" if rule.share is not None:
            return f"missing_rate({column}) <= {plain(rule.most)}"
        case "missing":
            return f"missing_rows({column}) <= {plain(rule.most)}"
        case "between":
            low, high = map(plain, rule.limits)
            return _kept(rule, f"{column}, low={low}, high={high}", "out_of_range")
        case "in":
            return _kept(rule, f"{column}, values={_list(rule.values)}", "out_of_set")
        case "matches":
            return _kept(rule, f"{column}, pattern={quote(rule.pattern)}", "out_of_pattern")
        case "type":
            return _kept(rule, f"{column}, type={quote(rule.type)}", "of_wrong_type")
        case "share":
            values = _list(rule.values)
            return f"in_set({column}, values={values}) {rule.op} {plain(rule.most)}"
        case "unique":
            return f"repeated_values({column}) <= 0"
        case "duplicates":
            return f"duplicate_rows <= {plain(rule.most)}"
        case "newest":
            return f"newest_age({column}) <= {plain(rule.most)}"
        case "rows":
            return f"row_count {rule.op} {plain(rule.most)}"


def fragment(rules: Iterable[str]) -> str:
    """Rules as the criteria of a contract, in YAML, to paste into one. Each is a guardrail."""
    lines = []
    for rule in rules:
        escaped = rule.replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'  - {{check: "{escaped}", role: guardrail}}')
    return "\n".join(["criteria:", *lines, ""]) if lines else "criteria: []\n"


def _kept(rule: Rule, arguments: str, name: str) -> str:
    if rule.share is None:
        return f"rows_{name}({arguments}) <= 0"
    share = {"of_wrong_type": "wrong_type"}.get(name, name)
    return f"{share}({arguments}) <= {plain(round(1 - rule.share, 12))}"


def _list(values: Sequence[str]) -> str:
    """Values of a set: what reads as a number is one, so that 1 and 1.0 are the same."""
    shown = [one if NUMBER.fullmatch(one) else _quoted(one) for one in values]
    return f"[{', '.join(shown)}]"


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
