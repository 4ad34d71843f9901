"""Do estimates without labels equal NannyML's on its own files, where NannyML is right?

Both tables of two classes with a score that NannyML comes with, in chunks as they stand in the file
(its "synthetic sample" is its car loans under other names, its Titanic has no score). NannyML runs
in its own environment. The truth are the labels that the files hold back.

    python -m benchmarks.estimate_peers [--python .venv-peers/nannyml/bin/python] [--rows 5000]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import sextant as sx

RESULTS = Path(__file__).parents[1] / "results" / "estimate_peers.md"
WORKER = Path(__file__).parent / "cbpe.py"
QUIET = {"DO_NOT_TRACK": "1", "NML_DISABLE_USAGE_LOGGING": "1"}
NAMES = {
    "roc_auc": "auc", "accuracy": "accuracy", "f1": "f1", "precision": "precision",
    "recall": "recall", "specificity": "specificity",
}  # fmt: skip
HEAD = """# Estimates without labels beside NannyML's, on the files that NannyML comes with

NannyML {version}, CBPE as it comes, and `sextant estimate` with a 95 % interval; every chunk of
{rows:,} rows as they stand in the file, its labels held back and then looked at. *Apart*: the mean
distance of the two estimates, in points of 100. *Off*: that of each from the labels. *Holds*: how
often the interval holds what the labels show (NannyML's is three standard errors of sampling a
side, so that it should hold in 99.7 of 100 chunks; ours in 95 where scores mean what they meant).
*There*: how far apart the two lie where NannyML is right: in the chunks whose truth lies inside its
own limits. Decisions are those of the file, cut at the least score that it flags.

Repeat: `python -m benchmarks.estimate_peers --rows {rows}`

| file | number | chunks | apart | off: NannyML | ours | holds: NannyML | ours | there |
|---|---|--:|--:|--:|--:|--:|--:|--:|
"""

WRONG = """## Where NannyML is not right

Chunks, counted from 0, whose labels lie outside its limits. Both estimates rest on the same scores
and err alike there. In chunks 27 and 28 of the census, people in dormitories and institutions, and
in the car loans from chunk 5 on, whose file changes there, the same score has come to mean another
thing: no estimate from scores can see that, and with the labels of chunk 27 `sextant estimate`
refuses it. The census' AUC lies above its limits in four more chunks: its error of an AUC is
too narrow, and leaves out that the calibration was learned from a sample.

"""


@dataclass(frozen=True)
class File:
    """Two tables and the labels of the second, as NannyML names their columns."""

    name: str
    before: pd.DataFrame
    now: pd.DataFrame
    truth: pd.DataFrame
    label: str
    said: str
    score: str


def files(folder: Path) -> Iterator[File]:
    """The files of two classes, their labels as 0 and 1."""
    before = pd.read_parquet(folder / "employment_MA_reference.pq")
    now = pd.read_parquet(folder / "employment_MA_analysis.pq")
    truth = now.merge(pd.read_parquet(folder / "employment_MA_analysis_target.pq"), on="id")
    yield File("Employment", before, now, truth, "employed", "prediction", "predicted_probability")
    before = pd.read_csv(folder / "synthetic_car_loan_reference.csv")
    now = pd.read_csv(folder / "synthetic_car_loan_analysis.csv")
    truth = now.merge(pd.read_csv(folder / "synthetic_car_loan_analysis_target.csv"), on="id")
    yield File("Car loan", before, now, truth, "repaid", "y_pred", "y_pred_proba")


def theirs(file: File, python: Path, rows: int) -> dict[str, Any]:
    """What NannyML estimates of each chunk, and the truth."""
    with tempfile.TemporaryDirectory() as name:
        job: dict[str, Any] = {"rows": rows, "label": file.label, "said": file.said,
                               "score": file.score}  # fmt: skip
        for part in ("before", "now", "truth"):
            job[part] = str(Path(name) / f"{part}.parquet")
            table: pd.DataFrame = getattr(file, part)
            keep = [one for one in (file.label, file.said, file.score) if one in table]
            table[keep].to_parquet(job[part])
        kept = {key: one for key, one in os.environ.items() if key != "PYTHONPATH"}
        done = subprocess.run(
            [str(python), str(WORKER)], input=json.dumps(job), capture_output=True, text=True,
            env=kept | QUIET, check=True,
        )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def ours(file: File, rows: int, chunks: int) -> pd.DataFrame:
    """The same of `sextant estimate`; the last chunk takes the rest, as NannyML's does."""
    chunk = np.minimum(np.arange(len(file.now)) // rows, chunks - 1)
    now = pd.DataFrame({file.score: file.now[file.score], "chunk": chunk})
    before = file.before[[file.label, file.score]]
    said = file.before[file.said] == 1
    cut = float(file.before[file.score][said].min())  # the car loans are cut at 0.65
    return sx.estimate(
        before, now, label=file.label, score=file.score, by="chunk", threshold=cut
    ).to_frame()


def line(
    file: File, name: str, held: dict[str, list[float]], found: pd.DataFrame
) -> tuple[str, str]:
    """One number of one file, and the chunks in which NannyML is not right."""
    mine = found[found.metric == NAMES[name]].sort_values("window", key=lambda x: x.astype(int))
    value, low, high = (mine[one].to_numpy(float) for one in ("estimate", "low", "high"))
    their, truth = np.array(held["value"], float), np.array(held["true"], float)
    right = (truth >= np.array(held["low"], float)) & (truth <= np.array(held["high"], float))
    apart = 100 * np.abs(value - their)
    cells = [
        f"{apart.mean():.2f}", f"{100 * np.abs(their - truth).mean():.2f}",
        f"{100 * np.abs(value - truth).mean():.2f}", f"{right.sum()}",
        f"{((truth >= low) & (truth <= high)).sum()}",
        f"{apart[right].mean():.2f}" if right.any() else "–",
    ]  # fmt: skip
    told = f"| {file.name} | {NAMES[name]} | {truth.size} | {' | '.join(cells)} |"
    sides = ["above" if one > 0 else "below" for one in truth - their]
    wrong = ", ".join(f"{at} (truth {sides[at]} both)" if abs(apart[at]) < 0.5 else f"{at}"
                      for at in np.flatnonzero(~right))  # fmt: skip
    return told, f"- {file.name}, {NAMES[name]}: {wrong}." if wrong else ""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", type=Path, default=Path(".venv-peers/nannyml/bin/python"))
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args()
    where = "import nannyml, pathlib; print(pathlib.Path(nannyml.__file__).parent)"
    told = subprocess.run([str(given.python), "-c", where], capture_output=True, text=True,
                          check=True, env=dict(os.environ) | QUIET).stdout  # fmt: skip
    folder = Path(told.strip().splitlines()[-1]) / "datasets" / "data"
    lines, wrong, version = [], [], ""
    for file in files(folder):
        held = theirs(file, given.python, given.rows)
        version = held["version"]
        chunks = len(held["metrics"]["accuracy"]["value"])
        found = ours(file, given.rows, chunks)
        for name in NAMES:
            told, off = line(file, name, held["metrics"][name], found)
            lines.append(told)
            wrong += [off] if off else []
            print(told, flush=True)
    head = HEAD.format(version=version, rows=given.rows)
    tail = WRONG + "\n".join(wrong) + "\n"
    given.out.write_text(head + "\n".join(lines) + "\n\n" + tail, encoding="utf-8")


if __name__ == "__main__":
    main()
