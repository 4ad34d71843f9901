"""NannyML: univariate drift as it comes, a chunk per look.

Its limit is learnt from the chunks of the reference (their mean and three deviations). With one
chunk it is 0 and everything alarms, which would be our fault and not its own: where the reference
has fewer than `FEWEST` chunks it is not asked.
"""

import nannyml
import pandas as pd
from asked import frames, kinds, serve

FEWEST = 6


def alarms(job):
    before, looks = frames(job)
    if len(before) < FEWEST * job["rows"]:
        return {}
    _, values = kinds(before)
    calculator = nannyml.UnivariateDriftCalculator(
        column_names=list(before.columns),
        treat_as_categorical=values,
        chunk_size=job["rows"],
    )
    calculator.fit(before)
    result = calculator.calculate(pd.concat(looks, ignore_index=True))
    table = result.filter(period="analysis").to_df()
    found = [[] for _ in looks]
    for name in before.columns:
        alert = table[(name, "jensen_shannon", "alert")].to_list()
        for look, on in enumerate(alert[: len(looks)]):
            if on:
                found[look].append(name)
    return {"NannyML": found}


if __name__ == "__main__":
    serve(nannyml.__version__, alarms)
