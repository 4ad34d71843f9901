"""What changed: verdicts, directions, families, and tables that do not fit each other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import sextant as sx
from sextant.engines.errors import SourceError
from sextant.states.histogram import Histogram
from sextant.studies.drift.comparing import compared
from sextant.studies.drift.result import Asked, Counts, State, Window


def table(n: int, seed: int, **more: Any) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "age": rng.integers(18, 90, n),
            "plan": rng.choice(["free", "pro", "team"], n, p=[0.6, 0.3, 0.1]),
            "spend": np.exp(rng.normal(3, 1, n)),
            "member": rng.uniform(size=n) < 0.5,
            "code": rng.choice([1, 2, 7], n),
        }
        | more
    )


@pytest.fixture(scope="module")
def reference() -> pd.DataFrame:
    return table(8_000, 1)


def column(found: sx.DriftResult, name: str, window: int = 0) -> dict[str, Any]:
    held = found.to_dict()["windows"][window]["columns"]
    return next(one for one in held if one["column"] == name)


def test_nothing_changed(reference: pd.DataFrame) -> None:
    found = sx.drift(reference, table(8_000, 2))
    assert (found.answer, found.verdict) == ("not changed", "met")
    assert found.to_dict()["headline"] == (
        "Nothing changed by more than 5 of 100 rows, in 5 columns."
    )


def test_too_few_rows_to_say(reference: pd.DataFrame) -> None:
    found = sx.drift(reference, table(200, 3))
    assert found.answer == "undecided"
    one = column(found, "member")
    assert one["answer"] == "undecided"
    assert one["detectable"] > 0.05
    more = sx.drift(reference, table(4 * one["needed"], 4), columns="member")
    assert more.answer == "not changed"


def test_direction_and_size(reference: pd.DataFrame) -> None:
    now = table(2_000, 5)
    now["age"] -= 6
    now.loc[: 2_000 * 0.3, "plan"] = "edu"
    now.loc[now.index % 5 == 0, "spend"] = np.nan
    found = sx.drift(reference, now)
    assert found.answer == "changed"
    assert "the median fell from 5" in column(found, "age")["sentence"].lower()
    plan = column(found, "plan")
    assert plan["sentence"].startswith("“edu” rose from 0 to 30 of 100 rows (")
    assert plan["new"] == {"values": 1, "most": [{"value": "edu", "rows": 601}]}
    assert column(found, "spend")["sentence"].startswith("Empty cells rose from 0 to 20 of 100")
    assert column(found, "code")["kind"] == "values"
    assert [one["answer"] for one in found.to_dict()["windows"][0]["columns"]][:3] == 3 * [
        "changed"
    ]


def test_windows_share_one_error_and_are_named(reference: pd.DataFrame) -> None:
    now = table(9_000, 6, week=np.arange(9_000) // 3_000)
    now.loc[now.week == 1, "code"] = 7
    found = sx.drift(reference, now, by="week", score="spend")
    assert found.to_dict()["headline"].startswith("1 of 3 windows of week changed: 1.")
    assert [one["answer"] == "changed" for one in found.to_dict()["windows"]] == [
        False, True, False,
    ]  # fmt: skip
    assert found.drift.family == 15
    mean = found.to_dict()["windows"][0]["mean"]
    seen = now[now.week == 0].spend.mean() - reference.spend.mean()
    assert mean["estimate"] == pytest.approx(seen, rel=1e-9)
    assert mean["low"] < mean["estimate"] < mean["high"]
    daily = sx.drift(reference, now, by="week", run_length=90)
    assert daily.drift.family == 5
    assert daily.drift.asked.alpha == pytest.approx(1 / 90)


def test_the_same_rows_are_no_comparison(reference: pd.DataFrame) -> None:
    found = sx.drift(reference, reference.sample(frac=1, random_state=1))
    assert found.answer == "undecided"
    assert "the same 8,000 rows" in found.to_dict()["headline"]


def test_columns_that_do_not_fit(reference: pd.DataFrame) -> None:
    now = table(2_000, 7).rename(columns={"spend": "spent"})
    now["code"] = "c" + now["code"].astype(str)
    now["when"] = pd.Timestamp("2026-03-01")
    found = sx.drift(reference.assign(when=pd.Timestamp("2026-02-01")), now)
    kinds = {one["column"]: one["kind"] for one in found.to_dict()["structure"]}
    assert kinds == {"spend": "absent", "code": "retyped", "spent": "new"}
    assert found.answer == "changed"
    assert found.to_dict()["left_out"] == [{"column": "when", "why": "times move by themselves"}]


def test_constant_and_empty_columns(reference: pd.DataFrame) -> None:
    now = table(2_000, 8)
    now["age"], now["plan"], now["spend"] = 40, None, np.nan
    found = sx.drift(reference, now)
    assert {one["column"] for one in found.to_dict()["structure"]} == set()
    for name in ("age", "plan", "spend"):
        assert column(found, name)["answer"] == "changed"
    assert "Empty cells rose from 0 to 100 of 100" in column(found, "plan")["sentence"]
    both = sx.drift(reference.assign(age=1), now.assign(age=1), columns="age")
    assert both.answer == "not changed"
    none = sx.drift(reference.assign(plan=None), now, columns="plan")
    assert none.answer == "not changed"


def test_thousands_of_rare_values_are_said_to_be_too_many() -> None:
    names = [f"id {i}" for i in range(10_000)]
    found = sx.drift(pd.DataFrame({"id": names}), pd.DataFrame({"id": names[:2_000]}))
    assert found.answer == "undecided"
    assert "too many and too rare" in column(found, "id")["sentence"]
    assert found.to_dict()["how"][0].startswith("Compare a coarser form of id")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"columns": "plann"}, "Did you mean 'plan'"),
        ({"by": "day"}, "'day' (the windows) is not in"),
        ({"score": "plan"}, "Convert it to numbers"),
    ],
)
def test_what_cannot_be_asked(reference: pd.DataFrame, change: Any, said: str) -> None:
    with pytest.raises(SourceError) as error:
        sx.drift(reference, table(100, 9), **change)
    assert said in str(error.value)


@pytest.mark.parametrize("change", [{"margin": 0}, {"confidence": 1}, {"run_length": 1}])
def test_settings_that_make_no_sense(reference: pd.DataFrame, change: Any) -> None:
    with pytest.raises(ValueError, match="must"):
        sx.drift(reference, reference, **change)


def test_no_rows_and_no_table(reference: pd.DataFrame) -> None:
    with pytest.raises(SourceError, match="no row"):
        sx.drift(reference, reference.iloc[:0])
    with pytest.raises(SourceError, match="no reference"):
        sx.drift(None, reference)


def test_files_of_text_say_the_same(reference: pd.DataFrame, tmp_path: Any) -> None:
    now = table(1_000, 10)
    reference.to_csv(tmp_path / "a.csv", index=False)
    now.to_csv(tmp_path / "b.csv", index=False)
    typed = sx.drift(reference, now).to_dict()["windows"][0]["columns"]
    text = sx.drift(tmp_path / "a.csv", tmp_path / "b.csv").to_dict()["windows"][0]["columns"]
    assert {one["column"]: one["answer"] for one in text} == {
        one["column"]: one["answer"] for one in typed
    }
    for one, other in zip(text, typed, strict=True):
        assert one["distance"]["estimate"] == pytest.approx(other["distance"]["estimate"])


def test_every_form_of_the_report(reference: pd.DataFrame) -> None:
    found = sx.drift(reference.drop(columns="code"), table(500, 11), score="spend")
    for text in (repr(found), found.to_markdown(), found.to_html()):
        assert found.to_dict()["headline"][:20] in text
        assert "plan" in text
    assert list(found.to_frame()["column"]) == [
        one["column"] for one in found.to_dict()["windows"][0]["columns"]
    ]


def twenty(rng: np.random.Generator, n: int) -> dict[str, State]:
    """Ten columns of numbers that hang together, heavy-tailed, and ten of 2 to 11 values."""
    base, found = rng.normal(size=n), dict[str, State]()
    for at in range(10):
        found[f"x{at}"] = Histogram.of(base * at / 10 + rng.standard_t(2, n))
        drawn = np.bincount(rng.integers(0, at + 2, n), minlength=at + 2)
        held: Counts = {f"v{value}": float(rows) for value, rows in enumerate(drawn) if rows}
        found[f"c{at}"] = held
    return found


@pytest.mark.parametrize(("run_length", "level"), [(None, 0.05), (90, 1 / 90)])
def test_twenty_columns_keep_one_error(run_length: float | None, level: float) -> None:
    rng = np.random.default_rng(12)
    asked, runs = Asked("", "", margin=1e-9, run_length=run_length), 25
    alarms = 0
    for _ in range(runs):
        before, after = (Window(name, 200, twenty(rng, 200)) for name in ("a", "b"))
        (window,), family = compared(asked, before, [after])
        assert family == 20
        alarms += window.answer == "changed"
    assert alarms <= stats.binom.ppf(1 - 1e-4, runs, level)


def test_one_reference_many_looks() -> None:
    """Looks at one reference err together; over references they err no more often than asked."""
    rng, run_length = np.random.default_rng(14), 10
    asked = Asked("", "", margin=1e-9, run_length=run_length)

    def drawn() -> Window:
        held: dict[str, State] = {
            "x": Histogram.of(rng.standard_cauchy(60)),
            "y": {f"v{at}": float(n) for at, n in enumerate(rng.multinomial(60, [0.1] * 10)) if n},
        }
        return Window("", 60, held)

    rates = []
    for _ in range(16):
        found, family = compared(asked, drawn(), [drawn() for _ in range(20)])
        assert family == 2
        rates.append(np.mean([one.answer == "changed" for one in found]))
    error = np.std(rates, ddof=1) / len(rates) ** 0.5
    assert 0 < np.mean(rates) <= 1 / run_length + 3 * error
