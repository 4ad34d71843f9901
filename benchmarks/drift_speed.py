"""How long do a profile and drift of 1,000,000 rows × 36 columns take, beside other tools?

Each turn gives every tool a process of its own, one after the other: both tables are read from
Parquet, the current one is profiled and compared with the reference. Seconds of the clock and of
the processor count from the end of the imports; the memory is the most the process ever held.
The tools: `sh benchmarks/honesty/pins/setup.sh`. Repeat: `python -m benchmarks.drift_speed`.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
from benchmarks.honesty.peers import ENVIRONMENTS

RESULTS = Path(__file__).parent / "results" / "drift_speed.md"
COLUMNS, MEANT = 36, 1_000_000
HEAD = "import json, resource, sys, time\nbefore, after = sys.argv[1:3]\n"
START = "clock, busy = time.perf_counter(), time.process_time()\n"
END = """
print(json.dumps([time.perf_counter() - clock, time.process_time() - busy,
                  resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
SCAN = """
con = duckdb.connect()
for path in (before, after):
    names = con.execute(f"SELECT * FROM read_parquet('{path}') LIMIT 0").description
    con.execute("SELECT " + ", ".join(f"max(hash({one[0]}))" for one in names) +
                f" FROM read_parquet('{path}')").fetchall()
"""
EVIDENTLY = """
a, b = (pd.read_parquet(path) for path in (before, after))
numbers = list(a.select_dtypes("number").columns)
kinds = DataDefinition(numerical_columns=numbers,
                       categorical_columns=[n for n in a.columns if n not in numbers])
a, b = (Dataset.from_pandas(one, data_definition=kinds) for one in (a, b))
for preset in (DataSummaryPreset, DataDriftPreset):
    Report([preset()]).run(b, a).dict()
"""
NANNYML = """
a, b = (pd.read_parquet(path) for path in (before, after))
values = list(a.select_dtypes(exclude="number").columns)
drift = nannyml.UnivariateDriftCalculator(column_names=list(a.columns),
                                          treat_as_categorical=values, chunk_size=len(b))
drift.fit(a)
drift.calculate(b).to_df()
"""
WHYLOGS = """
a, b = (whylogs.log(pandas=pd.read_parquet(path)).view() for path in (before, after))
b.to_pandas()
calculate_drift_scores(target_view=b, reference_view=a, with_thresholds=True)
"""
OURS_LOADED = "import sextant as sx\nsx.drift, sx.profile\n"
CASES = {
    "bare scan by DuckDB": ("", "import duckdb\n", SCAN),
    "Sextant drift": ("", OURS_LOADED, "sx.drift(before, after).to_dict()\n"),
    "Sextant profile": ("", OURS_LOADED, "sx.profile(after).to_dict()\n"),
    "Sextant profile and drift": (
        "", OURS_LOADED, "sx.profile(after).to_dict()\nsx.drift(before, after).to_dict()\n",
    ),
    "Sextant profiles of both and drift of what they keep": (
        "", OURS_LOADED,
        "a, b = (sx.profile(path) for path in (before, after))\n"
        "a.to_dict(), b.to_dict(), sx.drift(a.state, b.state).to_dict()\n",
    ),
    "Evidently, summary and drift presets": (
        "evidently",
        "import pandas as pd\nfrom evidently import DataDefinition, Dataset, Report\n"
        "from evidently.presets import DataDriftPreset, DataSummaryPreset\n",
        EVIDENTLY,
    ),
    "NannyML, univariate drift": ("nannyml", "import nannyml, pandas as pd\n", NANNYML),
    "whylogs, profiles and drift": (
        "whylogs",
        "import pandas as pd, whylogs\n"
        "from whylogs.viz.drift.column_drift_algorithms import calculate_drift_scores\n",
        WHYLOGS,
    ),
}  # fmt: skip
BARS = {
    "bare scan by DuckDB": ("at most 3 × the scan", 1 / 3),
    "Evidently, summary and drift presets": ("at least 30 ×", 30.0),
    "NannyML, univariate drift": ("at least 10 ×", 10.0),
    "whylogs, profiles and drift": ("at least 10 ×", 10.0),
}
"""How many times as long as ours each is to take."""
OURS = "Sextant profiles of both and drift of what they keep"
MEMORY = 4
"""Evidently holds at least so many times ours."""


def make(path: str, rows: int, seed: float) -> None:
    """30 numbers, some heavy-tailed or missing, and 6 columns of 2 to 50 words."""
    numbers = [
        f"CASE WHEN random() < {0.05 if at % 5 == 0 else 0} THEN NULL "
        f"ELSE {'exp(4 * random())' if at % 3 == 0 else 'random()'} END AS f{at:02}"
        for at in range(30)
    ]
    words = [
        f"'v' || floor(random() * {count})::INT AS w{count:02}" for count in (2, 3, 5, 10, 20, 50)
    ]
    con = duckdb.connect()
    con.execute(f"SELECT setseed({seed})")
    con.execute(
        f"COPY (SELECT {', '.join([*numbers, *words])} FROM range({rows})) "
        f"TO '{path}' (FORMAT parquet)"
    )


def one(name: str, before: str, after: str) -> list[float]:
    """Seconds of the clock, of the processor, and megabytes. Raises with the tool's last words."""
    environment, imports, work = CASES[name]
    python = str(ENVIRONMENTS / environment / "bin" / "python") if environment else sys.executable
    script = HEAD + imports + START + work + END
    done = subprocess.run([python, "-c", script, before, after], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stderr}")
    found: list[float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=MEANT)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--without", nargs="*", default=[], help="environments to leave out")
    given = parser.parse_args()
    cases = [
        name for name, (where, *_) in CASES.items()
        if not where or (where not in given.without and (ENVIRONMENTS / where).exists())
    ]  # fmt: skip
    found: dict[str, list[list[float]]] = {name: [] for name in cases}
    with tempfile.TemporaryDirectory() as folder:
        before, after = f"{folder}/before.parquet", f"{folder}/after.parquet"
        make(before, given.rows, 0.1)
        make(after, given.rows, 0.2)
        for _ in range(given.repeats):
            for name in cases:
                found[name].append(one(name, before, after))
                print(name, found[name][-1], flush=True)
                given.out.write_text(told(found, given.rows, given.repeats), encoding="utf-8")


def told(found: dict[str, list[list[float]]], rows: int, repeats: int) -> str:
    """The results file: medians, and whether the bars are met by the processor's seconds."""
    middle = {
        name: [statistics.median(column) for column in zip(*runs, strict=True)]
        for name, runs in found.items() if runs
    }  # fmt: skip
    lines = []
    for name, (clock, busy, memory) in middle.items():
        bar, cells = "", ""
        if name in BARS and OURS in middle:
            what, times = BARS[name]
            ratio = busy / middle[OURS][1]
            cells = f"{ratio:.2g}"
            bar = f"{what}: {'met' if ratio >= times else 'missed'}"
        if name.startswith("Evidently") and OURS in middle:
            share = middle[OURS][2] / memory
            bar += f"; ours at most 1/{MEMORY} of its memory: "
            bar += f"{'met' if share <= 1 / MEMORY else 'missed'} ({share:.2f})"
        lines.append(
            f"| {name} | {clock:.2f} | {busy:.2f} | {cells} | {memory:,.0f} | {bar} "
            f"| {len(found[name])} |"
        )
    absent = [name for name in CASES if name not in found]
    meant = "" if rows == MEANT else f"The bars are meant for {MEANT:,} rows; these are fewer.\n\n"
    missing = f"Not measured here: {', '.join(absent)}.\n\n" if absent else ""
    return f"""# Profile and drift beside other tools

{rows:,} rows × {COLUMNS} columns (30 of numbers, 6 of words) on each side, from Parquet, on
{platform.machine()} with 2 cores that other work shared. Medians; each run in a process of its
own, one tool after the other. *Times ours*: by seconds of the processor, which other work disturbs
less than the clock. Imports are not counted. Of Evidently the two presets that profile and
compare; its third kind (classification) answers another question.

{meant}{missing}| | clock, s | processor, s | times ours | memory, MB | bar | runs |
|---|--:|--:|--:|--:|---|--:|
{chr(10).join(lines)}

Repeat: `python -m benchmarks.drift_speed --rows {rows} --repeats {repeats}`.
"""


if __name__ == "__main__":
    main()
