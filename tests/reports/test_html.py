"""The page: self-contained, without a script, under a policy that lets nothing else in."""

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from sextant.contracts.evidence import CriterionResult, RowResult
from sextant.reports.html import render
from sextant.stats.estimate import Estimate

VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """Every tag with its attributes, and whether the tags are nested well."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.open, self.words, self.style = [], [], [], ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.style += data
        else:
            self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())

    def attributes(self, name):
        return [attrs[name] for _, attrs in self.tags if name in attrs]


@pytest.fixture
def page(evidence):
    return Page(render(evidence))


def test_the_headline_is_the_answer(page):
    assert "Not ready to launch: one promise is missed, one needs about 390 more" in page.text
    assert [tag for tag, _ in page.tags].count("h1") == 1


def test_it_needs_nothing_from_outside_and_runs_nothing(page):
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "img", "link", "iframe", "object", "a", "form", "base"}
    for _, attrs in page.tags:
        assert not [n for n in attrs if n in ("style", "src", "href") or n.startswith("on")]
    assert "url(" not in page.style
    assert "@import" not in page.style


def test_the_policy_allows_this_style_sheet_alone(page):
    policy = next(a["content"] for t, a in page.tags if t == "meta" and a.get("http-equiv"))
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}';" in policy
    assert "unsafe" not in policy


def test_no_id_is_used_twice_and_every_reference_resolves(page):
    ids = Counter(page.attributes("id"))
    assert max(ids.values()) == 1
    assert set(page.attributes("for")) <= set(ids)
    used = re.findall(r"url\(#(.*?)\)", " ".join(page.attributes("fill")))
    assert used
    assert set(used) <= set(ids)


def test_names_and_percentages_come_before_codes_and_fractions(page):
    assert "82.0\u00a0%" in " ".join(page.words)
    assert "0.030\u00a0%" in " ".join(page.words)
    assert "two or more" in page.text
    assert "≥ 80 %" in page.text


def test_it_shows_what_it_rests_on(page, evidence):
    for text in (
        evidence.digest,
        evidence.data.snapshot,
        "128 rows: no score 120, score not a number 8",
        "employment-lgbm 3",
        "90 days",
        "2026-11-06",
        "sextant 0.1.0",
        "counted as other: 7, 4",
        "recall >= 0.75 in every race",
        "In 95 of 100 people, latency_ms is at most 287 (281 or more)",
        "Shown one positive and one negative case",
        "no flagged row with a label",
        "bts v random",
        "3.20 EUR",
    ):
        assert text in page.text


def test_every_bar_is_read_out(page):
    bars = [a for t, a in page.tags if t == "svg" and "interval" in a.get("class", "")]
    assert len(bars) == 13
    assert all(a["role"] == "img" and a["aria-label"] for a in bars)
    assert (
        "two or more: 78.1 %, interval 73.8 to 82.0, n 411; bound at least 75 %: undecided"
    ) in [a["aria-label"] for a in bars]


def test_everything_from_data_and_contract_is_escaped(evidence):
    evil = '"><script>alert(1)</script>\x00'
    result = evidence.criteria[1]
    of = replace(result.criterion, text=evil, written=evil, why=evil, id=evil)
    rows = tuple(
        replace(
            row, criterion=of, segment=(("sex", f"{evil}{i}"),), verdict="undecided", obstacle=evil
        )
        for i, row in enumerate(result.rows)
    )
    gap = evidence.criteria[2]
    worst = replace(gap.rows[0], estimate=replace(gap.rows[0].estimate, between=(evil, "men")))
    contract = replace(evidence.contract, product=evil, outcome=evil, model=evil, valid_for=evil)
    data = replace(evidence.data, source=evil, set_aside=((evil, 1),), snapshot=evil)
    page = Page(
        render(
            replace(
                evidence,
                contract=contract,
                data=data,
                digest=evil,
                notes=(evil,),
                code=evil,
                criteria=(
                    CriterionResult(of, "undecided", rows),
                    replace(gap, rows=(worst,)),
                ),
            )
        )
    )
    assert not [t for t, _ in page.tags if t == "script"]
    assert "\x00" not in page.text
    assert "alert(1)" in page.text


def test_ten_thousand_groups_stay_a_page(evidence):
    result = evidence.criteria[1]
    exact = Estimate(0.9, 0.85, 0.94, 200, "exact")
    rows = tuple(
        RowResult(result.criterion, (("sex", f"g{i}"),), exact, 0.95, "met", 200, 200)
        for i in range(10_000)
    )
    text = render(
        replace(evidence, criteria=(CriterionResult(result.criterion, "met", rows, (), 10_000),))
    )
    assert "9,900 more groups (9,900 met), all of them in the JSON report" in text
    assert len(text) < 300_000
