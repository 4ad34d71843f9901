"""How often a row has the label of the row before it, by the clock."""

from pathlib import Path

import pandas as pd

from sextant.engines.source import open_source
from sextant.engines.succession import Repeats, repeats

ROWS = [("2026-01-03", "b"), ("2026-01-01", "a"), ("", "b"), ("2026-01-04", ""),
        ("2026-01-02", "a"), ("2026-01-05", "b")]  # fmt: skip


def test_by_the_clock(tmp_path: Path) -> None:
    table = pd.DataFrame(ROWS, columns=["at", "label"])
    table.to_csv(tmp_path / "rows.csv", index=False)
    typed = table.assign(at=pd.to_datetime(table["at"]), label=table["label"].replace("", None))
    for data in (tmp_path / "rows.csv", typed):
        source = open_source(data)
        assert repeats(source, "label", "at") == Repeats(3, 2, 2)  # a, a, b, b


def test_nothing_to_follow() -> None:
    for labels in ([], [None, None], [1]):
        table = pd.DataFrame({"label": pd.Series(labels, dtype="float64")})
        table["at"] = pd.Timestamp("2026-01-01")
        assert repeats(open_source(table), "label", "at") == Repeats(0, 0, 0)
