"""Why, what, how: what labels of the windows say, and what is to be done next."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.reports.drift import course
from sextant.reports.drift.html import render
from sextant.stats.estimate import Level
from sextant.stats.rate import clopper_pearson

CONTRACT = """product: Screen
outcome: Checks from 100 to 50 by 2027-03-31
task: binary
data: {source: rows.csv, label: y, score: p}
criteria:
  - recall >= 0.7
  - {check: accuracy >= 0.99, role: secondary}
"""


def table(n: int, seed: int, good: float = 0.9, **more: Any) -> pd.DataFrame:
    """A model that finds `good` of the positives; half of the rows are positive."""
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 2, n)
    right = rng.uniform(size=n) < np.where(y == 1, good, 0.9)
    return pd.DataFrame(
        {"plan": rng.choice(["free", "pro"], n), "p": np.where(right == (y == 1), 0.8, 0.2), "y": y}
        | more
    )


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("agreed") / "contract.yaml"
    path.write_text(CONTRACT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def reference() -> pd.DataFrame:
    return table(3_000, 1)


@pytest.fixture(scope="module")
def broken(reference: pd.DataFrame, contract: Path) -> dict[str, Any]:
    """In April the model finds half; no column that it reads has changed."""
    months = [
        table(900, at, 0.5 if at == 4 else 0.9, month=f"2026-0{at}") for at in (3, 4, 5)
    ]  # fmt: skip
    found = sx.drift(
        reference, pd.concat(months), by="month", columns="plan", margin=0.2, contract=contract
    )
    assert found.verdict == "missed"
    return found.to_dict()


def test_a_broken_promise_is_a_change_though_no_column_moved(broken: dict[str, Any]) -> None:
    assert [one["answer"] for one in broken["windows"]] == 3 * ["not changed"]
    assert broken["answer"] == "changed"
    assert broken["headline"].endswith(
        "In 2026-04 a promise is broken that was kept before: recall >= 0.7."
    )
    assert broken["how"][0].startswith("Retrain with the 900 labelled rows of 2026-04, ")


def test_its_number_is_that_of_the_windows_rows(broken: dict[str, Any]) -> None:
    rows = table(900, 4, 0.5)
    found = rows[rows.y == 1]
    k, n = int((found.p >= 0.5).sum()), len(found)
    told = broken["windows"][1]["performance"][0]
    assert (told["now"]["estimate"], told["now"]["n"]) == (pytest.approx(k / n), n)
    low, high = clopper_pearson(k, n, Level().alpha)
    assert (told["now"]["low"], told["now"]["high"]) == (pytest.approx(low), pytest.approx(high))
    assert told["before"]["estimate"] == pytest.approx(0.9, abs=0.03)
    secondary = broken["windows"][1]["performance"][1]
    assert secondary["verdict"] == "missed"
    assert not secondary["broken"]


def test_the_course_stands_by_the_clock(broken: dict[str, Any]) -> None:
    axis = course.axis(broken)
    assert axis.start == datetime(2026, 3, 1, tzinfo=UTC)
    assert axis.end == datetime(2026, 6, 1, tzinfo=UTC)
    assert axis.at(datetime(2026, 4, 16, tzinfo=UTC)) == pytest.approx(0.5)
    assert axis.at(datetime(2026, 7, 1, tzinfo=UTC)) is None
    drawn = course.picture(broken, [(0.5, "1")])
    assert "3 windows of month: none changed; promises broken in 2026-04" in drawn
    assert drawn.count("<svg x=") == 6
    assert ">1</text>" in drawn
    page = render(broken)
    assert "How do we fix it?" in page
    assert '<svg class="course"' in page


def test_records_of_before_are_drawn(broken: dict[str, Any]) -> None:
    old = {key: value for key, value in broken.items() if key not in {"why", "what", "how"}}
    old["windows"] = [
        {key: value for key, value in one.items() if key != "performance"}
        for one in broken["windows"]
    ]
    page = render(old)
    assert "How do we fix it?" not in page
    assert '<svg class="course"' in page


@pytest.mark.parametrize(
    ("by", "names", "known"),
    [
        ("day", ["2024-02-28", "2024-02-29"], True),
        ("quarter", ["2025-Q4", "2026-Q1"], True),
        ("year", ["2015", "2016"], True),
        ("block", ["2015", "2016"], False),
        ("block", ["2026-13", "2026-02"], False),
        ("block", ["a", "b"], False),
    ],
)
def test_windows_that_are_times(by: str, names: list[str], known: bool) -> None:
    record = {"by": by, "time": None, "windows": [{"window": name} for name in names]}
    assert (course.axis(record).start is not None) == known
    first, second = course.axis(record).places.values()
    assert 0 < first < second < 1


def test_without_labels_a_sample_is_named(reference: pd.DataFrame, contract: Path) -> None:
    now = table(900, 5, month="2026-04")
    now.loc[:299, "plan"] = "edu"
    found = sx.drift(
        reference, now.drop(columns="y"), by="month", columns=["plan", "p"], contract=contract
    ).to_dict()
    assert found["windows"][0]["performance"] == []
    assert any("has no column 'y'" in one for one in found["caveats"])
    assert found["how"][0].startswith("Fold in what is new in plan, “edu”: no row of the reference")
    assert found["how"][1].startswith("Label a sample of 385 rows of 2026-04, drawn by chance")
    emptied = sx.drift(
        reference, now.assign(y=None), by="month", columns=["plan"], contract=contract
    ).to_dict()
    assert emptied["windows"][0]["performance"][0]["now"]["reason"] == "no labelled row"
    assert emptied["answer"] == "changed"
    assert "none has a label, and recall >= 0.7 cannot be judged" in emptied["how"][1]


def test_what_is_written_otherwise_is_mended_first(reference: pd.DataFrame) -> None:
    before = reference.assign(age=1.5, town="x", seats=3)
    now = table(500, 6).rename(columns={"plan": "tariff"}).assign(age="old", seats=3)
    found = sx.drift(before, now).to_dict()
    assert found["why"][0].startswith("Written otherwise: plan, age and town. ")
    said = " ".join(found["how"])
    assert "Bring town back" in said
    assert "Write age as numbers again: now it holds words." in said


def test_a_new_name_is_suspected_and_empty_cells_are_mended(reference: pd.DataFrame) -> None:
    renamed = sx.drift(reference, table(500, 7).rename(columns={"plan": "tariff"})).to_dict()
    assert renamed["how"][0].startswith("See whether plan is called tariff now")
    emptied = sx.drift(reference, table(500, 8, plan=None), columns="plan").to_dict()
    assert emptied["how"][0] == "Mend what fills plan: 100 of 100 rows are empty."
    stopped = sx.drift(reference.assign(age=range(3_000)), table(500, 8, plan="pro", age=40))
    still = stopped.to_dict()
    assert still["windows"][0]["still"] == [
        {"column": "age", "value": "40"}, {"column": "plan", "value": "pro"},
    ]  # fmt: skip
    assert any("age stands still: every row is 40" in one for one in still["how"])
    assert any("plan stands still: every row is “pro”" in one for one in still["how"])


def test_kept_promises_leave_the_model_alone(reference: pd.DataFrame, contract: Path) -> None:
    found = sx.drift(reference, table(900, 9, plan="pro"), columns="plan", contract=contract)
    assert found.to_dict()["how"][1].startswith("Leave the model as it is")
    few = sx.drift(reference, table(60, 10, 0.75, plan="pro"), columns="plan", contract=contract)
    assert "more labelled rows would decide it" in few.to_dict()["how"][1]


def test_too_few_rows_say_for_how_many_to_wait(reference: pd.DataFrame) -> None:
    found = sx.drift(reference, table(200, 11), columns="plan").to_dict()
    assert found["why"] == found["what"] == []
    assert found["how"][0].startswith("Wait for about ")
    same = sx.drift(reference, reference).to_dict()
    assert same["how"] == ["Name the rows that came since: both sides are the same."]


def test_repeating_the_last_label_is_held_against_the_model(contract: Path, tmp_path: Path) -> None:
    """Labels that turn every 20 rows: the last one is right in 19 of 20, the model in 18."""
    timed = tmp_path / "timed.yaml"
    timed.write_text(CONTRACT.replace("score: p}", "score: p, time: at}"), encoding="utf-8")
    rng = np.random.default_rng(12)

    def rows(n: int) -> pd.DataFrame:
        y = np.arange(n) // 20 % 2
        p = np.where((rng.uniform(size=n) < 0.8) == (y == 1), 0.9, 0.1)
        return pd.DataFrame({"at": np.arange(n), "y": y, "p": p, "plan": "pro"})

    now = rows(4_000)
    found = sx.drift(rows(2_000), now.assign(plan="free"), columns="plan", contract=timed)
    told = found.to_dict()["succession"]
    assert told["same_as_last"]["estimate"] == pytest.approx((now.y.diff().iloc[1:] == 0).mean())
    assert told["right"]["estimate"] == pytest.approx(((now.p >= 0.5) == now.y).mean())
    assert "repeats the last label beats the decisions" in told["sentence"]
    assert told["sentence"] in found.to_markdown()
    assert any(one.startswith("Make the last label a column") for one in found.to_dict()["how"])
    turned = now.sample(frac=1, random_state=1).assign(plan="free")
    mixed = sx.drift(rows(2_000), turned, columns="plan", contract=timed)
    assert mixed.to_dict()["succession"] == told
    turned["at"] = np.arange(4_000)
    mixed = sx.drift(rows(2_000), turned, columns="plan", contract=timed)
    assert mixed.to_dict()["succession"]["sentence"] is None
    untimed = sx.drift(rows(2_000), turned, columns="plan", contract=contract)
    assert untimed.to_dict()["succession"] is None
