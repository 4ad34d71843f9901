"""Whether a candidate may become champion: three-valued, with what would settle it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sextant.contracts.evidence import Verdict
from sextant_server.candidates.measured import Key, Measured, between, key_of
from sextant_server.candidates.models import Candidate
from sextant_server.candidates.trades import Answer

NO_BASELINE = "No baseline has been compared with it on the same rows."
SETTLES = (
    "Compare it with a rule or with today's process. Of the version that the contract is about, its"
    " evidence says at once whether it is better than answering everybody the same."
)


@dataclass(frozen=True, slots=True)
class Floor:
    """Is a model better than something simple? `settles`: what would decide it, where nothing does.

    `study` is the comparison that says so; None where none is on record.
    """

    verdict: Verdict
    says: str
    settles: str = ""
    study: Measured | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What stands for and against a choice; `study` and `floor` are what it rests on."""

    verdict: Verdict
    says: list[str] = field(default_factory=list)
    study: Measured | None = None
    floor: Measured | None = None


def floor_of(
    candidate: Candidate,
    simple: Mapping[Key, Candidate],
    found: Sequence[Measured],
    rows: Measured | None = None,
) -> Floor:
    """Whether a candidate is better than a baseline, by the newest comparison on these rows.

    `simple` are all candidates that are no model, by their keys; `rows` is the comparison whose
    rows count, None for any. Only *better* is enough: not to be worse than a constant is no merit.
    """
    if candidate.is_simple:
        return Floor("met", "It is simple enough to be a baseline itself.")
    key = key_of(candidate)
    held = [
        one for one in found
        if one.b == key and one.a in simple and (rows is None or one.same_rows(rows))
    ]  # fmt: skip
    if not held:
        return Floor("undecided", NO_BASELINE, SETTLES)
    newest = held[0]
    name = simple[newest.a].name
    if newest.answer == "better":
        return Floor("met", f"Better than {name}.", study=newest)
    if newest.verdict == "missed":
        return Floor("missed", f"Not better than {name}.", study=newest)
    says = f"Not shown to be better than {name}."
    return Floor("undecided", says, f"Ask whether it is better than {name}, on more rows.", newest)


def floor_through(champion: Candidate, below: Floor, study: Measured) -> Floor:
    """Whether who is better than a champion is better than the champion's baseline, too.

    `below` is the champion's own floor on the rows of `study`. It follows where both were asked by
    the same question, and only then; else the baseline was compared, and nothing is decided.
    """
    if below.study is None:
        return below
    says = f"{champion} was compared with a baseline on these rows: {below.says}"
    same = below.study.question == study.question
    if below.verdict == "met" and study.answer == "better" and same:
        return Floor("met", says, study=below.study)
    return Floor("undecided", says, SETTLES, below.study)


def proof_of(
    candidate: Candidate, champion: Candidate | None, study: Measured, floor: Floor,
    found: Sequence[Measured],
) -> Proof:  # fmt: skip
    """A choice that rests on a study: what it says, what a newer one says, what the baseline says.

    Missed where one of them is missed, met where all are met.
    """
    against = champion.name if champion else study.names[0]
    row = study.row
    told = f" ({row['name']})" if row.get("name") else ""
    told += f": {row['difference']} ({row['interval']})" if row.get("interval") else ""
    says = [f"Study {study.study}: {study.answer} against {against} by {study.question}{told}."]
    verdicts = [study.verdict, floor.verdict]
    same = between(found, study.a, study.b)
    others = [one for one in same if one.pk != study.pk]
    if others:
        tally = ", ".join(f"study {one.study} {one.verdict}" for one in others[:6])
        says.append(f"The same two were compared in other studies, too: {tally}.")
    if any(one.study > study.study and one.verdict != "met" for one in others):
        verdicts.append("undecided")
        says.append("A newer one does not say so.")
    if not candidate.is_simple:
        says.append(f"{floor.says}{f' Study {floor.study.study}.' if floor.study else ''}")
    return Proof(_joint(verdicts), says, study, floor.study)


def with_trades(proof: Proof, asked: Sequence[str], answers: Sequence[Answer]) -> Proof:
    """The proof with every agreed trade-off that comparisons can answer, `asked`.

    One that the study does not answer leaves the choice undecided where the study could have.
    """
    says, verdicts = list(proof.says), [proof.verdict]
    held = {one.text: one for one in answers}
    for text in asked:
        answer = held.get(text)
        verdicts.append(answer.verdict if answer else "undecided")
        if answer is None:
            says.append(f"Agreed trade-off, {text}: the study does not answer it.")
        else:
            late = " It was agreed after the study." if answer.late else ""
            says.append(f"Agreed trade-off, {text}: {answer.word}.{late}")
    return replace(proof, verdict=_joint(verdicts), says=says)


def _joint(verdicts: Sequence[str]) -> Verdict:
    if "missed" in verdicts:
        return "missed"
    return "met" if all(one == "met" for one in verdicts) else "undecided"
