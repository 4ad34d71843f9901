"""Evidently: its drift preset as it comes, the columns' kinds named."""

import evidently
from asked import frames, kinds, serve
from evidently import DataDefinition, Dataset, Report
from evidently.presets import DataDriftPreset


def drifted(metrics):
    """Columns that drift, as many as the preset itself counts: p below, a distance from, a limit.

    `metrics`: those of the preset, each with its configuration and value.
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
    if count != len(found):
        raise AssertionError(f"The preset counts {count} drifted columns, we {len(found)}.")
    return found


def alarms(job):
    before, looks = frames(job)
    numbers, values = kinds(before)
    definition = DataDefinition(numerical_columns=numbers, categorical_columns=values)
    reference = Dataset.from_pandas(before, data_definition=definition)
    columns = []
    for look in looks:
        current = Dataset.from_pandas(look, data_definition=definition)
        columns.append(
            drifted(Report([DataDriftPreset()]).run(current, reference).dict()["metrics"])
        )
    found = {"Evidently": columns}
    if job["together"]:
        half = len(before.columns) / 2
        found["Evidently, half the columns"] = [one if len(one) >= half else [] for one in columns]
    return found


if __name__ == "__main__":
    serve(evidently.__version__, alarms)
