"""The comparison's documents agree with each other, and data cannot break out of them."""

from __future__ import annotations

import json
import re

import numpy as np
import pandas as pd
import pytest

import sextant as sx

EVIL = "<b>|`x`|\x1b[31m"


@pytest.fixture(scope="module")
def found() -> sx.ComparisonResult:
    rng = np.random.default_rng(2)
    y = rng.integers(0, 2, 900)
    table = pd.DataFrame({"y": y, "g": np.where(rng.uniform(size=900) < 0.3, EVIL, "z")})
    for name, right in (("old", 0.8), ("new", 0.9)):
        table[name] = np.where(rng.uniform(size=900) < right, 0.2 + 0.6 * y, 0.8 - 0.6 * y)
    return sx.compare(table, a="old", b="new", label="y", segments=["g"])


def test_the_dictionary_is_plain_json(found: sx.ComparisonResult) -> None:
    for audience in ("executive", "product", "technical"):
        assert json.loads(json.dumps(found.to_dict(audience), allow_nan=False))


def test_the_frame_has_a_row_per_question_and_group(found: sx.ComparisonResult) -> None:
    frame = found.to_frame()
    assert len(frame) == len(found.to_dict()["results"])
    assert {"a", "b", "difference", "low", "high", "detectable"} <= set(frame.columns)


def test_values_from_data_stay_text(found: sx.ComparisonResult) -> None:
    assert "\x1b" not in str(found)
    assert "\x1b" not in found.to_html()
    assert "<b>|" not in found.to_html()
    assert "\\<b\\>" in found.to_markdown()


def test_the_page_is_closed_and_names_its_bars(found: sx.ComparisonResult) -> None:
    page = found.to_html()
    assert "default-src 'none'" in page
    labels = re.findall(r'<svg class="interval[^>]*aria-label="([^"]+)"', page)
    assert labels
    assert all("interval" in one for one in labels)
    ids = re.findall(r'id="(hatch-[0-9a-f]+)"', page)
    assert len(ids) == len(set(ids))
    assert found._repr_html_().startswith("<iframe")


def test_every_document_tells_the_same_headline(found: sx.ComparisonResult) -> None:
    said = found.to_dict()["headline"]
    assert said.split(":")[0] in str(found)
    assert said.split(":")[0] in found.to_markdown()
    assert said.split(":")[0] in found.to_html().replace("\u00a0", " ")
