"""A criterion's meaning: its syntax tree read in the setting of a contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sextant.contracts.grammar.bounds import check_bound
from sextant.contracts.grammar.calls import Faults, read_call, roles_needed, serves
from sextant.contracts.grammar.facts import check_fact
from sextant.contracts.grammar.parser import parse_sentence
from sextant.contracts.grammar.ruling import as_criterion
from sextant.contracts.grammar.scopes import read_scope
from sextant.contracts.grammar.setting import COMPARING
from sextant.contracts.grammar.syntax import Phrase, Sentence, Written
from sextant.contracts.grammar.tokens import CriterionFault, plain
from sextant.contracts.grammar.wording import CONFIDENCE, criterion_text, percentage
from sextant.contracts.model import Criterion, Quantity
from sextant.contracts.problems import ContractError, Problem

if TYPE_CHECKING:
    from sextant.contracts.grammar.setting import Setting
    from sextant.contracts.model import Call
    from sextant.metrics.metric import Metric

Kind = Literal["metric", "gap", "ratio", "contrast"]

LOWEST, HIGHEST = 0.5, 0.9999


def parse_criterion(text: str, setting: Setting) -> Criterion:
    """The criterion that `text` states; its id is empty and its role primary.

    Raises `ContractError` with every problem of the text; the place is the column in it.
    """
    criterion, faults = understand(text, setting)
    if criterion is None:
        raise ContractError(
            Problem(f"column {fault.at + 1}", fault.what, fault.remedy) for fault in faults
        )
    return criterion


def understand(text: str, setting: Setting) -> tuple[Criterion | None, Faults]:
    """The criterion, or None and what is wrong with the text, in its order."""
    try:
        ruled = as_criterion(text)
    except ValueError as error:
        return None, [CriterionFault(0, str(error))]
    try:
        sentence = parse_sentence(text if ruled is None else ruled)
    except CriterionFault as fault:
        return None, [fault]
    faults: Faults = []
    criterion = _criterion(sentence, text, setting, faults)
    if faults and ruled is not None:  # places are those of the criterion, not of the rule
        return None, [CriterionFault(0, one.what, one.remedy) for one in faults]
    if faults:
        return None, sorted(faults, key=lambda fault: fault.at)
    return criterion, []


def _criterion(sentence: Sentence, text: str, setting: Setting, faults: Faults) -> Criterion | None:
    kind, phrase = _kind(sentence, faults)
    found = read_call(phrase, setting, faults) if phrase else None
    scope, of, against = read_scope(sentence, kind, setting, faults)
    confidence = confidence_of(sentence.confidence, faults)
    if found is None:
        return None
    metric, call = found
    _check_task(sentence, metric, setting, faults)
    _check_roles(sentence, metric, call, setting, faults)
    check_bound(sentence, kind, metric, faults)
    check_fact(sentence, kind, metric, faults)
    bound = _number(sentence.bound)
    quantity = Quantity(call, kind, of, against)
    return Criterion(
        id="",
        text=criterion_text(quantity, sentence.op, bound, scope, confidence, setting),
        quantity=quantity,
        op=">=" if sentence.op == ">=" else "<=",
        bound=bound,
        scope=scope,
        confidence=confidence,
        written=text,
    )


def _kind(sentence: Sentence, faults: Faults) -> tuple[Kind, Phrase | None]:
    """What is bounded, and the metric's own phrase inside gap(…) or ratio(…)."""
    phrase = sentence.phrase
    name: Kind = "ratio" if phrase.name.text == "ratio" else "gap"
    if phrase.name.text not in COMPARING:
        return ("contrast" if sentence.of else "metric"), phrase
    if sentence.of:
        what = f"{name}(…) already compares groups; 'of … against' compares two."
        faults.append(CriterionFault(sentence.of.at, what, "Keep one of them."))
    inner = phrase.arguments or ()
    if len(inner) != 1 or inner[0].key or isinstance(inner[0].value, Written):
        what = f"{name} takes one metric."
        faults.append(CriterionFault(phrase.name.at, what, f"Write {name}(recall), for example."))
        return name, None
    value = inner[0].value
    return name, value if isinstance(value, Phrase) else Phrase(value)


def _number(written: Written) -> float:
    return written.value if isinstance(written.value, float) else 0.0


def confidence_of(written: Written | None, faults: Faults) -> float:
    if written is None:
        return CONFIDENCE
    confidence = _number(written)
    if not LOWEST <= confidence <= HIGHEST:
        what = f"A confidence of {percentage(confidence)}% is out of range."
        faults.append(CriterionFault(written.at, what, "Write one from 50% to 99.99%."))
    return confidence


def _check_task(sentence: Sentence, metric: Metric, setting: Setting, faults: Faults) -> None:
    if serves(metric, setting.task):
        return
    usable = [name for name, one in setting.catalogue.items() if serves(one, setting.task)]
    what = (
        f"Metric '{metric.name}' is for task: {' or '.join(metric.tasks)}; "
        f"this contract's task is {setting.task}."
    )
    remedy = f"Use one of {', '.join(usable)}."
    faults.append(CriterionFault(sentence.phrase.name.at, what, remedy))


def _check_roles(
    sentence: Sentence, metric: Metric, call: Call, setting: Setting, faults: Faults
) -> None:
    if setting.roles is None or not serves(metric, setting.task):
        return
    absent = roles_needed(metric, call, _number(sentence.bound)) - setting.roles
    at = sentence.phrase.name.at
    if "unit" in absent:
        what = f"Metric '{metric.name}' is taken per user, and data names no unit."
        faults.append(CriterionFault(at, what, "Add unit: COLUMN to data, the column of the user."))
    if "order" in absent and not setting.roles & {"score", "prediction"}:
        what = f"Metric '{metric.name}' needs an order, and data names no score and no prediction."
        remedy = "Add score: COLUMN to data (higher first), or prediction: COLUMN with the rank."
        faults.append(CriterionFault(at, what, remedy))
    if "label" in absent:
        what = f"Metric '{metric.name}' needs the true answers, and data names no label."
        faults.append(CriterionFault(at, what, "Add label: COLUMN to data."))
    if "prediction" in absent:
        needed = "a decision" if setting.task == "binary" else "a prediction"
        what = f"Metric '{metric.name}' needs {needed}, and data names no prediction."
        faults.append(CriterionFault(at, what, "Add prediction: COLUMN to data."))
    if "score" in absent:
        threshold = dict(call.params).get("threshold")
        if threshold is None or "prediction" not in setting.roles:
            either = "score" if threshold is None else "score or prediction"
            what = f"Metric '{metric.name}' needs a {either}, and data names none."
            remedy = f"Add {either.replace(' or ', ': COLUMN or ')}: COLUMN to data."
        else:
            what = f"A threshold of {plain(threshold)} cuts a score, and data names no score."
            remedy = "Add score: COLUMN to data, or leave the threshold out to use the prediction."
        faults.append(CriterionFault(at, what, remedy))
