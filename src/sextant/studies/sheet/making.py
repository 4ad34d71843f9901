"""A data sheet from a profile, a contract and what people said: known, used, unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sextant.contracts.model import Contract
from sextant.contracts.problems import ContractError, Problem, suggest
from sextant.contracts.requests import request_of
from sextant.metrics.reading import own_columns
from sextant.studies.quality.result import Profile
from sextant.studies.sheet.declared import FACTS, About


@dataclass(frozen=True, slots=True)
class Field:
    """One column: who uses it, what for, what personal data a sample of it held.

    `uses`: roles, segments, criteria and rules that name it. `said`: what people declared.
    """

    name: str
    kind: str
    rows: int
    missing: int
    uses: tuple[str, ...]
    said: tuple[tuple[str, str], ...]
    personal: tuple[str, ...]

    @property
    def purpose(self) -> str:
        return dict(self.said).get("purpose", "")

    @property
    def idle(self) -> bool:
        """Nothing uses it, and nobody has said what it is for."""
        return not self.uses and not self.purpose


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table's sheet. `facts`: each of `FACTS`, "" where nobody said it."""

    profile: Profile
    product: str
    facts: tuple[tuple[str, str], ...]
    gaps: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(name for name, said in self.facts if not said)

    @property
    def idle(self) -> tuple[str, ...]:
        """Fields to remove, or to say what they are for."""
        return tuple(one.name for one in self.fields if one.idle)


def sheet_of(profile: Profile, contract: Contract | None, about: About) -> Sheet:
    """Raises `ContractError` for fields that are declared and not there."""
    known = [one.name for one in profile.columns]
    if gone := [name for name in about.fields if name not in known]:
        raise ContractError(
            Problem("fields", f"There is no column '{name}'.", suggest(name, known, "columns"))
            for name in gone
        )
    uses: dict[str, dict[str, None]] = {}
    for column, use in _uses(profile, contract):
        uses.setdefault(column, {})[use] = None
    found = profile.looked.found if profile.looked else ()
    fields = tuple(
        Field(
            one.name, one.kind, one.rows, one.missing, tuple(uses.get(one.name, ())),
            tuple(about.fields.get(one.name, {}).items()),
            tuple(p.kind if p.sure else f"perhaps {p.kind}" for p in found
                  if p.column == one.name),
        )
        for one in profile.columns
    )  # fmt: skip
    facts = tuple((name, about.facts.get(name, "")) for name in FACTS)
    return Sheet(profile, contract.product if contract else "", facts, about.gaps, fields)


def _uses(profile: Profile, contract: Contract | None) -> Iterator[tuple[str, str]]:
    """Every column that something names, and what does."""
    if contract is not None:
        yield from _by_contract(contract)
    if profile.label:
        yield profile.label, "label"
    if profile.days:
        yield profile.days.column, "time"
    for ruled in profile.rules:
        if ruled.rule.column:
            yield ruled.rule.column, f"rule {ruled.rule.text}"
    for part in profile.represented.population.parts if profile.represented else ():
        for one in part.segments:
            yield one.column, f"population, {one.name}"


def _by_contract(contract: Contract) -> Iterator[tuple[str, str]]:
    data = contract.data
    roles = {
        "label": data.label and data.label.column, "score": data.score and data.score.column,
        "prediction": data.prediction, "time": data.time, "unit": data.unit,
    }  # fmt: skip
    for role, column in roles.items():
        if column:
            yield column, role
    for one in data.segments:
        yield one.column, f"segment {one.name}"
    for criterion in contract.criteria:
        for column in own_columns(request_of(criterion)):
            yield column, f"criterion {criterion.text}"
