"""Metrics of every task on ten million rows: time and memory, each in a process of its own.

Writes benchmarks/results/memory.md. Repeat: `python -m benchmarks.memory`.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RESULTS = Path(__file__).parent / "results" / "memory.md"
TABLE = """
copy (select
  (random() * 20)::integer as label,
  case when random() < 0.8 then (random() * 20)::integer else 3 end as said,
  100 + 30 * random() as sold, 100 + 30 * random() as guide,
  (random() * 200000)::integer as user_id, (random() * 6)::integer as stars,
  random() as score, (random() < 0.3)::integer as y
from range({rows})) to '{path}' (format parquet)
"""
CASES: dict[str, dict[str, object]] = {
    "regression: mae, rmse, r2, wape": {
        "task": "regression", "label": "sold", "prediction": "guide",
        "criteria": ["mae <= 20", "rmse <= 20", "r2 >= 0.1", "wape <= 20%"],
    },
    "many classes: accuracy, macro F1": {
        "task": "multiclass", "label": "label", "prediction": "said",
        "criteria": ["accuracy >= 10%", "macro_f1 >= 0.1"],
    },
    "ranking: NDCG, MAP, hit rate of 200,000 users": {
        "task": "ranking", "label": "stars", "score": "score", "unit": "user_id",
        "criteria": ["ndcg(k=10) >= 0.1", "map(k=10) >= 0.1", "hit_rate(k=5) >= 10%"],
    },
    "calibration: curves and recalibration": {"label": "y", "score": "score"},
}  # fmt: skip


def one(path: str, name: str) -> None:
    """Measure a case in this process, and print seconds and megabytes."""
    import sextant as sx

    roles = CASES[name]
    started = time.monotonic()
    if name.startswith("calibration"):
        sx.calibration(path, **roles)  # type: ignore[arg-type]
    else:
        sx.evaluate(path, **roles)  # type: ignore[arg-type]
    taken = time.monotonic() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([taken, peak]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        one(*chosen.one)
        return
    import duckdb

    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for rows in (chosen.rows // 10, chosen.rows):
            path = str(Path(folder) / f"{rows}.parquet")
            duckdb.sql(TABLE.format(rows=rows, path=path))
            for name in CASES:
                command = [sys.executable, "-m", "benchmarks.memory", "--one", path, name]
                done = subprocess.run(command, capture_output=True, text=True)
                if done.returncode:
                    told = done.stderr.strip().splitlines()[-1]
                    lines.append(f"| {name} | {rows:,} | failed: {told} | |")
                else:
                    taken, peak = json.loads(done.stdout.splitlines()[-1])
                    lines.append(f"| {name} | {rows:,} | {taken:.1f} s | {peak:,.0f} MB |")
                print(lines[-1], flush=True)
    text = f"""# Ten million rows of every task

Each case in a process of its own, its Python and libraries included; the memory is the most that
was resident. The table lies in one Parquet file. Repeat: `python -m benchmarks.memory`.

| case | rows | time | memory |
|---|--:|--:|--:|
{chr(10).join(lines)}
"""
    RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
