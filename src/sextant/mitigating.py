"""The Python interface of mitigation: `mitigate`, fairer decisions and what they cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from sextant.contracts.model import Contract
from sextant.contracts.problems import ContractError, Problem
from sextant.engines.frame import frame
from sextant.engines.source import Source, open_source
from sextant.fairness_review import By, Column, contract_of, joined, loose
from sextant.lab.mitigating import Part
from sextant.lab.mitigation import Mitigation, mitigated
from sextant.reports.rendered import Rendered

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, repr=False)
class MitigationResult(Rendered):
    """Every way that the rows allow, before and after. Prints as a table."""

    reports: ClassVar[str] = "mitigation"
    mitigation: Mitigation
    left: int

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `sextant mitigate --json` (schema 1)."""
        from sextant.reports.mitigation.as_dict import as_dict

        return as_dict(self.mitigation, self.left)

    def to_frame(self) -> pd.DataFrame:
        """One row per way and definition, as a pandas frame (pandas must be installed)."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "way": option.way.name,
                    "definition": one.definition.name,
                    "before": one.before.value,
                    "after": one.after.value,
                    "change": one.change.value,
                    "low": one.change.low,
                    "high": one.change.high,
                    **{name: found.value for name, found in option.quality},
                }
                for option in self.mitigation.options
                for one in option.fairness
            ]
        )


def mitigate(
    data: Any,
    *,
    by: By,
    label: Column | None = None,
    score: Column | None = None,
    threshold: float | None = None,
    features: Sequence[str] = (),
    estimator: Any = None,
    ways: Sequence[str] = (),
    share: float = 0.5,
    confidence: float = 0.95,
    seed: int = 0,
    source: Any = None,
    progress: Callable[[float], None] | None = None,
) -> MitigationResult:
    """What would make these decisions fairer, and what would it cost?

    `data`: a table, its columns named here, or a contract. `by`: one group. Thresholds per group
    need a `score`; reductions and reweighing train an `estimator` (scikit-learn's interface with
    sample weights, boosted trees by default) on `features`. Every way is fitted on a random
    `share` of the labelled rows; before and after are of the others. `ways`: some of them only.

    Raises `ContractError`, `SourceError` or `sextant.lab.needs.LabError`, which tells how to
    install what is missing.
    """
    agreed = contract_of(data)
    if agreed is not None:
        contract = joined(agreed, by, data)
        table, base = (source, None) if source is not None else (agreed.data.source, agreed.path)
    else:
        contract, table, base = loose(data, by, {"label": label, "score": score}), data, None
    checked(contract)
    if not 0.1 <= share <= 0.9:
        what = f"A share of {share:g} lies outside 0.1 to 0.9."
        raise ContractError([Problem("share", what, "Half is usual: 0.5.")])
    if threshold is not None:
        contract = replace(contract, threshold=threshold)
    opened = open_source(table, base.parent if base else None)
    return mitigation_of(
        contract, opened, features, ways, estimator, share, confidence, seed, progress=progress
    )


def checked(contract: Contract) -> None:
    """Raises `ContractError` where a contract has no label, or other than one group."""
    if len(contract.data.segments) != 1:
        what = f"{len(contract.data.segments)} groups are named, and one is made equal at a time."
        raise ContractError([Problem("by", what, "Name one: by='sex'.")])
    if contract.data.label is None:
        raise ContractError([Problem("label", "The true answers are needed.", "Name them: label.")])


def mitigation_of(
    contract: Contract,
    opened: Source,
    features: Sequence[str] = (),
    ways: Sequence[str] = (),
    estimator: Any = None,
    share: float = 0.5,
    confidence: float = 0.95,
    seed: int = 0,
    most_trained: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> MitigationResult:
    """The same of a contract of one group and an open source, which is read into memory.

    Raises `SourceError`, or `sextant.lab.needs.LabError`.
    """
    held = frame(contract, opened, features)
    part = Part(held.y, held.group, held.score, held.features)
    found = mitigated(
        part, contract.data.segments[0].name, contract.threshold, estimator, share, confidence,
        seed, ways, most_trained, progress,
    )  # fmt: skip
    return MitigationResult(found, held.left)
