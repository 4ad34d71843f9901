"""Changed columns by what their new mix does to the criteria of a contract, not by their size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.engines.errors import SourceError

CONTRACT = """
product: Test
outcome: fewer letters by 2027-03-31
task: binary
data:
  source: before.parquet
  label: works
  prediction: said
criteria:
  - recall >= 0.8
  - precision >= 0.5
"""


def rows(n: int, west: float, blue: float, seed: int) -> pd.DataFrame:
    """In the west 60 of 100 are found, elsewhere 95; the colour plays no part."""
    rng = np.random.default_rng(seed)
    region = np.where(rng.uniform(size=n) < west, "west", "east")
    works = rng.uniform(size=n) < 0.5
    found = rng.uniform(size=n) < np.where(region == "west", 0.6, 0.95)
    return pd.DataFrame(
        {
            "region": region,
            "colour": np.where(rng.uniform(size=n) < blue, "blue", "red"),
            "level": np.where(region == "west", 1.0, 2.0),
            "works": works.astype(int),
            "said": np.where(works, found, rng.uniform(size=n) < 0.1).astype(int),
        }
    )


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder: Path = tmp_path_factory.mktemp("effects")
    before = rows(6_000, 0.2, 0.5, 1)
    (folder / "contract.yaml").write_text(CONTRACT, encoding="utf-8")
    now = rows(3_000, 0.4, 0.95, 2).drop(columns=["works", "said"])
    return {"before": before, "now": now, "contract": folder / "contract.yaml"}


def changed(found: sx.DriftResult) -> list[dict[str, Any]]:
    held = found.to_dict()["windows"][0]["columns"]
    return [one for one in held if one["answer"] == "changed"]


NAMED = ["region", "colour", "level"]


def test_by_effect_with_a_contract_and_by_size_without(asked: dict[str, Any]) -> None:
    found = sx.drift(asked["before"], asked["now"], columns=NAMED)
    assert changed(found)[0]["column"] == "colour"
    assert found.to_dict()["ordered_by"] == "size"
    assert "in the order of their size" in " ".join(found.to_dict()["caveats"])
    found = sx.drift(asked["before"], asked["now"], columns=NAMED, contract=asked["contract"])
    assert [one["column"] for one in changed(found)][-1] == "colour"
    assert found.to_dict()["ordered_by"] == "effect on the criteria"
    assert "criteria of Test" in " ".join(found.to_dict()["caveats"])


def test_the_estimate_is_direct_standardisation(asked: dict[str, Any]) -> None:
    before, now = asked["before"], asked["now"]
    found = sx.drift(before, now, columns=NAMED, contract=asked["contract"])
    region = next(one for one in changed(found) if one["column"] == "region")
    effects = {one["criterion"].split()[0]: one for one in region["effects"]}
    mix = now.region.value_counts(normalize=True)
    weight = before.region.map(mix / before.region.value_counts(normalize=True))
    works, said = before.works == 1, before.said == 1
    recall = weight[works & said].sum() / weight[works].sum()
    assert effects["recall"]["after"]["estimate"] == pytest.approx(recall, rel=1e-9)
    assert effects["recall"]["before"]["estimate"] == pytest.approx(
        (works & said).sum() / works.sum()
    )
    assert effects["recall"]["change"]["high"] < 0
    low, high = effects["recall"]["after"]["low"], effects["recall"]["after"]["high"]
    assert low < 0.4 * 0.6 + 0.6 * 0.95 < high
    assert "Its mix alone moves recall >= 0.8 from" in region["sentence"]
    colour = next(one for one in changed(found) if one["column"] == "colour")
    assert "No effect of its mix on a criterion is shown" in colour["sentence"]


def test_values_that_no_labelled_row_has(asked: dict[str, Any]) -> None:
    now = asked["now"].assign(colour="green")
    found = sx.drift(asked["before"], now, columns=NAMED, contract=asked["contract"])
    colour = next(one for one in changed(found) if one["column"] == "colour")
    assert colour["effects"][0]["after"]["estimate"] is None
    assert "cannot be estimated: 100 of 100 rows have values" in colour["sentence"]


def test_a_reference_without_labels(asked: dict[str, Any]) -> None:
    with pytest.raises(SourceError, match="works"):
        sx.drift(
            asked["before"].drop(columns="works"), asked["now"], columns=NAMED,
            contract=asked["contract"],
        )  # fmt: skip


def test_the_census_does_what_its_mix_says() -> None:
    """In block 27 the labels are known: recall and selection rate fall as RELP's mix says."""
    folder = Path(__file__).parents[3] / "demo/employment"
    rows = pd.read_parquet(folder / "predictions.parquet")
    block = rows[rows.year > 2015].iloc[27 * 5_000 : 28 * 5_000]
    found = sx.drift(
        rows[rows.year == 2015], block, columns="RELP", contract=folder / "contract.yaml"
    )
    effects = {one["criterion"].split()[0]: one["after"] for one in changed(found)[0]["effects"]}
    said = block.predicted_probability_permille >= 500
    for name, true in (
        ("recall", said[block.employed == 1].mean()),
        ("selection_rate", said.mean()),
    ):
        assert effects[name]["low"] < true < effects[name]["high"]
        assert effects[name]["estimate"] == pytest.approx(true, abs=0.01)
