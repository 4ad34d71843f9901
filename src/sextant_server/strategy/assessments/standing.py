"""What others are told of an assessment: its verdict, what it rests on, what has reopened."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sextant.strategy.frameworks import DimensionResult, Verdict
from sextant_server.audit.seals import json_digest
from sextant_server.strategy.assessments.counting import Reopened, expiry, weakest
from sextant_server.strategy.assessments.models import Answer
from sextant_server.strategy.assessments.weighing import Sight, Weighed
from sextant_server.strategy.bindings.reading import Reference


@dataclass(frozen=True, slots=True)
class Standing:
    """How an assessment stands on a day.

    `outcome` is the key of the framework's answer, empty where it is open; `grade` the weakest of
    the answers that count; `reopened` one sentence for each answer that no longer holds.
    """

    number: int
    framework: str
    version: int
    name: str
    state: str
    outcome: str
    outcome_name: str
    verdict: Verdict
    says: str
    grade: str
    reopened: tuple[str, ...]
    expires_on: date | None
    dimensions: tuple[DimensionResult, ...]
    deciders: tuple[str, ...]
    lacking: tuple[str, ...]
    demands: tuple[str, ...]
    measures: tuple[Sight, ...]


def standing_of(weighed: Weighed) -> Standing:
    """What is told of one that was weighed."""
    judged, framework = weighed.judged, weighed.framework
    outcome = judged.outcome
    return Standing(
        number=weighed.assessment.number,
        framework=framework.key,
        version=framework.version,
        name=framework.name,
        state=weighed.state,
        outcome=outcome.key if outcome else "",
        outcome_name=outcome.name if outcome else "",
        verdict=judged.verdict,
        says=says(weighed),
        grade=weakest(weighed.counts),
        reopened=tuple(why(weighed, one) for one in weighed.reopened),
        expires_on=expiry(weighed.counts),
        dimensions=judged.dimensions,
        deciders=judged.deciders,
        lacking=tuple(one.why for one in judged.lacking),
        demands=outcome.demands if outcome else (),
        measures=tuple(one for sights in weighed.measures.values() for one in sights),
    )


def says(weighed: Weighed) -> str:
    """The verdict as a sentence; where something has moved it says what it rested on."""
    if weighed.assessment.blind:
        return "People are answering; nobody sees the others' answers yet."
    moved = [why(weighed, one) for one in weighed.reopened]
    return " ".join([weighed.judged.says, *moved])


def why(weighed: Weighed, one: Reopened) -> str:
    """Why an answer is open again, with what it rested on."""
    question = weighed.framework.questions[one.question].name
    if not one.answer.reference:
        return f"“{question}” is open again. {one.why}"
    on = _rested_on(one.answer)
    return f"“{question}” is open again: it rested on {on}, which has moved. {one.why}"


def _rested_on(answer: Answer) -> str:
    """What an answer rested on, by its name where the reading of then gives it."""
    reference = Reference.parse(answer.reference)
    name, colon, _ = str((answer.reading or {}).get("says", "")).partition(":")
    return name if reference.kind == "dependency" and colon else called(reference)


def called(reference: Reference) -> str:
    """A reference in words."""
    kind, key = reference.kind, reference.key
    if kind == "source":
        name, _, measure = key.rpartition(":")
        return f"the {measure} of source {name}"
    words = {
        "criterion": f"the criterion {key}",
        "rate": f"the measured {key.replace('_', ' ')}",
        "value": f"the value model's {key.replace('_', ' ')}",
        "dependency": f"dependency {key}",
        "assessment": f"the assessment {key}",
        "study": f"study {key}",
    }
    return words[kind]


def frozen_of(weighed: Weighed) -> dict[str, Any]:
    """All of an assessment that a decision can rest on, as plain JSON with its digest.

    While it is blind that is only that it is.
    """
    one = standing_of(weighed)
    held: dict[str, Any] = {
        "number": one.number,
        "framework": {"key": one.framework, "version": one.version, "name": one.name,
                      "digest": weighed.framework.digest},
        "tier": weighed.tier,
        "state": one.state,
        "verdict": one.verdict,
        "outcome": one.outcome,
        "says": one.says,
        "grade": one.grade,
        "reopened": list(one.reopened),
        "lacking": list(one.lacking),
        "dimensions": [_dimension(result) for result in one.dimensions],
        "answers": [
            _answer(answer) for counts in weighed.counts.values() for answer in counts.answers
        ],
        "measures": [_measure(sight) for sight in one.measures],
    }  # fmt: skip
    return {**held, "digest": json_digest(held)}


def _dimension(result: DimensionResult) -> dict[str, Any]:
    return {**asdict(result), "levels": list(result.levels)}


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "question": answer.question, "by": answer.by_id, "at": answer.at.isoformat(),
        "value": answer.value, "why": answer.why, "grade": str(answer.grade),
        "reference": answer.reference, "reading": answer.reading, "settles": answer.settles,
    }  # fmt: skip


def _measure(sight: Sight) -> dict[str, Any]:
    one = sight.measure
    return {
        "question": one.question, "text": one.text, "owner": one.owner_id,
        "ownerless": sight.ownerless, "due": one.due.isoformat(), "reference": one.reference,
        "verified": sight.verified,
    }  # fmt: skip
