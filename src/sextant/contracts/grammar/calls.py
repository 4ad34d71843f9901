"""A metric with its arguments: names looked up, kinds checked, defaults filled in."""

from __future__ import annotations

from dataclasses import astuple, fields
from typing import TYPE_CHECKING, Any

from sextant.contracts.grammar.facts import check_texts
from sextant.contracts.grammar.segments import value_text
from sextant.contracts.grammar.setting import COMPARING
from sextant.contracts.grammar.syntax import Argument, Phrase, Written
from sextant.contracts.grammar.tokens import CriterionFault, Token, plain
from sextant.contracts.model import Call, Costs
from sextant.contracts.problems import nearest, suggest
from sextant.metrics.reading import roles_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sextant.contracts.grammar.setting import Setting
    from sextant.metrics.metric import Metric, Parameter

Faults = list[CriterionFault]

SYNONYMS = {
    "sensitivity": "recall",
    "tpr": "recall",
    "true_positive_rate": "recall",
    "ppv": "precision",
    "tnr": "specificity",
    "true_negative_rate": "specificity",
    "fpr": "false_positive_rate",
    "customer_friction": "friction",
    "false_alarms": "friction",
    "fnr": "false_negative_rate",
    "miss_rate": "false_negative_rate",
    "roc_auc": "auc",
    "auroc": "auc",
    "f1_score": "f1",
    "ap": "average_precision",
    "pr_auc": "average_precision",
    "ece": "calibration_error",
    "expected_calibration_error": "calibration_error",
    "logloss": "log_loss",
    "cross_entropy": "log_loss",
    "positive_rate": "selection_rate",
    "percentile": "quantile",
    "median": "quantile",
    "average": "mean",
    "task_success": "success_rate",
    "completion_rate": "success_rate",
    "skill_score": "skill",
    "null_rate": "missing_rate",
    "missing": "missing_rate",
    "rows": "row_count",
    "unique": "repeated_values",
    "duplicates": "duplicate_rows",
    "newest": "newest_age",
    "type": "wrong_type",
    "share": "in_set",
    "micro_f1": "accuracy",
    "weighted_recall": "accuracy",
    "f1_macro": "macro_f1",
    "f1_weighted": "weighted_f1",
    "top_k": "top_k_accuracy",
    "ndcg_score": "ndcg",
    "mean_average_precision": "map",
    "recall_at_k": "recall_at",
    "precision_at_k": "precision_at",
    "coverage": "catalogue_coverage",
    "item_coverage": "catalogue_coverage",
    "novelty": "top_mean",
    "popularity": "top_mean",
    "mean_absolute_error": "mae",
    "mean_squared_error": "rmse",
    "mse": "rmse",
    "root_mean_squared_error": "rmse",
    "mean_error": "bias",
    "mean_absolute_percentage_error": "mape",
    "wmape": "wape",
    "r2_score": "r2",
    "r_squared": "r2",
    "pinball_loss": "quantile_loss",
    "picp": "interval_coverage",
}


def read_call(phrase: Phrase, setting: Setting, faults: Faults) -> tuple[Metric, Call] | None:
    """The metric that a phrase names and its call; None, with the faults added, if it cannot be."""
    name = phrase.name.text
    metric = setting.catalogue.get(name)
    if metric is None:
        faults.append(_unknown_metric(phrase.name, setting))
        return None
    before = len(faults)
    given = _assign(phrase, metric, faults)
    if len(faults) > before:
        return None
    if given.get("threshold") is not None and setting.task != "binary":
        what = f"A threshold makes two classes of a score, and the task is {setting.task}."
        faults.append(CriterionFault(phrase.name.at, what, "Leave the threshold out."))
    params = {
        parameter.name: _filled(parameter, given, phrase, metric, setting, faults)
        for parameter in metric.parameters
    }
    _check_range(phrase, params, faults)
    check_texts(phrase, params, faults)
    if metric.name == "cost":
        params |= _costs(phrase, setting, faults)
    if len(faults) > before:
        return None
    return metric, Call(name, tuple(params.items()))


