"""Texts by their words and lengths: what is new or gone, in any script, and nothing where none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import sextant as sx
from sextant.engines.source import open_source
from sextant.engines.wording import counted, frequent, texts
from sextant.stats.wording import worded_shift
from sextant.studies.drift.result import Texts

WORDS = [f"word{at}" for at in range(60)]


def table(n: int, seed: int, more: str = "", length: int = 8) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    p = 1 / np.arange(1, 61)
    drawn = rng.choice(WORDS, (n, length), p=p / p.sum())
    said = [" ".join(one) + f" {rng.integers(10**9)}" for one in drawn]
    return pd.DataFrame({"said": [f"{one} {more}".strip() for one in said], "n": 1.5})


@pytest.fixture(scope="module")
def reference() -> pd.DataFrame:
    return table(2_000, 1)


def column(found: sx.DriftResult) -> dict[str, Any]:
    held: dict[str, Any] = next(
        one for one in found.to_dict()["windows"][0]["columns"] if one["column"] == "said"
    )
    return held


def test_a_word_that_is_new_and_one_that_is_gone(reference: pd.DataFrame) -> None:
    now = table(1_000, 2)
    now.loc[:299, "said"] += " Refund!"
    now["said"] = now["said"].str.replace(r"\bword3\b", "word4", regex=True)
    one = column(sx.drift(reference, now))
    assert (one["kind"], one["answer"]) == ("text", "changed")
    words = {word["word"]: word for word in one["words"]["moved"]}
    assert set(words) == {"refund", "word3", "word4"}
    assert words["refund"]["after"]["estimate"] == pytest.approx(0.3)
    assert words["refund"]["after"]["low"] < 0.3 < words["refund"]["after"]["high"]
    assert "New: “refund” 0 to 30." in one["sentence"]
    assert "Gone: “word3” " in one["sentence"]


def test_the_same_texts_have_no_words(reference: pd.DataFrame) -> None:
    one = column(sx.drift(reference, table(1_500, 3), margin=0.2))
    assert one["answer"] == "not changed"
    assert one["words"]["moved"] == []
    assert "words none is shown to have moved" in one["sentence"]


def test_a_table_of_texts_alone(reference: pd.DataFrame) -> None:
    """Texts make rows the same or not, too."""
    only = reference[["said"]]
    assert sx.drift(only, only.iloc[::-1]).drift.same
    found = sx.drift(only.assign(n=1), table(900, 6)[["said"]].assign(n=1))
    assert not found.drift.same
    assert column(sx.drift(only, table(900, 6)[["said"]]))["answer"] != "changed"


def test_longer_texts(reference: pd.DataFrame) -> None:
    now = table(1_000, 4)
    now["said"] += " " + table(1_000, 5)["said"]
    one = column(sx.drift(reference, now))
    assert one["answer"] == "changed"
    assert "median length rose from 9 to 18 words" in one["sentence"]


def test_texts_of_four_languages(tmp_path: Path) -> None:
    said = {
        "de": "Die Lieferung kam zu spät, schöne Grüße https://example.org/a?b=1",
        "el": "Η παράδοση άργησε πολύ, ευχαριστώ",
        "hi": "डिलीवरी बहुत देर से आई धन्यवाद",
        "zh": "快递太慢了，谢谢你们",
    }
    rows = pd.DataFrame(
        {"said": [f"{text} {at}" for at in range(60) for text in said.values()],
         "lang": [name for _ in range(60) for name in said]}
    )  # fmt: skip
    rows.loc[len(rows)] = [None, "de"]
    rows.to_csv(tmp_path / "rows.csv", index=False)
    for one in (rows, str(tmp_path / "rows.csv")):
        source = open_source(one)
        assert texts(source, ["said", "lang"]) == ["said"]
        words = frequent(source, "said")
        for word in ("spät", "grüße", "παράδοση", "डिलीवरी", "慢", "谢"):
            assert words[word] == 60
        assert "https" not in words
        assert "example" not in words
        by_word, lengths = counted(source, "said", ["慢", "spät"], "lang", "(none)")
        assert by_word == {"zh": {"慢": 60}, "de": {"spät": 60}}
        assert lengths["de"][-1] == 1
        assert sum(lengths["zh"].values()) == 60


def test_names_and_numbers_are_no_texts() -> None:
    rng = np.random.default_rng(7)
    rows = pd.DataFrame(
        {
            "id": [f"{at:032x}" for at in rng.integers(2**60, size=300)],
            "name": [f"Person {at}" for at in range(300)],
            "plan": rng.choice(["a long name of a plan that recurs", "free"], 300),
            "empty": None,
        }
    )
    assert texts(open_source(rows), list(rows)) == []


def test_states_add_up() -> None:
    a, b = Texts({"x": 2}, {3: 4}), Texts({"x": 1, "y": 5}, {3: 1, -1: 2})
    assert a + b == b + a == Texts({"x": 3, "y": 5}, {3: 5, -1: 2})


def test_no_false_words() -> None:
    """Forty words and the length of texts, nothing changed: at most 5 of 100 samples say so."""
    rng, runs, false, named = np.random.default_rng(8), 200, 0, 0
    shares = 1 / np.arange(2, 42)
    for _ in range(runs):
        a, b = rng.binomial(400, shares), rng.binomial(250, shares)
        lengths = [np.bincount(rng.poisson(9, n), minlength=40)[:40] for n in (400, 250)]
        found = worded_shift(a, b, (lengths[0], lengths[1]), 0.05, 0.05)
        false += found.shift.p <= 0.05
        named += bool(found.words.min() <= 0.05)
        assert found.shift.distance.low == 0 or found.shift.p < 0.2
    assert max(false, named) <= stats.binom.ppf(1 - 1e-4, runs, 0.05)
