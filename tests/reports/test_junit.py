"""JUnit XML: a criterion is a test case."""

from dataclasses import replace
from xml.etree import ElementTree as ET

from sextant.reports.junit import render


def test_cases_and_counts(evidence):
    suite = ET.fromstring(render(evidence).encode())
    assert suite.attrib["tests"] == "9"
    assert [suite.attrib[name] for name in ("failures", "errors", "skipped")] == ["1", "2", "2"]
    cases = suite.iter("testcase")
    ends = {c.get("name"): [e.tag for e in c if e.tag != "system-out"] for c in cases}
    assert ends["auc >= 0.85"] == []
    assert ends["gap(false_positive_rate) <= 0.05 across sex"] == ["failure"]
    assert ends["recall >= 0.75 in every race"] == ["error"]
    assert ends["mean(click) of bts against random >= 0 across policy"] == ["skipped"]


def test_the_reason_is_the_message(evidence):
    suite = ET.fromstring(render(evidence).encode())
    assert suite.find(".//failure").get("message").startswith("Of 100 people without work about 7")
    assert "about 390 more labelled people" in suite.find(".//error").get("message")


def test_the_text_lists_the_groups(evidence):
    suite = ET.fromstring(render(evidence).encode())
    text = suite.find(".//error[@type='undecided']").text
    assert "met: recall >= 0.75 in every race: White: " in text
    assert "undecided: recall >= 0.75 in every race: two or more: " in text


def test_properties_name_what_it_rests_on(evidence):
    suite = ET.fromstring(render(evidence).encode())
    found = {p.get("name"): p.get("value") for p in suite.iter("property")}
    assert found["digest"] == evidence.digest
    assert found["snapshot"] == evidence.data.snapshot
    assert found["verdict"] == "missed"


def test_control_characters_do_not_break_the_document(evidence):
    contract = replace(evidence.contract, product="a\x00b\x08<&\ud800")
    suite = ET.fromstring(render(replace(evidence, contract=contract)).encode())
    assert suite.get("name") == "a b <&\ufffd"
