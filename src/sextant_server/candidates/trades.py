"""What records say of agreed trade-offs: weighed again from kept states whenever they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sextant.contracts.evidence import Verdict
from sextant.contracts.file.reading import contract_from_text
from sextant.contracts.model import Contract
from sextant.contracts.problems import ContractError
from sextant.metrics.paired.requests import Side
from sextant.metrics.tally_codec import load_tally
from sextant.states.state import StateError
from sextant.studies.comparison.asked import Asked
from sextant.studies.tradeoffs.paired import agreed_for, weigh_versions
from sextant.studies.tradeoffs.result import Weighed
from sextant.studies.tradeoffs.successive import promised_for, weigh_evidences
from sextant.words.tradeoffs import answer_word, headline, sentences
from sextant_server.candidates.measured import Measured
from sextant_server.candidates.models import Tradeoff
from sextant_server.contracts.models import Contract as Held
from sextant_server.contracts.models import State
from sextant_server.evidence.evaluating import contract_of
from sextant_server.evidence.models import Evidence
from sextant_server.evidence.queries import DECIDES
from sextant_server.products.models import Product
from sextant_server.studies.kinds import comparing
from sextant_server.studies.kinds.sent import asked_again
from sextant_server.studies.models import Study


@dataclass(frozen=True, slots=True)
class Answer:
    """One trade-off on one record. `study` or `evidence` is its number, `seal` its seal.

    `late`: agreed after it.
    """

    text: str
    verdict: Verdict
    word: str
    headline: str
    sentences: Sequence[str]
    study: int | None = None
    evidence: int | None = None
    late: bool = False
    seal: str = ""

    def plain(self) -> dict[str, Any]:
        """As a choice keeps it."""
        return {"text": self.text, "verdict": self.verdict, "word": self.word,
                "headline": self.headline, "study": self.study}  # fmt: skip


def locked_contract(product: Product) -> Contract | None:
    """The contract that decides now."""
    held = Held.objects.filter(product=product, state=State.LOCKED).only("text").first()
    return contract_from_text(held.text) if held else None


def normal_text(text: str, contract: Contract) -> str:
    """A trade-off in one spelling. Raises `ContractError` where nothing could ever measure it.

    Its two sides are metrics of a comparison, or promises of the contract over all rows.
    """
    try:
        return agreed_for(text, contract).text
    except ContractError as of_versions:
        try:
            return promised_for(text, contract)[0].text
        except ContractError as of_promises:
            binary = contract.task in ("binary", "multiclass", "regression")
            raise (of_versions if binary else of_promises) from None


def compares(text: str, contract: Contract) -> bool:
    """Whether a comparison of two versions of this contract can answer it."""
    try:
        agreed_for(text, contract)
    except ContractError:
        return False
    return True


def by_studies(
    tradeoffs: Sequence[Tradeoff], measured: Sequence[Measured]
) -> dict[int, list[Answer]]:
    """Of each comparison, by its key, what it says of every trade-off; two queries at most.

    A comparison whose versions have other metrics, or whose states an older version wrote, says
    nothing.
    """
    wanted = [one.pk for one in measured if one.kind == "comparison"]
    if not tradeoffs or not wanted:
        return {}
    rows = Study.objects.filter(pk__in=wanted).select_related("run", "contract").only(
        "number", "asked", "states", "record", "look", "recorded_at", "seal", "digest", "run__text",
        "contract__text",
    )  # fmt: skip
    return {study.pk: _of_study(tradeoffs, study) for study in rows}


def of_evidence(
    tradeoffs: Sequence[Tradeoff], product: Product, newest: int | None = None
) -> list[Answer]:
    """What the newest evidence gave up and gained against the one before it, of one contract.

    `newest`: the number of the one that is taken for the newest. Empty where there are no two.
    Trade-offs whose sides the contract does not promise say nothing.
    """
    rows = Evidence.objects.filter(DECIDES, product=product, contract__state=State.LOCKED)
    rows = rows if newest is None else rows.filter(number__lte=newest)
    pair = list(rows.select_related("contract", "run__contract").defer("record", "sample")
                .order_by("-number")[:2])  # fmt: skip
    if not tradeoffs or len(pair) < 2 or pair[0].digest != pair[1].digest:
        return []
    new, old = pair
    contract = contract_of(new.run)
    found = []
    try:
        tallies = load_tally(bytes(old.states)), load_tally(bytes(new.states))
    except StateError:
        return []
    for one in tradeoffs:
        names = _called(old), _called(new)
        try:
            weighed = weigh_evidences(one.text, contract, *tallies, names, new.look)
        except ContractError:
            continue
        found.append(_answer(one, weighed, new.recorded_at, new.seal, evidence=new.number))
    return found


def _called(evidence: Evidence) -> str:
    model = f" ({evidence.model})" if evidence.model else ""
    return f"evidence {evidence.number}{model}"


def _of_study(tradeoffs: Sequence[Tradeoff], study: Study) -> list[Answer]:
    try:
        asked = _asked(study)
        tally = load_tally(bytes(study.states))
    except (ContractError, StateError):
        return []
    found = []
    for one in tradeoffs:
        try:
            weighed = weigh_versions(one.text, asked, tally, study.look or 1, asked.contract.looks)
        except ContractError:
            continue
        found.append(_answer(one, weighed, study.recorded_at, study.seal, study=study.number))
    return found


def _asked(study: Study) -> Asked:
    """The question of a comparison, put again. Raises `ContractError` or `StateError`."""
    a, b = (_side(study.record[which]) for which in "ab")
    if study.run is None:
        return asked_again(study, (a, b))
    settings: Mapping[str, Any] = study.asked
    text = study.run.text
    followed = contract_from_text(text) if text else None
    contract = comparing.agreed(settings, followed, "rows")
    return comparing.question(settings, contract, (a, b), comparing.truth_for(settings, followed))


def _side(version: Mapping[str, Any]) -> Side:
    """A version as its record names it; without a threshold it holds decisions."""
    if version["threshold"] is None:
        return Side(version["column"], decides=True)
    return Side(version["column"], version["scale"], version["threshold"])


def _answer(
    tradeoff: Tradeoff, weighed: Weighed, at: datetime, seal: str, *, study: int | None = None,
    evidence: int | None = None,
) -> Answer:  # fmt: skip
    agreed = tradeoff.agreed_at
    return Answer(
        tradeoff.text, weighed.verdict, answer_word(weighed), headline(weighed),
        sentences(weighed), study, evidence, agreed is not None and at < agreed, seal,
    )  # fmt: skip
