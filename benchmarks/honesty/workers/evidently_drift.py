"""Evidently: the tests of its drift preset as they come, the columns' kinds named.

The preset tests every column twice (once to count them) and draws each, which is nine tenths of
its time. So its test of each column is asked for and nothing is drawn; in the first batch of
every fourth situation two columns also go through the preset itself, and must come out the same.
"""

from unittest.mock import patch

import evidently
from asked import frames, kinds, serve
from evidently import DataDefinition, Dataset, Report
from evidently.metrics import ValueDrift
from evidently.metrics.column_statistics import ValueDriftCalculation
from evidently.presets import DataDriftPreset

CHECKED = 2


def drifted(metrics):
    """Columns that drift, as many as the preset itself counts: p below, a distance from, a limit.

    `metrics`: those of a report, each with its configuration and value.
    """
    found, count = [], None
    for one in metrics:
        config = one["config"]
        if config["type"].endswith("DriftedColumnsCount"):
            count = one["value"]["count"]
        elif config["type"].endswith("ValueDrift"):
            by_p = config["method"].endswith("p_value")
            limit, value = config["threshold"], one["value"]
            if value < limit if by_p else value >= limit:
                found.append(config["column"])
    if count is not None and count != len(found):
        raise AssertionError(f"The preset counts {count} drifted columns, we {len(found)}.")
    return found


def tested(current, reference, names):
    """The preset's tests alone."""
    report = Report([ValueDrift(column=name) for name in names])
    with patch.object(ValueDriftCalculation, "_render", return_value=[]):
        return drifted(report.run(current, reference).dict()["metrics"])


def check(before, look, names, found):
    """Raises AssertionError where the preset as it comes says otherwise of these columns."""
    current, reference = (dataset(frame[names]) for frame in (look, before))
    preset = drifted(Report([DataDriftPreset()]).run(current, reference).dict()["metrics"])
    if sorted(preset) != sorted(set(names) & set(found)):
        raise AssertionError(f"The preset finds {preset} of {names}, its tests {found}.")


def dataset(frame):
    """With the kinds of its columns."""
    numbers, values = kinds(frame)
    definition = DataDefinition(numerical_columns=numbers, categorical_columns=values)
    return Dataset.from_pandas(frame, data_definition=definition)


def alarms(job):
    before, looks = frames(job)
    reference, columns = dataset(before), []
    for at, look in enumerate(looks):
        found = tested(dataset(look), reference, before.columns)
        if job["check"] and at == 0:
            check(before, look, list(before.columns[:CHECKED]), found)
        columns.append(found)
    found = {"Evidently": columns}
    if job["together"]:
        half = len(before.columns) / 2
        found["Evidently, half the columns"] = [one if len(one) >= half else [] for one in columns]
    return found


if __name__ == "__main__":
    serve(evidently.__version__, alarms)
