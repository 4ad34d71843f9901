"""Writes the extracts beside it from the demo's data: `python tests/data/make_extracts.py`."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

HERE = Path(__file__).parent
DEMO = HERE.parent.parent / "demo"
SEED = 20261122


def draw(table: pa.Table, rows: int, rng: np.random.Generator) -> pa.Table:
    """A simple random sample without replacement, in the table's own order."""
    return table.take(np.sort(rng.choice(table.num_rows, size=rows, replace=False)))


def census(rng: np.random.Generator) -> None:
    """150 people of each year; the CSV holds the same rows as the Parquet file."""
    table = pq.read_table(DEMO / "employment/predictions.parquet")
    years = np.asarray(table["year"])
    extract = pa.concat_tables(
        draw(table.filter(pa.array(years == year)), 150, rng) for year in (2015, 2016, 2017, 2018)
    )
    pq.write_table(extract, HERE / "census.parquet", compression="zstd")
    options = pa_csv.WriteOptions(quoting_style="none")
    pa_csv.write_csv(extract, HERE / "census.csv", write_options=options)


def bandit(rng: np.random.Generator) -> None:
    """500 impressions of each policy."""
    table = pq.read_table(DEMO / "recommender/impressions_all.parquet")
    policies = np.asarray(table["policy"])
    extract = pa.concat_tables(
        draw(table.filter(pa.array(policies == policy)), 500, rng) for policy in ("random", "bts")
    )
    pq.write_table(extract, HERE / "bandit.parquet", compression="zstd")


if __name__ == "__main__":
    generator = np.random.default_rng(SEED)
    census(generator)
    bandit(generator)
