"""What every worker does: read a job from a line, answer in a line. Runs in any environment."""

import json
import sys
import warnings


def serve(version, alarms):
    """Answer jobs until the input ends.

    `alarms(job)` gives, for each method, a list over looks of the columns that alarm.
    """
    warnings.simplefilter("ignore")
    say, sys.stdout = sys.stdout, sys.stderr  # what a library prints is no answer
    print(json.dumps({"version": version}), file=say, flush=True)
    for line in sys.stdin:
        print(json.dumps({"alarms": alarms(json.loads(line))}), file=say, flush=True)


def frames(job):
    """The reference, and the current rows by look, as pandas frames."""
    import pandas as pd

    before, after = pd.read_parquet(job["reference"]), pd.read_parquet(job["current"])
    looks = [part.drop(columns="look") for _, part in after.groupby("look")]
    return before, looks


def kinds(frame):
    """Names of the numbers, and of the values."""
    numbers = list(frame.select_dtypes("number").columns)
    return numbers, [name for name in frame.columns if name not in numbers]
