"""NannyML's CBPE on the files it comes with, run in its own environment: a JSON object on stdout.

Chunks of so many rows as they stand in the file; estimates, its own limits of sampling, the truth.
"""

import json
import sys

import nannyml
import pandas as pd

METRICS = ["roc_auc", "f1", "precision", "recall", "specificity", "accuracy"]


def estimates(job):
    reference, current, truth = (pd.read_parquet(job[one]) for one in ("before", "now", "truth"))
    roles = {"y_true": job["label"], "y_pred": job["said"], "y_pred_proba": job["score"]}
    estimator = nannyml.CBPE(
        problem_type="classification_binary", metrics=METRICS, chunk_size=job["rows"], **roles
    )
    estimator.fit(reference)
    table = estimator.estimate(current).filter(period="analysis").to_df()
    known = nannyml.PerformanceCalculator(
        problem_type="classification_binary", metrics=METRICS, chunk_size=job["rows"], **roles
    )
    known.fit(reference)
    real = known.calculate(truth).filter(period="analysis").to_df()
    return {
        metric: {
            "value": table[(metric, "value")].to_list(),
            "low": table[(metric, "lower_confidence_boundary")].to_list(),
            "high": table[(metric, "upper_confidence_boundary")].to_list(),
            "true": real[(metric, "value")].to_list(),
        }
        for metric in METRICS
    }


if __name__ == "__main__":
    found = estimates(json.loads(sys.stdin.read()))
    print(json.dumps({"version": nannyml.__version__, "metrics": found}))
