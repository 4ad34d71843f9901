"""Drift between kept states is drift between the tables, as far as rows need not be asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

import sextant as sx
from sextant.cli.main import main
from sextant.engines.errors import SourceError
from sextant.states.state import StateError
from sextant.states.table import TableState


def table(seed: int, rows: int = 3_000, moved: float = 0.0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=rows)
    return pd.DataFrame({
        "x": np.where(rng.random(rows) < 0.03, np.nan, x), "moved": x + moved,
        "code": rng.integers(0, 9, rows), "word": rng.choice(["a", "b ", "c", None], rows),
        "flag": rng.random(rows) < 0.3 + moved / 5, "at": pd.Timestamp("2026-01-01"),
        "many": [f"n{seed}-{n}" for n in range(rows)],
    })  # fmt: skip


@pytest.fixture(scope="module")
def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    return table(1), table(2, 2_000, moved=0.5)


@pytest.fixture(scope="module")
def states(tables: tuple[pd.DataFrame, pd.DataFrame]) -> tuple[TableState, TableState]:
    return kept(tables[0]), kept(tables[1])


def kept(rows: pd.DataFrame) -> TableState:
    return sx.profile(rows, sample=0).state


def columns(result: Any) -> dict[str, dict[str, Any]]:
    return {one["column"]: one for one in result.to_dict()["windows"][0]["columns"]}


def test_every_column_says_what_its_rows_say(
    tables: tuple[pd.DataFrame, pd.DataFrame], states: tuple[TableState, TableState]
) -> None:
    names = ["x", "moved", "code", "word", "flag"]
    of_rows, of_states = (
        columns(sx.drift(*tables, columns=names)),
        columns(sx.drift(*states, columns=names)),
    )
    assert set(of_states) == set(names)
    assert {name for name, one in of_states.items() if one["answer"] == "changed"} == {
        "moved", "flag"
    }  # fmt: skip
    for name, one in of_states.items():
        for key in ("answer", "p", "adjusted", "distance", "detectable", "needed", "median"):
            assert one.get(key) == of_rows[name].get(key), (name, key)


def test_a_table_may_stand_on_either_side(
    tables: tuple[pd.DataFrame, pd.DataFrame], states: tuple[TableState, TableState]
) -> None:
    both = columns(sx.drift(*states))
    assert columns(sx.drift(states[0], tables[1])) == both
    assert columns(sx.drift(tables[0], states[1])) == both


def test_halves_add_up_to_the_whole(
    tables: tuple[pd.DataFrame, pd.DataFrame], states: tuple[TableState, TableState]
) -> None:
    halves = kept(tables[0][:1_000]) + kept(tables[0][1_000:])
    again = TableState.load(halves.dump())
    assert again == halves
    assert again.snapshot == states[0].snapshot
    assert columns(sx.drift(again, states[1])) == columns(sx.drift(*states))


def test_what_is_not_kept_is_said(states: tuple[TableState, TableState]) -> None:
    told = sx.drift(*states).to_dict()
    left = {one["column"]: one["why"] for one in told["left_out"]}
    assert left == {"at": "times move by themselves", "many": "more than 2,000 different texts"}
    assert "kept states alone" in " ".join(told["notes"])


def test_the_same_rows_are_said_to_be_the_same(
    tables: tuple[pd.DataFrame, pd.DataFrame], states: tuple[TableState, TableState]
) -> None:
    turned = tables[0].sample(frac=1, random_state=3)
    assert sx.drift(states[0], kept(turned.reset_index(drop=True))).drift.same


def test_columns_that_are_gone_new_or_retyped_are_changes(
    tables: tuple[pd.DataFrame, pd.DataFrame], states: tuple[TableState, TableState]
) -> None:
    other = tables[0].drop(columns="x").assign(code="a", fresh=1.0)
    found = {one.column: one.kind for one in sx.drift(states[0], other).drift.structure}
    assert found == {"x": "absent", "code": "retyped", "fresh": "new"}


def test_personal_data_are_not_kept() -> None:
    mails = [f"person{n}@example.org" for n in range(50)] * 10
    state = sx.profile(pd.DataFrame({"mail": mails, "n": 1.0})).state
    assert "mail" not in state.words
    assert state.left["mail"] == "personal data were found in it"
    assert b"person" not in state.dump()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"by": "code"}, "no rows for by"), ({"score": "x"}, "no rows for score"),
        ({"columns": "nowhere"}, "Column 'nowhere' is not in"),
    ],
    ids=range(3),
)  # fmt: skip
def test_what_only_rows_tell_is_refused(
    states: tuple[TableState, TableState], given: dict[str, Any], said: str
) -> None:
    with pytest.raises(SourceError, match=said):
        sx.drift(*states, **given)


def test_other_columns_do_not_merge(states: tuple[TableState, TableState]) -> None:
    with pytest.raises(ValueError, match="do not merge: x"):
        states[0] + kept(table(3).drop(columns="x"))


def test_on_the_command_line_states_are_kept_and_compared(
    tables: tuple[pd.DataFrame, pd.DataFrame], tmp_path: Path
) -> None:
    run, files = CliRunner(), []
    for name, rows in zip(("before", "after"), tables, strict=True):
        rows.to_parquet(tmp_path / f"{name}.parquet")
        file = str(tmp_path / f"{name}.states")
        done = run.invoke(main, ["profile", str(tmp_path / f"{name}.parquet"), "--states", file])
        assert done.exit_code == 0, done.output
        assert "before.states" in done.stderr or "after.states" in done.stderr
        files.append(file)
    done = run.invoke(main, ["drift", *files])
    assert done.exit_code == 1, done.output
    assert "moved" in done.output
    damaged = tmp_path / "damaged.states"
    damaged.write_bytes(Path(files[0]).read_bytes()[:-20])
    done = run.invoke(main, ["drift", str(damaged), files[1]])
    assert done.exit_code == 2
    assert "damaged.states cannot be read" in done.output
    done = run.invoke(main, ["profile", str(tmp_path / "before.parquet"), "--states", "x.json"])
    assert done.exit_code == 2
    assert "does not end in .states" in done.output


@pytest.mark.parametrize("data", [b"", b"SXT\x01", b"SXT\x09abc", b"PAR1"], ids=range(4))
def test_other_bytes_are_no_state(data: bytes) -> None:
    with pytest.raises(StateError):
        TableState.load(data)