def _unknown_metric(name: Token, setting: Setting) -> CriterionFault:
    known = (*setting.catalogue, *COMPARING)
    synonym = SYNONYMS.get(name.text.casefold())
    guess = synonym if synonym in setting.catalogue else nearest(name.text, known)
    remedy = f"Did you mean '{guess}'?"
    if guess is None:
        usable = [one.name for one in setting.catalogue.values() if serves(one, setting.task)]
        remedy = suggest(name.text, (*usable, *COMPARING), "metrics")
    return CriterionFault(name.at, f"Metric '{name.text}' is not known.", remedy)


def _assign(phrase: Phrase, metric: Metric, faults: Faults) -> dict[str, Any]:
    """The written value of each parameter; positional arguments are columns, in their order."""
    by_name = {parameter.name: parameter for parameter in metric.parameters}
    columns = [p.name for p in metric.parameters if p.kind == "column"]
    given: dict[str, Any] = {}
    for argument in phrase.arguments or ():
        if argument.key is not None:
            key = argument.key.text
        elif columns and not isinstance(argument.value, Phrase):
            key = columns.pop(0)
        else:
            faults.append(_too_many(argument, metric, given))
            continue
        if key not in by_name:
            what = f"'{key}' is no argument of {metric.name}."
            remedy = suggest(key, by_name, "arguments") if by_name else "It takes none."
            faults.append(CriterionFault(argument.at, what, remedy))
        elif key in given:
            what = f"The argument '{key}' is given twice."
            faults.append(CriterionFault(argument.at, what, "Keep one."))
        else:
            columns = [name for name in columns if name != key]
            given[key] = _typed(by_name[key], argument, faults)
    return given


def _too_many(argument: Argument, metric: Metric, given: dict[str, Any]) -> CriterionFault:
    if isinstance(argument.value, Phrase):
        inner = argument.value.name.text
        what = f"{metric.name} cannot take {inner}(…): only gap and ratio take a metric."
        return CriterionFault(argument.at, what, "Name one metric.")
    open_names = [p.name for p in metric.parameters if p.kind != "column" and p.name not in given]
    if isinstance(argument.value, Written) and open_names:
        what = f"{metric.name} has an argument without a name."
        return CriterionFault(argument.at, what, f"Write its name: {open_names[0]}=….")
    takes = ", ".join(p.name for p in metric.parameters) or "none"
    what = f"{metric.name} has an argument too many."
    return CriterionFault(argument.at, what, f"Its arguments: {takes}.")


def _typed(parameter: Parameter, argument: Argument, faults: Faults) -> Any:
    """The value of an argument if its kind fits, else None and a fault."""
    value = argument.value
    at = argument.at if argument.key is None else _place(value)
    match parameter.kind:
        case "column":
            if isinstance(value, Token) and value.kind != "number":
                return value.text
            remedy = "Write its name, in double quotes if it is not one plain word."
            faults.append(CriterionFault(at, f"'{parameter.name}' must be a column.", remedy))
        case "number":
            if isinstance(value, Written) and isinstance(value.value, float):
                _check_number(parameter, value.value, at, faults)
                return value.value
            remedy = f"Write {parameter.name}=0.5, for example."
            faults.append(CriterionFault(at, f"'{parameter.name}' must be a number.", remedy))
        case "value":
            if isinstance(value, Token):
                return value.text
            if isinstance(value, Written) and not isinstance(value.value, tuple):
                return value_text(value.value)
            remedy = f"Write {parameter.name}=cat, in double quotes if it is not one word."
            faults.append(CriterionFault(at, f"'{parameter.name}' must be a value.", remedy))
        case "list":
            if isinstance(value, Written) and isinstance(value.value, tuple) and value.value:
                return canonical_list(value.value)
            remedy = f"Write {parameter.name}=[1, 2, 3], for example."
            faults.append(CriterionFault(at, f"'{parameter.name}' must be a list.", remedy))
    return None


