"""What is asked of two versions: by which numbers, where, and how much worse B may be."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from sextant.contracts.grammar.asking import Question, parse_question, question_text
from sextant.contracts.grammar.meaning import HIGHEST, LOWEST
from sextant.contracts.grammar.setting import Setting
from sextant.contracts.model import Call, Contract, Criterion, Quantity, Role, Scope
from sextant.contracts.normal_form import digest
from sextant.contracts.problems import ContractError, Problem
from sextant.metrics.paired.catalogue import PAIRED, SINGLE
from sextant.metrics.paired.metric import Versions

TASKS = ("binary", "multiclass", "regression", "ranking", "generation", "agent")
OF_COLUMNS = ("generation", "agent")
"""Tasks in which each version has a column of its own: successes, or numbers."""
BINARY = (
    "accuracy", "recall", "false_positive_rate", "precision", "f1", "selection_rate", "cost",
    "auc", "brier", "mean_score",
)  # fmt: skip
NUMBERS = ("absolute_error", "squared_error", "mean_score")
CLASSES = ("accuracy", "macro_recall", "macro_precision", "macro_f1", "weighted_f1")
ORDERS = ("ndcg", "map", "mrr", "recall_at", "hit_rate")
STANDS_FOR = {"mae": "absolute_error", "wape": "absolute_error", "rmse": "squared_error"}
"""Which difference tells whose promise is kept better: on the same rows these order versions alike.
"""
BESIDES = {"binary": BINARY, "regression": NUMBERS, "multiclass": CLASSES, "ranking": ORDERS}
"""What informs beside what is asked; for columns nobody knows whether more is better."""


@dataclass(frozen=True, slots=True)
class Named:
    """What the two versions are called in sentences."""

    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A contract whose criteria are questions about two versions; `truth` for a regression."""

    contract: Contract
    versions: Versions
    names: Named

    def digest(self) -> str:
        """Of all that decides: the contract's own digest and the columns of both versions."""
        form = {"contract": digest(self.contract, SINGLE), "versions": asdict(self.versions)}
        text = json.dumps(form, sort_keys=True, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def ask(
    contract: Contract,
    versions: Versions,
    names: Named,
    metrics: Sequence[str] = (),
    margin: float | None = None,
    confidence: float = 0.95,
) -> Asked:
    """The questions in words, or those of the contract's own criteria where none are put.

    Those put decide: alone a metric asks whether B is better, with a margin (`within`, or `margin`
    for all) whether it is at most so much worse. What is usually asked besides informs. Raises
    `ContractError` with every problem.
    """
    setting = _setting(contract, versions)
    problems: list[Problem] = []
    if not LOWEST <= confidence <= HIGHEST:
        what = f"A confidence of {confidence:g} is out of range."
        problems.append(Problem("confidence", what, "Write one from 0.5 to 0.9999."))
    if names.a == names.b:
        what = f"Both versions are called '{names.a}'."
        problems.append(Problem("names", what, "Give them different names."))
    if margin is not None and not margin >= 0:
        problems.append(Problem("margin", f"The margin {margin:g} is below 0.", "Write 0.01."))
    put: list[tuple[Question, Role]] = []
    for text in metrics:
        try:
            put.append((parse_question(text, setting), "primary"))
        except ContractError as error:
            problems += error.problems
    if problems:
        raise ContractError(problems)
    if not metrics:
        put = _of_contract(contract, versions, margin is not None) or _usual(
            contract, setting, versions
        )
    put.sort(key=lambda one: one[1] == "secondary")
    put += _besides(contract, setting, versions, [question for question, _ in put])
    criteria: list[Criterion] = []
    for question, role in put:
        found = _criterion(question, role, setting, names, margin, confidence)
        if found.text not in {one.text for one in criteria}:
            criteria.append(found)
            problems += _unanswerable(found, contract, versions, question.written)
    if problems:
        raise ContractError(problems)
    return Asked(replace(contract, criteria=tuple(criteria)), versions, names)


def _setting(contract: Contract, versions: Versions) -> Setting:
    """Without a threshold written, each version's own cut decides."""
    return Setting(
        segments={segment.name: segment for segment in contract.data.segments},
        roles=frozenset({"label", "prediction", *(("unit",) if contract.data.unit else ())}),
        threshold=contract.threshold,
        costs=contract.costs,
        task=contract.task,
        catalogue=SINGLE,
    )


def _of_contract(
    contract: Contract, versions: Versions, within: bool
) -> list[tuple[Question, Role]]:
    """The contract's promises about one version as questions about two.

    The first primary one decides; within a margin all that decide in the contract do.
    """
    found: list[tuple[Question, Role]] = []
    if contract.task in OF_COLUMNS:  # its promises name columns, and so does each version
        return found
    for criterion in contract.criteria:
        call = as_paired(criterion.quantity.call)
        if criterion.quantity.kind != "metric" or call.metric not in PAIRED:
            continue
        if PAIRED[call.metric].scored and not is_scored(versions):
            continue
        params = dict(call.params)
        if params.get("threshold") == contract.threshold:
            params["threshold"] = None
        question = Question(
            replace(call, params=tuple(params.items())),
            None,
            criterion.scope,
            criterion.confidence,
            criterion.text,
        )
        open_ = PAIRED[call.metric].better == "either"
        first = criterion.role == "primary" and not any(role == "primary" for _, role in found)
        decides = not open_ and (first or (within and criterion.role != "secondary"))
        found.append((question, criterion.role if decides else "secondary"))
    return found if any(role != "secondary" for _, role in found) else []


def as_paired(call: Call) -> Call:
    """What a promise about one version asks of two: an error of numbers as its own difference."""
    stands = STANDS_FOR.get(call.metric)
    return call if stands is None else Call(stands)


def _usual(contract: Contract, setting: Setting, versions: Versions) -> list[tuple[Question, Role]]:
    """Cost where costs are known, else accuracy; the distance from the truth for numbers.

    Of columns successes, or the mean of numbers of which more is better.
    """
    name = {"regression": "absolute_error", "ranking": "ndcg"}.get(contract.task, "accuracy")
    if contract.task in OF_COLUMNS:
        name = "mean_rating" if is_scored(versions) else "successes"
    if contract.costs is not None and contract.task == "binary":
        name = "cost"
    return [(parse_question(name, setting), "primary")]


def _besides(
    contract: Contract, setting: Setting, versions: Versions, put: Sequence[Question]
) -> list[tuple[Question, Role]]:
    """What is usually asked too, and the first question in every segment: it informs."""
    scored = is_scored(versions)
    texts = [
        name
        for name in BESIDES.get(contract.task, ())
        if (scored or not PAIRED[name].scored)
        and (name != "cost" or contract.costs is not None)
        and (contract.data.label or versions.truth or not PAIRED[name].labelled)
    ]
    asked = {one.call.metric for one in put}
    found = [parse_question(name, setting) for name in texts if name not in asked]
    every = Scope("every", tuple((segment.name,) for segment in contract.data.segments))
    if every.groupings and put and put[0].scope.kind == "all":
        found.insert(0, replace(put[0], by=None, scope=every))
    return [(question, "secondary") for question in found]


def _criterion(
    question: Question,
    role: Role,
    setting: Setting,
    names: Named,
    margin: float | None,
    confidence: float,
) -> Criterion:
    metric = PAIRED[question.call.metric]
    by = question.by
    if by is None and margin is not None and role != "secondary":
        by = -margin
    sure = confidence if question.confidence == 0.95 else question.confidence
    stated = replace(question, by=by, confidence=sure)
    text = question_text(stated, setting)
    lower = metric.better == "lower"
    bound = (-by if lower else by) if by else 0.0
    quantity = Quantity(question.call, "contrast", names.b, names.a)
    guard: Role = "guardrail" if role == "primary" and by is not None and by < 0 else role
    return Criterion(
        id=text.replace(" ", "-"),
        text=text,
        quantity=quantity,
        op="<=" if lower else ">=",
        bound=bound,
        scope=question.scope,
        confidence=sure,
        role=guard,
        written=question.written,
    )


def is_scored(versions: Versions) -> bool:
    """Do the versions differ in their scores, so that these can be compared?"""
    return not (versions.a.decides or versions.b.decides or _same_scores(versions))


def _same_scores(versions: Versions) -> bool:
    """Two thresholds of one score."""
    a, b = versions.a, versions.b
    return (a.column, a.scale, a.decides) == (b.column, b.scale, b.decides)


def _unanswerable(
    criterion: Criterion, contract: Contract, versions: Versions, written: str
) -> Iterable[Problem]:
    """What the declared columns cannot answer, and what no version can be better by."""
    metric = PAIRED[criterion.quantity.call.metric]
    where, counted = f"'{written}'", "accuracy"
    if contract.task in OF_COLUMNS:
        counted = "successes"
    if contract.task not in metric.tasks:
        usable = ", ".join(one.name for one in PAIRED.values() if contract.task in one.tasks)
        yield Problem(where, f"{metric.name} is not for {contract.task}.", f"Use one of {usable}.")
    elif contract.task == "ranking" and contract.data.unit is None:
        what = f"{metric.name} is taken per user, and no unit is named."
        yield Problem(where, what, "Name the column of the user: unit.")
    elif metric.labelled and not (contract.data.label or versions.truth):
        yield Problem(where, f"{metric.name} needs the true answers.", "Name them: label.")
    elif metric.scored and (versions.a.decides or versions.b.decides):
        what = f"{metric.name} needs scores, and a version holds decisions."
        yield Problem(where, what, f"Name columns of scores, or ask for {counted}.")
    elif metric.scored and _same_scores(versions):
        what = f"{metric.name} is of scores, and both versions have the same."
        yield Problem(where, what, f"Ask for what a threshold changes, such as {counted}.")
    low, high = metric.metric.range
    if criterion.bound and abs(criterion.bound) >= high - low:
        what = f"No two versions can differ by {abs(criterion.bound):g} in {metric.name}."
        yield Problem(where, what, f"Write a difference below {high - low:g}, such as 1%.")
    if criterion.role != "secondary" and metric.better == "either":
        what = f"No version is better by its {metric.name}: more is neither good nor bad."
        yield Problem(where, what, "Ask for another metric; this one is shown besides.")
