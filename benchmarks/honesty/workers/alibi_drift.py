"""alibi-detect: TabularDrift as it comes, without TensorFlow and PyTorch."""

import alibi_detect
import numpy as np
import pandas as pd
from alibi_detect.cd import TabularDrift
from asked import frames, kinds, serve


def coded(before, looks, values):
    """Values as numbers, which is what the detector takes; the same code on both sides."""
    known = {n: sorted({*before[n], *(v for look in looks for v in look[n])}) for n in values}

    def array(frame):
        parts = [
            pd.Categorical(frame[n], known[n]).codes if n in known else frame[n]
            for n in before.columns
        ]
        return np.column_stack(parts).astype(np.float64)

    return array(before), [array(look) for look in looks], known


def alarms(job):
    before, looks = frames(job)
    names = list(before.columns)
    _, values = kinds(before)
    reference, arrays, known = coded(before, looks, values)
    detector = TabularDrift(
        reference,
        p_val=0.05,
        categories_per_feature={names.index(n): len(known[n]) for n in values} or None,
    )
    found = []
    for array in arrays:
        if job["together"]:
            data = detector.predict(array, drift_type="batch", return_p_val=True)["data"]
            hits = data["p_val"] < data["threshold"] if data["is_drift"] else np.zeros(len(names))
        else:
            hits = detector.predict(array, drift_type="feature")["data"]["is_drift"]
        found.append([n for n, hit in zip(names, np.asarray(hits), strict=True) if hit])
    return {"alibi-detect": found}


if __name__ == "__main__":
    serve(alibi_detect.__version__, alarms)
