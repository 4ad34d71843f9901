"""What the command answers to input that is broken, empty or strange: status, object, remedy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

NAN, INF = float("nan"), float("inf")
Change = Callable[[pd.DataFrame], pd.DataFrame]
HIRED = {"column": "y", "positive": "hired"}
IN_G = {"segments": {"g": "g"}}


def words(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(y=frame["y"].map({0: "rejected", 1: "hired"}))


def gap(rows: int, value: Any) -> Change:
    return lambda frame: frame.assign(p=frame["p"].astype(float).where(frame.index >= rows, value))


def assert_object(answer: dict[str, Any]) -> None:
    """The shape that the design gives: an answer, or problems; never both."""
    assert answer["schema"] == 1
    if "error" in answer:
        assert answer.keys() == {"schema", "error"}
        assert all(
            problem.endswith((".", "?", "}.", "…")) for problem in answer["error"]["problems"]
        )
        return
    assert list(answer) == [
        "schema",
        "product",
        "contract",
        "data",
        "verdict",
        "criteria",
        "results",
    ]
    for row in answer["results"]:
        for name in ("estimate", "low", "high"):
            assert row[name] is None or np.isfinite(row[name])
        assert row["sentence"]


UNUSABLE = {
    "a column that is not there": (
        lambda f: f.rename(columns={"p": "score"}),
        {},
        "Column 'p' (the score) is not in a.parquet. Known columns: y, score, g.",
    ),
    "a column that is nearly there": (
        lambda f: f.rename(columns={"p": "P"}),
        {},
        "Column 'p' (the score) is not in a.parquet. Did you mean 'P'?",
    ),
    "three classes without a positive one": (
        lambda f: f.assign(y=f["y"] + (f.index % 3 == 0)),
        {},
        "Name the positive class: label: {column: y, positive: 2}.",
    ),
    "words without a positive one": (words, {}, "holds 'hired', 'rejected', which is not one of"),
    "a positive class in other letters": (
        words,
        {"label": {"column": "y", "positive": "Hired"}},
        "Did you mean hired?",
    ),
    "scores as text": (
        lambda f: f.assign(p=f["p"].astype(str)),
        {},
        "Column 'p' holds text, such as '0.5118', where scores are due. Convert it to numbers.",
    ),
    "scores of mixed types": (
        lambda f: f.assign(p=f["p"].astype(str).where(f.index > 5, "high")),
        {},
        "Column 'p' holds text",
    ),
    "scores out of 100": (
        lambda f: f.assign(p=f["p"] * 100),
        {},
        "outside 0 to 1. If they are out of 100: score: {column: p, scale: 100}.",
    ),
    "a prediction of three values": (
        lambda f: f.assign(d=f.index % 3),
        {"prediction": "d", "score": None},
        "The prediction column 'd' holds '0', '1', '2'",
    ),
    "a time column without times": (
        lambda f: f.assign(t="soon"),
        {"time": "t"},
        "No value in 't' can be read ('soon'). Write times as 2026-03-31",
    ),
    "a unit that is not there": (lambda f: f, {"unit": "household"}, "'household' (the unit)"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_unusable_input(folder, rows, name: str) -> None:
    change, roles, said = UNUSABLE[name]
    folder.data(change(rows))
    folder.write(**roles)
    status, answer, told = folder.answer()
    assert status == 2
    assert_object(answer)
    assert said in "\n".join(answer["error"]["problems"])
    assert told.splitlines() == answer["error"]["problems"]
    assert not folder.ledger.exists()


def test_every_problem_is_named_at_once(folder, rows) -> None:
    folder.data(rows.rename(columns={"p": "score"}))
    folder.write(unit="household", segments={"sex": "SEX"})
    _, answer, _ = folder.answer()
    assert len(answer["error"]["problems"]) == 3
    folder.data(words(rows).assign(p=rows["p"] * 100, v=rows["p"].map(str).str[:3]))
    folder.write("auc >= 0.1", "rate(v) >= 0.1")
    _, answer, _ = folder.answer()
    assert [text.split("'")[1] for text in answer["error"]["problems"]] == ["y", "p", "v"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.parquet", b"", "is empty (0 bytes)"),
        ("a.csv", b"", "is empty (0 bytes)"),
        ("a.parquet", b"PAR1" + bytes(range(256)) * 9, "cannot be read"),
        ("a.csv", bytes(range(128, 256)) * 20, "is not UTF-8 text"),
        ("a.xlsx", b"PK", "is neither Parquet nor CSV"),
        ("a.csv", b"y;p\n1;0,9\n0;0,2\n", "These are decimal commas"),
    ],
)
def test_files_that_cannot_be_read(folder, name: str, content: bytes, said: str) -> None:
    (folder.path / name).write_bytes(content)
    folder.write(source=name)
    status, answer, _ = folder.answer()
    assert status == 2
    assert_object(answer)
    assert said in answer["error"]["problems"][0]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("nowhere.parquet", "No file matches nowhere.parquet"),
        (".", ". is a folder. Name its files, such as ./*.parquet."),
        ("/etc/passwd", "is neither Parquet nor CSV"),
        ("http://host/a.parquet", "nothing is fetched from a network"),
        ("s3://bucket/a.parquet", "nothing is fetched from a network"),
    ],
)
def test_sources_that_are_none(folder, source: str, said: str) -> None:
    folder.write(source=source)
    status, answer, _ = folder.answer()
    assert status == 2
    assert said in answer["error"]["problems"][0]
    other = folder.answer("--data", source)
    assert (other[0], said in other[1]["error"]["problems"][0]) == (2, True)


UNDECIDED = {
    "one class only": (lambda f: f.assign(y=0), {}, ()),
    "no labelled row": (lambda f: f.assign(y=None), {}, ()),
    "labels that are all NaN": (lambda f: f.assign(y=NAN), {}, ()),
    "no score at all": (lambda f: f.assign(p=NAN), {}, (("no score", 400),)),
    "an empty table": (lambda f: f.head(0), {}, ()),
    "a positive class that does not occur": (
        lambda f: f.assign(y="rejected"),
        {"label": HIRED},
        (),
    ),
    "more than 1 % without score": (gap(5, NAN), {}, (("no score", 5),)),
    "more than 1 % infinite": (gap(5, INF), {}, (("score is infinite", 5),)),
    "more than 1 % minus infinite": (gap(5, -INF), {}, (("score is infinite", 5),)),
    "more than 1 % without unit": (
        lambda f: f.assign(u=f.index.astype(float)).replace({"u": dict.fromkeys(range(5), NAN)}),
        {"unit": "u"},
        (("no unit", 5),),
    ),
}


@pytest.mark.parametrize("name", UNDECIDED)
def test_undecided(folder, rows, name: str) -> None:
    change, roles, aside = UNDECIDED[name]
    folder.data(change(rows))
    folder.write("recall >= 0.3", **roles)
    status, answer, _ = folder.answer()
    assert (status, answer["verdict"]) == (3, "undecided")
    assert_object(answer)
    assert answer["data"]["rows"] == len(change(rows))
    assert [tuple(one.values()) for one in answer["data"]["set_aside"]] == list(aside)


MET = {
    "1 % without score": (gap(4, NAN), {}),
    "labels yes and no": (lambda f: f.assign(y=f["y"].map({0: "no", 1: "yes"})), {}),
    "labels as text": (lambda f: f.assign(y=f["y"].astype(str)), {}),
    "labels as booleans": (lambda f: f.assign(y=f["y"] == 1), {}),
    "labels with minus zero": (lambda f: f.assign(y=np.where(f["y"] == 1, 1.0, -0.0)), {}),
    "a named positive class": (words, {"label": HIRED}),
    "scores of a scale": (
        lambda f: f.assign(p=f["p"] * 100),
        {"score": {"column": "p", "scale": 100}},
    ),
    "decisions yes and no beside labels 0 and 1": (
        lambda f: f.assign(d=np.where(f["p"] >= 0.5, "yes", "no")),
        {"prediction": "d", "score": None},
    ),
    "a missing segment value": (
        lambda f: f.assign(g=np.where(f.index % 3, NAN, 1.0)),
        IN_G,
    ),
    "dates as text": (lambda f: f.assign(t="2026-03-31"), {"time": "t"}),
}


@pytest.mark.parametrize("name", MET)
def test_met_all_the_same(folder, rows, name: str) -> None:
    change, roles = MET[name]
    folder.data(change(rows))
    every = " in every g" if roles is IN_G else ""
    folder.write("recall >= 0.3" + every, **roles)
    status, answer, told = folder.answer()
    assert (status, answer["verdict"], told) == (0, "met", "")
    assert_object(answer)
    if every:
        assert [row["segment"]["g"] for row in answer["results"]] == ["1", "missing"]


def test_more_than_one_percent_inside_one_segment_is_enough(folder, rows) -> None:
    """2 of 400 rows lack a score; but they are 2 of the 100 of one group."""
    few = rows.assign(g=np.where(rows.index < 100, "small", "large"))
    few.loc[[0, 1], "p"] = NAN
    folder.data(few)
    folder.write("recall >= 0.2 in every g", "recall >= 0.3", **IN_G)
    status, answer, _ = folder.answer()
    assert status == 3
    verdicts = {row["segment"].get("g", ""): row["verdict"] for row in answer["results"]}
    assert verdicts == {"small": "undecided", "large": "met", "": "met"}
    assert "of the rows are set aside, more than 1 %" in answer["results"][1]["sentence"]


def test_broken_lines_of_a_csv_count_as_rows_and_against_the_verdict(folder, rows) -> None:
    folder.data(rows, "a.csv")
    for broken, status in ((4, 0), (5, 3)):
        folder.data(rows, "a.csv")
        with (folder.path / "a.csv").open("a") as file:
            file.write("1,0.5\n" * broken)
        folder.write(source="a.csv")
        found, answer, _ = folder.answer("--look", 1)
        reason = {"reason": "line does not fit the header", "rows": broken}
        assert (answer["data"]["rows"], answer["data"]["set_aside"]) == (400 + broken, [reason])
        assert found == status


def test_a_period_that_no_row_lies_in(folder, rows) -> None:
    folder.data(rows.assign(t=2015))
    folder.write(time="t")
    status, answer, told = folder.answer("--from", "2030", "--to", "2031")
    assert (status, answer["data"]["rows"]) == (3, 0)
    assert told == "No row lies in the period from 2030 to 2031: 't' runs from 2015 to 2015.\n"
    shown = folder.check("--from", "2030").stdout
    assert "No row lies in the period from 2030" in shown


def test_a_positive_class_that_does_not_occur_is_noted_everywhere(folder, rows) -> None:
    folder.data(rows.assign(y="rejected"))
    folder.write(label=HIRED, source="a.parquet")
    said = "No row has the positive class 'hired': 'y' holds 'rejected'"
    assert said in " ".join(folder.check().stdout.split())
    assert said in folder.check("--markdown").stdout.replace("\\", "")
    for form in ("--json", "--junit"):
        assert said in folder.check(form).stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--from", "soon"], "The period's end 'soon' is no date"),
        (["--from", ""], "is no date"),
        (["--to", "2016-02-30"], "is no date"),
        (["--from", "2017", "--to", "2016"], "The period ends (2016) before it starts (2017)."),
    ],
)
def test_periods_that_are_none(folder, rows, options, said: str) -> None:
    folder.data(rows.assign(t=pd.Timestamp("2016-03-01")))
    folder.write(time="t")
    status, answer, _ = folder.answer(*options)
    assert status == 2
    assert said in answer["error"]["problems"][0]


def test_a_period_without_a_time_column(met) -> None:
    status, answer, _ = met.answer("--from", "2016")
    assert status == 2
    assert "A period is named, but no time column." in answer["error"]["problems"][0]


@pytest.mark.parametrize("value", [2**63, 2.0**70, 1e300, -1e308, 1e-310])
def test_numbers_that_overflow(folder, rows, value: float) -> None:
    folder.data(rows.assign(v=value))
    folder.write("mean(v) <= 5", "quantile(v, q=0.5) <= 5", "ratio_of_means(v, p) <= 5")
    status, answer, told = folder.answer()
    assert status in {0, 1, 3}
    assert_object(answer)
    assert told == ""


def test_a_contract_that_cannot_be_used(folder, invoke) -> None:
    folder.contract.write_text("product: P\n")
    status, answer, _ = folder.answer()
    assert status == 2
    assert_object(answer)
    assert len(answer["error"]["problems"]) >= 3
    for path in (folder.path, folder.path / "none.yaml"):
        assert invoke("check", path).exit_code == 2
