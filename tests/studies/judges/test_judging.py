"""A judge against people on real verdicts, and on verdicts that make no sense."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.contracts.problems import ContractError
from sextant.engines.errors import SourceError


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    n = 3000
    truth, labelled = rng.random(n) < 0.84, rng.random(n) < 0.1
    judge = np.where(rng.random(n) < 0.93, truth, ~truth)
    return pd.DataFrame(
        {
            "id": [f"r{at}" for at in range(n)],
            "truth": np.where(truth, "yes", "no"),
            "approved": np.where(labelled, np.where(truth, "yes", "no"), None),
            "says": np.where(judge, "yes", "no"),
            "topic": rng.choice(["mail", "phone"], n),
            "user": rng.integers(0, 400, n),
            "score": np.where(labelled, np.clip(np.round(rng.normal(4, 1, n)), 1, 5), np.nan),
            "judge_score": np.clip(np.round(rng.normal(4, 1, n)), 1, 5),
        }
    )


@pytest.fixture(scope="module")
def pandalm(shared_data: Path) -> pd.DataFrame:
    return pd.read_csv(shared_data / "judge_pandalm/pandalm_verdicts.csv")


RATERS = ("annotator1", "annotator2", "annotator3")


def test_published_agreement_of_people_and_of_gpt35(pandalm: pd.DataFrame):
    """README: κ 0.85, 0.88, 0.86; paper: GPT-3.5 71.07 %, garbage taken for a tie."""
    mended = pandalm.assign(gpt35_verdict=pandalm["gpt35_verdict"].replace("garbage", "0"))
    found = sx.judge(
        mended, human="human_majority", judge="gpt35_verdict", positive=1, raters=RATERS
    ).to_dict()
    first = found["agreement"][0]
    assert first["measures"][0]["estimate"] == pytest.approx(0.7107, abs=5e-5)
    people = [one for one in found["agreement"] if one["b"] in RATERS]
    kappas = {(one["a"], one["b"]): one["measures"][1] for one in people}
    shown = [round(kappas[pair]["estimate"], 2) for pair in sorted(kappas)]
    assert shown == [0.85, 0.88, 0.86]
    assert all(one["low"] < one["estimate"] < one["high"] for one in kappas.values())
    recall = {one["value"]: one["recall"]["estimate"] for one in found["classes"]}
    precision = {one["value"]: one["precision"]["estimate"] for one in found["classes"]}
    assert np.mean(list(precision.values())) == pytest.approx(0.5879, abs=5e-5)
    assert np.mean(list(recall.values())) == pytest.approx(0.5736, abs=5e-5)


def test_nonsense_of_gpt35_is_set_apart(pandalm: pd.DataFrame):
    found = sx.judge(pandalm, human="human_majority", judge="gpt35_verdict", positive=1).to_dict()
    assert found["garbage"] == [["garbage", 25]]
    assert found["agreement"][0]["silent"] == 25
    raw = found["agreement"][0]["measures"][0]
    same = (pandalm["gpt35_verdict"] == pandalm["human_majority"].astype(str)).mean()
    assert raw["estimate"] == pytest.approx(same)


@pytest.fixture(scope="module")
def llmbar(shared_data: Path) -> pd.DataFrame:
    folder = shared_data / "judge_llmbar"
    rows = pd.read_parquet(folder / "llmbar_verdicts.parquet")
    items = pd.read_parquet(folder / "llmbar_items.parquet")
    return rows.merge(items[["subset", "item", "output_1", "output_2"]], on=["subset", "item"])


def test_gpt4_equals_the_authors_statistics(llmbar: pd.DataFrame, shared_data: Path):
    """Natural, Vanilla: 95.5 % on average over both orders, and the same verdict as often."""
    rows = llmbar[(llmbar["judge"] == "GPT-4") & (llmbar["prompting"] == "Vanilla")]
    rows = rows[rows["subset"] == "LLMBar/Natural"]
    both = []
    for column in ("winner_noswap", "winner_swap"):
        found = sx.judge(rows, human="label", judge=column, positive=1).to_dict()
        both.append(found["agreement"][0]["measures"][0]["estimate"])
    assert np.mean(both) == pytest.approx(0.955, abs=5e-4)
    published = pd.read_csv(shared_data / "judge_llmbar/llmbar_published_statistics.csv")
    line = published[
        (published["judge"] == "GPT-4")
        & (published["prompting"] == "Vanilla")
        & (published["subset"] == "LLMBar/Natural")
    ].iloc[0]
    equal = float(str(line["equal"]).split("=")[1].strip(" %")) / 100
    order = sx.judge(
        rows, human="label", judge="winner_noswap", positive=1, swapped="winner_swap"
    ).to_dict()["order"]
    assert order["same"]["estimate"] == pytest.approx(equal, abs=1e-9)


def test_the_position_bias_of_judges_is_found(llmbar: pd.DataFrame):
    """GPT-4 over all its prompts, units the pairs: the order sways it, towards one side."""
    rows = llmbar[llmbar["judge"] == "GPT-4"].assign(
        pair=lambda one: one["subset"] + "/" + one["item"].astype(str)
    )
    order = sx.judge(
        rows, human="label", judge="winner_noswap", positive=1, swapped="winner_swap", unit="pair"
    ).study.order
    assert order is not None
    assert order.same.high < 0.95
    assert order.first.high < 0.5  # of the pairs that the order decided, most go to the second


def test_with_the_judge_it_is_narrower_and_right(table: pd.DataFrame):
    found = sx.judge(
        table, human="approved", judge="says", segments=["topic"], promise=">= 80% in every segment"
    )
    overall = found.study.overall
    assert overall.together.high - overall.together.low < overall.people.high - overall.people.low
    truth = (table["truth"] == "yes").mean()
    assert overall.together.low <= truth <= overall.together.high
    assert overall.together.worth is not None
    assert overall.together.worth > 1.5 * overall.labelled
    assert {row.segment for row in found.study.rows} == {
        (("topic", "mail"),),
        (("topic", "phone"),),
    }
    assert found.verdict in {"met", "undecided"}


def test_undecided_says_how_many_labels(table: pd.DataFrame):
    found = sx.judge(table, human="approved", judge="says", promise=">= 82%")
    row = found.study.overall
    assert found.verdict == "undecided"
    assert row.needed is not None
    assert row.needed.rows is not None
    assert "more human labels" in " ".join(found.to_dict()["sentences"])


def test_later_looks_are_wider(table: pd.DataFrame):
    first = sx.judge(table, human="approved", judge="says").study.overall.together
    later = sx.judge(table, human="approved", judge="says", look=2).study.overall.together
    assert later.high - later.low > first.high - first.low


def test_means_and_bars(table: pd.DataFrame):
    mean = sx.judge(table, human="score", judge="judge_score")
    assert mean.study.asked.kind == "value"
    assert mean.to_dict()["agreement"][0]["measures"][1]["name"] == "alpha"
    bar = sx.judge(table, human="score", judge="judge_score", at_least=4)
    assert 0 < bar.study.overall.together.low < bar.study.overall.together.high < 1


def test_units_and_every_form(table: pd.DataFrame):
    found = sx.judge(table, human="approved", judge="says", unit="user", segments=["topic"])
    assert "units" in found.study.overall.together.method
    record = found.to_dict()
    assert json.loads(json.dumps(record)) == record
    assert found.to_html().startswith("<!doctype html>")
    assert found.to_markdown().startswith("### ")
    assert len(found.to_frame()) == 3
    assert "What the judge is worth" in repr(found)


def test_longer_answers(table: pd.DataFrame):
    rng = np.random.default_rng(2)
    n = 400
    first, second = rng.integers(10, 90, n), rng.integers(10, 90, n)
    people = rng.choice(["A", "B"], n)
    judge = np.where(rng.random(n) < 0.6, np.where(first > second, "A", "B"), people)
    rows = pd.DataFrame({"p": people, "j": judge, "a": first, "b": ["x" * k for k in second]})
    found = sx.judge(
        rows, human="p", judge="j", positive="A", lengths=("a", "b"), answers=("A", "B")
    ).study.favours[0]
    assert found.excess.low > 0.1
    assert found.judge.value == pytest.approx(
        np.mean((judge == "A") == (first > second), where=first != second), abs=1e-9
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"says": None}, "no verdict that can be read"),
        ({"says": "As an AI I cannot"}, "set apart"),
        ({"says": "yes"}, "adds nothing"),
        ({"approved": None}, "cannot be told yet"),
    ],
)
def test_judges_that_are_of_no_use(table: pd.DataFrame, change: dict[str, object], said: str):
    found = sx.judge(table.assign(**change), human="approved", judge="says", promise=">= 80%")
    text = " ".join([found.to_dict()["headline"], *found.to_dict()["sentences"]])
    assert said in text
    if "approved" in change:
        assert found.verdict == "undecided"
    else:
        row = found.study.overall
        assert (row.together.low, row.together.high) == (row.people.low, row.people.high)


def test_labels_that_were_picked_are_told(table: pd.DataFrame):
    picked = table.assign(approved=table["approved"].where(table["says"] == "yes"))
    sentences = sx.judge(picked, human="approved", judge="says").to_dict()["sentences"]
    assert any("not like the others" in one for one in sentences)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"human": "aproved", "judge": "says"}, "Did you mean 'approved'"),
        ({"human": "says", "judge": "says"}, "both 'says'"),
        ({"human": "approved", "judge": "says", "positive": "ja"}, "never holds 'ja'"),
        ({"human": "topic", "judge": "says"}, "which of them counts"),
        ({"human": "approved", "judge": "says", "promise": "80"}, "cannot be read"),
        ({"human": "approved", "judge": "says", "swapped": "truth"}, "shown first"),
        ({"human": "approved", "judge": "says", "confidence": 0.2}, "out of range"),
        ({"human": "approved", "judge": "says", "stratum": "says", "unit": "user"}, "together yet"),
    ],
)
def test_what_cannot_be_asked(table: pd.DataFrame, given: dict[str, object], said: str):
    with pytest.raises((ContractError, SourceError), match=said):
        sx.judge(table, **given)  # type: ignore[arg-type]


def test_the_same_seed_draws_the_same_rows(table: pd.DataFrame):
    def drawn(rows: pd.DataFrame, seed: str = "7"):
        return sx.label_next(
            rows, human="approved", judge="says", key="id", rows=50, seed=seed, by="judge"
        )

    once, shuffled = drawn(table), drawn(table.sample(frac=1, random_state=1))
    assert once.rows == shuffled.rows
    assert drawn(table, "8").rows != once.rows
    assert len({key for key, _, _ in once.rows}) == 50
    judged = set(table.loc[table["approved"].notna(), "id"])
    assert not judged & {key for key, _, _ in once.rows}
    chances = {name: chance for _, name, chance in once.rows}
    for share in once.strata:
        chance = share.drawn / (share.rows - share.judged)
        assert chances.get(share.name, 0.0) == pytest.approx(chance)


def test_drawn_labels_are_judged_by_their_stratum(table: pd.DataFrame):
    drawing = sx.label_next(table, human="approved", judge="says", key="id", rows=300, by="judge")
    keys = {key for key, _, _ in drawing.rows}
    asked = table["id"].isin(keys)
    filled = table.assign(approved=table["approved"].where(~asked, table["truth"]))
    found = sx.judge(filled, human="approved", judge="says", stratum=drawing.stratum)
    truth = (table["truth"] == "yes").mean()
    together = found.study.overall.together
    assert together.low <= truth <= together.high
    assert "strata" in together.method
    assert found.study.drawn is None


def test_rows_without_a_key_of_their_own_are_not_drawn(table: pd.DataFrame):
    with pytest.raises(SourceError, match="does not tell the rows"):
        sx.label_next(table, human="approved", judge="says", key="topic", rows=5)


@pytest.mark.parametrize("words", [(1, 0), ("TRUE", "False"), ("y", "n"), (True, False)])
def test_yes_is_yes_however_it_is_written(table: pd.DataFrame, words: tuple[object, object]):
    said = dict(zip(("yes", "no"), words, strict=True))
    other = table.assign(says=[said[one] for one in table["says"]])
    found = sx.judge(other, human="approved", judge="says", segments=["topic"])
    want = sx.judge(table, human="approved", judge="says", segments=["topic"])
    assert found.study.agreement[0].measures == want.study.agreement[0].measures
    assert [row.same for row in found.study.rows] == [row.same for row in want.study.rows]


def test_a_judge_that_gives_probabilities(shared_data: Path):
    """Galaxies: about half of the labels do."""
    rows = pd.read_parquet(shared_data / "ppi_galaxies/galaxies.parquet")
    order = np.random.RandomState(0).permutation(len(rows))
    rows["people"] = np.nan
    rows.loc[order[:300], "people"] = rows.loc[order[:300], "Y"]
    found = sx.judge(rows, human="people", judge="Yhat", confidence=0.9)
    together = found.study.overall.together
    assert (together.low, together.high) == pytest.approx((0.227507, 0.287708), abs=0.003)
    assert together.worth is not None
    assert together.worth > 550
    assert found.study.agreement == ()


def test_texts_are_no_verdicts(table: pd.DataFrame):
    essays = pd.concat([table] * 8, ignore_index=True)
    essays["says"] = [f"I think that answer {at} is fine" for at in range(len(essays))]
    with pytest.raises(SourceError, match="different combinations"):
        sx.judge(essays, human="approved", judge="says")
