"""Writes the demo's data from the published files; run with the folder that holds them.

`python demo/make_data.py FOLDER` reads FOLDER/census_ma_employment and FOLDER/open_bandit and
writes compact Parquet beside the contracts. NOTICE names the sources, their licences and changes.
"""

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

HERE = Path(__file__).parent
CENSUS_COLUMNS = [
    "year",
    "AGEP",
    "SCHL",
    "MAR",
    "RELP",
    "DIS",
    "CIT",
    "SEX",
    "RAC1P",
    "predicted_probability_permille",
    "employed",
]


def write(table: pa.Table, path: Path) -> None:
    plain = table.replace_schema_metadata(None)
    pq.write_table(plain, path, compression="zstd", compression_level=19)
    print(f"{path.relative_to(HERE)}: {plain.num_rows} rows, {path.stat().st_size:,} bytes")


def employment(folder: Path) -> None:
    source = folder / "census_ma_employment/census_ma_employment_demo.parquet"
    write(pq.read_table(source, columns=CENSUS_COLUMNS), HERE / "employment/predictions.parquet")


def recommender(folder: Path) -> None:
    table = pq.read_table(folder / "open_bandit/open_bandit.parquet")
    policy = table["policy"].cast(pa.string())
    table = table.set_column(table.schema.get_field_index("policy"), "policy", policy)
    for campaign in ("all", "women"):
        rows = table.filter(pc.equal(table["campaign"].cast(pa.string()), campaign))
        write(rows.drop_columns(["campaign"]), HERE / f"recommender/impressions_{campaign}.parquet")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: make_data.py FOLDER")
    employment(Path(sys.argv[1]))
    recommender(Path(sys.argv[1]))
