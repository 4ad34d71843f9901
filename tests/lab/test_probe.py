"""A probe from end to end: leaks aside, who answers how well, what is required, bad input."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import sextant as sx
from sextant.contracts.evidence import Verdict
from sextant.contracts.problems import ContractError
from sextant.engines.errors import SourceError
from sextant.engines.source import open_source
from sextant.lab import models
from sextant.lab.needs import LabError
from sextant.reports.probe.as_dict import as_dict
from sextant.stats.estimate import Estimate
from sextant.studies.probe.answers import Answer
from sextant.studies.probe.asked import Asked
from sextant.studies.probe.judging import as_decided
from sextant.studies.probe.reading import read
from sextant.studies.probe.rows import Rows
from sextant.words.probe import advice
from sextant.words.probe.figures import plain_name
from sextant.words.probe.voice import PAGES

N = 400


def table(seed: int = 2) -> dict[str, Any]:
    """Rows where x tells much, `after` all, and `id`, `note` and `same` nothing."""
    rng = np.random.default_rng(seed)
    x, z = rng.normal(size=N), rng.normal(size=N)
    y = (rng.random(N) < 1 / (1 + np.exp(-1.5 * x))).astype(int)
    return {
        "id": np.arange(N) + 100, "x": x, "z": np.where(rng.random(N) < 0.1, np.nan, z),
        "job": rng.choice(["a", "b", "c"], N).astype(object),
        "note": np.array([f"what was said on the {i} th of many days" for i in range(N)], object),
        "same": np.ones(N), "after": np.where(y == 1, rng.normal(5, 1, N), np.nan), "y": y,
    }  # fmt: skip


@pytest.fixture(scope="module")
def found() -> sx.ProbeResult:
    return sx.probe(
        table(), target="y", rule="x > 1.5", required="recall >= 0.5", folds=3, more=1_000,
        label_cost="2 EUR",
    )  # fmt: skip


def test_a_page_names_no_command(found: sx.ProbeResult) -> None:
    told, page = (" ".join([*one["sentences"], *one["steps"]])
                  for one in (found.to_dict(), as_dict(found.probe, PAGES)))  # fmt: skip
    assert "--keep after" in told
    assert "name it under “Known in time”" in page
    assert not any(word in page for word in ("--", "sextant "))


def test_a_table_of_forty_rows_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too few for any part of a curve: all rows of a fold teach all the same."""
    monkeypatch.setattr(models, "TREES", 2)
    rows = {name: column[:44] for name, column in table().items()}
    small = sx.probe(rows, target="y", ignore="after", folds=2)
    assert small.to_dict()["growth"] == []


def test_a_leak_is_set_aside_and_named(found: sx.ProbeResult) -> None:
    record = found.to_dict()
    assert [one["column"] for one in record["leaks"]] == ["after"]
    assert record["headline"].startswith("Without after,")
    assert "--keep after" in record["sentences"][0]
    left = {one["column"]: one["why"] for one in record["data"]["left_out"]}
    assert left["id"] == "it numbers the rows"
    assert "different" in left["note"]
    assert left["same"] == "it is the same in every row"
    assert record["data"]["columns"] == ["x", "z", "job"]


def test_the_model_is_measured_against_the_best_rule(found: sx.ProbeResult) -> None:
    held = {one["kind"]: one for one in found.to_dict()["answers"]}
    assert set(held) == {"always", "rule", "column", "simple", "strong"}
    assert held["column"]["lead"] is None
    assert held["column"]["says"].startswith("1 where x is ")
    accuracy = held["column"]["numbers"]["accuracy"]
    assert accuracy["low"] < accuracy["estimate"] < accuracy["high"]
    assert accuracy["n"] == N
    assert held["rule"]["lead"]["high"] < 0


def test_what_is_required_is_a_forecast_with_three_answers(found: sx.ProbeResult) -> None:
    (one,) = found.to_dict()["required"]
    assert one["verdict"] == found.verdict == "met"
    assert one["low"] >= 0.5
    assert any("It is a forecast" in text for text in found.to_dict()["sentences"])