def _place(value: Phrase | Token | Written) -> int:
    return value.name.at if isinstance(value, Phrase) else value.at


def _check_number(parameter: Parameter, value: float, at: int, faults: Faults) -> None:
    low, high = parameter.low, parameter.high
    if parameter.whole and not value.is_integer():
        what = f"{parameter.name} = {plain(value)} is no whole number."
        faults.append(
            CriterionFault(at, what, f"Write {parameter.name}={round(value)}, for example.")
        )
    if (low is None or value >= low) and (high is None or value <= high):
        return
    if low is not None and high is not None:
        limits = f"between {plain(low)} and {plain(high)}"
    else:
        limits = f"at least {plain(low)}" if low is not None else f"at most {plain(high or 0.0)}"
    what = f"{parameter.name} = {plain(value)} is out of range."
    faults.append(CriterionFault(at, what, f"It must be {limits}."))


def canonical_list(values: Iterable[Any]) -> tuple[Any, ...]:
    """A set of values in one order, each once: truth values, then numbers, then text."""
    rank = {bool: 0, int: 1, float: 1, str: 2}
    unique = {(rank[type(value)], value): value for value in values}
    return tuple(unique[key] for key in sorted(unique))


def _filled(
    parameter: Parameter,
    given: dict[str, Any],
    phrase: Phrase,
    metric: Metric,
    setting: Setting,
    faults: Faults,
) -> Any:
    if parameter.name in given:
        return given[parameter.name]
    if parameter.required:
        what = f"{metric.name} needs '{parameter.name}': {parameter.doc}"
        remedy = f"Write {_example(metric)}."
        faults.append(CriterionFault(phrase.name.at, what.rstrip(".") + ".", remedy))
    return default_of(parameter, setting)


def default_of(parameter: Parameter, setting: Setting) -> Any:
    """What an argument is where it is not written."""
    if parameter.name == "threshold":
        return setting.threshold_default
    return parameter.default


def _example(metric: Metric) -> str:
    samples = {"column": "COLUMN", "number": "0.5", "list": "[1, 2]", "value": "VALUE"}
    parts = [
        samples[p.kind] if p.kind == "column" else f"{p.name}={samples[p.kind]}"
        for p in metric.parameters
        if p.required
    ]
    return f"{metric.name}({', '.join(parts)})"


RANGES = (("low", "high"), ("at_least", "at_most"))


def _check_range(phrase: Phrase, params: dict[str, Any], faults: Faults) -> None:
    """A range has an end, and its ends are in order."""
    for first, last in RANGES:
        if not {first, last} <= set(params):
            continue
        low, high = params[first], params[last]
        if low is None and high is None:
            what = f"{phrase.name.text} names no range."
            remedy = f"Write {first}=…, {last}=… or both."
            faults.append(CriterionFault(phrase.name.at, what, remedy))
        elif low is not None and high is not None and low > high:
            what = f"{first} = {plain(low)} lies above {last} = {plain(high)}."
            faults.append(CriterionFault(phrase.name.at, what, "Swap them."))


def _costs(phrase: Phrase, setting: Setting, faults: Faults) -> dict[str, Any]:
    if setting.costs is None:
        what = "Metric 'cost' needs to know what each decision costs."
        remedy = "Add costs: {false_positive: 5, false_negative: 100, currency: EUR}."
        faults.append(CriterionFault(phrase.name.at, what, remedy))
        return {}
    names = [field.name for field in fields(Costs)]
    return dict(zip(names, astuple(setting.costs), strict=True))


def roles_needed(metric: Metric, call: Call, bound: float) -> frozenset[str]:
    """Which roles a metric reads: "label", "score", "prediction", "unit", "order"."""
    roles = {*roles_of(metric.needs(dict(call.params), bound))} - {"label"}
    return frozenset(roles | {"label"} if metric.labelled else roles)


def serves(metric: Metric, task: str) -> bool:
    """May a contract of this task use the metric? Metrics of plain columns serve every task."""
    return task in metric.tasks
