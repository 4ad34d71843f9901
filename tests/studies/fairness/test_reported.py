"""Reports of other tools: counts are states, rates give counts back or are refused."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.engines.errors import SourceError
from sextant.states.confusion import Confusion
from sextant.studies.fairness.reported.counts import counts_of
from sextant.studies.fairness.reported.reading import of_text

COUNTED = {"women": (310, 120, 90, 480), "men": (420, 80, 60, 440)}
CSV = "sex,tp,fp,fn,tn\n" + "".join(
    f"{name},{','.join(map(str, four))}\n" for name, four in COUNTED.items()
)


def rows(counted: dict[str, tuple[int, int, int, int]] = COUNTED) -> pd.DataFrame:
    """The rows that were counted."""
    parts = [
        pd.DataFrame({"sex": [name] * n, "y": [y] * n, "d": [d] * n})
        for name, (tp, fp, fn, tn) in counted.items()
        for n, y, d in ((tp, 1, 1), (fp, 0, 1), (fn, 1, 0), (tn, 0, 0))
    ]
    return pd.concat(parts, ignore_index=True)


def rates(tp: int, fp: int, fn: int, tn: int) -> dict[str, float]:
    """As Fairlearn's metrics give them: 0 of nothing is 0."""
    n = tp + fp + fn + tn
    return {
        "selection_rate": (tp + fp) / n,
        "true_positive_rate": tp / max(tp + fn, 1),
        "false_positive_rate": fp / max(fp + tn, 1),
        "accuracy": (tp + tn) / n,
        "count": n,
    }


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "report.csv"


def test_counts_say_what_their_rows_say(path: Path) -> None:
    path.write_text(CSV, encoding="utf-8")
    bounds = {"equalized_odds_difference": 0.05}
    counted = sx.fairness_counts(path, bounds=bounds)
    scanned = sx.fairness(rows(), by="sex", label="y", prediction="d", bounds=bounds)
    assert counted.verdict == scanned.verdict == "undecided"
    here, there = counted.to_dict(), scanned.to_dict()
    for part in ("headline", "hurt", "overall", "groupings"):
        assert here[part] == there[part]
    assert "were not read" in here["notes"][0]


def test_a_metric_frame_gives_its_counts_back() -> None:
    fairlearn = pytest.importorskip("fairlearn.metrics")
    from sklearn.metrics import precision_score, recall_score

    table = rows()
    frame = fairlearn.MetricFrame(
        metrics={
            "selection_rate": fairlearn.selection_rate, "recall_score": recall_score,
            "false_positive_rate": fairlearn.false_positive_rate,
            "precision_score": precision_score, "count": fairlearn.count,
        },
        y_true=table["y"], y_pred=table["d"], sensitive_features=table[["sex"]],
    )  # fmt: skip
    wanted = sx.fairness(table, by="sex", label="y", prediction="d").to_dict()["groupings"]
    by_group = frame.by_group
    text = by_group.to_csv()
    for given in (frame, by_group, text, by_group.to_json(), by_group.to_json(orient="split")):
        if isinstance(given, str):
            found = of_text(given, "report")
            held = {one.values: counts_of(one, found) for one in found.lines}
            assert held == {(name,): Confusion(*four) for name, four in COUNTED.items()}
        else:
            assert sx.fairness_counts(given).to_dict()["groupings"] == wanted


def test_rates_in_full_give_their_counts_or_say_how_many_they_leave() -> None:
    rng = np.random.default_rng(5)
    found = 0
    for _ in range(60):
        four = tuple(int(x) for x in rng.integers(0, 60, 4))
        said = rates(*four) if sum(four) else rates(1, 0, 0, 0)
        text = "g," + ",".join(said) + "\na," + ",".join(repr(x) for x in said.values())
        report = of_text(text + "\n", "r")
        got = counts_of(report.lines[0], report)
        if isinstance(got, Confusion):
            assert got == Confusion(*(four if sum(four) else (1, 0, 0, 0)))
            found += 1
        else:
            assert got is not None
            assert "different sets of counts" in got or "digits" in got
    assert found > 50


def test_aif360_counts_by_group(path: Path) -> None:
    held = {
        name: {"TP": tp, "FP": fp, "TN": tn, "FN": fn} for name, (tp, fp, fn, tn) in COUNTED.items()
    }
    path.write_text(json.dumps(held), encoding="utf-8")
    found = sx.fairness_counts(path).to_dict()["groupings"][0]
    assert found["by"] == ["group"]
    assert found["groups"][0]["measures"]["true_positive_rate"]["n"] == 480


def test_two_columns_are_reviewed_alone_and_crossed() -> None:
    lines = [
        {"sex": sex, "age": age, "tp": 40, "fp": 10, "fn": 10, "tn": 40}
        for sex in ("women", "men") for age in ("young", "old")
    ]  # fmt: skip
    found = sx.fairness_counts(lines).to_dict()["groupings"]
    assert [one["name"] for one in found] == ["sex", "age", "sex × age"]
    assert [group["rows"] for group in found[0]["groups"]] == [200, 200]
    only = sx.fairness_counts(lines, by="sex x age").to_dict()["groupings"]
    assert [one["name"] for one in only] == ["sex × age"]


