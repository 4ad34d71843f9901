"""Whether data are ready, in words: one answer, and a sentence for every reason."""

from __future__ import annotations

from collections.abc import Mapping

from sextant.studies.readiness.advising import Advice, Ready, Reason
from sextant.words.enough import row_sentence, where
from sextant.words.nouns import capital
from sextant.words.numbers import whole
from sextant.words.quality.figures import verb

ANSWERS: Mapping[Advice, str] = {
    "stop": "stop", "label": "label", "collect": "collect", "buy": "buy",
    "synthesise": "synthesise", "say more": "not known", "build": "ready",
}  # fmt: skip


def headline(found: Ready) -> str:
    """The answer as one sentence: what to do, and the reason that weighs most."""
    if not found.reasons:
        about = "nothing lacks that was asked for"
        return f"Ready: {about}. {_unasked(found)}".strip()
    first = found.reasons[0]
    more = len(found.reasons) - 1
    others = f" {capital(_others(more))}." if more else ""
    return f"{reason_sentence(first)}{others}"


def _others(more: int) -> str:
    return "one more thing lacks" if more == 1 else f"{whole(more)} more things lack"


def _unasked(found: Ready) -> str:
    """What was not asked, so that ready does not claim it."""
    missing = []
    if found.enough is None:
        missing.append("whether rows are enough (no contract was followed)")
    if found.sheet.profile.represented is None:
        missing.append("whom the rows stand for (no population was declared)")
    if not found.sheet.profile.rules:
        missing.append("rules (none were given)")
    return f"Not asked: {'; '.join(missing)}." if missing else ""


def reason_sentence(one: Reason) -> str:
    """What to do, and why."""
    rows = f"{whole(one.rows)} more {verb(one.rows, 'row', 'rows')}"
    match one.why:
        case "no row":
            return "Stop: the table has no row."
        case "rule":
            return f"Stop and mend: the rule {one.about} is broken."
        case "personal":
            return (
                f"Stop: '{one.about}' holds {one.says}, and nobody has said what for or on which "
                "consent. Say it, or remove the column."
            )
        case "leak":
            return (
                f"Stop: '{one.about}' may give the label away. Say what it is for, if it is known "
                "before the label is, or remove it."
            )
        case "labels":
            return f"Label {rows} of those that are there. {_of(one)}"
        case "rows":
            return f"{capital(one.advice)} {rows}. {_of(one)}"
        case "people":
            return f"{capital(one.advice)} {rows} of {one.about}: they are under-represented."
        case "teach":
            return (
                "Or synthesise them, to teach a model alone: made rows show of no promise that it "
                "is kept, and what is measured must rest on real ones."
            )
        case "expect":
            return "Say first what you expect of the model: without it nobody knows what is enough."


def _of(one: Reason) -> str:
    if one.row is None:
        return ""
    place = f" in {where(one.row)}" if one.row.segment else ""
    return f"{one.about}{place}: {row_sentence(one.row)}"
