"""How long `sextant check` takes, against the time DuckDB needs to read the same columns.

Makes 1,000,000 (and 10,000,000) rows of 36 columns as Parquet, checks a contract of 12 criteria
over 3 segments in a fresh process, and scans the columns involved in another fresh process. Prints
and writes a table with the bars.

    make setup && .venv/bin/python benchmarks/check_speed.py [--large]
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

SEXTANT = str(Path(sys.executable).with_name("sextant"))
RESULTS = Path(__file__).parent / "results" / "check_speed.md"
COLUMNS = ("label", "score", "sex", "age", "race", "latency", "f01", "f02")

CONTRACT = """\
product: Speed
outcome: Cut the wait from 10 to 3 seconds by 2027-01-01
task: binary
data:
  source: {source}
  label: label
  score: score
  segments:
    sex: sex
    age: {{column: age, bands: [25, 45, 65]}}
    race: race
criteria:
  - auc >= 0.6
  - accuracy >= 0.5
  - recall >= 0.4 in every sex
  - precision >= 0.2 in every sex, age, race
  - gap(false_positive_rate) <= 0.2 across race
  - f1 >= 0.2
  - brier <= 0.5
  - selection_rate <= 0.9 in every age
  - missing_rate(f01) <= 1%
  - mean(latency) <= 90
  - quantile(latency, q=0.95) <= 500
  - out_of_range(f02, low=0, high=1) <= 1%
"""

SCAN = """
import duckdb, sys
con = duckdb.connect()
con.execute("SELECT " + ", ".join(f"max(hash({c}))" for c in sys.argv[2].split(",")) +
            f" FROM read_parquet('{sys.argv[1]}')").fetchall()
"""


def make(path: Path, rows: int) -> None:
    """Rows of a scored binary product: label, score, three segments, latency, 30 features."""
    features = ", ".join(f"random() AS f{i:02}" for i in range(1, 31))
    duckdb.sql(
        f"""COPY (
            SELECT i AS id, (random() < score)::INT AS label, score, i % 2 AS sex,
                   (18 + random() * 70)::INT AS age, i % 9 AS race,
                   exp(random() * 4) * 10 AS latency, {features}
            FROM (SELECT i, random() AS score FROM range({rows}) t(i))
        ) TO '{path}' (FORMAT parquet)"""
    )


def timed(command: list[str], runs: int) -> tuple[float, float]:
    """(median seconds, largest resident memory in MB) of a command as a process of its own."""
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds.append(time.perf_counter() - start)
        if done.returncode not in (0, 1, 3):
            raise SystemExit(done.stderr)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return statistics.median(seconds), peak


def main() -> None:
    """Measure and write the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--large", action="store_true", help="10,000,000 rows too")
    options.add_argument("--runs", type=int, default=5)
    chosen = options.parse_args()
    python = sys.executable
    lines = ["| what | measured | bar |", "|---|---|---|"]
    with tempfile.TemporaryDirectory() as folder:
        for what, command in (
            ("import sextant", [python, "-c", "import sextant"]),
            ("sextant --help", [SEXTANT, "--help"]),
        ):
            seconds, _ = timed(command, chosen.runs)
            lines.append(f"| `{what}` | {seconds:.2f} s | 0.5 s |")
        small = Path(folder) / "small.parquet"
        make(small, 1_000)
        seconds, _ = timed(check(folder, small), chosen.runs)
        lines.append(f"| check, 1,000 rows | {seconds:.2f} s | 1.5 s |")
        for rows in (1_000_000, 10_000_000) if chosen.large else (1_000_000,):
            data = Path(folder) / f"rows{rows}.parquet"
            make(data, rows)
            scan, _ = timed([python, "-c", SCAN, str(data), ",".join(COLUMNS)], chosen.runs)
            seconds, peak = timed(check(folder, data), chosen.runs)
            bar = f"3 × the scan + 3 s = {3 * scan + 3:.2f} s" if rows == 1_000_000 else ""
            lines += [
                f"| scan of the {len(COLUMNS)} columns, {rows:,} rows | {scan:.2f} s | |",
                f"| check, {rows:,} rows | {seconds:.2f} s = {seconds / scan:.1f} × the scan "
                f"| {bar} |",
                f"| check, {rows:,} rows, peak memory | {peak:.0f} MB | 600 MB |",
            ]
            data.unlink()
    text = "\n".join(lines) + "\n"
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(f"# The time of `sextant check`\n\nMedians of {chosen.runs} runs.\n\n{text}")
    print(text)


def check(folder: str, data: Path) -> list[str]:
    """The command that checks a contract on `data`, as the first look."""
    contract = Path(folder) / "contract.yaml"
    contract.write_text(CONTRACT.format(source=data.name), encoding="utf-8")
    return [SEXTANT, "check", str(contract), "--look", "1", "--json"]


if __name__ == "__main__":
    main()
