"""A commented contract to edit, from the roles that a table's columns seem to play."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sextant.contracts.file.draft_tasks import column as _name
from sextant.contracts.file.draft_tasks import of_task

if TYPE_CHECKING:
    from sextant.contracts.model import Contract


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known before anybody decides: the source and the likely roles of its columns.

    `done` says whether an agent's task was done, `spent` names what it cost; `rubrics` are columns
    of grades (True) or of yes and no.
    `risk`: why it is taken for a model that looks for a risk in people, and so challenges some of
    them without cause; empty where it is not.
    """

    source: str
    label: str | None = None
    positive: str | None = None
    score: str | None = None
    scale: int = 1
    prediction: str | None = None
    time: str | None = None
    unit: str | None = None
    segments: tuple[tuple[str, str, tuple[int, ...]], ...] = ()
    column: str | None = None
    task: str = "binary"
    done: str | None = None
    rubrics: tuple[tuple[str, bool], ...] = ()
    spent: tuple[str, ...] = ()
    risk: str = ""


PRODUCT = "Name of the product"
PREDICTIONS = {
    "multiclass": "the class that was predicted",
    "regression": "the number that was predicted",
    "forecasting": "the number that was forecast",
    "ranking": "the place, 1 first",
}
OUTCOME = "Cut … from … to … by 2027-12-31"
HEAD = """\
# A contract: what must be true before the product may launch, written before the results are
# known. Every line below is a guess from the file or an example. Edit it, then
#
#   sextant check {name}      measures it
#   sextant lock {name}       signs it: from then on an edit is refused
"""


def draft_text(draft: Draft, name: str) -> str:
    """The contract as YAML with comments; it parses as it stands."""
    lines = [HEAD.format(name=name)]
    lines += [
        f"product: {PRODUCT}",
        "# The change in the world that justifies it: metric, baseline, target, date.",
        f"outcome: {OUTCOME}",
        f"task: {draft.task:<21} # or another kind, see docs/tasks.md",
        "data:",
        f"  source: {_quoted(draft.source)}",
        *_roles(draft),
        *(
            ["threshold: 0.5              # a row is positive when score >= threshold"]
            if draft.task == "binary"
            else []
        ),
        "valid_for: 90 days          # how long the evidence counts",
        "criteria:",
        *_criteria(draft),
    ]
    return "\n".join(lines) + "\n"


def unwritten(contract: Contract) -> str:
    """What of a draft nobody has written yet, as a sentence; empty for a contract of its own."""
    if contract.outcome == OUTCOME:
        return "The outcome is still the example: say what changes, from what to what, by when."
    if contract.product == PRODUCT:
        return "The product has no name yet."
    return ""


def _roles(draft: Draft) -> list[str]:
    lines = []
    if draft.label:
        positive = f", positive: {_quoted(draft.positive)}" if draft.positive is not None else ""
        named = (
            f"{{column: {_quoted(draft.label)}{positive}}}" if positive else _quoted(draft.label)
        )
        lines.append(f"  label: {named:<20} # what happened; rows without it are unlabelled")
    else:
        lines.append(
            "  # label: …                # what happened: 0/1, or {column: …, positive: …}"
        )
    if draft.score:
        scaled = f"{{column: {_quoted(draft.score)}, scale: {draft.scale}}}"
        shown = scaled if draft.scale != 1 else _quoted(draft.score)
        ranked = draft.task == "ranking"
        means = "higher stands first" if ranked else "probability of the positive class"
        lines.append(f"  score: {shown:<20} # {means}")
    if draft.prediction:
        means = PREDICTIONS.get(draft.task, "the decision that was taken")
        lines.append(f"  prediction: {_quoted(draft.prediction):<15} # {means}")
    if draft.time:
        lines.append(f"  time: {_quoted(draft.time)}")
        lines.append("  # period: {from: 2026-01-01, to: 2026-03-31}   # both ends included")
    if draft.unit:
        lines.append(f"  unit: {_quoted(draft.unit):<21} # rows of one unit are dependent")
    if draft.segments:
        lines.append("  segments:                 # whom it must serve; judged one by one")
        for name, column, bands in draft.segments:
            cut = (
                f"{{column: {_quoted(column)}, bands: {list(bands)}}}" if bands else _quoted(column)
            )
            lines.append(f"    {_quoted(name)}: {cut}")
    return lines


def _criteria(draft: Draft) -> list[str]:
    """Examples that this table can answer; the bounds are for people to set."""
    binary = draft.label and (draft.score or draft.prediction)
    lines = ["  # The bounds are examples. Which would make you say yes, before you look?"]
    if draft.task != "binary":
        every = _every(draft) if draft.segments else ""
        return lines + [f"  {one}" for one in of_task(draft, every)]
    if binary and draft.score:
        lines.append("  - auc >= 0.80")
    if binary:
        lines.append("  - recall >= 0.80" + (_every(draft) if draft.segments else ""))
        lines.append("  - precision >= 0.80")
        if draft.risk:
            lines.append(f"  # {draft.risk}: of everybody, how many are challenged without cause?")
            lines.append("  - {check: friction <= 2%, role: guardrail}")
        if draft.segments:
            gap = f"gap(false_positive_rate) <= 0.05 across {_name(draft.segments[0][0])}"
            lines.append(f"  - {{check: {_check(gap)}, role: guardrail}}")
    watched = draft.score or draft.label or draft.column
    if watched:
        missing = _check(f"missing_rate({_name(watched)}) <= 2%")
        lines.append(f"  - {{check: {missing}, role: secondary}}" if binary else f"  - {missing}")
    return lines


def _check(text: str) -> str:
    return "'" + text.replace("'", "''") + "'" if '"' in text or ":" in text else text


def _every(draft: Draft) -> str:
    return " in every " + ", ".join(_name(name) for name, _, _ in draft.segments[:2])


def _quoted(text: str | None) -> str:
    """A YAML scalar that stays the text it is."""
    assert text is not None
    plain = text.replace("_", "a").replace("/", "a").replace(".", "a").replace("-", "a")
    words = {"true", "false", "null", "yes", "no", "on", "off", "y", "n", "~"}
    safe = plain.isalnum() and not plain[0].isdigit() and text.casefold() not in words
    return text if safe and text[0] not in "-." else json.dumps(text, ensure_ascii=False)
