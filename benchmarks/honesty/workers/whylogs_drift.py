"""whylogs: drift scores of two profiles as they come."""

from importlib.metadata import version

import whylogs
from asked import frames, serve
from whylogs.viz.drift.column_drift_algorithms import calculate_drift_scores


def alarms(job):
    before, looks = frames(job)
    reference = whylogs.log(pandas=before).view()
    found = []
    for look in looks:
        scores = calculate_drift_scores(
            target_view=whylogs.log(pandas=look).view(),
            reference_view=reference,
            with_thresholds=True,
        )
        found.append([n for n, one in scores.items() if one and one["drift_category"] == "DRIFT"])
    return {"whylogs": found}


if __name__ == "__main__":
    serve(version("whylogs"), alarms)