def test_what_is_required_is_judged_without_a_model_too(found: sx.ProbeResult) -> None:
    """By the decisions of the one to beat, whatever threshold a model is given."""
    record = found.to_dict()
    held = {one["kind"]: one for one in record["answers"]}
    without = record["required"][0]["without"]
    assert without["estimate"] == pytest.approx(held["column"]["numbers"]["recall"]["estimate"])
    score = np.array([0.1, 0.4, 0.4, 0.9])
    rule = Answer((score > 0.3).astype(int), score)
    rows = Rows("binary", np.zeros(4), ("0", "1"), {"x": score}, {}, {}, None, None)
    judged = as_decided(rows, rule, 0.8)
    assert judged.score is not None
    assert ((judged.score >= 0.8) == (rule.said == 1)).all()
    assert (np.argsort(judged.score, kind="stable") == np.arange(4)).all()


BUILT = "Write recall >= 0.5 into a contract"


@pytest.mark.parametrize(
    ("model", "without", "ahead", "says", "contract"),
    [
        ("met", "missed", -0.1, "Build the {model}: it would meet what is required, and", True),
        ("met", "undecided", 0.1, "Build the {model}: it would meet what is required, and", True),
        ("met", "met", 0.1, "Use {plain}: it would meet what is required without a mod", False),
        ("met", "met", -0.1, "Use {plain}: it would meet what is required, and no model", False),
        ("missed", "missed", 0.1, "Build nothing yet: neither the {model} nor {plain}", False),
        ("missed", "undecided", 0.1, "Build nothing yet: the {model} would miss recall", False),
        (
            "missed",
            "met",
            0.1,
            "Use {plain}: it would meet what is required, and the {model}",
            False,
        ),
        ("undecided", "missed", 0.1, "Build nothing yet: whether the {model} would meet", False),
    ],
    ids=["model", "model-open", "both-ahead", "both", "neither", "missed", "rule", "open"],
)
def test_the_advice_follows_what_is_required(
    model: Verdict, without: Verdict, ahead: float, says: str, contract: bool,
    found: sx.ProbeResult,
) -> None:  # fmt: skip
    """Never `build nothing` beside a requirement that only the model meets."""
    probe, one = found.probe, found.probe.required[0]
    lead = Estimate(ahead, ahead - 0.05, ahead + 0.05, 400, "paired")
    better = probe.model
    probe = replace(
        probe, leaks=(), required=(replace(one, verdict=model),),
        without=(replace(one, verdict=without),),
        found=tuple(replace(each, lead=lead) if each is better else each for each in probe.found),
    )  # fmt: skip
    steps = advice.steps(probe)
    names = {"model": f"{better.kind} model", "plain": plain_name(probe.plain)}
    assert steps[0].startswith(says.format(**names))
    assert any(text.startswith(BUILT) for text in steps) is contract


def test_more_labels_have_a_worth_and_a_price(found: sx.ProbeResult) -> None:
    record = found.to_dict()
    assert record["cost"] == {"labels": 1_000, "price": 2.0, "currency": "EUR", "amount": 2_000}
    assert any(text.startswith("1,000 more labels are worth") for text in record["sentences"])
    for growth in record["growth"]:
        assert 0 <= growth["asked"]["low"] <= growth["asked"]["gain"] <= growth["asked"]["high"]


def test_small_tables_are_said_to_be_small(found: sx.ProbeResult) -> None:
    assert any("too few to tell close answers apart" in one for one in found.to_dict()["sentences"])


def test_every_form_says_it(found: sx.ProbeResult) -> None:
    for text in (repr(found), found.to_markdown(), found.to_html()):
        assert "nan" not in text.replace("finance", "")
        assert "Without after" in text
        assert "What to do next" in text
    assert len(found.to_frame()) == 5 * 4


def test_predictions_are_of_rows_that_taught_nothing(found: sx.ProbeResult) -> None:
    said = found.answers
    right = float(((said["(score)"] >= 0.5) == said["(label)"]).mean())
    accuracy = next(one for one in found.to_dict()["answers"] if one["kind"] == "simple")
    better = found.probe.model
    assert right == pytest.approx(better.number("accuracy").value)
    assert accuracy["numbers"]["accuracy"]["n"] == len(said["(score)"])


def test_the_same_seed_says_the_same() -> None:
    small = {key: value[:200] for key, value in table().items()}
    asked: dict[str, Any] = {"target": "y", "folds": 2, "keep": "after", "today": None}
    first, again = sx.probe(small, **asked), sx.probe(small, **asked)
    assert first.to_dict() == again.to_dict()
    assert first.to_dict()["kept"][0]["column"] == "after"