def test_selection_alone_needs_no_labels() -> None:
    lines = [
        {"sex": "women", "count": 1000, "selection_rate": 0.3},
        {"sex": "men", "count": 1000, "selection_rate": 0.5},
    ]
    bounds = {"demographic_parity_ratio": 0.8}
    found = sx.fairness_counts(lines, bounds=bounds)
    assert found.verdict == "missed"
    assert list(found.to_dict()["overall"]["measures"]) == ["selection_rate"]


def test_without_n_there_is_no_interval_and_nothing_is_met(path: Path) -> None:
    alike = "sex,selection_rate,true_positive_rate\nwomen,0.5,0.8\nmen,0.5,0.8\n"
    path.write_text(alike, encoding="utf-8")
    bounds = {"demographic_parity_difference": 0.1}
    found = sx.fairness_counts(path, bounds=bounds)
    assert isinstance(found, sx.ReportedRates)
    assert found.verdict == "undecided"
    assert sx.fairness_counts(path).verdict is None
    record = found.to_dict()
    assert "No interval can be given" in record["reason"]
    assert {one["verdict"] for one in record["definitions"]} == {"undecided"}
    assert all(one["low"] is None and one["n"] is None for one in record["definitions"])
    for text in (repr(found), found.to_markdown(), found.to_html()):
        assert "nothing is met or missed" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no line"),
        ("sex,tp,fp,fn,tn\n", "no line"),
        ("sex,tp,fp,fn,tn\nwomen,1,2,3\n", "another number of cells"),
        ("sex,tp,fp,fn,tn\nwomen,-1,2,3,4\n", "whole number"),
        ("sex,tp,fp,fn,tn\nwomen,1.5,2,3,4\n", "whole number"),
        ("sex,tp,fp,fn,tn\nwomen,inf,2,3,4\n", "whole number"),
        ("sex,tp,fp,fn,tn\nwomen,,2,3,4\n", "nothing"),
        ("sex,tp,fp,fn,tn\nwomen,many,2,3,4\n", "no number"),
        ("sex,tp,fp,fn,tn\nwomen,0,0,0,0\n", "no row at all"),
        ("sex,tp,fp,fn,tn\nwomen,1,2,3,4\nwomen,1,2,3,4\n", "more than once"),
        ("sex,tp,fp,fn\nwomen,1,2,3\n", "without tn"),
        ("sex,tp,TP,fp,fn,tn\nwomen,1,1,2,3,4\n", "both tp"),
        ("sex,tp,fp,fn,tn,count\nwomen,1,2,3,4,11\n", "Which are missing"),
        ("sex,tp,fp,fn,tn,recall\nwomen,1,2,3,4,0.9\n", "counts say"),
        ("sex,age\nwomen,30\n", "no column that is known"),
        ("tp,fp,fn,tn\n1,2,3,4\n", "no column of groups"),
        ("roc_auc,tp,fp,fn,tn\n0.71,1,2,3,4\n", "would be the groups"),
        ("sex,count,recall\nwomen,100,0.5000000000\n", "do not tell the four counts"),
        ("sex,count,recall,selection_rate\nwomen,100,1.5,0.5\n", "between 0 and 1"),
        ("sex,count,selection_rate\nwomen,1000,0.54\n", "digits"),
        ("sex,count,selection_rate\nwomen,7,0.5000000000001\n", "no whole number"),
        ("sex,count,recall,fpr,accuracy\nwomen,10,0.5,0.5,0.5000000000\n", "different sets"),
        ("sex,count\nwomen,10\n", "nothing of how they were decided"),
        ("sex,count,selected\nwomen,10,11\n", "are selected of"),
        ('{"a": 1}', "no table of groups"),
        ('[{"sex": "women"', "cannot be read as JSON"),
        ("[" * 100_000, "cannot be read as JSON"),
        ('sex,tp,fp,fn,tn\n"women,1,2,3,4\n', "cannot be read as CSV"),
        ("sex,sex,tp,fp,fn,tn\na,b,1,2,3,4\n", "column twice"),
    ],
)
def test_bad_reports_are_refused_with_the_reason(path: Path, text: str, said: str) -> None:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=said):
        sx.fairness_counts(path)


def test_what_is_no_report_is_refused(path: Path, tmp_path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00bad")
    with pytest.raises(SourceError, match="no UTF-8"):
        sx.fairness_counts(path)
    with pytest.raises(SourceError, match="Check the path"):
        sx.fairness_counts(tmp_path / "none.csv")
    with pytest.raises(SourceError, match="no report of groups"):
        sx.fairness_counts(7)
    path.write_text("x" * 1_000_001, encoding="utf-8")
    with pytest.raises(SourceError, match="longer than"):
        sx.fairness_counts(path)
    with pytest.raises(SourceError, match="does not follow"):
        sx.fairness_counts(
            [{"sex": "w", "age": "y", "race": "a", "tp": 1, "fp": 1, "fn": 1, "tn": 1}],
            by=["sex x age", "race"],
        )


def test_a_formula_in_a_group_is_a_name() -> None:
    lines = [
        {"sex": "=cmd|' /C calc'!A0", "tp": 40, "fp": 10, "fn": 10, "tn": 40},
        {"sex": "<script>", "tp": 40, "fp": 10, "fn": 10, "tn": 40},
    ]
    page = sx.fairness_counts(lines).to_html()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
