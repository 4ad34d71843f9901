"""What is said of two versions: for three audiences, and never against the numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.words.comparison import affected, answer_sentence, headline


def table(right: tuple[float, float], n: int = 1_000, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 2, n)
    found = pd.DataFrame({"y": y, "g": np.where(rng.uniform(size=n) < 0.3, "x", "z")})
    for name, share in zip(("old", "new"), right, strict=True):
        found[name] = np.where(rng.uniform(size=n) < share, 0.2 + 0.6 * y, 0.8 - 0.6 * y)
    return found


def compared(right: tuple[float, float], n: int = 1_000, **more: object) -> sx.ComparisonResult:
    return sx.compare(table(right, n), a="old", b="new", label="y", **more)


@pytest.mark.parametrize(
    ("right", "more", "said"),
    [
        ((0.8, 0.95), {}, "new is better than old: of 100 predictions about 14 fewer are wrong"),
        ((0.95, 0.8), {}, "new is worse than old: of 100 predictions about 17 more are wrong"),
        ((0.9, 0.9), {}, "Not yet decided whether new is better than old: about"),
        ((0.9, 0.9), {"margin": 0.1}, "new is not worse than old by more than is allowed: of"),
        ((0.95, 0.8), {"margin": 0.02}, "new is worse than old by more than is allowed: of"),
        ((0.8, 0.95), {"metrics": ["accuracy in every g"], "segments": ["g"]},
         "new is better than old: by accuracy in every group"),
    ],
)  # fmt: skip
def test_the_headline_is_the_answer(right: tuple[float, float], more: dict, said: str) -> None:
    assert headline(compared(right, **more).comparison).startswith(said)


def test_what_informs_is_named_where_it_went_the_other_way() -> None:
    rows = table((0.9, 0.9), 3_000)
    rows["new"] = np.minimum(rows["old"] + 0.35, 0.95)
    found = sx.compare(rows, a="old", b="new", label="y", metrics=["recall"])
    assert "; but worse by" in headline(found.comparison)
    assert "false positive rate" in headline(found.comparison)


def test_each_audience_gets_its_own() -> None:
    comparison = compared((0.9, 0.9)).comparison
    short, told, exact = (
        answer_sentence(comparison.answers[0], comparison, one)
        for one in ("executive", "product", "technical")
    )
    assert short.endswith("which is better is not decided.")
    assert "would decide it" in told
    assert "These data would have shown a difference of" in told
    assert "detectable at 80 % power" in exact
    assert "95 % interval" in exact


def test_a_margin_is_said_in_its_own_unit() -> None:
    comparison = compared((0.95, 0.8), metrics=["recall within 2%", "auc within 0.01"]).comparison
    recall, auc = (answer_sentence(one, comparison) for one in comparison.answers[:2])
    assert "worse by more than the 2 points allowed" in recall
    assert "worse by more than the 0.01 allowed" in auc


def test_few_differences_could_have_shown_nothing() -> None:
    rows = table((0.9, 0.9))
    rows["new"] = rows["old"].where(rows.index > 2, 1 - rows["old"])
    comparison = sx.compare(rows, a="old", b="new", label="y").comparison
    said = answer_sentence(comparison.answers[0], comparison)
    assert "could have shown no difference at all" in said


def test_who_is_affected_counts_of_the_same_denominator() -> None:
    first = affected(compared((0.995, 0.99), 4_000).comparison)[0]
    assert first.startswith("With new, of 1,000 rows about ")
    rows = table((0.9, 0.9))
    rows["new"] = rows["old"] * 0.999
    same = affected(sx.compare(rows, a="old", b="new", label="y").comparison)
    assert same == ["No row gets another answer from new."]