def test_the_last_answer_is_hard_to_beat_where_it_stays() -> None:
    """A state that lasts: nothing but the answer before tells the next."""
    rng = np.random.default_rng(4)
    y = (np.cumsum(rng.random(N) < 0.08) % 2).astype(int)
    rows = {"t": np.arange(N), "x": rng.normal(size=N), "y": y}
    record = sx.probe(rows, target="y", time="t", folds=3).to_dict()
    assert "no model beats the answer of last time" in record["headline"].lower()
    assert record["steps"][0].startswith("Take the answer of last time as the version to beat")


def test_of_too_many_rows_in_order_the_newest_are_read() -> None:
    asked = Asked("y", time="t", most=150)
    rows, told = read(asked, open_source({"t": np.arange(N), "x": np.arange(N) % 7, "y": Y}))
    assert rows.time is not None
    assert rows.time.tolist() == list(range(N - 150, N))
    assert (told.used, told.labelled) == (150, N)


Y = np.arange(N) % 2


def test_a_number_and_many_classes() -> None:
    rng = np.random.default_rng(6)
    x = rng.normal(size=300)
    rows: dict[str, Any] = {"x": x, "z": rng.normal(size=300), "y": 10 + 4 * x}
    record = sx.probe(rows, target="y", folds=2, required="mae <= 20").to_dict()
    assert record["task"] == "regression"
    assert record["main"] == "mae"
    assert record["verdict"] == "met"
    rows["y"] = np.where(x < -0.5, "low", np.where(x > 0.5, "high", "mid")).astype(object)
    record = sx.probe(rows, target="y", folds=2, leak=0.999).to_dict()
    assert record["task"] == "multiclass"
    assert record["classes"] == ["high", "low", "mid"]


def changed(**columns: Any) -> dict[str, Any]:
    return table() | columns


GAPS = np.array(["yes", None] * 5 + [None] * (N - 10), dtype=object)


@pytest.mark.parametrize(
    ("rows", "asked", "said"),
    [
        (changed(y=np.ones(N, int)), {}, "one class only"),
        (changed(y=np.full(N, np.nan)), {}, "Only 0 of 400 rows have a 'y'"),
        (changed(y=GAPS), {}, "Only 5 of 400 rows have a 'y'"),
        (changed(y=(np.arange(N) < 4).astype(int)), {}, "Only 4 rows say '1'"),
        (changed(y=np.full(N, 2.5)), {"task": "regression"}, "2.5 in every row"),
        (changed(y=np.array([f"p{i}" for i in range(N)], object)), {}, "400 classes"),
        ({k: v[:20] for k, v in table().items()}, {}, "Only 20 of 20 rows"),
        (changed(who=np.zeros(N, int)), {"unit": "who"}, "one unit"),
        (table(), {"time": "job"}, "'job' holds no times"),
        (table(), {"target": "yy"}, "Did you mean 'y'"),
        (table(), {"positive": "2"}, "never says '2'"),
        (table(), {"ignore": ["x", "z", "job", "after"]}, "no column left"),
        (table(), {"measure": "mae"}, "does not measure"),
        (table(), {"required": "recal >= 0.8"}, "recall"),
        (table(), {"rule": "x >"}, "A value is missing"),
        (table(), {"label_cost": "cheap"}, "is no price"),
        (table(), {"folds": 1, "more": 0}, "1 parts cannot be made"),
    ],
    ids=["one-class", "no-target", "few-targets", "rare", "constant", "names", "20-rows",
         "one-unit", "no-times", "unknown", "positive", "no-column", "measure", "required",
         "rule", "price", "folds"],
)  # fmt: skip
def test_what_is_refused(rows: dict[str, Any], asked: dict[str, Any], said: str) -> None:
    with pytest.raises((SourceError, ContractError)) as refused:
        sx.probe(rows, **({"target": "y"} | asked))
    assert said in str(refused.value)


def test_endless_numbers_and_many_categories_are_read(found: sx.ProbeResult) -> None:
    rng = np.random.default_rng(9)
    rows = changed(
        z=np.where(rng.random(N) < 0.05, np.inf, table()["z"]),
        job=np.array([f"k{i % 150}" for i in range(N)], dtype=object),
    )
    record = sx.probe(rows, target="y", folds=2, rows=300).to_dict()
    assert record["data"]["infinite"]["z"] > 0
    assert record["data"]["used"] == 300
    assert any("drawn by chance from 400" in one["text"] for one in record["basis"])


def test_without_scikit_learn_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(LabError, match=r"scikit-learn|sklearn.*pip install"):
        sx.probe(table(), target="y")
