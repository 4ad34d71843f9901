"""From what a comparison's form was told to its questions, and from the rows to its answer."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sextant.contracts.grammar.asking import Question, question_text
from sextant.contracts.grammar.setting import Setting
from sextant.contracts.ledger import Ledger, ledger_text
from sextant.contracts.model import Contract
from sextant.contracts.problems import ContractError, Problem, suggest
from sextant.engines.joined import Files, Joined, open_joined
from sextant.engines.source import Source
from sextant.metrics.paired.catalogue import PAIRED, SINGLE
from sextant.metrics.paired.metric import Versions
from sextant.metrics.paired.requests import Side
from sextant.metrics.tally import Tally
from sextant.metrics.tally_codec import dump_tally
from sextant.reports.comparison.record import record_of
from sextant.studies.comparison.asked import Asked, Named, as_paired, ask
from sextant.studies.comparison.comparing import noted, scanned
from sextant.studies.comparison.roles import (
    Given,
    comparable,
    defaults,
    given,
    loose_contract,
    own_version,
    renamed,
    side_of,
    truth_in,
    truth_of,
)
from sextant.words.nouns import capital
from sextant_server.sources.jobs import opened_version, recorded_files
from sextant_server.sources.models import SourceVersion
from sextant_server.studies.kinds.kind import Counted, Found, Task

Settings = Mapping[str, Any]
ROLES = ("label", "positive", "scale", "unit", "segments", "task")
"""What a contract says itself; without one the form names it."""
LITTLE, MOST_SUGGESTED = 0.02, 6


def compute(task: Task) -> Counted:
    """Scan once; judged on the ledger of the question, which counts every look of the product."""
    contract = agreed(task.asked, task.contract, task.version.source.name)
    source, overlap, sides = _opened(task, contract)
    asked = question(task.asked, contract, sides, truth_for(task.asked, task.contract))
    tally = scanned(asked, source, overlap, task.progress)
    name = f"{task.version.source.name}, version {task.version.number}"
    if task.other:
        name += f" and {task.other.source.name}, version {task.other.number}"
    called = bool(task.asked.get("name_b"))
    return Counted(
        asked.digest(),
        lambda ledger: judged(asked, tally, ledger, name, task.today, task.code, called),
    )


def agreed(settings: Settings, contract: Contract | None, source: str) -> Contract:
    """The contract that is followed, else one made of the roles that were named.

    Raises `ContractError` with every problem.
    """
    if contract is not None:
        return comparable(contract)
    task = settings.get("task") or "binary"
    label: Any = settings.get("label") or None
    if label and (positive := settings.get("positive")) and task == "binary":
        label = {"column": label, "positive": positive}
    return loose_contract(
        source,
        task=task,
        label=label,
        unit=settings.get("unit") or None,
        segments=listed(settings.get("segments")) or None,
    )


def versions_of(settings: Settings, contract: Contract, follows: bool) -> tuple[Given, Given]:
    """Both versions as they were named; B is the contract's own where the form leaves it open.

    Raises `ContractError` for one that has no column.
    """
    first, second = (_named(settings, which) for which in ("a", "b"))
    own = own_version(contract) if follows else None
    joined = bool(settings.get("other"))
    if second is None:
        second = own or (first if joined else None)
    if first is None and joined:
        first = second
    for which, one in (("a", first), ("b", second)):
        if one is None:
            what = f"Version {which.upper()} has no column."
            raise ContractError([Problem(which, what, "Name the column of its scores.")])
    assert first is not None
    assert second is not None
    scale = number(settings.get("scale"), "scale")
    if scale is not None and scale <= 0:
        what = f"A scale of {scale:g} is not above 0."
        raise ContractError([Problem("scale", what, "Write 1, 100 or 1000.")])
    return tuple(  # type: ignore[return-value]
        defaults(one if one.scale or scale is None else replace(one, scale=scale), contract)
        for one in (first, second)
    )


def truth_for(settings: Settings, followed: Contract | None) -> str:
    """The column of the number that both predict, by the contract or as named; else empty.

    Raises `ContractError` where numbers are predicted and none is named.
    """
    if followed is not None:
        return truth_in(followed)
    return truth_of(settings.get("label")) if settings.get("task") == "regression" else ""


def question(
    settings: Settings, contract: Contract, sides: tuple[Side, Side], truth: str = ""
) -> Asked:
    """What is asked of two versions, as `sextant compare` puts it. Raises `ContractError`."""
    if sides[0] == sides[1]:
        what, remedy = "A and B are the same.", "Name another column, or a cut: score@0.6."
        raise ContractError([Problem("b", what, remedy)])
    versions = Versions(*sides, truth, by_unit=contract.data.unit is not None)
    return ask(
        contract,
        versions,
        _names(settings, sides),
        lines(settings.get("questions")),
        number(settings.get("margin"), "margin"),
    )


def suggested(contract: Contract) -> str:
    """Questions for another cut of the contract's own version, one a line.

    Costs, or the first promise that can be asked, should be better; every other promise that
    decides may be worse by little. What a cut does not change is not asked; of numbers, which none
    cuts, how far they lie from the truth.
    """
    contract = comparable(contract)
    setting = Setting(
        segments={segment.name: segment for segment in contract.data.segments},
        roles=frozenset({"label", "prediction"}),
        threshold=contract.threshold,
        costs=contract.costs,
        task=contract.task,
        catalogue=SINGLE,
    )
    numbers = contract.task == "regression"
    promised = [
        replace(one, quantity=replace(one.quantity, call=call)) for one in contract.criteria
        if one.role != "secondary" and one.quantity.kind == "metric"
        and (metric := PAIRED.get((call := as_paired(one.quantity.call)).metric)) is not None
        and contract.task in metric.tasks and metric.better != "either"
        and (numbers or not metric.scored)
    ]  # fmt: skip
    promised.sort(key=lambda one: one.quantity.call.metric != "cost")
    found: list[str] = []
    for place, one in enumerate(promised):
        call = one.quantity.call
        if "threshold" in dict(call.params):
            params = {**dict(call.params), "threshold": None}
            call = replace(call, params=tuple(params.items()))
        by = -LITTLE if place and PAIRED[call.metric].metric.range == (0.0, 1.0) else None
        text = question_text(Question(call, by, one.scope, one.confidence, ""), setting)
        if text not in found:
            found.append(text)
    return "\n".join(found[:MOST_SUGGESTED])


def sides_by_profile(
    pair: tuple[Given, Given], contract: Contract, version: SourceVersion
) -> tuple[Side, Side]:
    """What the versions are by the profile of the columns, before anything is opened.

    Raises `ContractError` for a column that is not there.
    """
    kinds = {one["name"]: one for one in version.columns}
    problems = [
        Problem(which, f"There is no column '{one.column}'.",
                suggest(one.column, list(kinds), "columns"))
        for which, one in zip("ab", pair, strict=True)
        if one.column not in kinds
    ]  # fmt: skip
    if problems:
        raise ContractError(problems)
    found = []
    for one in pair:
        held = kinds[one.column]
        words = held["kind"] == "boolean" or (held["kind"] == "text" and held["low"] is None)
        numbers = contract.task in ("regression", "ranking")
        decides = words if one.decisions is None and not numbers else False
        decides = decides or contract.task == "multiclass"
        cut = contract.threshold if one.threshold is None else one.threshold
        found.append(Side(one.column, one.scale or 1.0, cut, bool(one.decisions or decides)))
    return found[0], found[1]


def lines(text: Any) -> list[str]:
    """One question a line."""
    return [line.strip() for line in str(text or "").splitlines() if line.strip()]


def listed(text: Any) -> list[str]:
    """`sex, age` as its parts."""
    return [part.strip() for part in str(text or "").split(",") if part.strip()]


def number(text: Any, which: str) -> float | None:
    """`2 %`, `0.02`; None where nothing was written. Raises `ContractError` for another text."""
    written = str(text or "").strip()
    if not written:
        return None
    try:
        value = float(written.removesuffix("%"))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        what = f"'{written[:40]}' is no number."
        raise ContractError([Problem(which, what, "Write 0.02, or 2%.")]) from None
    return value / 100 if written.endswith("%") else value


def _opened(task: Task, contract: Contract) -> tuple[Source, Any, tuple[Side, Side]]:
    """The rows, what was not joined, and what both versions are in them."""
    follows = task.contract is not None
    first, second = versions_of(task.asked, contract, follows)
    if task.other is None:
        source, joined = opened_version(task.version), None
    else:
        joined = _joined(task, contract)
        source = joined.source
        first = renamed(joined, first, follows)
        second = renamed(joined, second, not follows)
    sides = side_of(first, contract, source), side_of(second, contract, source)
    return source, joined.overlap if joined else None, sides


def _joined(task: Task, contract: Contract) -> Joined:
    assert task.other is not None
    tables = [
        Files(tuple(recorded_files(one)), f"{one.source.name}, version {one.number}")
        for one in (task.version, task.other)
    ]
    label = contract.data.label.column if contract.data.label else None
    held = label or truth_for(task.asked, task.contract) or None
    return open_joined(tables[0], tables[1], str(task.asked["key"]), held)


def judged(
    asked: Asked, tally: Tally, ledger: Ledger, source: str, today: date, code: str, named: bool
) -> tuple[Found, str]:
    """What is found at the look that these data are by the ledger, and the ledger's text after."""
    found, after = noted(asked, tally, ledger, source, today, code)
    record = record_of(found)
    return (
        Found(
            title=f"{asked.names.b} against {asked.names.a}",
            headline=capital(record["headline"]) if named else record["headline"],
            record=record,
            verdict=found.verdict,
            answer=found.told,
            digest=found.digest,
            snapshot=found.data.snapshot,
            states=dump_tally(tally),
            look=found.look,
        ),
        ledger_text(after),
    )


def _named(settings: Settings, which: str) -> Given | None:
    written = str(settings.get(which) or "").strip()
    return given(written, which) if written else None


def _names(settings: Settings, sides: tuple[Side, Side]) -> Named:
    """What sentences call them: as they were named, else the columns, else their cuts."""
    columns = [one.column.removesuffix(" (B)") for one in sides]
    if columns[0] != columns[1]:
        usual = columns
    elif sides[0].cut != sides[1].cut:
        usual = [f"cut {one.cut:g}" for one in sides]
    else:
        usual = ["A", "B"]
    a, b = (
        str(settings.get(f"name_{which}") or "").strip()[:60] or fallback
        for which, fallback in zip("ab", usual, strict=True)
    )
    return Named(a, b)
