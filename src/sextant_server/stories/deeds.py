"""Entries of the audit log as sentences. What has no sentence is shown as it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sextant_server.audit.models import Entry
from sextant_server.gates.models import Outcome
from sextant_server.products.models import Part

SAYS: Mapping[str, str] = {
    "product.begun": "Began the product",
    "product.changed": "Changed what it is: {changed}",
    "product.moved": "It went from {origin} to {stage}",
    "part.given": "Gave {person} the part {part}",
    "part.taken": "Took the part {part} from {person}",
    "source.registered": "Registered the source {name}",
    "source.version": "Added version {version} of a source",
    "source.roles": "Confirmed what the columns of a source are",
    "source.reader.granted": "Let {person} see the rows of a source",
    "source.reader.revoked": "No longer lets {person} see the rows of a source",
    "source.rows.seen": "Looked at rows of a source, version {version}",
    "contract.begun": "Began contract {number}",
    "contract.written": "Wrote the draft of a contract",
    "contract.signed": "Signed a contract for the {side} side",
    "contract.locked": "Locked a contract",
    "contract.superseded": "A contract was superseded by contract {followed_by}",
    "contract.withdrawn": "Withdrew the draft of a contract",
    "contract.runs": "Chose whether a contract runs by itself",
    "run.started": "Started a run of contract {contract}",
    "run.refused": "A run by itself was refused: {why}",
    "job.cancel.asked": "Cancelled a run",
    "evidence.recorded": "Evidence {number} was recorded: {verdict}",
    "study.started": "Started a study: {title}",
    "study.recorded": "Study {number} was kept: {title}",
    "event.sent": "Something happened elsewhere: {what}",
    "event.withdrawn": "Took back an event that was sent in error: {what}",
    "threshold.chosen": "Chose the threshold {threshold} for contract {contract}: {why}",
    "candidate.added": "Put {name} in the running",
    "candidate.remark": "Wrote down of {name} what is {grade}: {aspect}",
    "candidate.discarded": "Discarded {name}: {reason}",
    "level.stated": "Wrote down how far {who} reaches by {metric}, {grade}: {low} to {high}",
    "champion.proposed": "Chose {name} against the verdict; it waits for a second person",
    "champion.seconded": "Agreed with the choice of {name} as the second person",
    "champion.refused": "Refused the choice of {name}: {reason}",
    "champion.chosen": "{name} became champion; the computed verdict was {verdict}",
    "tradeoff.proposed": "Proposed a trade-off: {text}",
    "tradeoff.signed": "Agreed to a trade-off for the {side} side: {text}",
    "tradeoff.agreed": "A trade-off is agreed: {text}",
    "tradeoff.ended": "Ended a trade-off, {text}: {reason}",
    "gate.asked": "Asked for a decision: to {target}",
    "gate.evidence": "Laid evidence {evidence} before a gate",
    "gate.question": "Asked a question at a gate",
    "gate.answer": "Answered a question at a gate",
    "gate.opinion": "{stance} at a gate",
    "gate.withdrawn": "Withdrew the question of a gate: {reason}",
    "decision.proposed": "Decided “{outcome}” against the verdict; it waits for a second person",
    "decision.refused": "A decision against the verdict was refused",
    "decision.seconded": "Agreed with a decision against the verdict as the second person",
    "decision.taken": "“{outcome}” took effect; the computed verdict was {verdict}",
    "condition.met": "Reported a condition met",
    "assessment.begun": "Began assessment {number}: {framework}, version {version}",
    "assessment.asked": "Asked {person} for answers",
    "assessment.answered": "Answered questions of an assessment, {answers} in number",
    "assessment.handed_in": "Handed in the answers to {framework}",
    "assessment.uncovered": "Uncovered the answers of an assessment, {answers} in number",
    "assessment.confirmed": "Confirmed an answer that had opened again",
    "assessment.settled": "Settled the question {question} of an assessment",
    "measure.taken": "Took a measure against a risk, seen to by {owner}",
    "measure.changed": "Changed a measure against a risk, seen to by {owner}",
    "measure.withdrawn": "Gave up a measure against a risk",
    "failure.written": "Wrote down how it fails: {how}",
    "failure.changed": "Changed a way to fail: {how}",
    "failure.withdrawn": "Gave up a way to fail: {how}",
}
PERSON = re.compile(r"person:(\d+)")


def deed(entry: Entry, people: Mapping[int, str]) -> str:
    """What an entry says was done."""
    says = SAYS.get(entry.action)
    if says is None:
        return f"{entry.action} {entry.subject}"
    details = {name: _shown(value, people) for name, value in entry.details.items()}
    if "part" in details:
        details["part"] = str(dict(Part.choices).get(details["part"], details["part"]))
    try:
        return says.format(**details)
    except KeyError:
        return f"{entry.action} {entry.subject}"


WORDS = {
    **dict(Outcome.choices), "agree": "Agreed", "dissent": "Dissented",
}  # fmt: skip


def _shown(value: Any, people: Mapping[int, str]) -> str:
    if isinstance(value, dict):
        return ", ".join(str(key).replace("_", " ") for key in value)
    text = WORDS.get(str(value), str(value))
    return PERSON.sub(lambda found: people.get(int(found[1]), "somebody"), text)
